"""What is known of the model's numbers after calibration: sets of values that agree with trials.

The sets ship with the package (`evidence/posterior/draws.csv`): draws from the posterior, in random
order, each with factors for a place of its own, since a clinic is as different from the average as
one trial is from the next. Numbers that no trial of the calibration speaks of keep their priors.
"""

import csv
import functools
import json
import math
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from regrow.errors import SimulationError
from regrow.model.values import Values, centre, drawn, known

DRAWS, ABOUT = "draws.csv", "about.json"


def _folder() -> Traversable:
    return resources.files("regrow.evidence") / "posterior"


@functools.cache
def about() -> Mapping[str, Any]:
    """Return which calibration ships: its version, seed, data, code and diagnostics."""
    found: dict[str, Any] = json.loads((_folder() / ABOUT).read_text(encoding="utf-8"))
    return found


@functools.cache
def _rows() -> tuple[Values, ...]:
    with (_folder() / DRAWS).open(encoding="utf-8") as file:
        return tuple({k: float(v) for k, v in row.items()} for row in csv.DictReader(file))


def most() -> int:
    """Return how many sets ship."""
    return len(_rows())


@functools.cache
def sets(count: int) -> tuple[Values, ...]:
    """Return the first `count` sets of values of the posterior.

    Raises SimulationError for more than ship.
    """
    if not 1 <= count <= most():
        raise SimulationError(
            f"{count} sets of values were asked for.",
            why=f"The posterior ships with {most()} draws.",
            fix=f"Ask for 1 to {most()}.",
        )
    # what trials do not touch is drawn from its prior, the same for every number of sets
    rest = drawn(most(), seed=0, first=count, fixed=fitted())
    return tuple({**other, **row} for other, row in zip(rest, _rows(), strict=False))


@functools.cache
def middle() -> Values:
    """Return one set of values in the middle of the posterior: an average place.

    Positive numbers are averaged on the log scale; the rest of the model stands at its centre.
    """
    found = dict(centre())
    for name in sorted(fitted()):
        values = [row[name] for row in _rows()]
        prior = known()[name].prior
        if prior is not None and prior.kind == "lognormal":
            found[name] = math.exp(sum(math.log(value) for value in values) / len(values))
        else:
            found[name] = sum(values) / len(values)
    return found


def quantile(name: str, share: float) -> float:
    """Return the value below which `share` of the posterior of a fitted number lies."""
    values = sorted(row[name] for row in _rows())
    return values[min(len(values) - 1, int(share * len(values)))]


@functools.cache
def fitted() -> frozenset[str]:
    """Return the names of the numbers that calibration moved."""
    return frozenset(about()["fitted"])
