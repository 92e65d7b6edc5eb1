"""What was really given and done: doses, therapy sessions, practices, as logged."""

import math
from dataclasses import dataclass

from regrow.errors import ForecastError

MOST_DONE = 1.25
"""The largest share of a planned practice that the model was built for."""


@dataclass(frozen=True, kw_only=True)
class DoseLogged:
    """A dose that was given, or planned and left out.

    hour: hour of the day, None for that of the planned dose. amount, unit: "mg" or "mg/kg"; None
    for as planned.
    """

    day: int
    given: bool = True
    hour: float | None = None
    amount: float | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class SessionLogged:
    """A therapy session that was held, or planned and not held."""

    day: int
    kind: str
    held: bool = True


@dataclass(frozen=True, kw_only=True)
class PracticeLogged:
    """How much of a planned practice was done from one day to before another, as a share."""

    practice: str
    share: float
    from_day: int
    until_day: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.share) and 0.0 <= self.share <= MOST_DONE):
            raise ForecastError(
                f"{self.share:g} of {self.practice} is not a share that was done.",
                why=f"1 is as planned; the model was built for 0 to {MOST_DONE:g}.",
                fix="Write what was done as a share of what was planned, for example 0.7.",
            )


@dataclass(frozen=True, kw_only=True)
class Log:
    """Everything that was logged of one person, in any order."""

    doses: tuple[DoseLogged, ...] = ()
    sessions: tuple[SessionLogged, ...] = ()
    practices: tuple[PracticeLogged, ...] = ()

    def and_also(self, more: "Log") -> "Log":
        """Return both logs as one; what is in both counts once."""
        return Log(
            doses=tuple(sorted({*self.doses, *more.doses}, key=str)),
            sessions=tuple(sorted({*self.sessions, *more.sessions}, key=str)),
            practices=tuple(sorted({*self.practices, *more.practices}, key=str)),
        )
