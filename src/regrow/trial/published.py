"""What a study of a given size would print: a prediction with the chance of its own sample.

    mean, change, difference   N(expected, sd^2 / n + misfit^2)
    share                      Binomial(n, p) / n,  logit p = logit expected + misfit
    median time                log-normal; half of n events tell it
    ratio of hazards           log-normal; 2 / sqrt(events)

`misfit` is the model's own error, inferred in calibration with everything else. Each draw belongs
to one set of values, so that a band over the draws holds ignorance, place and chance together;
a density is the mean of the sets' densities.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regrow.evidence.reader import parameters
from regrow.model.values import Values
from regrow.trial.predict import Predicted
from regrow.trial.schedule import horizon

Floats = npt.NDArray[np.float64]

MISFIT_POINTS, MISFIT_LOGIT = "calibration/misfit_points", "calibration/misfit_logit"
SHARES = ("response", "remission", "sustained response", "relapse")
TIMES = ("median time to relapse", "hazard ratio")
"""What errs on the log scale."""
LEAST = 1e-3
FURTHEST = 6.0
"""How many misfits a share is at most off in a density: beyond lies a billionth."""


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
    kind, shape = predicted.finding.kind, (copies, len(sets))
    if kind in SHARES:
        eta = _logit(predicted) + misfits(sets)[1] * rng.standard_normal(shape)
        return np.asarray(rng.binomial(n, 1.0 / (1.0 + np.exp(-eta))) / n)
    chance = rng.standard_normal(shape) * _error(predicted, n, sets)
    if kind in TIMES:
        return np.asarray(predicted.expected * np.exp(chance))
    return np.asarray(predicted.expected + chance)


def log_density(predicted: Predicted, n: int, sets: Sequence[Values], value: float) -> float:
    """Return the log of how likely a study of `n` people was to print `value`.

    A density per unit of the finding; for a share the probability of its count of people.
    """
    if predicted.finding.kind in SHARES:
        return _log_mean(_log_binomial(predicted, n, sets, round(value * n)))
    error = _error(predicted, n, sets)
    if predicted.finding.kind not in TIMES:
        return _log_mean(_log_normal(value, predicted.expected, error))
    # a median that is not reached while anybody looks counts as reached at the end
    expected = np.log(np.clip(predicted.expected, LEAST, _latest(predicted)))
    # per day or per unit of the ratio, not per unit of its logarithm
    return _log_mean(_log_normal(math.log(value), expected, error)) - math.log(value)


def _log_normal(value: float, mean: Floats, sd: Floats) -> Floats:
    return np.asarray(-0.5 * ((value - mean) / sd) ** 2 - np.log(sd * math.sqrt(2.0 * math.pi)))


def _error(predicted: Predicted, n: int, sets: Sequence[Values]) -> Floats:
    """Return by how much a print errs, per set: on the log scale for times and ratios."""
    kind = predicted.finding.kind
    if kind == "median time to relapse":
        return np.full(len(sets), math.sqrt(2.0 / n))
    if kind == "hazard ratio":
        return np.asarray(predicted.sd / math.sqrt(n))
    misfit = misfits(sets)[0]
    if kind == "standardised difference":
        misfit = misfit / parameters("calibration")["smd_misfit_points"].value
    return np.sqrt(predicted.sd**2 / n + misfit**2)


def _latest(predicted: Predicted) -> float:
    finding = predicted.finding
    if finding.kind != "median time to relapse":
        return math.inf
    assert finding.since_day is not None
    return horizon(finding) - finding.since_day


def _logit(predicted: Predicted) -> Floats:
    share = np.clip(predicted.expected, LEAST, 1.0 - LEAST)
    return np.asarray(np.log(share / (1.0 - share)))


def _log_binomial(predicted: Predicted, n: int, sets: Sequence[Values], count: int) -> Floats:
    """Return the log probability of `count` of `n` people per set, the misfit integrated out."""
    misfit = misfits(sets)[1][:, None]
    # steps half as wide as the likelihood of so many people: the sum is then exact
    narrowest = 2.0 / (math.sqrt(n) * max(float(misfit.max()), 1e-9))
    steps = 2 * math.ceil(2.0 * FURTHEST / min(1.0, narrowest)) + 1
    off = np.linspace(-FURTHEST, FURTHEST, steps)
    eta = _logit(predicted)[:, None] + misfit * off
    ways = math.lgamma(n + 1) - math.lgamma(count + 1) - math.lgamma(n - count + 1)
    log = ways - count * np.logaddexp(0.0, -eta) - (n - count) * np.logaddexp(0.0, eta)
    weight = np.exp(-0.5 * off**2)
    most = log.max(axis=1)
    return np.asarray(most + np.log(np.exp(log - most[:, None]) @ (weight / weight.sum())))


def _log_mean(log: Floats) -> float:
    most = float(log.max())
    return most + math.log(float(np.exp(log - most).mean()))
