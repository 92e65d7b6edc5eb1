"""When virtual people are read: irregular days, as in life, and the plan that they follow."""

import functools
from importlib.resources import as_file, files

import numpy as np

from regrow.protocol.calendar import Calendar, calendar
from regrow.protocol.read import read

UNTIL = 90
LEAST_GAP, MOST_GAP = 2, 10
"""Days between two readings."""
FIRST_BY = 2
"""The first reading may come after the first dose: nobody is read on time."""
OCCASIONS = ((0, "before"), (3, "days 1-3"), (7, "week 1"), (14, "week 2"), (28, "weeks 3-4"))
LATER = "later"


@functools.cache
def plan() -> Calendar:
    """Return the plan that every virtual person follows."""
    with as_file(files("regrow.appraise") / "plan.toml") as path:
        return calendar(read(path), until_day=UNTIL)


def irregular(rng: np.random.Generator, *, until: int) -> tuple[int, ...]:
    """Return the days on which one person is read, the last on or before `until`."""
    days = [int(rng.integers(0, FIRST_BY + 1))]
    while (following := days[-1] + int(rng.integers(LEAST_GAP, MOST_GAP + 1))) <= until:
        days.append(following)
    return tuple(days)


def occasion(day: float) -> str:
    """Return the stretch of the plan in which a day lies: what the mean of others is taken over."""
    return next((name for last, name in OCCASIONS if day <= last), LATER)
