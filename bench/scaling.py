"""How regrow behaves on its own: two cores, a million patients, memory, first and later calls."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from bench.problem import PLAN, ROOT, SEED
from regrow import population
from regrow.simulate import simulate

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MILLION = 1_000_000

BIG = """
import json, resource, sys, time
from pathlib import Path
from regrow import population
from regrow.protocol.calendar import calendar
from regrow.protocol.read import read
from regrow.simulate import simulate
plan = calendar(read(Path("protocols/six-infusions.toml")), until_day=90)
simulate(population.draw(64, seed=1), plan, until=90, keep=0)
begin = time.perf_counter()
simulate(population.draw(int(sys.argv[1]), seed=1), plan, until=90, keep=0)
seconds = time.perf_counter() - begin
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2]))
"""

FIRST = """
from pathlib import Path
from regrow.patient import Patient
from regrow.protocol.read import read
from regrow.simulate import simulate
simulate(Patient(weight_kg=62), read(Path("protocols/six-infusions.toml")), until=28).mean_change()
"""


@dataclass(frozen=True)
class Scaling:
    """What was measured."""

    two_cores: float
    microseconds: dict[int, float]
    million_seconds: float
    million_gib: float
    first_seconds: float
    later_seconds: float


def timed(patients: int, threads: int) -> float:
    """Return the seconds of one simulation with summaries only, draws included."""
    begin = time.perf_counter()
    simulate(population.draw(patients, seed=SEED), PLAN, until=90, keep=0, threads=threads)
    return time.perf_counter() - begin


def two_cores(patients: int = 262_144, rounds: int = 5) -> float:
    """Return how much faster two threads are than one, the median of rounds that take turns."""
    timed(4096, 2)
    return statistics.median(timed(patients, 1) / timed(patients, 2) for _ in range(rounds))


def cost(threads: int) -> dict[int, float]:
    """Return microseconds per patient for populations of growing size."""
    return {
        size: 1e6 / size * min(timed(size, threads) for _ in range(3 if size < MILLION // 2 else 1))
        for size in SIZES
    }


def _python(code: str, *arguments: str, cache: str | None = None) -> tuple[float, str]:
    """Run a fresh process; return its wall time and what it printed."""
    own = {**os.environ, "REGROW_CACHE": cache} if cache else dict(os.environ)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, env=own, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return time.perf_counter() - begin, done.stdout


def measure() -> Scaling:
    """Measure everything; takes about a minute and a half."""
    threads = os.cpu_count() or 1
    seconds, gib = json.loads(_python(BIG, str(MILLION))[1])
    with tempfile.TemporaryDirectory() as cache:
        first, _ = _python(FIRST, cache=cache)
        later = statistics.median(_python(FIRST, cache=cache)[0] for _ in range(3))
    return Scaling(
        two_cores=two_cores(),
        microseconds=cost(threads),
        million_seconds=seconds,
        million_gib=gib,
        first_seconds=first,
        later_seconds=later,
    )
