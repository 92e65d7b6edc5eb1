"""The grid of steps that all patients share: fine around a dose, a day long elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RISING_H = (1 / 12, 1 / 6, 1 / 4, 1 / 2)
"""Steps while the drug arrives by a route other than a vein, hours after the dose."""
FALLING_H = (1 / 12, 1 / 4, 1 / 2, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0, 13.0, 18.0, 24.0, 34.0, 48.0)
"""Steps while it leaves, hours after it has arrived."""
ACTS_H = 50.0
"""After this, what is left of a dose triggers less than a thousandth of what the dose did."""
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
    drug_acts: npt.NDArray[np.bool_]
    drug_present: npt.NDArray[np.bool_]
    output_days: Floats

    @property
    def segments(self) -> int:
        """How many steps there are."""
        return len(self.start_day)

    def at(self, day: float) -> int:
        """Return the segment that starts at `day` (the number of segments for the very end)."""
        return int(np.searchsorted(self.start_day, day - 2.0 * RESOLUTION_DAYS))


def around_dose(minutes: float, arrives_h: Iterable[float]) -> set[float]:
    """Return the hours after the start of a dose at which a step ends."""
    lasts = minutes / 60.0
    rising = {lasts * part for part in (0.25, 0.5, 0.75, 1.0)} if lasts else set(RISING_H)
    begin = lasts if lasts else 0.0
    hours = rising | {begin + after for after in FALLING_H}
    for end in arrives_h:
        hours |= {end} if end else set()
        if end > 1.0:
            hours |= {end + after for after in FALLING_H[2:]}
    return hours


def make(
    *,
    until_day: float,
    doses: Sequence[tuple[float, float, Sequence[float]]],
    sessions: Sequence[float],
    changes: Sequence[float],
    output_days: Sequence[float],
    refine: int = 1,
) -> Grid:
    """Return the grid from the first event (or day 0) to `until_day`.

    `doses` holds, per dose, its start (day), its minutes and the hours at which each of its
    branches has arrived. `refine` cuts every step into that many.
    """
    start = min([0.0, *sessions, *(day for day, _, _ in doses)])
    edges = {start, until_day, *sessions, *changes, *output_days}
    edges |= {float(day) for day in range(int(np.ceil(start)), int(until_day) + 1)}
    for day, minutes, arrives in doses:
        edges |= {day} | {day + h / 24.0 for h in around_dose(minutes, arrives)}
    times = np.array(sorted(edge for edge in edges if start <= edge <= until_day))
    times = times[np.concatenate([[True], np.diff(times) > RESOLUTION_DAYS])]
    if refine > 1:
        parts = np.linspace(times[:-1], times[1:], refine + 1)[:-1]
        times = np.append(parts.T.ravel(), times[-1])
    lengths = np.diff(times)
    rounded = np.round(lengths, 9)
    steps, step_class = np.unique(rounded, return_inverse=True)
    begins = np.array([day for day, _, _ in doses])
    ends = np.array([day + max([0.0, *arrives]) / 24.0 for day, _, arrives in doses])
    middle = times[:-1] + 0.5 * lengths
    since = _since(middle, begins, ends)
    return Grid(
        start_day=times[:-1],
        hours=24.0 * lengths,
        end_day=float(times[-1]),
        step_class=step_class.astype(np.int64),
        half_steps=0.5 * steps,
        drug_acts=since < ACTS_H / 24.0,
        drug_present=since < PRESENT_DAYS,
        output_days=np.asarray(sorted(output_days), dtype=np.float64),
    )


def _since(middle: Floats, begins: Floats, ends: Floats) -> Floats:
    """Return the days since the last dose had arrived (0 while it arrives, infinity before any)."""
    if not len(begins):
        return np.full(len(middle), np.inf)
    last = np.searchsorted(begins, middle) - 1
    latest = np.maximum.accumulate(ends)
    return np.where(last < 0, np.inf, np.maximum(0.0, middle - latest[np.maximum(last, 0)]))
