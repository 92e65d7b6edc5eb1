"""A crowd of virtual persons, each as likely as its weight: what a belief is made of."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.draws import Draws
from regrow.engine.slots import LANES
from regrow.model.traits import row

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

USUAL_MADRS = 55.0
"""Severity from which treatment is measured: the engine keeps severity above 0, and an effect cut
off so far down leaves hardly anybody any severity."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Crowd:
    """Persons drawn from a known density: traits, sets of values and the weight of each.

    z: traits x persons. set_of_block: the set of every thirty-two persons. log_weight: the density
    that they should have over the one that they were drawn from (log).
    """

    z: Floats
    set_of_block: Whole
    log_weight: Floats

    @property
    def set_of(self) -> Whole:
        """The set of values of every person."""
        return np.repeat(self.set_of_block, LANES)


def first_crowd(persons: int, sets: int, *, seed: int, fixed: dict[str, float]) -> Crowd:
    """Draw persons as they are before anything is read of one of them.

    `fixed` traits are known. Every set of values gets as many persons as the next, or one block
    more.
    """
    z = Draws(seed).normal(0, persons)
    fix(z, fixed)
    blocks = np.arange(persons // LANES) % sets
    return Crowd(z=z, set_of_block=blocks, log_weight=evened(blocks, sets))


def fix(z: Floats, fixed: dict[str, float]) -> None:
    """Write what is known of every person into the draws, and measure treatment from high up."""
    known = {
        "baseline_severity": USUAL_MADRS,
        "natural_course": 0.0,
        "dropout": np.inf,
        **fixed,
    }
    for trait, value in known.items():
        z[row(trait)] = value


def evened(blocks: Whole, sets: int) -> Floats:
    """Return the log weight that makes every set as likely as every other."""
    counts = np.bincount(blocks, minlength=sets)
    return np.asarray(-np.log(np.repeat(counts[blocks], LANES) * float(sets)))


def normalised(log_weight: Floats) -> Floats:
    """Return weights that sum to one."""
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())


def effective(weights: Floats) -> float:
    """Return how many equally likely persons the weighted ones are worth."""
    return float(1.0 / (weights**2).sum())
