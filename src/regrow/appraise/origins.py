"""Rolling origins: from the first readings of a person predict all later ones, from every start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regrow.appraise.horizons import horizon
from regrow.appraise.ours import Told
from regrow.appraise.people import Person
from regrow.appraise.rivals import Rival
from regrow.appraise.score import Score, of_draws, of_normal

OURS = "regrow"
Forecaster = Callable[[Person, int], Sequence[Told]]
"""From a person and the number of readings that are known: what is expected of each later one."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One later reading, predicted by everybody.

    known: from how many readings. ahead: days since the last of them. scores: by forecaster.
    severity: how good the forecast of true severity was, where that is known.
    """

    person: str
    occasion: str
    known: int
    ahead: float
    scores: Mapping[str, Score]
    severity: Score | None
    outside: bool

    @property
    def horizon(self) -> str:
        """The group of its horizon."""
        return horizon(self.ahead)


def rolling(
    person: Person,
    *,
    forecaster: Forecaster,
    rivals: Sequence[Rival],
    origins: Sequence[int] | None = None,
) -> tuple[Case, ...]:
    """Return how well every later reading of `person` was predicted.

    `origins` are the numbers of readings to start from, by default every one.
    """
    count = len(person.readings)
    found = []
    for known in origins or range(1, count):
        if not 1 <= known < count:
            continue
        past = person.history.until(known)
        for k, told in enumerate(forecaster(person, known), start=known):
            one = person.readings[k]
            scores = {OURS: of_draws(told.reading, one.value)}
            for rival in rivals:
                mean, sd = rival.expects(past, one.day, person.occasions[k])
                scores[rival.name] = of_normal(mean, sd, one.value)
            true = None if person.severity is None else person.severity[k]
            found.append(
                Case(
                    person=person.name,
                    occasion=person.occasions[k],
                    known=known,
                    ahead=one.day - past.days[-1],
                    scores=scores,
                    severity=None if true is None else of_draws(told.severity, true),
                    outside=told.outside,
                )
            )
    return tuple(found)
