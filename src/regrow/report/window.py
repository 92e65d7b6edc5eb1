"""How long the window is open, and how much of the therapy falls inside it.

The window counts as open while the plasticity signal is at least half of what the reference dose
adds in an average patient: halfway between closed and what that dose opens. Readings are daily;
between them the signal decays exponentially and jumps at a dose, which gives the hours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.plan import day_of
from regrow.engine.slots import LANES
from regrow.protocol.calendar import Calendar
from regrow.simulate import Result

Floats = npt.NDArray[np.float64]

OPEN_FROM = 0.5
"""The plasticity signal at which the window counts as open; the reference dose adds 1."""
DEFINITION = (
    "The window counts as open while it is at least halfway between closed and what one "
    "reference infusion (racemic ketamine 0.5 mg/kg over 40 min) opens in an average patient."
)


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """The sessions of one kind of therapy, and the mean share of them inside the window."""

    kind: str
    planned: int
    minutes: float
    share_in_window: float


@dataclass(frozen=True, kw_only=True)
class Window:
    """How many days the window was open, per patient, and what fell inside it."""

    days_open: Floats
    sessions: tuple[Sessions, ...]

    def share_of_sessions(self) -> float | None:
        """Return the share of planned sessions, preparation left out, inside the window."""
        return self._share([(s.planned, s.share_in_window) for s in self._after_a_dose()])

    def share_of_minutes(self) -> float | None:
        """Return the share of therapy minutes, preparation left out, inside the window."""
        return self._share([(s.minutes, s.share_in_window) for s in self._after_a_dose()])

    def _after_a_dose(self) -> list[Sessions]:
        return [s for s in self.sessions if s.kind != "preparation"]

    def _share(self, parts: list[tuple[float, float]]) -> float | None:
        whole = sum(size for size, _ in parts)
        return sum(size * share for size, share in parts) / whole if whole else None


def window_of(result: Result) -> Window:
    """Return how open the window was for the kept patients of `result`."""
    signal, half_life = result.kept("plasticity_signal"), half_lives(result)
    dosed = first_dose_of_day(result.plan, len(signal) - 1)[:, None]
    before = np.clip(half_life * _log2(signal[:-1] / OPEN_FROM), 0.0, dosed)
    after = np.clip(1.0 - dosed + half_life * _log2(signal[1:] / OPEN_FROM), 0.0, 1.0 - dosed)
    return Window(
        days_open=(before + after).sum(axis=0),
        sessions=tuple(
            _sessions(kind, result) for kind in dict.fromkeys(t.kind for t in result.plan.therapy)
        ),
    )


def _sessions(kind: str, result: Result) -> Sessions:
    mine = [event for event in result.plan.therapy if event.kind == kind]
    times = [day_of(event.day, event.hour, result.plan) for event in mine]
    signal = signal_at(result, times)
    minutes = np.array([event.minutes for event in mine])
    inside = (signal >= OPEN_FROM).mean(axis=1)
    whole = float(minutes.sum())
    return Sessions(
        kind=kind,
        planned=len(mine),
        minutes=whole,
        share_in_window=float((inside * minutes).sum() / whole) if whole else float(inside.mean()),
    )


def signal_at(result: Result, days: Sequence[float] | Floats) -> Floats:
    """Return the plasticity signal of the kept patients at any moments (moments x patients)."""
    signal, half_life = result.kept("plasticity_signal"), half_lives(result)
    last = len(signal) - 2
    dosed = first_dose_of_day(result.plan, len(signal) - 1)
    found = []
    for day in days:
        k = min(max(math.floor(day), 0), last)
        inside = day - k
        if inside < 0.0:
            found.append(np.zeros_like(signal[0]))
        elif inside <= dosed[k]:
            found.append(signal[k] * 2.0 ** (-inside / half_life))
        else:
            found.append(signal[k + 1] * 2.0 ** ((1.0 - inside) / half_life))
    return np.array(found)


def half_lives(result: Result) -> Floats:
    """Return the half-life of the window (days) of each kept patient's set of values."""
    patients = result.readings.shape[2]
    sets = (np.arange(patients) // LANES) % len(result.sets)
    return np.array([s["slow/window_half_life"] for s in result.sets])[sets]


def first_dose_of_day(plan: Calendar, days: int) -> Floats:
    """Return when in each simulated day the first dose comes (share of a day; 0 without one)."""
    moments = np.zeros(days)
    for dose in reversed(plan.doses):
        moment = day_of(dose.day, dose.hour, plan)
        if 0 <= math.floor(moment) < days:
            moments[math.floor(moment)] = moment - math.floor(moment)
    return moments


def _log2(values: Floats) -> Floats:
    return np.asarray(np.log2(np.maximum(values, 1e-300)))
