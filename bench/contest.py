"""The contest: every peer at several tolerances, then all at equal accuracy, taking turns."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench import environment
from bench.problem import SEED, Problem, largest_error, readings, regrow_course, regrow_error
from regrow import population
from regrow.engine.course import room, walk

PEERS = ("heyoka_taylor", "pydiffsol_rust", "roadrunner_cvode", "diffrax_jax")
ACCURACY = 1e-3
ROUNDS = 7
REGROW_PATIENTS = 131_072
ONE_CORE = {
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Point:
    """One setting of one solver: how right and how fast."""

    setting: str
    tolerance: float
    error: float
    per_second: float


@dataclass
class Peer:
    """A peer in its own process."""

    process: subprocess.Popen[str]
    name: str
    version: str
    variants: list[str]
    tolerances: list[float]
    points: list[Point] = field(default_factory=list)
    chosen: Point | None = None

    def run(self, variant: str, tolerance: float, patients: int, file: str = "") -> float | str:
        """Return the seconds that it took, or why it failed."""
        request = {"variant": variant, "tolerance": tolerance, "patients": patients, "file": file}
        answer = _ask(self.process, json.dumps(request))
        return float(answer["seconds"]) if "seconds" in answer else str(answer["failed"])

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


def _ask(process: subprocess.Popen[str], line: str | None = None) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    if line is not None:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise OSError(f"the peer ended with exit code {process.wait()}")
    return dict(json.loads(answer))


def open_peer(name: str, task_file: Path, core: int) -> Peer:
    """Start a peer. Raises OSError where it cannot be imported."""
    process = subprocess.Popen(
        [str(environment.PYTHON), "-m", "bench.worker", name, str(task_file), str(core)],
        cwd=environment.ROOT, env={**os.environ, **ONE_CORE}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    hello = _ask(process)
    return Peer(
        process=process,
        name=str(hello["name"]),
        version=str(hello["version"]),
        variants=list(hello["variants"]),  # type: ignore[call-overload]
        tolerances=list(hello["tolerances"]),  # type: ignore[call-overload]
    )


def measure(peer: Peer, variant: str, tolerance: float, problem: Problem, folder: Path) -> Point:
    """Return error and speed of one setting on the patients whose trajectories are known."""
    patients = problem.task.patients
    file = str(folder / "states.npy")
    seconds = peer.run(variant, tolerance, patients, file)
    if isinstance(seconds, str):
        return Point(variant, tolerance, math.inf, 0.0)
    found = largest_error(readings(np.load(file), problem), problem)
    again = peer.run(variant, tolerance, patients)
    assert isinstance(again, float)
    return Point(
        variant, tolerance, found if math.isfinite(found) else math.inf,
        patients / min(seconds, again),
    )  # fmt: skip


def loosen(peer: Peer, problem: Problem, folder: Path) -> None:
    """Measure every setting of a peer and choose the fastest whose error is just small enough."""
    candidates = []
    for variant in peer.variants:
        line = [measure(peer, variant, tol, problem, folder) for tol in peer.tolerances]
        peer.points += line
        passing = [point for point in line if point.error <= ACCURACY]
        if not passing:
            continue
        best = max(passing, key=lambda point: point.tolerance)
        failing = [p.tolerance for p in line if p.tolerance > best.tolerance]
        above = min(failing, default=best.tolerance)
        for _ in range(3):
            middle = math.sqrt(best.tolerance * above)
            point = measure(peer, variant, middle, problem, folder)
            if point.error <= ACCURACY:
                best = point
            else:
                above = middle
        candidates.append(best)
    peer.chosen = max(candidates, key=lambda point: point.per_second, default=None)


def regrow_runner(refine: int, patients: int = REGROW_PATIENTS) -> Callable[[], float]:
    """Return what runs regrow on so many patients, chunk by chunk, and returns patients/s."""
    crowd = population.draw(patients, seed=SEED)
    course = regrow_course(crowd, refine)
    chunks = list(crowd.chunks())
    readings = room(course, chunks[0][2].shape[1])  # used again for every chunk, as by `simulate`

    def run() -> float:
        begin = time.perf_counter()
        for first, _, z in chunks:
            walk(course, z, first, readings)
        return patients / (time.perf_counter() - begin)

    return run


def regrow_points(problem: Problem) -> list[tuple[Point, float]]:
    """Return regrow at its own grid and at finer ones, with its largest error in MADRS points."""
    points = []
    for refine in (1, 2, 4):
        error, madrs = regrow_error(problem.task.patients, refine, problem)
        run = regrow_runner(refine)
        speed = max(run() for _ in range(3))
        points.append((Point(f"refine={refine}", 1.0 / refine, error, speed), madrs))
    return points


@dataclass(frozen=True)
class Bout:
    """Patients per second of regrow and of every peer, round by round, on one core."""

    regrow: list[float]
    peers: dict[str, list[float]]

    def ratio(self, name: str) -> float:
        """Return the median over rounds of regrow's speed over that peer's."""
        return statistics.median(self.ratios(name))

    def ratios(self, name: str) -> list[float]:
        """Return regrow's speed over that peer's, per round."""
        rounds = zip(self.regrow, self.peers[name], strict=True)
        return [own / other for own, other in rounds]


def take_turns(peers: Sequence[Peer], core: int) -> Bout:
    """Time regrow and each peer at its chosen setting, one after the other, on the same core."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        run = regrow_runner(1)
        own: list[float] = []
        others: dict[str, list[float]] = {peer.name: [] for peer in peers}
        sizes = {p.name: _size(p.chosen.per_second) for p in peers if p.chosen}
        for peer in peers:  # compile for this many patients
            if peer.chosen:
                peer.run(peer.chosen.setting, peer.chosen.tolerance, sizes[peer.name])
        for _ in range(ROUNDS):
            own.append(run())
            for peer in peers:
                assert peer.chosen is not None
                patients = sizes[peer.name]
                seconds = peer.run(peer.chosen.setting, peer.chosen.tolerance, patients)
                assert isinstance(seconds, float), seconds
                others[peer.name].append(patients / seconds)
    finally:
        os.sched_setaffinity(0, allowed)
    return Bout(own, others)


def _size(per_second: float) -> int:
    """Return how many patients keep a peer busy for about a third of a second."""
    return 32 * max(1, round(per_second / 96.0))
