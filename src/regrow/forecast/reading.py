"""One answered measure of one person."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from regrow.errors import ForecastError
from regrow.measures.catalogue import measures
from regrow.protocol.problems import mend

Items = tuple[int | None, ...]


@dataclass(frozen=True)
class Reading:
    """A score on a scale at a moment.

    day: days since the hour of the first planned dose on day 0 (fractions count). measure: a
    scale that the model reads, for example "MADRS". items: the single answers, kept but not read
    by the model.

    Raises ForecastError for a scale that the model does not read and for a score outside it.
    """

    day: float
    measure: str
    value: float
    items: Items | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.measure not in measures():
            raise ForecastError(
                f"{self.measure!r} is not a scale that the model reads.",
                why="A forecast follows severity, and only some scales are read from it.",
                fix=mend(self.measure, measures()),
            )
        scale = measures()[self.measure]
        if not (math.isfinite(self.value) and scale.minimum <= self.value <= scale.maximum):
            raise ForecastError(
                f"{self.measure} of {self.value:g} is outside {scale.minimum:g} to "
                f"{scale.maximum:g}.",
                why="A score outside the scale is a mistake of typing or of counting.",
                fix="Check the score.",
            )
        if not (math.isfinite(self.day) and self.day >= 0.0):
            raise ForecastError(
                f"A reading on day {self.day:g} lies before the protocol.",
                why="Days are counted from day 0, the first day of the plan.",
                fix="Give the day of the plan on which the reading was taken.",
            )


def in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings in order of time, whatever the order in which they came.

    Raises ForecastError where one scale was read twice at one moment.
    """
    found = tuple(sorted(readings, key=lambda one: (one.day, one.measure, one.value)))
    for before, after in pairwise(found):
        if (before.day, before.measure) == (after.day, after.measure):
            raise ForecastError(
                f"{after.measure} was read twice on day {after.day:g}: {before.value:g} and "
                f"{after.value:g}.",
                why="The same reading counted twice would make the forecast too sure.",
                fix="Keep one of them, or give each its own time of day.",
            )
    return found
