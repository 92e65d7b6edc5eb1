"""The virtual people of a simulated study, and everything about them that is chance.

Every set of values meets the same people with the same chance: what differs between two sets is
then what the sets say, and a prediction changes smoothly with them.
"""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.draws import Draws
from regrow.model.traits import row

Floats = npt.NDArray[np.float64]

TWICE = 2
"""Each person's chance is used as drawn and with its sign turned: means are then exact."""


@dataclass(frozen=True)
class Sample:
    """People and chance: `z` (traits x people), `copies` of everyone's chance at a reading."""

    z: Floats
    seed: int
    copies: int

    @property
    def people(self) -> int:
        """How many people walk through the model."""
        return int(self.z.shape[1])

    @property
    def waiting(self) -> Floats:
        """How long each person would stay, in units of the mean time to dropping out."""
        return np.asarray(self.z[row("dropout")])

    def chance(self, arm: int, readings: int, what: int) -> Floats:
        """Return standard normal numbers (readings x people x copies) for one arm and purpose."""
        return _chance(self.seed, self.people, self.copies, arm, readings, what)


@functools.lru_cache(maxsize=512)
def _chance(seed: int, people: int, copies: int, arm: int, readings: int, what: int) -> Floats:
    rng = np.random.default_rng([seed, arm, what])
    half = rng.standard_normal((readings, people, -(-copies // TWICE)))
    both = np.concatenate([half, -half], axis=2)[:, :, :copies]
    both.flags.writeable = False
    return both


@functools.lru_cache(maxsize=8)
def draw(people: int, *, copies: int, seed: int) -> Sample:
    """Return `people` virtual people (a multiple of thirty-two)."""
    return Sample(z=Draws(seed).normal(0, people), seed=seed, copies=copies)
