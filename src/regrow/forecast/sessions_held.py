"""Which therapy sessions were really held: the plan, corrected by what was logged."""

from collections.abc import Sequence
from dataclasses import replace

from regrow.engine.plan import clock, day_of
from regrow.forecast.doses_given import MOVED_DAYS
from regrow.forecast.log import SessionLogged
from regrow.forecast.words import days_in_words
from regrow.protocol.calendar import Calendar, TherapyEvent


def sessions_held(
    plan: Calendar, logged: Sequence[SessionLogged], *, today: float, then: Calendar
) -> tuple[tuple[TherapyEvent, ...], tuple[str, ...]]:
    """Return the sessions of a life until `today` and of the plan `then` on, and what was assumed.

    A planned session of which nothing was logged counts as held as planned.
    """
    matched: dict[TherapyEvent, SessionLogged] = {}
    extra = []
    for entry in sorted(logged, key=lambda one: one.day):
        if entry.day > today:
            continue
        # one that was held may have been moved; one that was not is the one of its day
        reach = MOVED_DAYS if entry.held else 0
        near = [
            session
            for session in plan.therapy
            if session.kind == entry.kind
            and abs(session.day - entry.day) <= reach
            and session not in matched
        ]
        if near:
            matched[min(near, key=lambda session: abs(session.day - entry.day))] = entry
        elif entry.held:
            extra.append(_unplanned(plan, entry))
    found = [
        replace(session, day=entry.day) for session, entry in matched.items() if entry.held
    ] + extra
    guessed = [
        session
        for session in plan.therapy
        if session not in matched and day_of(session.day, session.hour, plan) < today
    ]
    found += guessed
    found += [
        session
        for session in then.therapy
        if day_of(session.day, session.hour, plan) >= today and session not in matched
    ]
    days = [session.day for session in guessed]
    assumed = (f"Sessions taken as held as planned: {days_in_words(days)}.",) if days else ()
    return tuple(sorted(found, key=lambda session: (session.day, session.hour))), assumed


def _unplanned(plan: Calendar, entry: SessionLogged) -> TherapyEvent:
    alike = [session for session in plan.therapy if session.kind == entry.kind]
    return TherapyEvent(
        day=entry.day,
        hour=alike[0].hour if alike else clock(plan),
        kind=entry.kind,
        minutes=alike[0].minutes if alike else 0.0,
    )
