"""How good forecasts were together: mean scores, coverage, and how sure a difference is."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from regrow.appraise.origins import OURS, Case
from regrow.appraise.score import Score

REPLICATES = 4000


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Means over some forecasts: CRPS and absolute error in points, shares inside the bands."""

    forecasts: int
    crps: float
    mae: float
    inside_50: float
    inside_90: float


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Mean CRPS of our forecast less that of another (negative: ours is better), in points.

    better: by which share ours is lower. The 95 % intervals (low, high) come from drawing people
    anew: readings of one person are not independent.
    """

    mean: float
    low: float
    high: float
    better: float
    better_low: float
    better_high: float

    @property
    def words(self) -> str:
        """Whether that is a difference at all."""
        if self.high < 0.0:
            return "better"
        return "worse" if self.low > 0.0 else "not told apart"


def summary(scores: Sequence[Score]) -> Summary:
    """Return the means over `scores` (at least one)."""
    return Summary(
        forecasts=len(scores),
        crps=fmean(one.crps for one in scores),
        mae=fmean(abs(one.error) for one in scores),
        inside_50=fmean(one.inside_50 for one in scores),
        inside_90=fmean(one.inside_90 for one in scores),
    )


def of(cases: Sequence[Case], name: str = OURS) -> Summary:
    """Return how good one forecaster was over `cases`."""
    return summary([case.scores[name] for case in cases])


def difference(
    cases: Sequence[Case], rival: str, *, seed: int = 0, replicates: int = REPLICATES
) -> Difference:
    """Return our mean CRPS less that of `rival`, with a paired bootstrap over persons."""
    names = sorted({case.person for case in cases})
    place = {name: k for k, name in enumerate(names)}
    mine, others, counts = np.zeros((3, len(names)))
    for case in cases:
        k = place[case.person]
        mine[k] += case.scores[OURS].crps
        others[k] += case.scores[rival].crps
        counts[k] += 1.0
    chosen = np.random.default_rng(seed).integers(0, len(names), (replicates, len(names)))
    low, high = np.quantile(
        (mine - others)[chosen].sum(axis=1) / counts[chosen].sum(axis=1), (0.025, 0.975)
    )
    least, most = np.quantile(
        1.0 - mine[chosen].sum(axis=1) / others[chosen].sum(axis=1), (0.025, 0.975)
    )
    return Difference(
        mean=float((mine - others).sum() / counts.sum()),
        low=float(low),
        high=float(high),
        better=float(1.0 - mine.sum() / others.sum()),
        better_low=float(least),
        better_high=float(most),
    )
