"""How much of a forecast rests on which certainty.

As in `regrow.basis`, mechanisms are switched off from the least certain to the most, here in
versions of one person; what the mean change loses at each step is what rested on that certainty.
What remains when all is off comes from the person: own course, and ups and downs.
"""

from dataclasses import dataclass

import numpy as np

from regrow.forecast.belief import Belief, life_until
from regrow.forecast.futures import Futures
from regrow.forecast.ignorance import ignorance
from regrow.forecast.walk import walked, way_through
from regrow.model.values import CERTAINTIES, without
from regrow.protocol.calendar import Calendar

LEAST_POINTS = 1e-6


@dataclass(frozen=True, kw_only=True, eq=False)
class Rests:
    """Points of the mean change since before treatment on the last day, and what they rest on.

    points: per certainty, of the mechanisms of the model. own: of the person's own course, and ups
    and downs. They add up to `change`.
    """

    change: float
    points: dict[str, float]
    own: float

    def shares(self) -> dict[str, float]:
        """Return the parts on the mechanisms of each certainty, as shares of their sizes."""
        sizes = {name: abs(points) for name, points in self.points.items()}
        # what is left of rounding rests on nothing
        sizes = {name: size if size > LEAST_POINTS else 0.0 for name, size in sizes.items()}
        whole = sum(sizes.values())
        return {name: size / whole if whole else 0.0 for name, size in sizes.items()}


def rests(few: Futures, belief: Belief, plan: Calendar | None) -> Rests:
    """Return what the change of severity of a `few` persons under `plan` rests on."""
    life = life_until(belief, few.today, then=plan)
    last = float(few.days[-1])

    def steady(certainties: tuple[str, ...]) -> float:
        known = ignorance([without(values, certainties) for values in few.persons.ignorance.sets])
        way = way_through(life, [last], known, ancestry=belief.who.ancestry)
        severity, _ = walked(way, few.persons.z, few.persons.set_of_block)
        return float(severity[0].mean())

    means = [steady(CERTAINTIES[:k]) for k in range(len(CERTAINTIES) + 1)]
    before = float(few.persons.baseline.mean())
    points = {
        name: then - without_it
        for name, then, without_it in zip(CERTAINTIES, means[:-1], means[1:], strict=True)
    }
    change = float(few.severity[-1].mean()) - before
    return Rests(change=change, points=points, own=change - float(np.sum(list(points.values()))))
