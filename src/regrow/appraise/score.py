"""How good one forecast of one reading was, from equally likely draws or from a normal curve.

CRPS is the mean distance of the forecast from what was read, less half the mean distance between
two draws of the forecast: points of the scale, lower is better, neither boldness nor caution pays.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Score:
    """How good one forecast was.

    error: its median less what was read. pit: the share of the forecast that lies below what was
    read, half of what is equal to it counted. inside_50, inside_90: whether the bands held it.
    """

    crps: float
    error: float
    pit: float
    inside_50: bool
    inside_90: bool


def of_draws(draws: Floats, read: float) -> Score:
    """Return how good equally likely `draws` (one dimension) were as a forecast of `read`."""
    # only whoever judges forecasts needs it; it is not among what regrow always installs
    import scoringrules

    low90, low50, median, high50, high90 = np.quantile(draws, (0.05, 0.25, 0.5, 0.75, 0.95))
    return Score(
        crps=float(scoringrules.crps_ensemble(read, draws, backend="numpy")),
        error=float(median) - read,
        pit=float((draws < read).mean() + 0.5 * (draws == read).mean()),
        inside_50=bool(low50 <= read <= high50),
        inside_90=bool(low90 <= read <= high90),
    )


def of_normal(mean: float, sd: float, read: float) -> Score:
    """Return how good a normal distribution was as a forecast of `read`."""
    normal = NormalDist()
    off = (read - mean) / sd
    above = 2.0 * normal.cdf(off) - 1.0
    return Score(
        crps=sd * (off * above + 2.0 * normal.pdf(off) - 1.0 / math.sqrt(math.pi)),
        error=mean - read,
        pit=normal.cdf(off),
        inside_50=abs(off) <= normal.inv_cdf(0.75),
        inside_90=abs(off) <= normal.inv_cdf(0.95),
    )
