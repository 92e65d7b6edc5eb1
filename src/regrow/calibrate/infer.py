"""The posterior: priors, likelihood and heterogeneity, sampled with NUTS (NumPyro).

    z_k ~ N(0, 1)                                  fitted parameters, on the scale of their priors
    log drug_s    ~ N(0, tau_drug^2 / trials_s)    how much more the drug does in study s
    log setting_s ~ N(0, tau_setting^2 / trials_s) how much more its setting does
    mean, change, difference   y ~ N(mu, se^2 + misfit^2)
    share                      events ~ Binomial(n, p), logit p = mu + misfit_logit e, e ~ N(0, 1)
    spread between people      log SD ~ N(mu, 1 / (2 (n - 1)) + misfit_spread^2)
    ratio of hazards           log y ~ N(mu, se^2)

`mu` comes from the surfaces of `surrogate.py`. The misfits are the model's own error, so that a
trial which the model cannot describe does not drag everything with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from regrow.calibrate.fitted import FITTED
from regrow.calibrate.problem import Problem, row
from regrow.calibrate.surrogate import Surface
from regrow.evidence.reader import parameters
from regrow.model.values import known

Floats = npt.NDArray[np.float64]
CHAINS = 4
PART = 250
"""Draws of every chain that are taken before progress is told."""


@dataclass(frozen=True)
class Draws:
    """Draws of everything that is inferred, chains x draws x ..."""

    z: Floats
    drug: Floats
    setting: Floats
    misfit_points: Floats
    misfit_logit: Floats
    off: Floats
    log_likelihood: Floats
    diverging: npt.NDArray[np.bool_]

    def flat(self, name: str) -> Floats:
        """Return one quantity with the chains joined (draws x ...)."""
        found: Floats = getattr(self, name)
        return found.reshape(-1, *found.shape[2:])


KEPT = tuple(field.name for field in fields(Draws))


@dataclass(frozen=True)
class Scales:
    """The spreads that the likelihood adds to a prediction."""

    points: float
    logit: float
    spread: float
    smd_points: float

    @classmethod
    def chosen(cls) -> "Scales":
        """Return the scales from the evidence files."""
        chosen = parameters("calibration")
        return cls(
            points=chosen["misfit_points"].value,
            logit=chosen["misfit_logit"].value,
            spread=chosen["misfit_spread"].value,
            smd_points=chosen["smd_misfit_points"].value,
        )


def spread_of_places(z: Any, name: str, exponential: Any) -> Any:
    """Return the log SD between places at `z` (its prior is log-normal)."""
    parameter = known()[name]
    assert parameter.prior is not None
    return parameter.value * exponential(parameter.prior.sd * z[..., row(name)])


def log_likelihood(
    task: Problem, value: Any, log_sd: Any, points: Any, logit: Any, off: Any, xp: Any
) -> Any:
    """Return the log likelihood per target (... x targets), in NumPy or JAX (`xp`).

    `value` and `log_sd` are predictions (... x targets); `points`, `logit` are the misfits (...),
    `off` (... x targets) says by how many misfits each share is off.
    """
    scales = Scales.chosen()
    forms = np.array([target.form for target in task.targets])
    observed = np.array([target.observed for target in task.targets])
    n = np.array([target.effective_n for target in task.targets])
    given = np.array([np.nan if target.se is None else target.se for target in task.targets])
    predicted = xp.exp(log_sd) / np.sqrt(n)
    se = xp.where(np.isnan(given), predicted, np.nan_to_num(given, nan=1.0))
    misfit = (
        np.where(forms == "points", 1.0, 0.0) + np.where(forms == "smd", 1.0 / scales.smd_points, 0)
    ) * points[..., None]
    fixed = np.where(forms == "log spread", scales.spread, 0.0)
    variance = se**2 + misfit**2 + fixed**2
    normal = -0.5 * ((observed - value) ** 2 / variance + xp.log(2.0 * np.pi * variance))
    eta = value + logit[..., None] * off
    events = np.where(forms == "share", observed * n, 0.0)
    rest = np.where(forms == "share", n, 0.0) - events
    binomial = -events * xp.logaddexp(0.0, -eta) - rest * xp.logaddexp(0.0, eta)
    return xp.where(forms == "share", binomial, normal)


def sample(
    task: Problem,
    surface: Surface,
    spread: Surface,
    *,
    draws: int,
    warmup: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Draws:
    """Sample the posterior under the surfaces (targets in the order of `task`).

    The same seed gives the same draws; they are taken in parts, so that progress can be told.
    """
    import jax
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as dist
    from numpyro.infer import MCMC, NUTS

    jax.config.update("jax_enable_x64", True)
    scales = Scales.chosen()
    inputs = len(FITTED) + 2
    i, j = np.triu_indices(inputs)
    surfaces = jnp.asarray(np.stack([surface.coefficients, spread.coefficients]))
    study_of, pooling = jnp.asarray(task.study_of), jnp.asarray(task.pooling)

    def places(z: Any, drug: Any, setting: Any) -> tuple[Any, Any]:
        return (
            spread_of_places(z, "contexts/place_drug_spread", jnp.exp) * pooling * drug,
            spread_of_places(z, "contexts/place_setting_spread", jnp.exp) * pooling * setting,
        )

    def model() -> None:
        z = numpyro.sample("z", dist.Normal(0.0, 1.0).expand([len(FITTED)]).to_event(1))
        unit = dist.Normal(0.0, 1.0).expand([len(task.studies)]).to_event(1)
        drug, setting = places(z, numpyro.sample("a", unit), numpyro.sample("b", unit))
        points = numpyro.sample("misfit_points", dist.HalfNormal(scales.points))
        logit = numpyro.sample("misfit_logit", dist.HalfNormal(scales.logit))
        off = numpyro.sample("off", dist.Normal(0.0, 1.0).expand([len(task.targets)]).to_event(1))
        numpyro.deterministic("drug", drug)
        numpyro.deterministic("setting", setting)
        x = jnp.concatenate(
            [
                jnp.broadcast_to(z, (len(task.studies), len(FITTED))),
                drug[:, None],
                setting[:, None],
            ],
            axis=1,
        )
        basis = jnp.concatenate([jnp.ones((len(x), 1)), x, x[:, i] * x[:, j], x**3], axis=1)
        value, log_sd = jnp.einsum("qtf,tf->qt", surfaces, basis[study_of])
        found = log_likelihood(task, value, log_sd, points, logit, off, jnp)
        numpyro.deterministic("log_likelihood", found)
        numpyro.factor("data", found.sum())

    part = min(PART, draws)
    chains = MCMC(
        NUTS(model, target_accept_prob=0.8, dense_mass=False),
        num_warmup=warmup,
        num_samples=part,
        num_chains=CHAINS,
        chain_method="vectorized",
        progress_bar=False,
    )
    steps, taken = warmup + draws, []
    if progress is not None:
        progress(0, steps)
    chains.warmup(jax.random.PRNGKey(seed), collect_warmup=False)
    for done in range(0, draws, part):
        if progress is not None:
            progress(warmup + done, steps)
        chains.run(chains.post_warmup_state.rng_key, extra_fields=("diverging",))
        chains.post_warmup_state = chains.last_state
        found = chains.get_samples(group_by_chain=True)
        found |= chains.get_extra_fields(group_by_chain=True)
        taken.append({name: np.asarray(found[name]) for name in KEPT})
    return Draws(
        **{name: np.concatenate([one[name] for one in taken], axis=1)[:, :draws] for name in KEPT}
    )
