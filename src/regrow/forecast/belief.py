"""What is thought of one person: `start` with what is known, `observe` what is read.

    belief = start(plan, who=Known(weight_kg=62), seed=7)
    belief, lesson = observe(belief, [Reading(0, "MADRS", 34), Reading(7, "MADRS", 25)])

A belief is a crowd of virtual persons, each a set of values and traits, weighted by how well the
readings agree with it (importance sampling). What is linear and Gaussian (severity before
treatment, own course, fluctuation, what lasts of a scale) is never drawn but carried exactly
(Rao-Blackwell). A belief is made from all its readings at once, so that it does not matter in which
order they came; where few persons stay likely, a new crowd is drawn around them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regrow import posterior
from regrow.engine.slots import LANES
from regrow.errors import ForecastError
from regrow.forecast.crowd import Crowd, Floats, effective, first_crowd, normalised
from regrow.forecast.heard import Heard, hear
from regrow.forecast.ignorance import Ignorance, ignorance
from regrow.forecast.known import Known
from regrow.forecast.lived import Lived, lived
from regrow.forecast.log import Log
from regrow.forecast.reading import Reading, in_order
from regrow.forecast.renew import renewed
from regrow.forecast.surprise import Surprise, outside, surprises
from regrow.forecast.walk import Way, way_through
from regrow.model.values import Values
from regrow.population import default_people
from regrow.protocol.calendar import Calendar

PERSONS = 4096
SETS = 64
ENOUGH, ENOUGH_SHARE = 400.0, 0.2
"""With fewer effective persons than this, or this share of a small crowd, it is drawn anew."""
MOST_ROUNDS = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Belief:
    """What is thought of one person on one plan, after some readings and a log.

    weights: how likely each person of the crowd is (they sum to one). rounds: how often the crowd
    was drawn anew.
    """

    plan: Calendar
    who: Known
    ignorance: Ignorance
    seed: int
    log: Log
    readings: tuple[Reading, ...]
    crowd: Crowd
    heard: Heard
    weights: Floats
    surprises: tuple[Surprise, ...]
    rounds: int

    @property
    def effective(self) -> float:
        """How many equally likely virtual persons the belief is worth."""
        return effective(self.weights)

    @property
    def outside(self) -> bool:
        """Whether the readings lie outside what the model knows; see `surprise`."""
        return outside(self.surprises)

    @property
    def last_day(self) -> float:
        """The day of the last reading, or 0."""
        return self.readings[-1].day if self.readings else 0.0


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What some readings did to a belief. For display and for checks.

    effective_before, effective_after: how many equally likely virtual persons the belief was and
    is worth. rounds: how often the crowd was drawn anew. outside: the person lies outside what
    the model knows, and a forecast should not be leant on.
    """

    surprises: tuple[Surprise, ...]
    effective_before: float
    effective_after: float
    rounds: int
    outside: bool


def start(
    plan: Calendar,
    *,
    who: Known | None = None,
    sets: Sequence[Values] | None = None,
    persons: int = PERSONS,
    seed: int = 0,
) -> Belief:
    """Return what is thought of a person on `plan` before anything is read.

    `sets` are the sets of values that are possible, each with the factors of a place (by default
    those after calibration). Raises ForecastError where there are more sets than blocks of
    thirty-two persons.
    """
    sets = posterior.sets(SETS) if sets is None else sets
    if persons < LANES or persons % LANES or len(sets) > persons // LANES:
        raise ForecastError(
            f"{persons} virtual persons cannot live in {len(sets)} sets of values.",
            why=f"Persons come in blocks of {LANES}, each in one set, and every set needs a block.",
            fix=f"Ask for a multiple of {LANES}, at least {max(1, len(sets)) * LANES}.",
        )
    return _believed(plan, who or Known(), ignorance(sets), seed, Log(), (), persons)


def observe(
    belief: Belief, readings: Reading | Iterable[Reading] = (), *, given: Log | None = None
) -> tuple[Belief, Lesson]:
    """Return the belief after more readings and more of the log, and what was learned.

    Raises ForecastError where a scale is read twice at one moment.
    """
    new = (readings,) if isinstance(readings, Reading) else tuple(readings)
    after = _believed(
        belief.plan,
        belief.who,
        belief.ignorance,
        belief.seed,
        belief.log if given is None else belief.log.and_also(given),
        in_order((*belief.readings, *new)),
        belief.crowd.z.shape[1],
    )
    lesson = Lesson(
        surprises=tuple(one for one in after.surprises if one.reading in new),
        effective_before=belief.effective,
        effective_after=after.effective,
        rounds=after.rounds,
        outside=after.outside,
    )
    return after, lesson


def life_until(belief: Belief, today: float, *, then: Calendar | None = None) -> Lived:
    """Return the life of the person until `today`, and the plan `then` (or its own) after it."""
    return lived(belief.plan, belief.log, today=today, then=then)


def fixed_traits(who: Known, log: Log) -> dict[str, float]:
    """Return the traits that need not be drawn: what is known of the person, and what was logged.

    What was logged of practices or sessions stands in the calendar as it was done.
    """
    people = default_people()
    fixed: dict[str, float] = {}
    if who.weight_kg is not None:
        over_70 = math.log(who.weight_kg / 70.0) - people["weight_log_mean_over_70"]
        fixed["weight"] = over_70 / people["weight_log_sd"]
    if who.age_years is not None:
        fixed["age"] = (who.age_years - people["age_mean_years"]) / people["age_sd_years"]
    if log.practices:
        fixed["adherence"] = 0.0
    if log.sessions:
        fixed["attendance"] = 0.0
    return fixed


def _believed(
    plan: Calendar,
    who: Known,
    possible: Ignorance,
    seed: int,
    log: Log,
    readings: tuple[Reading, ...],
    persons: int,
) -> Belief:
    """Return the belief that these readings leave of what was possible."""
    sets, fixed = len(possible.sets), fixed_traits(who, log)
    days = [one.day for one in readings] or [0.0]
    way = way_through(lived(plan, log, today=days[-1]), days, possible, ancestry=who.ancestry)
    crowd = first_crowd(persons, sets, seed=seed, fixed=fixed)
    found = _judged(crowd, readings, way, who)
    rounds = 0
    enough = min(ENOUGH, ENOUGH_SHARE * persons)
    while found.effective < enough and rounds < MOST_ROUNDS:
        rounds += 1
        crowd = renewed(found.crowd, found.log, sets=sets, fixed=fixed, seed=seed + rounds)
        anew = _judged(crowd, readings, way, who)
        found = anew if anew.effective > found.effective else found
    return Belief(
        plan=plan,
        who=who,
        ignorance=possible,
        seed=seed,
        log=log,
        readings=readings,
        crowd=found.crowd,
        heard=found.heard,
        weights=found.weights,
        surprises=surprises(found.crowd, found.heard, readings),
        rounds=rounds,
    )


class _Judged(NamedTuple):
    """A crowd, and how likely each of its persons is after the readings (log, not normalised)."""

    crowd: Crowd
    heard: Heard
    log: Floats

    @property
    def weights(self) -> Floats:
        return normalised(self.log)

    @property
    def effective(self) -> float:
        return effective(self.weights)


def _judged(crowd: Crowd, readings: Sequence[Reading], way: Way, who: Known) -> _Judged:
    heard = hear(crowd, readings, way, severity_before=who.severity_before())
    return _Judged(crowd, heard, crowd.log_weight + heard.log_density.sum(axis=0))
