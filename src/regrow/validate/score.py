"""How good a prediction was: proper scores, so that neither boldness nor caution pays by itself.

    CRPS       the mean distance from the finding, less half the mean distance between draws
    log score  the log of how likely the finding was

A kind of finding has its own unit; to be averaged over kinds, errors and CRPS are divided by a
fixed scale: 1 SD in MADRS points for points, one for shares (as a whole), for standardised
differences, and for the natural logarithm of times and ratios.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from regrow.model.values import Values, centre
from regrow.studies.document import Study
from regrow.trial.beside import Beside
from regrow.trial.predict import Predicted
from regrow.trial.published import SHARES, TIMES, log_density
from regrow.trial.scales import reads
from regrow.trial.schedule import horizon

Floats = npt.NDArray[np.float64]
Group = Literal["points", "shares", "standardised differences", "times and ratios"]
GROUPS: tuple[Group, ...] = ("points", "shares", "standardised differences", "times and ratios")
SMALLEST = 1e-3
"""No time or ratio is smaller than this once its logarithm is taken."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How good one prediction of a finding was.

    `error` is the median less what was found, in the unit of the finding (infinite for a time that
    is not reached). `error_apart` and `crps` are in the unit in which its group is averaged (MADRS
    points, share, standard deviations, logarithm), `scaled` divides them for a mean over groups.
    `least_band` is the share of the narrowest central band that holds the finding.
    """

    group: Group
    row: Beside
    error: float
    error_apart: float
    crps: float
    log_score: float
    least_band: float

    @property
    def scale(self) -> float:
        """Return what errors of its group are divided by to be averaged over groups."""
        return scale(self.group)


def group_of(kind: str) -> Group:
    """Return with which findings one of this kind is averaged."""
    if kind in SHARES:
        return "shares"
    if kind in TIMES:
        return "times and ratios"
    return "standardised differences" if kind == "standardised difference" else "points"


def scale(group: Group) -> float:
    """Return what an error of a group is divided by, in the unit of the group."""
    return centre()["contexts/smd_points"] if group == "points" else 1.0


def score(row: Beside, predicted: Predicted, sets: Sequence[Values], study: Study) -> Score:
    """Return how good the prediction `row`, made of `predicted` under `sets`, was."""
    import scoringrules

    group = group_of(row.finding.kind)
    unit = reads(row.finding.measure, study).slope if group == "points" else 1.0

    def apart(values: Floats | float) -> Floats:
        if group != "times and ratios":
            return np.asarray(values) / unit
        return np.asarray(np.log(np.clip(values, SMALLEST, _last(row))))

    found, draws = float(apart(row.found)), apart(row.draws)
    return Score(
        group=group,
        row=row,
        error=row.median - row.found,
        error_apart=float(apart(row.median)) - found,
        crps=float(scoringrules.crps_ensemble(found, draws, backend="numpy")),
        log_score=log_density(predicted, row.n, sets, row.finding.value),
        least_band=least_band(row.draws, row.found),
    )


def least_band(draws: Floats, value: float) -> float:
    """Return the share of the narrowest central band of `draws` that holds `value`."""
    below, up_to = float((draws < value).mean()), float((draws <= value).mean())
    return max(0.0, 1.0 - 2.0 * up_to, 2.0 * below - 1.0)


def _last(row: Beside) -> float:
    """Return the latest time that is told from one that is not reached at all."""
    finding = row.finding
    if finding.kind != "median time to relapse":
        return math.inf
    assert finding.since_day is not None
    return horizon(finding) - finding.since_day
