"""Who is in response, who in remission, and when a response is lost."""

from dataclasses import dataclass

import numpy as np

from regrow.forecast.crowd import Floats
from regrow.forecast.definitions import Definitions
from regrow.forecast.futures import Futures

LEAST_RESPONDERS = 40
"""Of fewer versions of the person in response, the time of a relapse cannot be told."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Relapse:
    """When a response that is there today is lost.

    in_response: probability of being in response today. days: days of the plan on which one looks.
    probability: of having relapsed by each, given response today (None where response today is
    too unlikely to say). median_days: days from today by which half have relapsed (None: not
    within the forecast); mean_days: mean days without a relapse within the forecast.
    """

    in_response: float
    days: Floats
    probability: Floats | None
    median_days: float | None
    mean_days: float | None


def responding(future: Futures, definitions: Definitions) -> Floats:
    """Return who is in response on each day (days x persons, 0 or 1)."""
    most = (1.0 - definitions.response_fall) * future.persons.baseline
    return np.asarray(future.severity <= most, dtype=np.float64)


def remitting(future: Futures, definitions: Definitions) -> Floats:
    """Return who is in remission on each day (days x persons, 0 or 1)."""
    return np.asarray(future.severity <= definitions.remission_madrs, dtype=np.float64)


def relapse(future: Futures, definitions: Definitions) -> Relapse:
    """Return when those who are in response today are found outside it."""
    well = responding(future, definitions)
    first = np.ceil(future.today)
    every = definitions.relapse_every_days
    days = np.arange(first + every, future.days[-1] + 1e-9, every)
    now = well[future.at(future.today)] > 0.0
    share = float(now.mean())
    if now.sum() < LEAST_RESPONDERS or not len(days):
        return Relapse(
            in_response=share, days=days, probability=None, median_days=None, mean_days=None
        )
    looked = np.array([well[future.at(day)][now] for day in days])
    still = np.minimum.accumulate(looked, axis=0).mean(axis=1)
    after = days - future.today
    below = np.flatnonzero(still <= 0.5)
    steps = np.diff(after, prepend=0.0)
    held = np.concatenate([[1.0], still[:-1]])
    return Relapse(
        in_response=share,
        days=days,
        probability=1.0 - still,
        median_days=_crossing(after, still, int(below[0])) if len(below) else None,
        mean_days=float((steps * 0.5 * (held + still)).sum()),
    )


def _crossing(after: Floats, still: Floats, k: int) -> float:
    """Return when half are left, on a straight line between two looks."""
    before, then = (0.0, after[0]) if k == 0 else (after[k - 1], after[k])
    high, low = (1.0 if k == 0 else still[k - 1]), still[k]
    return float(before + (then - before) * (high - 0.5) / (high - low))
