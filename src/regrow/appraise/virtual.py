"""Virtual persons of the model itself: does the forecast know how sure it may be?

Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): persons are drawn as a belief
before any reading has them (set of values and place, traits, own course, fluctuation), are read
with noise on one or two scales, and are then forecast. Where a truth lies among the draws of its
forecast must be spread evenly over persons; if not, the belief is not what its readings leave.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from regrow.appraise.people import SCALE, Person
from regrow.appraise.visits import irregular, occasion, plan
from regrow.engine.slots import LANES
from regrow.forecast.belief import PERSONS, observe, start
from regrow.forecast.futures import Futures, futures
from regrow.forecast.reading import Reading
from regrow.model.traits import row
from regrow.model.values import Values

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
SECOND_SCALE = "PHQ-9"
READ_UNTIL = 28
SOON, LATER = 7, 28
"""Days after the last reading on which the truth is compared."""
FOLLOWED_UNTIL = READ_UNTIL + LATER
BEFORE, SENSITIVITY, OWN, PLACE = (
    "severity before treatment",
    "sensitivity to the drug (log)",
    "own course",
    "strength of the drug in this place",
)
AT_SOON, AT_LATER, READ_SOON = (
    f"severity {SOON} days on",
    f"severity {LATER} days on",
    f"a MADRS reading {SOON} days on",
)
QUANTITIES = (BEFORE, SENSITIVITY, OWN, PLACE, AT_SOON, AT_LATER, READ_SOON)


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """Virtual persons, what they are and what their scales would show on every day.

    who: their places among the versions of nobody in particular (`future`). shown: by scale, days
    x persons.
    """

    future: Futures
    who: Whole
    shown: dict[str, Floats]


def drawn(count: int, *, sets: Sequence[Values], seed: int) -> Drawn:
    """Draw `count` persons under the plan of the virtual people, in any of `sets`."""
    rng = np.random.default_rng([seed, 11])
    nobody = start(plan(), sets=sets, persons=LANES * len(sets), seed=seed)
    future = futures(nobody, today=0.0, until=FOLLOWED_UNTIL, seed=seed, count=LANES * count)
    # taken at random from many: the draws as they come are spread more evenly than chance
    who = rng.choice(LANES * count, count, replace=False)
    # the noise of one scale says nothing of the noise of another
    second = replace(future, seed=seed + 1)
    return Drawn(
        future=future,
        who=who,
        shown={SCALE: future.shown(SCALE), SECOND_SCALE: second.shown(SECOND_SCALE)},
    )


def people(truth: Drawn, *, seed: int) -> tuple[Person, ...]:
    """Return the persons of `truth` with MADRS readings on irregular days, for rolling origins."""
    rng = np.random.default_rng([seed, 12])
    found = []
    for k, i in enumerate(truth.who):
        days = irregular(rng, until=FOLLOWED_UNTIL)
        found.append(
            Person(
                name=f"virtual {k}",
                readings=tuple(Reading(day, SCALE, truth.shown[SCALE][day, i]) for day in days),
                occasions=tuple(occasion(day) for day in days),
                plans=(plan(),) * len(days),
                severity=tuple(float(truth.future.severity[day, i]) for day in days),
            )
        )
    return tuple(found)


def ranks(
    truth: Drawn,
    *,
    sets: Sequence[Values],
    seed: int,
    persons: int = PERSONS,
    tell: Callable[[int], None] = lambda _: None,
) -> dict[str, Floats]:
    """Return where each truth lies among the draws of its forecast (0 to 1), by quantity.

    `sets` are what the forecast thinks possible. `tell` is told how many persons are done.
    """
    rng = np.random.default_rng([seed, 13])
    found: dict[str, list[float]] = {name: [] for name in QUANTITIES}
    for k, i in enumerate(truth.who):
        readings = _read(truth, int(i), rng)
        today = max(one.day for one in readings)
        soon, later = int(today) + SOON, int(today) + LATER
        belief, _ = observe(start(plan(), sets=sets, persons=persons, seed=seed + k), readings)
        future = futures(belief, today=today, until=later, seed=seed + k + 1, count=persons)
        mine, his = _quantities(future, soon, later), _quantities(truth.future, soon, later)
        mine[READ_SOON] = future.shown(SCALE, soon)
        his[READ_SOON] = truth.shown[SCALE][soon]
        for name in QUANTITIES:
            below, equal = mine[name] < his[name][i], mine[name] == his[name][i]
            # a truth that is the same as some draws lies anywhere among them
            found[name].append(float(below.mean() + rng.uniform() * equal.mean()))
        tell(k + 1)
    return {name: np.array(values) for name, values in found.items()}


def _read(truth: Drawn, i: int, rng: np.random.Generator) -> list[Reading]:
    """Return what is read of one person: on irregular days, on one scale or on two."""
    both = rng.uniform() < 0.5
    last = int(rng.integers(READ_UNTIL // 4, READ_UNTIL + 1))
    found = []
    for day in irregular(rng, until=last):
        scale = SECOND_SCALE if both and rng.uniform() < 0.5 else SCALE
        found.append(Reading(float(day), scale, float(truth.shown[scale][day, i])))
    return found


def _quantities(future: Futures, soon: int, later: int) -> dict[str, Floats]:
    who = future.persons
    spread = who.ignorance.column("slow/sensitivity_spread")[who.set_of]
    return {
        BEFORE: who.baseline,
        SENSITIVITY: spread * who.z[row("sensitivity")] - 0.5 * spread**2,
        OWN: who.z[row("natural_course")],
        PLACE: who.ignorance.column("contexts/place_drug")[who.set_of],
        AT_SOON: future.severity[future.at(soon)],
        AT_LATER: future.severity[future.at(later)],
    }
