"""What a calendar does to one patient of the reference, and when.

Written again from the docstrings of `regrow.model`; nothing here comes from the engine. Doses that
wait for a rule are not followed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from reference_person import D0, C, Person, X

from regrow.model import practices
from regrow.model.absorption import Branch, arrivals
from regrow.model.theta import CONTEXTS
from regrow.protocol.calendar import Calendar

Values = Mapping[str, float]
Array = Any

USE_LASTS_DAYS = 3.0
"""How long after a session its use of new connections counts."""
SAME_DAYS = 1e-9


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happens to one patient and when (days)."""

    first: float
    starts: tuple[float, ...]  # of doses
    flows: tuple[tuple[float, float, int, float], ...]  # from, until, state, mg/h
    jumps: tuple[tuple[float, int, float], ...]  # when, state, by how much
    sessions: tuple[tuple[float, float], ...]  # when, sessions' worth of teaching
    branches: tuple[Branch, ...]

    def mg_per_h(self, begin: float, end: float) -> Array:
        """Return what flows into each kinetic state between two moments."""
        inflow = np.zeros(10)
        for since, until, state, rate in self.flows:
            inflow[state] += rate if since < 0.5 * (begin + end) < until else 0.0
        return inflow


def happening(calendar: Calendar, values: Values, p: Person) -> Happening:
    """Return what `calendar` does to this patient; day 0 begins at the hour of the first dose."""
    assert all(dose.condition is None for dose in calendar.doses)
    clock = calendar.doses[0].hour if calendar.doses else 9.0
    starts = [d.day + (d.hour - clock) / 24.0 for d in calendar.doses]
    entering = [
        arrivals(
            route=d.route, formulation=d.formulation, drug=d.drug, minutes=d.minutes,
            mg=d.amount if d.unit == "mg" else 70.0 * d.amount, values=values,
        )
        for d in calendar.doses
    ]  # fmt: skip
    branches = list(dict.fromkeys(part.branch for parts in entering for part in parts))
    flows, jumps, visit = [], [], None
    for start, dose, parts in zip(starts, calendar.doses, entering, strict=True):
        mg = dose.amount * (p.weight_kg if dose.unit == "mg/kg" else 1.0)
        for part in parts:
            share = mg * (part.fixed + part.by_nose * p.nasal)
            state = D0 + branches.index(part.branch) if part.branch.ka_per_h > 0.0 else C
            if part.hours > 0.0:
                flows.append((start, start + part.hours / 24.0, state, share / part.hours))
            else:
                jumps.append((start, state, share))
        if dose.visit != visit:
            points = values[f"contexts/{CONTEXTS[calendar.blinding]}"]
            points *= values["contexts/place_setting"]
            jumps.append((start, X, points * p.expects))
        visit = dose.visit
    sessions = [
        (t.day + (t.hour - clock) / 24.0, practices.session_weight(t.kind, values) * p.attendance)
        for t in calendar.therapy
    ]
    return Happening(
        first=min([0.0, *starts, *(day for day, _ in sessions)]),
        starts=tuple(starts),
        flows=tuple(flows),
        jumps=tuple(jumps),
        sessions=tuple(sessions),
        branches=tuple(branches),
    )


def inputs_at(
    calendar: Calendar, values: Values, when: float, sessions: Sequence[float]
) -> practices.Inputs:
    """Return the inputs of the moment `when` (days): practices and recent sessions."""
    unit = practices.responses(values)
    active = [
        practices.inputs(
            plan.practice, minutes=plan.minutes, times_a_week=plan.times_a_week,
            intensity=plan.intensity, adherence=plan.adherence, values=values, unit=unit,
        )
        for plan in calendar.practices
        if plan.from_day <= when < plan.until_day
    ]  # fmt: skip
    factor = practices.together(sum(smd for _, smd in active), values)
    recent = sum(1 for day in sessions if day <= when < day + USE_LASTS_DAYS)
    total = practices.Inputs(use_in_therapy=recent * values["slow/use_in_therapy"])
    for each, _ in active:
        total = total + each.times(factor)
    return total


def moments(
    calendar: Calendar, known: Happening, events: Sequence[tuple[float, float, float]], last: float
) -> list[float]:
    """Return every moment at which something starts, ends or jumps, in order."""
    days = {known.first, last, *(day for flow in known.flows for day in flow[:2])}
    days |= {jump[0] for jump in known.jumps}
    days |= {edge for day, _ in known.sessions for edge in (day, day + USE_LASTS_DAYS)}
    days |= {float(day) for plan in calendar.practices for day in (plan.from_day, plan.until_day)}
    days |= {edge for day, lasts, _ in events for edge in (day, day + lasts)}
    edges: list[float] = []
    for day in sorted(day for day in days if known.first <= day <= last):
        if not edges or day - edges[-1] > SAME_DAYS:
            edges.append(day)
    return edges
