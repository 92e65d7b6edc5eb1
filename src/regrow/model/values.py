"""One set of values for everything the model assumes: at the centre of belief, or drawn from it.

A set maps `file/name` (as in `evidence/parameters/`) to a number. The centre uses every number as
written; `drawn` gives sets that differ as the priors say, so that a simulation can show how far
our ignorance reaches; `without` switches mechanisms off, so that a prediction can be split by what
it rests on.
"""

import functools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import NormalDist

import numpy as np

from regrow.evidence.reader import parameters
from regrow.evidence.records import Parameter

FILES = (
    "slow",
    "acute",
    "contexts",
    "practices",
    "racemic",
    "esketamine",
    "absorption",
    "binding",
)

Values = Mapping[str, float]


@functools.cache
def known() -> Mapping[str, Parameter]:
    """Return every parameter the model may use, by `file/name`."""
    return {
        f"{file}/{name}": parameter
        for file in FILES
        for name, parameter in parameters(file).items()
    }


def centre() -> Values:
    """Return the set in which every number stands at the centre of its prior."""
    return {key: parameter.value for key, parameter in known().items()}


def uncertain() -> tuple[str, ...]:
    """Return the names of the parameters that have a prior, in a fixed order."""
    return tuple(sorted(key for key, parameter in known().items() if parameter.prior))


def drawn(
    sets: int, *, seed: int, first: int | None = None, fixed: Collection[str] = ()
) -> tuple[Values, ...]:
    """Draw sets of values from the priors, spread evenly over each (a Latin hypercube).

    Returns only the `first` sets where that is given; numbers named in `fixed` stay at the centre.
    """
    names = uncertain()
    rng = np.random.default_rng(seed)
    columns = {name: (rng.permutation(sets) + rng.uniform(size=sets)) / sets for name in names}
    free = [name for name in names if name not in fixed]
    usual = centre()
    return tuple(
        {**usual, **{name: quantile(known()[name], columns[name][k]) for name in free}}
        for k in range(sets if first is None else first)
    )


def quantile(parameter: Parameter, u: float) -> float:
    """Return the value below which the prior of `parameter` has probability `u`."""
    prior = parameter.prior
    assert prior is not None
    if prior.kind == "uniform":
        assert prior.low is not None
        assert prior.high is not None
        return prior.low + u * (prior.high - prior.low)
    assert prior.sd is not None
    z = NormalDist().inv_cdf(u)
    if prior.kind == "lognormal":
        value = parameter.value * math.exp(prior.sd * z)
    elif prior.kind == "normal":
        value = parameter.value + prior.sd * z
    else:
        odds = parameter.value / (1.0 - parameter.value) * math.exp(prior.sd * z)
        value = odds / (1.0 + odds)
    low = -np.inf if prior.low is None else prior.low
    high = np.inf if prior.high is None else prior.high
    return float(np.clip(value, low, high))


CERTAINTIES = ("very low", "low", "moderate", "high")
"""From what is only a hypothesis to what is well known."""


SWITCHES = ("slow", "contexts", "practices")
"""The files whose mechanisms can be switched off; kinetics are not a matter of belief."""


def without(values: Values, certainties: Sequence[str]) -> Values:
    """Return `values` with every mechanism of these certainties switched off."""
    return {
        key: (
            known()[key].null  # type: ignore[misc]
            if key.split("/")[0] in SWITCHES
            and known()[key].null is not None
            and known()[key].certainty in certainties
            else value
        )
        for key, value in values.items()
    }


def peeled(values: Values) -> Iterator[tuple[str, Values]]:
    """Yield, from the least certain to the most, the certainty and `values` without it."""
    for k, certainty in enumerate(CERTAINTIES):
        yield certainty, without(values, CERTAINTIES[: k + 1])
