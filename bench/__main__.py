"""`python -m bench`: measure the engine against its peers in one run (about five minutes)."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from bench import contest, environment, problem, results, scaling

PATIENTS = 32
"""How many patients are solved to 1e-10."""


def main() -> None:
    """Run everything; write `bench/results.md` and the figure."""
    began = time.monotonic()
    busy = os.getloadavg()[0]

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {text}", flush=True)

    if busy > results.QUIET:
        say(f"other work keeps the machine busy (load {busy:.1f}): times will be too long")
    say("making the peers' environment")
    unmade = environment.ensure()
    say(f"solving {PATIENTS} patients to 1e-10")
    exact = problem.make(PATIENTS)
    core = max(os.sched_getaffinity(0))
    own = contest.regrow_points(exact)
    for point, madrs in own:
        say(f"regrow {point.setting}: error {point.error:.1e}, {madrs:.4f} points of MADRS")
    peers: list[contest.Peer] = []
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exact.task.save(folder / "task.npz")
        for module in contest.PEERS:
            try:
                if unmade:
                    raise OSError(unmade)
                peer = contest.open_peer(module, folder / "task.npz", core)
            except OSError as error:
                missing[module.split("_")[0]] = str(error)
                say(f"{module} cannot be run: {error}")
                continue
            contest.loosen(peer, exact, folder)
            if peer.chosen is None:
                missing[peer.name] = f"never came within {contest.ACCURACY:g}"
                continue
            peers.append(peer)
            say(
                f"{peer.name} {peer.version}: {peer.chosen.setting}, "
                f"tolerance {peer.chosen.tolerance:.1e}, error {peer.chosen.error:.1e}"
            )
        say("taking turns")
        bout = contest.take_turns(peers, core)
        for peer in peers:
            peer.close()
    for peer in peers:
        say(f"regrow is {bout.ratio(peer.name):,.0f} times as fast as {peer.name}")
    say("two cores, a million patients, first and later calls")
    alone = scaling.measure()
    text = results.page(peers, missing, own, bout, alone, PATIENTS, busy)
    (results.FOLDER / "results.md").write_text(text)
    results.figure(peers, own, results.FOLDER)
    print("\n" + text)
    say("done: bench/results.md, bench/work-precision.svg and .png")


if __name__ == "__main__":
    main()
