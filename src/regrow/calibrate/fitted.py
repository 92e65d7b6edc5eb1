"""What calibration moves: the parameters that trials can say something about, and their scale.

Each fitted parameter is a standard normal number `z` pushed through the quantiles of its prior, so
that the prior of `z` is the same for all. The rest of the model's uncertain numbers (kinetics,
practices, side effects) is not touched by these trials and keeps its prior.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from regrow.model.values import Values, known, quantile

Floats = npt.NDArray[np.float64]

FITTED = (
    # how strong, how fast and how lasting the drug's effect is
    "slow/window_half_life",
    "slow/window_gain",
    "slow/formation",
    "slow/labile_loss",
    "slow/consolidation",
    "slow/consolidated_loss",
    "slow/fast_effect",
    "slow/structural_effect",
    "slow/mood_lag",
    # dose and route
    "acute/racemic_ki",
    "acute/best_block",
    "acute/esketamine_affinity",
    "racemic/nasal_fraction",
    # how people differ, and what comes and goes in one person
    "slow/sensitivity_spread",
    "slow/synapse_loss_spread",
    "slow/stress_spread",
    "slow/natural_course_spread",
    "slow/natural_course_time",
    "slow/fluctuation",
    "slow/fluctuation_time",
    # setting and expectancy
    "contexts/expectancy_half_life",
    "contexts/expectancy_carry",
    "contexts/expectancy_spread",
    "contexts/saline_control",
    "contexts/active_saline",
    "contexts/midazolam_control",
    "contexts/active_midazolam",
    "contexts/open_label",
    "contexts/new_antidepressant",
    "contexts/new_antidepressant_spread",
    "contexts/overlap_with_antidepressant",
    # therapy together with the drug; what therapy does alone is known from other trials
    "slow/skill_window_gain",
    "slow/use_in_therapy",
    # how places differ
    "contexts/place_drug_spread",
    "contexts/place_setting_spread",
)

PLACE_DRUG, PLACE_SETTING = "contexts/place_drug", "contexts/place_setting"
_NORMAL = NormalDist()
MOST_Z = 4.5
"""Further out, a prior says nothing that can be computed with."""


def numbers(z: Floats) -> Floats:
    """Return the values (sets x parameters) of the fitted parameters at `z` (the same shape)."""
    found = np.empty_like(z)
    for k, name in enumerate(FITTED):
        parameter = known()[name]
        found[:, k] = [
            quantile(parameter, _NORMAL.cdf(float(one)))
            for one in np.clip(z[:, k], -MOST_Z, MOST_Z)
        ]
    return found


def sets_of(
    values: Floats, rest: Values, *, drug: Floats | None = None, setting: Floats | None = None
) -> Sequence[Values]:
    """Return sets of values: the fitted ones from `values`, everything else from `rest`.

    `drug` and `setting` are the logarithms of the factors of each set's place.
    """
    sets = []
    for k, row in enumerate(values):
        found = {**rest, **dict(zip(FITTED, (float(value) for value in row), strict=True))}
        if drug is not None:
            found[PLACE_DRUG] = float(np.exp(drug[k]))
        if setting is not None:
            found[PLACE_SETTING] = float(np.exp(setting[k]))
        sets.append(found)
    return sets
