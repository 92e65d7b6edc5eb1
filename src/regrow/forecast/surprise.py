"""How surprising each reading was, and whether a person lies outside what the model knows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regrow.engine.compiled import compiled
from regrow.forecast.crowd import Crowd, Floats, normalised
from regrow.forecast.heard import Heard
from regrow.forecast.reading import Reading
from regrow.measures.catalogue import measures

RARE = 0.005
"""A reading is outside what the model knows when one so far off comes less often than this."""
UNUSUAL = 0.05
LOOKED_BACK = 4
"""Two of this many readings in a row, unusual on the same side, are also outside."""


@dataclass(frozen=True, kw_only=True)
class Surprise:
    """One reading beside what was expected of it, given the readings before it in time.

    expected, expected_sd: in points of its scale. percentile: share of such readings that would
    have been lower (at an end of the scale: half of those that lie there).
    """

    reading: Reading
    expected: float
    expected_sd: float
    percentile: float

    @property
    def chance(self) -> float:
        """How often a reading at least so far from the expected one comes, on either side."""
        return 2.0 * min(self.percentile, 1.0 - self.percentile)


def surprises(crowd: Crowd, heard: Heard, readings: Sequence[Reading]) -> tuple[Surprise, ...]:
    """Return how surprising each of the readings (in order of time) was after those before it."""
    log_weight = crowd.log_weight.copy()
    found = []
    for k, density in enumerate(heard.log_density):
        weights, mean, sd = normalised(log_weight), heard.expected[k], heard.expected_sd[k]
        middle = float(weights @ mean)
        found.append(
            Surprise(
                reading=readings[k],
                expected=middle,
                expected_sd=math.sqrt(float(weights @ (sd**2 + (mean - middle) ** 2))),
                percentile=_percentile(readings[k], below(readings[k].value, weights, mean, sd)),
            )
        )
        log_weight += density
    return tuple(found)


def outside(found: Sequence[Surprise]) -> bool:
    """Return whether the person lies outside what the model knows, by the last four readings.

    One of them is rarer than 1 in 200, or two are unusual (1 in 20) on the same side. When the
    model is right, that is so of some three persons in a hundred at any time.
    """
    last = found[-LOOKED_BACK:]
    sides = [one.percentile < 0.5 for one in last if one.chance < UNUSUAL]
    rare = any(one.chance < RARE for one in last)
    return rare or sides.count(True) > 1 or sides.count(False) > 1


def _percentile(reading: Reading, share: float) -> float:
    scale = measures()[reading.measure]
    if reading.value <= scale.minimum:
        return 0.5 * share
    if reading.value >= scale.maximum:
        return 0.5 + 0.5 * share
    return share


@compiled
def below(value: float, weights: Floats, mean: Floats, sd: Floats) -> float:
    """Return the share of a mixture of normal distributions that lies below `value`."""
    share = 0.0
    for i in range(weights.shape[0]):
        share += weights[i] * 0.5 * math.erfc((mean[i] - value) / (sd[i] * math.sqrt(2.0)))
    return min(1.0, share)  # the weights may sum to a hair more than 1
