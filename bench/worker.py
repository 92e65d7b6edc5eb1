"""Runs one peer in its own process and environment, on one core, told what to do line by line.

Each line on standard input asks for one run; the answer is one line on standard output. The
process stays, so that compiling is done once and runs of different peers can take turns.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.system import Floats, Task, load

Solver = Callable[[Task], Floats]


def main(peer_name: str, task_file: str, core: str) -> None:
    """Answer requests until standard input ends."""
    os.sched_setaffinity(0, {int(core)})
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is not an answer
    peer = importlib.import_module(f"bench.peers.{peer_name}")
    task = load(Path(task_file))
    solvers: dict[tuple[str, float], Solver] = {}

    def say(**answer: object) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    say(name=peer.NAME, version=peer.version(), variants=peer.VARIANTS, tolerances=peer.TOLERANCES)
    for line in sys.stdin:
        request = json.loads(line)
        key = (request["variant"], request["tolerance"])
        try:
            if key not in solvers:
                solvers[key] = peer.solver(task, key[1], key[0])
                solvers[key](task.first(request["patients"]))  # compiles for this many patients
            patients = task.first(request["patients"])
            begin = time.perf_counter()
            states = solvers[key](patients)
            seconds = time.perf_counter() - begin
            if request["file"]:
                np.save(request["file"], states)
            say(seconds=seconds)
        except Exception as error:  # a peer that gives up at a loose tolerance is a result too
            say(failed=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    main(*sys.argv[1:])
