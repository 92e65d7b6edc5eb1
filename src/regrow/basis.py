"""How much of a predicted change rests on which certainty.

Mechanisms are switched off in four steps, from the least certain to the most: first every
hypothesis (very low), then what is uncertain (low), and so on. What the mean change loses at each
step is what rested on that certainty. What remains when all is off would be an error of the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow import posterior
from regrow.model.values import CERTAINTIES, peeled
from regrow.population import Population
from regrow.protocol.calendar import Calendar
from regrow.protocol.document import Protocol
from regrow.simulate import simulate_under

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Points of the mean change that rest on each certainty, per day."""

    days: Floats
    total: Floats
    points: dict[str, Floats]

    def shares(self, day: int) -> dict[str, float]:
        """Return the parts of the change on `day`, as shares of the sum of their sizes."""
        sizes = {name: abs(float(points[day])) for name, points in self.points.items()}
        whole = sum(sizes.values())
        return {name: size / whole if whole else 0.0 for name, size in sizes.items()}


def basis(people: Population, protocol: Protocol | Calendar, *, until: int) -> Basis:
    """Return what the mean change of MADRS under `protocol` rests on."""
    values = posterior.middle()
    means: Sequence[Floats] = [
        simulate_under(people, protocol, until=until, values=each).mean_change()
        for each in (values, *(stripped for _, stripped in peeled(values)))
    ]
    return Basis(
        days=np.arange(until + 1, dtype=np.float64),
        total=means[0],
        points={
            name: before - after
            for name, before, after in zip(CERTAINTIES, means[:-1], means[1:], strict=True)
        },
    )
