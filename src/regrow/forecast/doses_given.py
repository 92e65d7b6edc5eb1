"""Which doses were really given: the plan, corrected by what was logged."""

from collections.abc import Sequence
from dataclasses import replace

from regrow.engine.plan import clock, day_of
from regrow.errors import ForecastError
from regrow.forecast.log import DoseLogged
from regrow.forecast.words import days_in_words
from regrow.protocol.calendar import Calendar, Condition, DoseEvent

MOVED_DAYS = 3
"""A logged dose this close to a planned one of which nothing was logged is that dose, moved."""
NEVER = Condition(phq9_rise_above_best=1e9)
"""The rule of a dose that was left out but stays in the calendar, whose clock it sets."""


def doses_given(
    plan: Calendar, logged: Sequence[DoseLogged], *, today: float, then: Calendar
) -> tuple[tuple[DoseEvent, ...], tuple[str, ...]]:
    """Return the doses of a life until `today` and of the plan `then` on, and what was assumed.

    A planned dose of which nothing was logged counts as given as planned; one that waits for a
    rule counts as not given.
    """
    matched, extra = _matched(plan, [one for one in logged if one.day <= today])
    found: list[DoseEvent] = []
    guessed: list[int] = []
    unruled: list[int] = []
    moved: list[str] = []
    for dose in plan.doses:
        entry = matched.get(_when(dose))
        if entry is not None:
            found += [_as_logged(dose, entry)] if entry.given else _clock_only(dose, plan)
            if entry.given and entry.day != dose.day:
                moved.append(f"The dose of day {entry.day} is taken for that of day {dose.day}.")
        elif day_of(dose.day, dose.hour, plan) >= today:
            continue
        elif dose.condition is None:
            found.append(dose)
            guessed.append(dose.day)
        else:
            unruled.append(dose.day)
    found += [_as_logged(_nearest(plan, entry), entry) for entry in extra]
    found += [
        dose
        for dose in then.doses
        if day_of(dose.day, dose.hour, plan) >= today and _when(dose) not in matched
    ]
    assumed = list(moved)
    if guessed:
        assumed.append(f"Doses taken as given as planned: {days_in_words(guessed)}.")
    if unruled:
        assumed.append(f"Doses by rule taken as not given: {days_in_words(unruled)}.")
    return numbered(found), tuple(assumed)


def numbered(doses: Sequence[DoseEvent]) -> tuple[DoseEvent, ...]:
    """Return the doses in order of time, their visits counted anew."""
    ordered = sorted(doses, key=_when)
    visits = {day: k for k, day in enumerate(sorted({dose.day for dose in ordered}), start=1)}
    return tuple(replace(dose, visit=visits[dose.day]) for dose in ordered)


def _when(dose: DoseEvent) -> tuple[int, float]:
    return dose.day, dose.hour


def _matched(
    plan: Calendar, logged: Sequence[DoseLogged]
) -> tuple[dict[tuple[int, float], DoseLogged], list[DoseLogged]]:
    """Return which planned dose each entry is about, and the doses that nobody planned."""
    entries = sorted(logged, key=lambda one: (one.day, -1.0 if one.hour is None else one.hour))
    matched: dict[tuple[int, float], DoseLogged] = {}
    left = []
    for entry in entries:
        free = [_when(d) for d in plan.doses if d.day == entry.day and _when(d) not in matched]
        if free:
            hour = free[0][1] if entry.hour is None else entry.hour
            matched[min(free, key=lambda when: abs(when[1] - hour))] = entry
        elif entry.given:
            left.append(entry)
    extra = []
    for entry in left:
        near = [
            _when(dose)
            for dose in plan.doses
            if abs(dose.day - entry.day) <= MOVED_DAYS
            and dose.condition is None
            and _when(dose) not in matched
        ]
        if near:
            matched[min(near, key=lambda when: abs(when[0] - entry.day))] = entry
        else:
            extra.append(entry)
    return matched, extra


def _as_logged(dose: DoseEvent, entry: DoseLogged) -> DoseEvent:
    return replace(
        dose,
        day=entry.day,
        hour=dose.hour if entry.hour is None else entry.hour,
        amount=dose.amount if entry.amount is None else entry.amount,
        unit=dose.unit if entry.unit is None else entry.unit,
        condition=None,
    )


def _clock_only(dose: DoseEvent, plan: Calendar) -> list[DoseEvent]:
    """A dose that was left out: nothing, unless the calendar's days begin at its hour."""
    sets_the_clock = dose is plan.doses[0] and dose.hour == clock(plan)
    return [replace(dose, condition=NEVER)] if sets_the_clock else []


def _nearest(plan: Calendar, entry: DoseLogged) -> DoseEvent:
    if not plan.doses:
        raise ForecastError(
            f"A dose was logged on day {entry.day}, but the plan gives none.",
            why="Which drug was given, and how, is read from the plan.",
            fix="Name a protocol that gives the drug, or leave the dose out of the log.",
        )
    return min(plan.doses, key=lambda dose: abs(dose.day - entry.day))
