"""Whether ranks are spread evenly, as they are when a forecast knows how sure it may be."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
BINS = 15


@dataclass(frozen=True, kw_only=True)
class Evenness:
    """A rank histogram and two tests of evenness.

    counts: ranks in each of fifteen equal bins. chi_square: on fourteen degrees of freedom.
    distance: the largest distance of the ranks' distribution from an even one (Kolmogorov).
    """

    counts: tuple[int, ...]
    chi_square: float
    chi_square_p: float
    distance: float
    distance_p: float
    inside_50: float
    inside_90: float


def evenness(ranks: Floats) -> Evenness:
    """Return how evenly `ranks` (0 to 1) are spread."""
    counts = np.histogram(ranks, bins=BINS, range=(0.0, 1.0))[0]
    expected = len(ranks) / BINS
    statistic = float(((counts - expected) ** 2).sum() / expected)
    ordered = np.sort(ranks)
    steps = np.arange(len(ranks) + 1) / len(ranks)
    distance = float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))
    return Evenness(
        counts=tuple(int(one) for one in counts),
        chi_square=statistic,
        chi_square_p=chi_square_p(statistic, BINS - 1),
        distance=distance,
        distance_p=kolmogorov_p(distance, len(ranks)),
        inside_50=float(((ranks >= 0.25) & (ranks <= 0.75)).mean()),
        inside_90=float(((ranks >= 0.05) & (ranks <= 0.95)).mean()),
    )


def chi_square_p(statistic: float, degrees: int) -> float:
    """Return how often chance alone gives at least this chi-square (even degrees of freedom).

    With an even number the tail is a finite sum, that of a Poisson distribution.
    """
    half, term, total = 0.5 * statistic, 1.0, 0.0
    for k in range(degrees // 2):
        total += term
        term *= half / (k + 1)
    return math.exp(-half) * total


def kolmogorov_p(distance: float, count: int) -> float:
    """Return how often chance alone gives at least this distance (Stephens' approximation)."""
    root = math.sqrt(count)
    scaled = (root + 0.12 + 0.11 / root) * distance
    if scaled < 0.2:
        return 1.0
    terms = (
        math.cos(math.pi * (k - 1)) * math.exp(-2.0 * (k * scaled) ** 2) for k in range(1, 101)
    )
    return min(1.0, max(0.0, 2.0 * sum(terms)))
