"""What a study of a given size would print: a prediction with the chance of its own sample.

    mean, change, difference   N(expected, sd^2 / n + misfit^2)
    share                      Binomial(n, p) / n,  logit p = logit expected + misfit
    median time                log-normal; half of n events tell it
    ratio of hazards           log-normal; 2 / sqrt(events)

`misfit` is the model's own error, inferred in calibration with everything else. Each draw belongs
to one set of values, so that a band over the draws holds ignorance, place and chance together.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regrow.evidence.reader import parameters
from regrow.model.values import Values
from regrow.trial.predict import Predicted

Floats = npt.NDArray[np.float64]

MISFIT_POINTS, MISFIT_LOGIT = "calibration/misfit_points", "calibration/misfit_logit"
SHARES = ("response", "remission", "sustained response", "relapse")
LEAST = 1e-3


def misfits(sets: Sequence[Values]) -> tuple[Floats, Floats]:
    """Return the model's own error in points and on the logit scale, per set.

    Sets that no calibration has made have the prior's scale.
    """
    prior = parameters("calibration")
    return (
        np.array([values.get(MISFIT_POINTS, prior["misfit_points"].value) for values in sets]),
        np.array([values.get(MISFIT_LOGIT, prior["misfit_logit"].value) for values in sets]),
    )


def published(
    predicted: Predicted,
    n: int,
    sets: Sequence[Values],
    *,
    rng: np.random.Generator,
    copies: int = 8,
) -> Floats:
    """Return draws of the number that a study of `n` people would print (copies x sets)."""
    points, logit = misfits(sets)
    kind, shape = predicted.finding.kind, (copies, len(sets))
    if kind in SHARES:
        share = np.clip(predicted.expected, LEAST, 1.0 - LEAST)
        eta = np.log(share / (1.0 - share)) + logit * rng.standard_normal(shape)
        return np.asarray(rng.binomial(n, 1.0 / (1.0 + np.exp(-eta))) / n)
    chance = rng.standard_normal(shape)
    if kind == "median time to relapse":
        return np.asarray(predicted.expected * np.exp(chance * math.sqrt(2.0 / n)))
    if kind == "hazard ratio":
        return np.asarray(predicted.expected * np.exp(chance * predicted.sd / math.sqrt(n)))
    error = points
    if kind == "standardised difference":
        error = points / parameters("calibration")["smd_misfit_points"].value
    return np.asarray(predicted.expected + chance * np.sqrt(predicted.sd**2 / n + error**2))
