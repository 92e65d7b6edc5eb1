"""The protocol as a calendar: every dose, session, practice and measure on its day.

Day 0 is the first day of the plan. A dose by rule appears once per day of checking, with its
condition; whether it is given is decided by what the patient's scores are by then.
"""

from dataclasses import dataclass, replace

from regrow.errors import ProtocolError
from regrow.protocol.document import (
    Booster,
    Dose,
    Maintenance,
    Measure,
    Practice,
    Protocol,
    Therapy,
)
from regrow.protocol.placed import HOURS_IN_A_DAY, Relative
from regrow.protocol.schedule import LONGEST_DAYS
from regrow.protocol.vocabulary import BOLUS, FORMULATIONS, INFUSION

Entry = Dose | Maintenance | Booster

BOLUS_MINUTES = 1.0
"""How long a hand-given bolus takes; a convention of this package, not a published number."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When a dose by rule is given: every part must hold on its day."""

    after_response: bool = False
    phq9_rise_above_best: float | None = None
    at_most_every_days: float = 0.0


@dataclass(frozen=True, kw_only=True)
class DoseEvent:
    """One planned administration."""

    day: int
    hour: float
    visit: int
    drug: str
    route: str
    formulation: str | None
    amount: float
    unit: str
    minutes: float
    condition: Condition | None
    phase: str
    supervised: bool


@dataclass(frozen=True, kw_only=True)
class TherapyEvent:
    """One session with a therapist."""

    day: int
    hour: float
    kind: str
    minutes: float


@dataclass(frozen=True, kw_only=True)
class PracticePlan:
    """A practice over a stretch of days; `until_day` is the first day without it."""

    practice: str
    minutes: float
    times_a_week: float
    intensity: str
    adherence: float
    from_day: int
    until_day: int


@dataclass(frozen=True, kw_only=True)
class MeasureEvent:
    """One measure on one day."""

    day: int
    measure: str


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Everything a protocol plans, in order of time."""

    doses: tuple[DoseEvent, ...]
    therapy: tuple[TherapyEvent, ...]
    practices: tuple[PracticePlan, ...]
    measures: tuple[MeasureEvent, ...]
    setting: str
    blinding: str
    background: str
    until_day: int


def calendar(protocol: Protocol, *, until_day: int | None = None) -> Calendar:
    """Expand `protocol` into its events before `until_day`, or to its own end."""
    end = own_end(protocol) if until_day is None else until_day
    if not 1 <= end <= LONGEST_DAYS:
        raise ProtocolError(
            f"A calendar of {end} days cannot be written.",
            why="A plan takes at least one day and at most ten years.",
            fix=f"Ask for 1 to {LONGEST_DAYS} days.",
        )
    measured = sorted({event for entry in protocol.measure for event in _measured(entry, protocol)})
    return Calendar(
        doses=tuple(event for event in dose_events(protocol) if event.day < end),
        therapy=tuple(
            TherapyEvent(day=day, hour=hour, kind=kind, minutes=minutes)
            for day, hour, kind, minutes in sorted(
                {event for entry in protocol.therapy for event in _sessions(entry, protocol)}
            )
            if day < end
        ),
        practices=tuple(_plan(p, end) for p in protocol.practice if p.starting < end),
        measures=tuple(MeasureEvent(day=day, measure=what) for day, what in measured if day < end),
        setting=protocol.context.setting,
        blinding=protocol.context.blinding,
        background=protocol.context.background,
        until_day=end,
    )


def cut(plan: Calendar, until_day: int) -> Calendar:
    """Return `plan` without what lies on or after `until_day`."""
    return replace(
        plan,
        doses=tuple(event for event in plan.doses if event.day < until_day),
        therapy=tuple(event for event in plan.therapy if event.day < until_day),
        measures=tuple(event for event in plan.measures if event.day < until_day),
        until_day=until_day,
    )


def own_end(protocol: Protocol) -> int:
    """The first day after everything that the protocol plans."""
    ends = [1]
    ends += [entry.starting + entry.schedule.length() for entry in protocol.dose]
    ends += [entry.starting + entry.schedule.length() for entry in protocol.maintenance]
    ends += [end_of(entry) for entry in protocol.booster]
    ends += [end_of(entry) for entry in protocol.practice]
    ends += [1 + day for entry in protocol.therapy for day, *_ in _sessions(entry, protocol)]
    ends += [1 + day for entry in protocol.measure for day, _ in _measured(entry, protocol)]
    return min(max(ends), LONGEST_DAYS)


def end_of(entry: Booster | Practice) -> int:
    """The first day without it."""
    if entry.until is not None:
        return entry.until
    return entry.starting + (entry.lasting or 0)


def days_of(entry: Entry) -> tuple[int, ...]:
    """The days on which a dose is planned, or its rule is checked."""
    if isinstance(entry, Booster):
        return tuple(range(entry.starting, end_of(entry), entry.check))
    return entry.schedule.days(starting=entry.starting)


def minutes_of(entry: Entry) -> float:
    """How long one administration takes."""
    if entry.route == INFUSION:
        return entry.over or 0.0
    return BOLUS_MINUTES if entry.route == BOLUS else 0.0


def condition_of(entry: Entry) -> Condition | None:
    """The rule of a dose by rule."""
    if isinstance(entry, Dose) or entry.when is None:
        return None
    return Condition(
        after_response=entry.when.after_response,
        phq9_rise_above_best=entry.when.phq9_rise_above_best,
        at_most_every_days=entry.at_most_every if isinstance(entry, Booster) else 0.0,
    )


def dose_events(protocol: Protocol) -> tuple[DoseEvent, ...]:
    """Every dose of the plan in order of time, with its visit counted over the whole plan."""
    entries: tuple[Entry, ...] = (*protocol.dose, *protocol.maintenance, *protocol.booster)
    days = sorted({day for entry in entries for day in days_of(entry)})
    visit = {day: number for number, day in enumerate(days, start=1)}
    events = [event for entry in entries for event in _doses(entry, visit)]
    return tuple(sorted(events, key=lambda event: (event.day, event.hour)))


def _doses(entry: Entry, visit: dict[int, int]) -> list[DoseEvent]:
    amounts = entry.amount_by_visit or ((entry.amount,) if entry.amount else ())
    return [
        DoseEvent(
            day=day,
            hour=hour,
            visit=visit[day],
            drug=entry.drug,
            route=entry.route,
            formulation=entry.formulation or FORMULATIONS.get(entry.route, (None,))[0],
            amount=amounts[min(index, len(amounts) - 1)].value,
            unit=amounts[min(index, len(amounts) - 1)].unit,
            minutes=minutes_of(entry),
            condition=condition_of(entry),
            phase="acute" if isinstance(entry, Dose) else "maintenance",
            supervised=entry.supervised,
        )
        for index, day in enumerate(days_of(entry))
        for hour in entry.at
    ]


def planned_visits(protocol: Protocol) -> list[tuple[int, float, float]]:
    """Each dosing day that waits for no rule: day, hour of its first dose, hour of its last."""
    hours: dict[int, list[float]] = {}
    entries: tuple[Entry, ...] = (*protocol.dose, *protocol.maintenance)
    for entry in entries:
        if condition_of(entry) is None:
            for day in days_of(entry):
                hours.setdefault(day, []).extend(entry.at)
    return [(day, min(hours[day]), max(hours[day])) for day in sorted(hours)]


def _sessions(entry: Therapy, protocol: Protocol) -> list[tuple[int, float, str, float]]:
    if not isinstance(entry.placed, Relative):
        days = entry.placed.days(starting=entry.starting)
        return [(day, entry.at, entry.kind, entry.minutes) for day in days]
    visits = planned_visits(protocol)
    chosen = {"each": visits, "the first": visits[:1], "the last": visits[-1:]}[entry.placed.which]
    sessions = []
    for day, first, last in chosen:
        hour = (first if entry.placed.hours < 0 else last) + entry.placed.hours
        later, clock_hour = divmod(hour, HOURS_IN_A_DAY)
        sessions.append((day + int(later), clock_hour, entry.kind, entry.minutes))
    return sessions


def _plan(entry: Practice, end: int) -> PracticePlan:
    return PracticePlan(
        practice=entry.what,
        minutes=entry.minutes or 0.0,
        times_a_week=entry.times_a_week,
        intensity=entry.intensity,
        adherence=entry.adherence,
        from_day=entry.starting,
        until_day=min(end_of(entry), end),
    )


def _measured(entry: Measure, protocol: Protocol) -> list[tuple[int, str]]:
    if isinstance(entry.schedule, str):  # "each dose"
        return [(day, entry.what) for day, *_ in planned_visits(protocol)]
    return [(day, entry.what) for day in entry.schedule.days(starting=entry.starting)]
