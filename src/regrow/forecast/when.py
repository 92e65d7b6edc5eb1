"""When something happened: a day of the plan or a date, read as days since the plan began."""

import datetime
import math
import re
from dataclasses import dataclass

from regrow.engine.plan import clock, day_of
from regrow.errors import ForecastError
from regrow.protocol.calendar import Calendar
from regrow.protocol.problems import shown
from regrow.protocol.schedule import LONGEST_DAYS

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2})(?::\d{2})?)?")
_DAY = re.compile(r"\d{1,6}(?:\.\d{1,4})?")


@dataclass(frozen=True)
class Moment:
    """A day of the plan, the hour of that day if it is known, and both as simulated days."""

    day: int
    hour: float | None
    days: float


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How the days of a file are counted: from which date, by which plan, up to which day."""

    plan: Calendar
    start: datetime.date | None
    last: int | None

    def moment(self, text: str, column: str) -> Moment:
        """Read a cell of the column "day" or "date".

        Raises ForecastError for what is neither, lies before day 0 or after the last day.
        """
        found = self._dated(text) if column == "date" else self._counted(text)
        if found.day < 0:
            raise ForecastError(
                f"{text} lies before the protocol began"
                + (f" ({self.start})." if self.start else "."),
                why="The model starts at rest on day 0; what was before is not simulated.",
                fix="Check the date, or leave the row out.",
            )
        if found.day > (LONGEST_DAYS if self.last is None else self.last):
            raise ForecastError(
                f"{text} lies in the future."
                if self.last is not None
                else f"{text} lies more than {LONGEST_DAYS} days after the protocol began.",
                why="A forecast that knows its own future would be no forecast."
                if self.last is not None
                else "No plan is that long.",
                fix="Check the date, or forecast from a later day.",
            )
        return found

    def _counted(self, text: str) -> Moment:
        if _DATE.fullmatch(text):
            raise ForecastError(
                f"{shown(text)} is a date in a column of days.",
                why="Rows that count differently could be put into the wrong order.",
                fix='Write days throughout, or call the column "date" and write dates throughout.',
            )
        if not _DAY.fullmatch(text.removeprefix("-")):
            raise ForecastError(
                f"{shown(text)} is not a day of the plan." if text else "There is no day.",
                why="A reading counts on its day; days are counted from day 0.",
                fix='Write a number, for example "7", or "7.5" for half a day later.',
            )
        days = float(text)
        hour = None if days == math.floor(days) else (clock(self.plan) + 24.0 * days) % 24.0
        day = math.floor(days + clock(self.plan) / 24.0) if hour is not None else int(days)
        return Moment(day, hour, days)

    def _dated(self, text: str) -> Moment:
        match = _DATE.fullmatch(text)
        if match is None:
            counted = bool(_DAY.fullmatch(text))
            raise ForecastError(
                f"{shown(text)} is a number of days in a column of dates."
                if counted
                else f"{shown(text)} is not a date."
                if text
                else "There is no date.",
                why="03/04 is in March in one country and in April in another.",
                fix='Write year, month and day, for example "2026-03-02" or "2026-03-02 14:30".',
            )
        if self.start is None:
            raise ForecastError(
                f"It is not said on which day of the plan {text} lies.",
                why="The plan counts days from day 0, the file writes dates.",
                fix="Say on which date day 0 was, or write days of the plan.",
            )
        try:
            date = datetime.date.fromisoformat(match[1])
            time = datetime.time.fromisoformat(match[2].zfill(5)) if match[2] else None
        except ValueError as error:
            raise ForecastError(
                f"{shown(text)} is not a date that exists.",
                why=f"{str(error).capitalize()}.",
                fix="Check the day and the month.",
            ) from None
        day = (date - self.start).days
        hour = None if time is None else time.hour + time.minute / 60.0
        at = clock(self.plan) if hour is None else hour
        # a reading before the first dose on day 0 is one of the person at rest
        return Moment(day, hour, max(0.0, day_of(day, at, self.plan)) if day >= 0 else float(day))
