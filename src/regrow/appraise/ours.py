"""The forecast of this package, asked for the later readings of a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.appraise.people import SCALE, Person
from regrow.forecast.belief import PERSONS, observe, start
from regrow.forecast.futures import futures
from regrow.model.values import Values

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """What is expected of one later reading, as equally likely draws.

    reading: what MADRS would show. severity: with its ups and downs. outside: the readings so far
    lie outside what the model knows.
    """

    reading: Floats
    severity: Floats
    outside: bool


def ours(
    person: Person, first: int, *, sets: Sequence[Values], seed: int, persons: int = PERSONS
) -> tuple[Told, ...]:
    """Return what is expected of every reading of `person` after the `first` ones."""
    read, later = person.readings[:first], person.readings[first:]
    found = {}
    # a plan counts once, however many readings are predicted under it
    for plan in dict.fromkeys(person.plans[first:]):
        belief = start(plan, who=person.who, sets=sets, persons=persons, seed=seed)
        belief, lesson = observe(belief, read)
        future = futures(
            belief, today=read[-1].day, until=int(later[-1].day), seed=seed + 1, count=persons
        )
        for k, (one, under) in enumerate(zip(later, person.plans[first:], strict=True)):
            if under == plan:
                found[k] = Told(
                    reading=future.shown(SCALE, one.day),
                    severity=future.severity[future.at(one.day)],
                    outside=lesson.outside,
                )
    return tuple(found[k] for k in range(len(later)))
