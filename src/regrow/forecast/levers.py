"""What would change a forecast most: a further reading, more practice, a dose earlier or later."""

import math
from dataclasses import dataclass

import numpy as np

from regrow.forecast.belief import Belief
from regrow.forecast.edits import ahead, all_practices_kept, dose_moved
from regrow.forecast.futures import Futures, elsewise
from regrow.measures.catalogue import measures
from regrow.protocol.calendar import Calendar, DoseEvent

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class NextReading:
    """A reading that could be taken, and how much surer it would make the forecast.

    sd_before, sd_after: uncertainty of severity on the last day (SD, MADRS points).
    """

    measure: str
    day: float
    sd_before: float
    sd_after: float


@dataclass(frozen=True, kw_only=True)
class Lever:
    """A change of the plan, and what it would do to severity on the last day (MADRS points).

    change: mean of the difference; low, high: 90 % of the versions of the person lie between.
    """

    what: str
    change: float
    low: float
    high: float


def next_readings(future: Futures, plan: Calendar) -> tuple[NextReading, ...]:
    """Return what a MADRS today and the next planned readings would tell, the most useful first.

    A reading tells of the last day as much as it goes along with it over the versions of the
    person (linear regression).
    """
    planned: dict[str, float] = {}
    for event in plan.measures:
        if event.measure in measures() and future.today < event.day <= future.days[-1]:
            planned.setdefault(event.measure, float(event.day))
    asked = dict.fromkeys([("MADRS", future.today), *planned.items()])
    last = future.severity[-1]
    found = []
    for measure, day in asked:
        shown = future.shown(measure, day)
        varies = shown.std() > 0.0 and last.std() > 0.0
        along = float(np.corrcoef(shown, last)[0, 1]) if varies else 0.0
        found.append(
            NextReading(
                measure=measure,
                day=day,
                sd_before=float(last.std()),
                sd_after=float(last.std()) * math.sqrt(max(0.0, 1.0 - along**2)),
            )
        )
    return tuple(sorted(found, key=lambda one: one.sd_after))


def levers(own: Futures, belief: Belief, *, until: int) -> tuple[Lever, ...]:
    """Return what changes of the belief's plan would do, the largest first.

    `own` are the futures of a few persons under that plan.
    """
    plan = ahead(belief, today=own.today)
    now = math.ceil(own.today)
    changes: dict[str, Calendar] = {}
    if any(one.until_day > now for one in plan.practices):
        changes["Every practice done in full."] = all_practices_kept(plan, from_day=now)
    if coming := _next_dose(plan, now):
        for days, word in ((-WEEK, "earlier"), (WEEK, "later")):
            to = coming.day + days
            if now < to < until:
                text = f"The dose of day {coming.day} a week {word}, on day {to}."
                changes[text] = dose_moved(plan, day=coming.day, to=to)
    found = [_lever(what, own, elsewise(own, belief, other)) for what, other in changes.items()]
    return tuple(sorted(found, key=lambda lever: -abs(lever.change)))


def _next_dose(plan: Calendar, now: int) -> DoseEvent | None:
    """Return the next dose that waits for no rule."""
    return next((d for d in plan.doses if d.day > now and d.condition is None), None)


def _lever(what: str, own: Futures, other: Futures) -> Lever:
    difference = other.severity[-1] - own.severity[-1]
    low, high = np.quantile(difference, (0.05, 0.95))
    return Lever(what=what, change=float(difference.mean()), low=float(low), high=float(high))
