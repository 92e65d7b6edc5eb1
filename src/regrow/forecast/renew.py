"""Draw a crowd anew where the readings have left few persons likely.

Adaptive importance sampling (Cappe et al. 2004, doi:10.1198/106186004X12803): the new persons are
drawn around the likely ones, and each is weighted by the density that it should have over the one
it was drawn from, so that nothing is lost but chance error. A fifth is drawn as before anything
was read, so that no weight is large; traits of the kinetics, of which readings say next to
nothing, always are.
"""

import numpy as np
import numpy.typing as npt

from regrow.engine.draws import Draws
from regrow.engine.slots import LANES
from regrow.forecast.crowd import Crowd, effective, fix, normalised
from regrow.model.traits import row

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

LEARNED = (
    "stress",
    "treatment_resistance",
    "sensitivity",
    "synapse_loss",
    "expectancy",
    "adherence",
    "attendance",
    "background_response",
)
"""Traits that the course of severity tells something about."""
AS_BEFORE = 0.2
"""Share of the new persons drawn as before anything was read."""
WIDER = 1.3
"""How much wider than the likely persons the new ones are drawn (variance): tails must be there."""
EVEN = 0.3
"""Share of the new blocks spread evenly over the sets of values."""
LEAST_EFFECTIVE = 100.0
"""Fewer likely persons than this do not say around whom to draw: their weights are evened out."""


def renewed(
    crowd: Crowd, log_posterior: Floats, *, sets: int, fixed: dict[str, float], seed: int
) -> Crowd:
    """Return a crowd drawn around the persons of `crowd` that are likely by `log_posterior`."""
    weights = _evened_out(log_posterior)
    rng = np.random.default_rng([seed, 1])
    learned = [row(trait) for trait in LEARNED if trait not in fixed]
    blocks, of_sets = _blocks(weights, crowd.set_of, sets, rng)
    z = Draws(seed).normal(0, crowd.z.shape[1])
    fix(z, fixed)
    middle = crowd.z[learned] @ weights
    off = crowd.z[learned] - middle[:, None]
    spread = WIDER * (off * weights) @ off.T + 1e-3 * np.eye(len(learned))
    root = np.linalg.cholesky(spread)
    drawn_anew = rng.uniform(size=z.shape[1]) >= AS_BEFORE
    z[learned] = np.where(drawn_anew, middle[:, None] + root @ z[learned], z[learned])
    before = -0.5 * (z[learned] ** 2).sum(axis=0)
    inside = np.linalg.solve(root, z[learned] - middle[:, None])
    around = -0.5 * (inside**2).sum(axis=0) - np.log(np.diag(root)).sum()
    drawn = np.logaddexp(np.log(AS_BEFORE) + before, np.log1p(-AS_BEFORE) + around)
    return Crowd(z=z, set_of_block=blocks, log_weight=before - drawn + of_sets)


def _evened_out(log_posterior: Floats) -> Floats:
    """Return weights by the highest power of the posterior that leaves enough persons likely."""
    low, high = 0.0, 1.0
    if effective(normalised(log_posterior)) >= LEAST_EFFECTIVE:
        return normalised(log_posterior)
    for _ in range(30):
        power = 0.5 * (low + high)
        enough = effective(normalised(power * log_posterior)) >= LEAST_EFFECTIVE
        low, high = (power, high) if enough else (low, power)
    return normalised(low * log_posterior)


def _blocks(
    weights: Floats, set_of: Whole, sets: int, rng: np.random.Generator
) -> tuple[Whole, Floats]:
    """Return a set of values for every new block, and what that weighs for its persons (log)."""
    likely = np.bincount(set_of, weights=weights, minlength=sets)
    drawn = EVEN / sets + (1.0 - EVEN) * likely / likely.sum()
    blocks = len(set_of) // LANES
    points = (np.arange(blocks) + rng.uniform()) / blocks
    chosen = np.minimum(np.searchsorted(np.cumsum(drawn), points), sets - 1)
    return chosen, np.repeat(-np.log(sets * drawn[chosen]), LANES)
