"""`python -m bench.forecast`: how long a clinician waits for a forecast, on one core."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REPEATS = 25
PAGE = Path(__file__).parent / "forecast.md"
PROTOCOL = Path(__file__).parents[1] / "protocols/six-infusions-with-integration.toml"
QUIET = 0.7
"""Above this load before the run, other work disturbs what is measured."""
UNTIL = 112


@dataclass(frozen=True)
class Measured:
    """One question, how long it may take, and how long it took with and without waiting (s)."""

    what: str
    target: float
    first: float
    seconds: tuple[float, ...]
    computing: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure() -> tuple[Measured, ...]:
    """Follow a person through seven readings, and ask for each thing again and again."""
    from regrow.forecast.alternatives import what_if
    from regrow.forecast.belief import observe, start
    from regrow.forecast.edits import ahead, stopped, therapy_added
    from regrow.forecast.prediction import forecast
    from regrow.forecast.reading import Reading
    from regrow.protocol.calendar import calendar
    from regrow.protocol.read import read

    plan = calendar(read(PROTOCOL), until_day=UNTIL + 1)
    scores = ((0, 34), (1, 27), (4, 25), (7, 21), (14, 17), (21, 18))
    before, _ = observe(start(plan), [Reading(float(d), "MADRS", float(y)) for d, y in scores])
    after, _ = observe(before, Reading(28.0, "MADRS", 16.0))

    # each repeat asks for something that was not asked before: nothing may come from memory
    def learn(k: int) -> None:
        observe(before, Reading(28.0 + 0.01 * k, "MADRS", 14.0 + 0.25 * k))

    def predict(k: int) -> None:
        forecast(after, today=28.0 + 0.01 * k, until=UNTIL, seed=k)

    def ask(k: int) -> None:
        own = ahead(after, today=28.0)
        other = therapy_added(stopped(own, from_day=40 + k), kind="CBT", days=[30, 31 + k])
        what_if(after, [other], today=28.0, until=UNTIL, seed=k)

    return (
        _timed("a belief learns one reading", 0.2, learn),
        _timed("a forecast of twelve weeks", 0.3, predict),
        _timed("what if, one other plan", 0.3, ask),
    )


def _timed(what: str, target: float, ask: Callable[[int], None]) -> Measured:
    seconds, computing = [], []
    for k in range(REPEATS + 1):
        began, worked = time.perf_counter(), time.process_time()
        ask(k)
        seconds.append(time.perf_counter() - began)
        computing.append(time.process_time() - worked)
    return Measured(what, target, seconds[0], tuple(seconds[1:]), tuple(computing[1:]))


def page(found: tuple[Measured, ...], busy: float) -> str:
    """Return the page of results."""
    disturbed = (
        [f"**Other work kept the machine busy (load {busy:.1f}): times are too long.**", ""]
        if busy > QUIET
        else []
    )
    return "\n".join(
        [
            "# How long a forecast takes",
            "",
            "Written by `python -m bench.forecast`; do not edit. One core, after start-up; 4096 "
            "virtual persons in the",
            "belief and in the forecast, seven readings, six infusions with therapy and practices. "
            "Each repeat asks for",
            f"something new. Median of {REPEATS}; the first call apart.",
            "",
            *disturbed,
            "| | median, s | of it computing, s | slowest, s | first, s | target, s | |",
            "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
            *(_row(one) for one in found),
            "",
            f"{platform.processor() or platform.machine()}, Python {platform.python_version()}.",
            "",
        ]
    )


def _row(one: Measured) -> str:
    met = "met" if one.median < one.target else "**not met**"
    return (
        f"| {one.what} | {one.median:.3f} | {statistics.median(one.computing):.3f} | "
        f"{max(one.seconds):.3f} | {one.first:.3f} | {one.target:g} | {met} |"
    )


def main() -> None:
    """Measure on one core, print the page and write it to `bench/forecast.md`."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    busy = os.getloadavg()[0]
    text = page(measure(), busy)
    PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
