"""A calendar as lines of text, in order of time, with dates when the first day is known."""

from collections.abc import Iterator
from datetime import date, timedelta

from regrow.protocol.calendar import Calendar, Condition, DoseEvent
from regrow.protocol.when import When
from regrow.units import clock


def agenda(calendar: Calendar, *, start: date | None = None) -> Iterator[str]:
    """One line per event; practices, which fill stretches of days, come first."""
    for plan in calendar.practices:
        minutes = f", {plan.minutes:g} min" if plan.minutes else ""
        yield (
            f"{_day(plan.from_day, start)} to {_day(plan.until_day - 1, start)}  "
            f"{plan.practice}{minutes}, {plan.times_a_week:g} a week"
        )
    if calendar.practices:
        yield ""
    for day, hour, text in sorted(_events(calendar)):
        yield f"{_day(day, start)}  {clock(hour) if hour >= 0 else '     '}  {text}"


def _events(calendar: Calendar) -> Iterator[tuple[int, float, str]]:
    for dose in calendar.doses:
        yield dose.day, dose.hour, _dose(dose)
    for session in calendar.therapy:
        yield session.day, session.hour, f"{session.kind}, {session.minutes:g} min"
    for reading in calendar.measures:
        yield reading.day, -1.0, reading.measure


def _dose(dose: DoseEvent) -> str:
    over = f" over {dose.minutes:g} min" if dose.minutes else ""
    return (
        f"visit {dose.visit}: {dose.drug} {dose.amount:g} {dose.unit}, {dose.route}{over}"
        f"{_rule(dose.condition)}"
    )


def _rule(condition: Condition | None) -> str:
    if condition is None:
        return ""
    rule = When(condition.after_response, condition.phq9_rise_above_best)
    gap = condition.at_most_every_days
    return f", only when {rule}" + (f", at most every {gap:g} days" if gap else "")


def _day(day: int, start: date | None) -> str:
    if start is None:
        return f"day {day:>4}"
    return f"day {day:>4}  {start + timedelta(days=day):%a %Y-%m-%d}"
