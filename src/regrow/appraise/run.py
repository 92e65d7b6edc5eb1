"""The whole appraisal: the forecast on persons of the model, of another model, and on people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from regrow import posterior
from regrow.appraise import ds005917, misspecified, virtual
from regrow.appraise.origins import Case, rolling
from regrow.appraise.ours import ours
from regrow.appraise.people import Person
from regrow.appraise.place import agreement, sets_by_others
from regrow.appraise.rivals import Rival, learn
from regrow.appraise.uniform import Evenness, evenness
from regrow.appraise.without import sets_without
from regrow.forecast.belief import PERSONS, SETS
from regrow.forecast.ignorance import ignorance
from regrow.model.values import Values

ORIGINS = (1, 2, 4, 6)
"""After how many readings virtual people are forecast."""
COHORT = 150
"""How many other virtual people the simple forecasters learn from."""
INTERVALS = (21, 28)
"""Other days between the infusions of ds005917 that are tried."""
PERSONS_ASKED = 300

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is."""


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """Everything that was found; `page` writes it down.

    known, unknown: rank tests by quantity, for persons of sets that the forecast counts with and
    of sets that it does not. virtual, otherwise, people: predictions of virtual persons, of those
    of another model, and of the people of ds005917. active, intervals: the latter with the
    blinding of the ketamine arm throughout, and with other days between the infusions; place: with
    the sets of values that the other people's readings make likely, worth `sets_of_place`.
    """

    persons: int
    seed: int
    key: str
    key_without: str
    unseen: bool
    known: dict[str, Evenness]
    unknown: dict[str, Evenness]
    virtual: tuple[Case, ...]
    otherwise: tuple[Case, ...]
    people: tuple[Case, ...]
    active: tuple[Case, ...]
    intervals: dict[int, tuple[Case, ...]]
    place: tuple[Case, ...]
    sets_of_place: float


def appraise(
    *, persons: int = PERSONS_ASKED, seed: int = 0, tell: Tell = lambda _what, _done, _total: None
) -> Appraisal:
    """Appraise the forecast with the posterior that ships; the same seed gives the same numbers.

    `persons` is how many virtual persons are drawn for the rank tests; a quarter of them is
    followed from several origins.
    """
    sets, unseen = posterior.sets(SETS), posterior.sets(posterior.most())[SETS:]
    without, fitted_without = sets_without(ds005917.STUDY, SETS)
    few = max(2, persons // 4)
    same = partial(_even, sets=sets, tell=tell)
    known = same("Virtual persons", persons, of=sets, seed=seed)
    unknown = same("Virtual persons of other sets", persons // 2, of=unseen, seed=seed + 100_000)
    mine = virtual.people(virtual.drawn(few + COHORT, sets=sets, seed=seed + 1), seed=seed + 1)
    others = misspecified.people(few + COHORT, seed=seed + 2)
    followed = partial(_followed, sets=sets, seed=seed + 200_000, tell=tell)
    read = partial(people_read, sets=without, seed=seed + 300_000, tell=tell)
    in_place, worth = _in_place(
        ds005917.people(),
        sets=sets_without(ds005917.STUDY, posterior.most())[0],
        seed=seed + 300_000,
        tell=tell,
    )
    return Appraisal(
        persons=persons,
        seed=seed,
        key=ignorance(sets).key,
        key_without=ignorance(without).key,
        unseen=fitted_without,
        known=known,
        unknown=unknown,
        virtual=followed("Virtual persons, rolling", mine, few),
        otherwise=followed("Persons of another model", others, few),
        people=read(ds005917.people()),
        active=read(ds005917.people(blinding="active")),
        intervals={days: read(ds005917.people(interval_days=days)) for days in INTERVALS},
        place=in_place,
        sets_of_place=worth,
    )


def people_read(
    people: Sequence[Person],
    *,
    sets: Sequence[Values],
    seed: int,
    persons: int = PERSONS,
    only: Sequence[str] | None = None,
    tell: Tell = lambda _what, _done, _total: None,
) -> tuple[Case, ...]:
    """Predict each later reading of `people`; simple forecasters learn from all but the one.

    With `only`, people of other names are learned from but not predicted.
    """
    found: list[Case] = []
    for k, person in enumerate(people):
        if only is None or person.name in only:
            rivals = learn([other.history for other in people if other is not person])
            forecaster = partial(ours, sets=sets, seed=seed + k, persons=persons)
            found += rolling(person, forecaster=forecaster, rivals=rivals)
        tell("People of ds005917", k + 1, len(people))
    return tuple(found)


def _in_place(
    people: Sequence[Person], *, sets: Sequence[Values], seed: int, tell: Tell
) -> tuple[tuple[Case, ...], float]:
    """Predict as `people_read`, in the place that everybody else's readings speak of."""
    agreed = []
    for k, person in enumerate(people):
        agreed.append(agreement(person, sets, seed=seed + 1000 + k))
        tell("The place of ds005917", k + 1, len(people))
    found: list[Case] = []
    worth = []
    for k, person in enumerate(people):
        likely, effective = sets_by_others(agreed, k, sets, SETS)
        worth.append(effective)
        found += people_read(people, sets=likely, seed=seed, only=[person.name])
    return tuple(found), fmean(worth)


def _followed(
    what: str,
    people: Sequence[Person],
    few: int,
    *,
    sets: Sequence[Values],
    seed: int,
    tell: Tell,
) -> tuple[Case, ...]:
    rivals: tuple[Rival, ...] = learn([one.history for one in people[few:]])
    found: list[Case] = []
    for k, person in enumerate(people[:few]):
        forecaster = partial(ours, sets=sets, seed=seed + k)
        found += rolling(person, forecaster=forecaster, rivals=rivals, origins=ORIGINS)
        tell(what, k + 1, few)
    return tuple(found)


def _even(
    what: str,
    count: int,
    *,
    of: Sequence[Values],
    sets: Sequence[Values],
    seed: int,
    tell: Tell,
) -> dict[str, Evenness]:
    truth = virtual.drawn(count, sets=of, seed=seed)
    found = virtual.ranks(
        truth, sets=sets, seed=seed + 1000, tell=lambda done: tell(what, done, count)
    )
    return {name: evenness(values) for name, values in found.items()}
