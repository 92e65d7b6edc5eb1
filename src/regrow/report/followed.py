"""One person on one protocol: what was read, what is to be expected, and what if."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regrow.forecast.alternatives import Alternative, what_if
from regrow.forecast.belief import Belief, observe, start
from regrow.forecast.files import read_all
from regrow.forecast.futures import Futures
from regrow.forecast.instead import instead
from regrow.forecast.known import Known
from regrow.forecast.prediction import Forecast, forecast
from regrow.protocol.calendar import calendar
from regrow.protocol.document import Protocol
from regrow.report.labels import Label, labels
from regrow.report.window import OPEN_FROM

Floats = npt.NDArray[np.float64]

AHEAD_DAYS = 84
"""How far a forecast runs from today where nobody said."""
MILESTONES = (7, 14, 28, 56, 84, 182, 365)
"""Days from today that tables show, as far as the forecast runs."""
MOST_COLUMNS = 5
"""More milestones than these and today's and the last day's do not fit on a line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Other:
    """Another plan, what it is called, and what would differ under it."""

    label: Label
    protocol: Protocol
    found: Alternative


@dataclass(frozen=True, kw_only=True, eq=False)
class Followed:
    """The forecast of one person with everything that a reader is told beside it.

    began: the date of day 0, if it is known. open: probability that the window is open, per day of
    the forecast.
    """

    files: tuple[Path, ...]
    label: Label
    protocol: Protocol
    began: datetime.date | None
    belief: Belief
    forecast: Forecast
    others: tuple[Other, ...]
    remarks: tuple[str, ...]
    open: Floats
    seed: int

    @property
    def until(self) -> int:
        """The last day of the forecast."""
        return int(self.forecast.days[-1])

    def milestones(self) -> tuple[int, ...]:
        """Return the days after today that tables show, the last of the forecast among them."""
        first = math.ceil(self.forecast.today)
        days = [first + more for more in MILESTONES if first + more <= self.until - MILESTONES[0]]
        return (*(days if len(days) <= MOST_COLUMNS else days[::2]), self.until)

    def date(self, day: float) -> datetime.date | None:
        """Return the date of a day of the plan, if that of day 0 is known."""
        return None if self.began is None else self.began + datetime.timedelta(days=int(day))


def followed(
    files: Sequence[Path],
    protocol_file: Path,
    protocol: Protocol,
    *,
    other_files: Sequence[Path] = (),
    others: Sequence[Protocol] = (),
    who: Known | None = None,
    began: datetime.date | None = None,
    today: datetime.date | int | None = None,
    until: int | None = None,
    seed: int = 0,
) -> Followed:
    """Read the `files` of one person on `protocol`, and forecast to day `until`.

    Raises UnsoundReadings with every mistake in the files, and ForecastError for what no forecast
    can follow.
    """
    record = read_all(files, calendar(protocol), start=began, today=today)
    last = math.ceil(record.today) + AHEAD_DAYS if until is None else until
    # events of the last day itself belong to the plan
    plan = calendar(protocol, until_day=max(last, math.ceil(record.today)) + 1)
    belief, _ = observe(start(plan, who=who, seed=seed), record.readings, given=record.log)
    found = forecast(belief, today=record.today, until=last, seed=seed)
    plans = [
        instead(belief, calendar(other, until_day=last + 1), today=record.today) for other in others
    ]
    named = labels(
        [protocol_file, *other_files], [protocol.title, *(other.title for other in others)]
    )
    differing = what_if(belief, plans, today=record.today, until=last, seed=seed) if plans else ()
    return Followed(
        files=tuple(files),
        label=named[0],
        protocol=protocol,
        began=began,
        belief=belief,
        forecast=found,
        others=tuple(
            Other(label=label, protocol=other, found=alternative)
            for label, other, alternative in zip(named[1:], others, differing, strict=True)
        ),
        remarks=record.remarks,
        open=_open(found.future),
        seed=seed,
    )


def _open(future: Futures) -> Floats:
    """Return the probability that the window is open, as `regrow.report.window` defines it."""
    gain = future.persons.ignorance.column("slow/window_gain")[future.persons.set_of]
    return np.asarray((future.window >= 1.0 + OPEN_FROM * gain).mean(axis=1))
