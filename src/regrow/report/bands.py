"""A mean and the band that holds 90 of 100 patients: the only kind of band regrow shows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.measures.measure import Measure
from regrow.summary import BIN_POINTS, Histogram

Floats = npt.NDArray[np.float64]

SHARE = 0.9
LOW, HIGH = 0.05, 0.95
MIDDLE_LOW, MIDDLE_HIGH = 0.25, 0.75
"""The darker inner band of figures: the middle half of the patients."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The mean, and the scores below which 5 % and 95 % of patients lie; one entry per day."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True)
class Span:
    """The same for one value per patient."""

    mean: float
    low: float
    high: float


def span_of(values: Floats) -> Span:
    """Return mean and band of one value per patient."""
    low, high = np.quantile(values, (LOW, HIGH))
    return Span(mean=float(values.mean()), low=float(low), high=float(high))


def of_histogram(scores: Histogram) -> Band:
    """Return the band of scores counted per day."""
    return Band(mean=scores.mean(), low=scores.quantile(LOW), high=scores.quantile(HIGH))


def of_patients(values: Floats, *, axis: int = -1) -> Band:
    """Return the band of values kept per patient."""
    low, high = np.quantile(values, (LOW, HIGH), axis=axis)
    return Band(
        mean=np.asarray(values.mean(axis=axis)),
        low=np.asarray(low, dtype=np.float64),
        high=np.asarray(high, dtype=np.float64),
    )


def read_on(measure: Measure, madrs: Histogram) -> Band:
    """Return severity as `measure` reads it: every patient's score through the crosswalk."""

    def line(points: Floats) -> Floats:
        score = measure.intercept + measure.slope * points
        return np.asarray(np.clip(score, measure.minimum, measure.maximum))

    bins = np.arange(madrs.counts.shape[1], dtype=np.float64)
    middles = np.asarray(madrs.low + BIN_POINTS * (bins + 0.5), dtype=np.float64)
    return Band(
        mean=np.asarray(madrs.counts @ line(middles) / madrs.patients),
        low=line(madrs.quantile(LOW)),
        high=line(madrs.quantile(HIGH)),
    )
