"""Another plan from some day on: small changes of a calendar, for asking what if.

Each returns a new calendar and touches nothing before its day. Begin with `ahead`, the plan as this
person follows it, so that only the change differs.
"""

from collections.abc import Iterable
from dataclasses import replace

from regrow.errors import ForecastError
from regrow.forecast.belief import Belief
from regrow.forecast.doses_given import numbered
from regrow.forecast.practices_done import as_done_so_far
from regrow.forecast.words import days_in_words
from regrow.protocol.calendar import Calendar, TherapyEvent
from regrow.protocol.problems import mend
from regrow.protocol.vocabulary import THERAPIES

FULLY = 1.0


def ahead(belief: Belief, *, today: float) -> Calendar:
    """Return the person's plan from `today` on, with practices done as was last logged."""
    return as_done_so_far(belief.plan, belief.log.practices, today=today)


def dose_moved(plan: Calendar, *, day: int, to: int) -> Calendar:
    """Return `plan` with the doses of one day given on another."""
    _some_dose(plan, day)
    return replace(
        plan,
        doses=numbered([replace(d, day=to) if d.day == day else d for d in plan.doses]),
        until_day=max(plan.until_day, to + 1),
    )


def dose_left_out(plan: Calendar, *, day: int) -> Calendar:
    """Return `plan` without the doses of one day."""
    _some_dose(plan, day)
    return replace(plan, doses=numbered([dose for dose in plan.doses if dose.day != day]))


def dose_added(plan: Calendar, *, like: int, day: int) -> Calendar:
    """Return `plan` with the doses of the day `like` given once more, on `day`."""
    _some_dose(plan, like)
    more = [replace(d, day=day, condition=None) for d in plan.doses if d.day == like]
    return replace(
        plan, doses=numbered([*plan.doses, *more]), until_day=max(plan.until_day, day + 1)
    )


def therapy_added(
    plan: Calendar, *, kind: str, days: Iterable[int], hour: float = 12.0, minutes: float = 50.0
) -> Calendar:
    """Return `plan` with more sessions of a therapy, for example while the window is open."""
    if kind not in THERAPIES:
        raise ForecastError(
            f"{kind!r} is not a therapy that the model knows.",
            why="What a session teaches is known for few kinds of therapy.",
            fix=mend(kind, THERAPIES),
        )
    more = [TherapyEvent(day=day, hour=hour, kind=kind, minutes=minutes) for day in days]
    return replace(
        plan,
        therapy=tuple(sorted([*plan.therapy, *more], key=lambda one: (one.day, one.hour))),
        until_day=max([plan.until_day, *(one.day + 1 for one in more)]),
    )


def practice_dropped(plan: Calendar, *, practice: str, from_day: int) -> Calendar:
    """Return `plan` without a practice from a day on."""
    return _practised(plan, practice, from_day, None)


def practice_kept(plan: Calendar, *, practice: str, from_day: int, share: float) -> Calendar:
    """Return `plan` with a share of a practice really done from a day on (1 is all of it)."""
    return _practised(plan, practice, from_day, share)


def all_practices_kept(plan: Calendar, *, from_day: int) -> Calendar:
    """Return `plan` with every practice done in full from a day on."""
    for practice in dict.fromkeys(one.practice for one in plan.practices):
        plan = practice_kept(plan, practice=practice, from_day=from_day, share=FULLY)
    return plan


def stopped(plan: Calendar, *, from_day: int) -> Calendar:
    """Return `plan` without any dose, session or practice from a day on."""
    return replace(
        plan,
        doses=tuple(dose for dose in plan.doses if dose.day < from_day),
        therapy=tuple(session for session in plan.therapy if session.day < from_day),
        practices=tuple(
            replace(one, until_day=min(one.until_day, from_day))
            for one in plan.practices
            if one.from_day < from_day
        ),
    )


def _practised(plan: Calendar, practice: str, from_day: int, share: float | None) -> Calendar:
    names = tuple(dict.fromkeys(one.practice for one in plan.practices))
    if practice not in names:
        raise ForecastError(
            f"The plan does not ask for {practice!r}.",
            why="Only a practice of the plan can be done more, less or no longer.",
            fix=mend(practice, names) if names else "Write the practice into the protocol.",
        )
    parts = []
    for one in plan.practices:
        if one.practice != practice or one.until_day <= from_day:
            parts.append(one)
            continue
        if one.from_day < from_day:
            parts.append(replace(one, until_day=from_day))
        if share is not None:
            parts.append(replace(one, from_day=max(one.from_day, from_day), adherence=share))
    return replace(plan, practices=tuple(parts))


def _some_dose(plan: Calendar, day: int) -> None:
    days = [dose.day for dose in plan.doses]
    if day not in days:
        raise ForecastError(
            f"The plan gives no dose on day {day}.",
            why="Only a planned dose can be moved, left out or given again.",
            fix=f"Name one of its days: {days_in_words(days)}."
            if days
            else "This plan gives no dose at all.",
        )
