"""What would be read off people in a study: severity, its fluctuation, the errors of a scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.model.values import Values
from regrow.trial.sample import Sample
from regrow.trial.scales import Reads

Floats = npt.NDArray[np.float64]
FLUCTUATION, NOISE, LASTING = range(3)
"""What the chance numbers of a sample are used for."""


@dataclass(frozen=True)
class Course:
    """Severity with its fluctuation (days x sets x people x copies), and who is still there."""

    days: tuple[float, ...]
    severity: Floats
    here: npt.NDArray[np.bool_]


def fluctuating(
    madrs: Floats,
    days: Sequence[float],
    sets: Sequence[Values],
    sample: Sample,
    *,
    arm: int,
    dropout_per_day: float,
) -> Course:
    """Add to the courses `madrs` (days x sets x people) what comes and goes in each person.

    The fluctuation is an Ornstein-Uhlenbeck process, nothing at the baseline (which is what
    severity happened to be then) and forgetting itself over `fluctuation_time`.
    """
    sd = np.array([values["slow/fluctuation"] for values in sets])[:, None, None]
    time = np.array([values["slow/fluctuation_time"] for values in sets])[:, None, None]
    fresh = sample.chance(arm, len(days), FLUCTUATION)
    severity = np.empty((*madrs.shape, sample.copies))
    now = np.zeros(severity.shape[1:])
    severity[0] = madrs[0, :, :, None]
    for k in range(1, len(days)):
        keep = np.exp(-(days[k] - days[k - 1]) / time)
        now = keep * now + sd * np.sqrt(1.0 - keep**2) * fresh[k]
        severity[k] = madrs[k, :, :, None] + now
    leaves = sample.waiting / dropout_per_day if dropout_per_day > 0.0 else np.inf
    here = np.asarray(days)[:, None] < np.broadcast_to(leaves, (sample.people,))
    here[0] = True
    return Course(days=tuple(days), severity=severity, here=here)


def scored(course: Course, scale: Reads, sample: Sample, *, arm: int) -> tuple[Floats, Floats]:
    """Return what `scale` would show, inside its range, and what its readings scatter around.

    Both are days x sets x people x copies.
    """
    noise = scale.noise_sd * sample.chance(arm, len(course.days), NOISE)
    lasting = scale.lasting_sd * sample.chance(arm, 1, LASTING)[0]
    middle = scale.intercept + scale.slope * course.severity + lasting
    return np.clip(middle + noise[:, None], scale.least, scale.most), middle


def carried_forward(shown: Floats, here: npt.NDArray[np.bool_]) -> Floats:
    """Return readings in which everyone who has left keeps the last one taken."""
    found = shown.copy()
    for k in range(1, len(found)):
        found[k] = np.where(here[k][None, :, None], found[k], found[k - 1])
    return found
