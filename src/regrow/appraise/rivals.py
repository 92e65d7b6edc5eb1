"""Simple forecasters that know nothing of drugs, to put beside the forecast.

Each says one number for a later reading; its spread is by how much it missed the readings of other
people as far ahead (root mean square over every origin).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regrow.appraise.horizons import horizon
from regrow.appraise.people import History
from regrow.errors import ForecastError

Middle = Callable[[History, float, str], float]
"""From the readings so far, the day and the occasion of a later one: what it is expected to be."""

LAST, MEAN, TREND, SMOOTHED, MOVED = (
    "last value carried forward",
    "mean of the others then",
    "linear trend",
    "exponential smoothing",
    "last value, moved as the others moved",
)
RIVALS = (LAST, MEAN, TREND, SMOOTHED, MOVED)
ALPHAS = tuple(step / 20.0 for step in range(1, 21))
FEWEST = 5
"""A group with fewer misses than this takes its spread from all of them."""
LEAST_SD = 0.5
"""Nobody reads a scale more surely than this; others may agree by chance (points)."""


@dataclass(frozen=True, kw_only=True)
class Rival:
    """A simple forecaster that has learned from other people.

    spread: SD in points for each group of horizons; `typical` where there is none.
    """

    name: str
    middle: Middle
    spread: Mapping[str, float]
    typical: float

    def expects(self, past: History, day: float, occasion: str) -> tuple[float, float]:
        """Return mean and SD of a later reading."""
        ahead = horizon(day - past.days[-1])
        return self.middle(past, day, occasion), self.spread.get(ahead, self.typical)


def last_value(past: History, day: float, occasion: str) -> float:  # noqa: ARG001
    """Expect what was read last."""
    return past.scores[-1]


def linear_trend(past: History, day: float, occasion: str) -> float:  # noqa: ARG001
    """Expect the line of least squares through all readings so far; one reading has no slope."""
    n = len(past.days)
    mean_day, mean_score = sum(past.days) / n, sum(past.scores) / n
    square = sum((one - mean_day) ** 2 for one in past.days)
    if square == 0.0:
        return mean_score
    product = sum((d - mean_day) * s for d, s in zip(past.days, past.scores, strict=True))
    return mean_score + product / square * (day - mean_day)


def smoothing(alpha: float) -> Middle:
    """Return the forecaster whose level moves by `alpha` of the way to every new reading."""

    def smoothed(past: History, day: float, occasion: str) -> float:  # noqa: ARG001
        level = past.scores[0]
        for score in past.scores[1:]:
            level += alpha * (score - level)
        return level

    return smoothed


def best_alpha(cohort: Sequence[History]) -> float:
    """Return the weight of a new reading with which the next one is missed least (squares)."""

    def missed(alpha: float) -> float:
        middle = smoothing(alpha)
        return sum(
            (middle(past, day, occasion) - score) ** 2
            for one in cohort
            for past, day, occasion, score in _origins(one, next_only=True)
        )

    return min(ALPHAS, key=missed)


def others_then(cohort: Sequence[History]) -> Middle:
    """Return the forecaster that expects the mean of the cohort on that occasion."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in cohort:
        for occasion, score in zip(one.occasions, one.scores, strict=True):
            found[occasion].append(score)
    means = {occasion: sum(scores) / len(scores) for occasion, scores in found.items()}
    everything = [score for scores in found.values() for score in scores]
    overall = sum(everything) / len(everything)

    def mean(past: History, day: float, occasion: str) -> float:  # noqa: ARG001
        return means.get(occasion, overall)

    return mean


def moved(cohort: Sequence[History]) -> Middle:
    """Return the forecaster that moves the last value by the cohort's mean change between the two.

    Where nobody was read on both occasions it stays with the last value.
    """
    changes: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in cohort:
        for k, before in enumerate(one.occasions):
            for later in range(k + 1, len(one.occasions)):
                changes[before, one.occasions[later]].append(one.scores[later] - one.scores[k])
    means = {pair: sum(found) / len(found) for pair, found in changes.items()}

    def moved_on(past: History, day: float, occasion: str) -> float:  # noqa: ARG001
        return past.scores[-1] + means.get((past.occasions[-1], occasion), 0.0)

    return moved_on


def learn(cohort: Sequence[History]) -> tuple[Rival, ...]:
    """Return the simple forecasters after learning from the readings of other people.

    Raises ForecastError where nobody of them was read twice.
    """
    if not any(len(one.days) > 1 for one in cohort) or len(cohort) < 2:
        raise ForecastError(
            f"Simple forecasters cannot learn from {len(cohort)} people without later readings.",
            why="Their spread is how far they missed the later readings of other people.",
            fix="Give at least two people, of whom some were read more than once.",
        )
    alpha = smoothing(best_alpha(cohort))
    makers: dict[str, Callable[[Sequence[History]], Middle]] = {
        LAST: lambda _: last_value,
        MEAN: others_then,
        TREND: lambda _: linear_trend,
        SMOOTHED: lambda _: alpha,
        MOVED: moved,
    }
    return tuple(_fitted(name, make, cohort) for name, make in makers.items())


def _fitted(
    name: str, make: Callable[[Sequence[History]], Middle], cohort: Sequence[History]
) -> Rival:
    squares: dict[str, list[float]] = defaultdict(list)
    for k, one in enumerate(cohort):
        # nobody's own readings say how far that person is missed
        middle = make([*cohort[:k], *cohort[k + 1 :]])
        for past, day, occasion, score in _origins(one):
            off = middle(past, day, occasion) - score
            squares[horizon(day - past.days[-1])].append(off * off)
    everything = [square for found in squares.values() for square in found]
    return Rival(
        name=name,
        middle=make(cohort),
        spread={
            ahead: _root_mean(found) for ahead, found in squares.items() if len(found) >= FEWEST
        },
        typical=_root_mean(everything),
    )


def _root_mean(squares: Sequence[float]) -> float:
    return max(LEAST_SD, math.sqrt(sum(squares) / len(squares)))


def _origins(
    one: History, *, next_only: bool = False
) -> Iterator[tuple[History, float, str, float]]:
    """Yield the readings so far, and a later one: its day, occasion and score."""
    for k in range(1, len(one.days)):
        past = one.until(k)
        for later in range(k, k + 1 if next_only else len(one.days)):
            yield past, one.days[later], one.occasions[later], one.scores[later]
