"""How much of each practice was really done: the plan, corrected by what was logged."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from regrow.errors import ForecastError
from regrow.forecast.log import PracticeLogged
from regrow.protocol.calendar import Calendar, PracticePlan
from regrow.protocol.problems import mend


def practices_done(
    plan: Calendar, logged: Sequence[PracticeLogged], *, today: float, then: Calendar
) -> tuple[tuple[PracticePlan, ...], tuple[str, ...]]:
    """Return the practices of a life until `today` and of the plan `then` on, and the assumptions.

    A stretch of which nothing was logged counts as done as planned.
    """
    names = list(dict.fromkeys(practice.practice for practice in plan.practices))
    for entry in logged:
        if entry.practice not in names:
            raise ForecastError(
                f"{entry.practice!r} was logged, but the plan does not ask for it.",
                why="How long and how often it is meant to be done is read from the plan.",
                fix=mend(entry.practice, names) if names else "Add the practice to the protocol.",
            )
    now = math.ceil(today)
    entries = sorted((e for e in logged if e.from_day < now), key=lambda e: (e.from_day, str(e)))
    found = [part for practice in plan.practices for part in _until(practice, entries, now)]
    found += [
        replace(practice, from_day=max(practice.from_day, now))
        for practice in then.practices
        if practice.until_day > now
    ]
    told = {entry.practice for entry in entries}
    silent = [name for name in names if name not in told and _begun(plan, name, now)]
    assumed = (f"Practices taken as done as planned: {', '.join(silent)}.",) if silent else ()
    return tuple(found), assumed


def as_done_so_far(plan: Calendar, logged: Sequence[PracticeLogged], *, today: float) -> Calendar:
    """Return `plan` with each practice done, from `today` on, as was last logged of it."""
    entries = sorted(logged, key=lambda entry: (entry.from_day, str(entry)))
    last = {entry.practice: entry.share for entry in entries if entry.from_day < today}
    return replace(
        plan,
        practices=tuple(
            replace(one, adherence=last.get(one.practice, one.adherence)) for one in plan.practices
        ),
    )


def _until(
    practice: PracticePlan, entries: Sequence[PracticeLogged], now: int
) -> list[PracticePlan]:
    """Return a planned practice until `now`, cut where the logged share changes."""
    end = min(practice.until_day, now)
    mine = [entry for entry in entries if entry.practice == practice.practice]
    edges = {practice.from_day, end}
    edges |= {day for entry in mine for day in (entry.from_day, entry.until_day)}
    days = sorted(day for day in edges if practice.from_day <= day <= end)
    parts = []
    for begin, until in pairwise(days):
        shares = [entry.share for entry in mine if entry.from_day <= begin < entry.until_day]
        share = sum(shares) / len(shares) if shares else practice.adherence
        parts.append(replace(practice, from_day=begin, until_day=until, adherence=share))
    return parts


def _begun(plan: Calendar, name: str, now: int) -> bool:
    return any(one.practice == name and one.from_day < now for one in plan.practices)
