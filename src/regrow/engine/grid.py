"""The grid of steps that all patients share: fine around a dose, a day long elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RISING_H = (1 / 24, 1 / 12, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 3 / 4)
"""Steps while the drug arrives by a route other than a vein, hours after the dose."""
FALLING_H = (1 / 6, 1 / 2, 1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 11.0, 17.0, 24.0, 36.0)
"""Steps while it leaves, hours after it has arrived."""
SWALLOWED_H = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 5.0, 7.0)
"""More steps where the drug is swallowed: it arrives slowly, and crosses the best block."""
CLOSE_DAYS = 2.0 / (24.0 * 60.0)
"""A graded edge this close to one that something hangs on is left out."""
PRESENT_DAYS = 14.0
"""After this, less than a millionth of a dose is left at the slowest published half-life."""
RESOLUTION_DAYS = 1e-6


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Edges, lengths and classes of the steps, and when readings are taken."""

    start_day: Floats
    hours: Floats
    end_day: float
    step_class: npt.NDArray[np.int64]
    half_steps: Floats
    drug_present: npt.NDArray[np.bool_]
    output_days: Floats

    @property
    def segments(self) -> int:
        """How many steps there are."""
        return len(self.start_day)

    def at(self, day: float) -> int:
        """Return the segment that starts at `day` (the number of segments for the very end)."""
        return int(np.searchsorted(self.start_day, day - 2.0 * RESOLUTION_DAYS))


@dataclass(frozen=True, kw_only=True)
class Dosing:
    """What of a dose the grid must know: when it starts (days), how long its parts arrive (h)."""

    day: float
    minutes: float
    arrives_h: tuple[float, ...]
    swallowed: bool

    def graded(self) -> set[float]:
        """Return the hours after the start at which a step ends, finer while more happens."""
        lasts = self.minutes / 60.0
        hours = {lasts * part for part in (0.25, 0.5, 0.75)} if lasts else set(RISING_H)
        for end in {lasts, *self.arrives_h}:
            hours |= {end + after for after in FALLING_H}
            if self.swallowed:
                hours |= {end + after for after in SWALLOWED_H}
        return hours

    def ends(self) -> set[float]:
        """Return the hours after the start at which an input ends: steps must end there."""
        return {0.0, self.minutes / 60.0, *self.arrives_h}


def make(
    *,
    until_day: float,
    doses: Sequence[Dosing],
    sessions: Sequence[float],
    changes: Sequence[float],
    output_days: Sequence[float],
    refine: int = 1,
) -> Grid:
    """Return the grid from the first event (or day 0) to `until_day`.

    `refine` cuts every step into that many.
    """
    start = min([0.0, *sessions, *(dose.day for dose in doses)])
    firm = {start, until_day, *sessions, *changes, *output_days}
    firm |= {float(day) for day in range(int(np.ceil(start)), int(until_day) + 1)}
    firm |= {dose.day + hours / 24.0 for dose in doses for hours in dose.ends()}
    fixed = _apart(firm, start, until_day, RESOLUTION_DAYS)
    graded = _apart(
        {dose.day + hours / 24.0 for dose in doses for hours in dose.graded()},
        start,
        until_day,
        CLOSE_DAYS,
    )
    near = np.searchsorted(fixed, graded)
    before = graded - fixed[np.maximum(near - 1, 0)]
    after = fixed[np.minimum(near, len(fixed) - 1)] - graded
    times = np.sort(np.concatenate([fixed, graded[(before > CLOSE_DAYS) & (after > CLOSE_DAYS)]]))
    if refine > 1:
        parts = np.linspace(times[:-1], times[1:], refine + 1)[:-1]
        times = np.append(parts.T.ravel(), times[-1])
    lengths = np.diff(times)
    rounded = np.round(lengths, 9)
    steps, step_class = np.unique(rounded, return_inverse=True)
    begins = np.array([dose.day for dose in doses])
    ends = np.array([dose.day + max(dose.ends()) / 24.0 for dose in doses])
    since = _since(times[:-1] + 0.5 * lengths, begins, ends)
    return Grid(
        start_day=times[:-1],
        hours=24.0 * lengths,
        end_day=float(times[-1]),
        step_class=step_class.astype(np.int64),
        half_steps=np.asarray(0.5 * steps, dtype=np.float64),
        drug_present=since < PRESENT_DAYS,
        output_days=np.asarray(sorted(output_days), dtype=np.float64),
    )


def _apart(edges: Iterable[float], start: float, end: float, least: float) -> Floats:
    """Return the edges from `start` to `end` in order, none too close to the one before."""
    times = np.array(sorted(edge for edge in edges if start <= edge <= end))
    kept: list[float] = []
    for time in times:
        if not kept or time - kept[-1] > least:
            kept.append(float(time))
    return np.array(kept)


def _since(middle: Floats, begins: Floats, ends: Floats) -> Floats:
    """Return the days since the last dose had arrived (0 while it arrives, infinity before any)."""
    if not len(begins):
        return np.full(len(middle), np.inf)
    last = np.searchsorted(begins, middle) - 1
    latest = np.maximum.accumulate(ends)
    return np.where(last < 0, np.inf, np.maximum(0.0, middle - latest[np.maximum(last, 0)]))
