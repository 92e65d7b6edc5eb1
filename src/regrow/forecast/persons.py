"""Equally likely persons drawn from a belief, with everything that makes each one definite."""

from dataclasses import dataclass

import numpy as np

from regrow.engine.slots import LANES
from regrow.forecast.belief import Belief
from regrow.forecast.crowd import Floats, Whole
from regrow.forecast.follow import BASELINE, FIRST_LASTING, OWN
from regrow.forecast.heard import scales_of
from regrow.forecast.ignorance import Ignorance
from regrow.model.traits import row


@dataclass(frozen=True, kw_only=True, eq=False)
class Persons:
    """Equally likely versions of one person.

    z: traits x persons, with severity before treatment and own course in points. set_of_block: in
    which of the sets of `ignorance` every thirty-two live. lasting: what each scale always shows
    too much or too little (scales x persons), in the order of `names`.
    """

    z: Floats
    ignorance: Ignorance
    set_of_block: Whole
    names: tuple[str, ...]
    lasting: Floats

    @property
    def count(self) -> int:
        """How many persons there are."""
        return int(self.z.shape[1])

    @property
    def set_of(self) -> Whole:
        """The set of values of every person."""
        return np.repeat(self.set_of_block, LANES)

    @property
    def baseline(self) -> Floats:
        """Severity before treatment, MADRS points."""
        return np.asarray(self.z[row("baseline_severity")])


def persons(belief: Belief, count: int, *, seed: int) -> Persons:
    """Return `count` equally likely persons (a multiple of thirty-two) drawn from `belief`."""
    rng = np.random.default_rng([seed, count, 2])
    blocks, chosen = _resampled(belief, count // LANES, rng)
    z = belief.crowd.z[:, chosen].copy()
    mean = belief.heard.mean[chosen, :-1]
    root = np.linalg.cholesky(
        belief.heard.covariance[chosen, :-1, :-1] + 1e-9 * np.eye(mean.shape[1])
    )
    state = mean + (root @ rng.standard_normal(mean.shape)[:, :, None])[:, :, 0]
    z[row("baseline_severity")] = np.clip(state[:, BASELINE], 0.0, 60.0)
    z[row("natural_course")] = state[:, OWN]
    return Persons(
        z=z,
        ignorance=belief.ignorance,
        set_of_block=blocks,
        names=scales_of(belief.readings).names,
        lasting=np.ascontiguousarray(state[:, FIRST_LASTING:].T),
    )


def _resampled(belief: Belief, blocks: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """Return a set for every new block, and which persons of the crowd stand in the blocks.

    Systematic resampling, first of blocks over sets and then of persons within each set: every
    person is drawn on average as often as its weight says.
    """
    set_of = belief.crowd.set_of
    by_set: Floats = np.bincount(set_of, weights=belief.weights).astype(np.float64)
    likely = np.flatnonzero(by_set > 0.0)
    chosen_sets = likely[_systematic(by_set[likely], blocks, rng)]
    found = []
    for k in np.unique(chosen_sets):
        members = np.flatnonzero(set_of == k)
        draws = int((chosen_sets == k).sum()) * LANES
        found.append(members[_systematic(belief.weights[members], draws, rng)])
    return np.sort(chosen_sets), np.concatenate(found)


def _systematic(weights: Floats, draws: int, rng: np.random.Generator) -> Whole:
    points = (np.arange(draws) + rng.uniform()) / draws
    edges = np.cumsum(weights)
    return np.minimum(np.searchsorted(edges / edges[-1], points), len(weights) - 1)
