"""People of whom readings are known: predicted from their first readings, judged by the later."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regrow.forecast.known import Known
from regrow.forecast.reading import Reading
from regrow.protocol.calendar import Calendar

Floats = npt.NDArray[np.float64]
SCALE = "MADRS"
"""The scale on which forecasts are judged."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Person:
    """One person, with readings on MADRS in order of time.

    occasions: for each reading the moment of treatment at which it was taken, in words that are
    the same for everybody. plans: for each reading the plan under which it is predicted. severity:
    true severity at each reading where the person was drawn, MADRS points.
    """

    name: str
    readings: tuple[Reading, ...]
    occasions: tuple[str, ...]
    plans: tuple[Calendar, ...]
    who: Known = field(default_factory=Known)
    severity: tuple[float, ...] | None = None

    @property
    def history(self) -> "History":
        """All readings of this person, as the simple forecasters see them."""
        return History(
            days=tuple(one.day for one in self.readings),
            scores=tuple(one.value for one in self.readings),
            occasions=self.occasions,
        )


@dataclass(frozen=True, kw_only=True)
class History:
    """Readings of one person on one scale, in order of time."""

    days: tuple[float, ...]
    scores: tuple[float, ...]
    occasions: tuple[str, ...]

    def until(self, count: int) -> "History":
        """Return the first `count` readings."""
        return History(
            days=self.days[:count], scores=self.scores[:count], occasions=self.occasions[:count]
        )
