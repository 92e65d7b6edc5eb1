"""How good a calibration is: whether the chains agree, what was learned, what cannot be told apart.

R-hat and effective sample sizes are the rank-normalised ones (Vehtari, Gelman, Simpson, Carpenter,
Burkner, Bayesian Anal 2021), computed by ArviZ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.calibrate.fitted import FITTED, numbers
from regrow.calibrate.rounds import Fit
from regrow.model.values import known, quantile

Floats = npt.NDArray[np.float64]
APART = 0.5
"""Two parameters whose draws correlate more strongly than this are hard to tell apart."""
LEARNED = 0.9
"""A posterior narrower than this share of its prior has learned something."""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """One fitted parameter: prior, posterior (median and 90 % band), and how well it was sampled.

    `narrower` is the posterior's SD over the prior's, on the prior's own scale.
    """

    name: str
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    narrower: float
    r_hat: float
    bulk_ess: float
    tail_ess: float


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """The whole calibration."""

    parameters: tuple[Learned, ...]
    others: tuple[Learned, ...]
    entangled: tuple[tuple[str, str, float], ...]
    divergences: int
    draws: int
    pareto_k: float
    checked: int
    effective: float
    worst_surface_error: tuple[str, float]

    @property
    def r_hat(self) -> float:
        """Return the largest R-hat."""
        return max(one.r_hat for one in (*self.parameters, *self.others))

    @property
    def bulk_ess(self) -> float:
        """Return the smallest bulk ESS."""
        return min(one.bulk_ess for one in (*self.parameters, *self.others))

    @property
    def tail_ess(self) -> float:
        """Return the smallest tail ESS."""
        return min(one.tail_ess for one in (*self.parameters, *self.others))


def diagnose(fit: Fit) -> Diagnosis:
    """Return how good `fit` is."""
    draws, corrected = fit.draws, fit.corrected
    values = numbers(draws.flat("z")[corrected.which])
    parameters = tuple(
        _learned(name, draws.z[:, :, k], values[:, k], corrected.weights)
        for k, name in enumerate(FITTED)
    )
    others = [
        _sampled("misfit of means, MADRS points", draws.misfit_points),
        _sampled("misfit of shares, logit", draws.misfit_logit),
    ]
    for k, study in enumerate(fit.task.studies):
        others.append(_sampled(f"{study.id}: log drug factor", draws.drug[:, :, k]))
        others.append(_sampled(f"{study.id}: log setting factor", draws.setting[:, :, k]))
    z = draws.flat("z")[corrected.which]
    worst = int(np.argmax(fit.surface.error))
    return Diagnosis(
        parameters=parameters,
        others=tuple(others),
        entangled=entangled(z, corrected.weights),
        divergences=int(draws.diverging.sum()),
        draws=draws.diverging.size,
        pareto_k=corrected.pareto_k,
        checked=len(corrected.which),
        effective=corrected.effective,
        worst_surface_error=(fit.task.targets[worst].name, float(fit.surface.error[worst])),
    )


def entangled(z: Floats, weights: Floats) -> tuple[tuple[str, str, float], ...]:
    """Return the pairs of parameters that the data cannot tell apart, strongest first."""
    covariance = np.cov(z.T, aweights=weights)
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    i, j = np.triu_indices(len(FITTED), 1)
    pairs = [
        (FITTED[a], FITTED[b], float(correlation[a, b]))
        for a, b in zip(i, j, strict=True)
        if abs(correlation[a, b]) > APART
    ]
    return tuple(sorted(pairs, key=lambda pair: -abs(pair[2])))


def weighted_quantiles(values: Floats, weights: Floats, at: Sequence[float]) -> Floats:
    """Return quantiles of weighted values."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.interp(at, reached / weights.sum(), values[order])


def _learned(name: str, z: Floats, values: Floats, weights: Floats) -> Learned:
    parameter = known()[name]
    low, middle, high = weighted_quantiles(values, weights, (0.05, 0.5, 0.95))
    sampled = _sampled(name, z)
    return Learned(
        name=name,
        unit=parameter.unit,
        prior=(quantile(parameter, 0.05), quantile(parameter, 0.5), quantile(parameter, 0.95)),
        posterior=(float(low), float(middle), float(high)),
        narrower=float(z.std()),
        r_hat=sampled.r_hat,
        bulk_ess=sampled.bulk_ess,
        tail_ess=sampled.tail_ess,
    )


def _sampled(name: str, chains: Floats) -> Learned:
    import arviz

    low, middle, high = np.quantile(chains, (0.05, 0.5, 0.95))
    return Learned(
        name=name,
        unit="",
        prior=(np.nan, np.nan, np.nan),
        posterior=(float(low), float(middle), float(high)),
        narrower=float("nan"),
        r_hat=float(arviz.rhat(chains)),
        bulk_ess=float(arviz.ess(chains)),
        tail_ess=float(arviz.ess(chains, method="tail")),
    )
