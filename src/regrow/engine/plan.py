"""A calendar turned into the arrays that the engine walks through.

One grid serves all patients. Its steps are graded around each dose (minutes while the drug comes
and goes, hours until it has left, a day otherwise) and end wherever something happens: a dose, the
end of an infusion, a session, a reading. Steps of equal length share their decays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from regrow.engine import slots
from regrow.engine.entering import arrivals_of, kind_of, spread_over
from regrow.engine.grid import Grid
from regrow.engine.march import BRANCH_END, DOSE, OUTPUT, SESSION
from regrow.engine.slow_states import INPUTS
from regrow.errors import SimulationError
from regrow.model import practices
from regrow.model.values import Values
from regrow.protocol.calendar import Calendar, DoseEvent

Array = npt.NDArray[Any]
DAYS_OF_USE_AFTER_A_SESSION = 3.0
"""How long after a session its use of new connections counts (`use_in_therapy` is stated so)."""


class Plan(NamedTuple):
    """What the compiled march reads; see `march.py` for the meaning of each."""

    start_day: Array
    step_class: Array
    half_steps: Array
    phase: Array
    drug_present: Array
    course_shape: Array
    op_first: Array
    op_code: Array
    op_arg: Array
    session_weight: Array
    dose_kind: Array
    dose_new_visit: Array
    dose_after_response: Array
    dose_rise: Array
    dose_every_days: Array
    kind_mg: Array
    kind_per_kg: Array
    share_fixed: Array
    share_nasal: Array
    zero_order_h: Array
    branch_ka: Array
    branch_ka_sd: Array
    branch_trait: Array
    branch_liver: Array
    points_per_phq9: float


@dataclass(frozen=True)
class StressEvent:
    """Something hard that happens: `size` is added to usual stress (1) while it lasts."""

    day: float
    days: float
    size: float


def clock(calendar: Calendar) -> float:
    """Return the hour of the day at which the simulation's days begin: that of the first dose."""
    return calendar.doses[0].hour if calendar.doses else 9.0


def day_of(day: int, hour: float, calendar: Calendar) -> float:
    """Return the simulated day of a moment of the calendar."""
    return day + (hour - clock(calendar)) / 24.0


def drug_of(calendar: Calendar) -> str:
    """Return the one drug of the calendar.

    Raises SimulationError where there are two: their kinetics are not solved together.
    """
    drugs = sorted({dose.drug for dose in calendar.doses})
    if len(drugs) > 1:
        raise SimulationError(
            f"The protocol gives {' and '.join(drugs)}.",
            why="One simulation follows one drug; how two act together has not been measured.",
            fix="Write two protocols and simulate them side by side.",
        )
    return drugs[0] if drugs else "racemic ketamine"


def phases(
    calendar: Calendar, grid: Grid, events: Sequence[StressEvent]
) -> tuple[Array, list[Any]]:
    """Return which phase each segment belongs to, and what is going on in each phase."""
    sessions = [day_of(t.day, t.hour, calendar) for t in calendar.therapy]
    found: dict[Any, int] = {}
    index = np.zeros(grid.segments, dtype=np.int64)
    for k, (start, hours) in enumerate(zip(grid.start_day, grid.hours, strict=True)):
        middle = start + hours / 48.0
        key = (
            tuple(
                i
                for i, practice in enumerate(calendar.practices)
                if practice.from_day <= middle < practice.until_day
            ),
            sum(1 for day in sessions if day <= middle < day + DAYS_OF_USE_AFTER_A_SESSION),
            sum(event.size for event in events if event.day <= middle < event.day + event.days),
        )
        index[k] = found.setdefault(key, len(found))
    return index, list(found)


def day_inputs(calendar: Calendar, going_on: Sequence[Any], values: Values) -> Array:
    """Return what acts on a person in each phase under one set of values (phases x inputs)."""
    unit = practices.responses(values)
    single = [
        practices.inputs(
            plan.practice,
            minutes=plan.minutes,
            times_a_week=plan.times_a_week,
            intensity=plan.intensity,
            adherence=plan.adherence,
            values=values,
            unit=unit,
        )
        for plan in calendar.practices
    ]
    rows = []
    for active, recent_sessions, stress in going_on:
        factor = practices.together(sum(single[i][1] for i in active), values)
        day = practices.Inputs()
        for i in active:
            day = day + single[i][0]
        day = day.times(factor) + practices.Inputs(
            stress_added=stress, use_in_therapy=recent_sessions * values["slow/use_in_therapy"]
        )
        rows.append([getattr(day, name) for name in INPUTS])
    return np.array(rows)


def session_weights(calendar: Calendar, values: Values) -> Array:
    """Return how much each session teaches, relative to one of CBT."""
    return np.array([practices.session_weight(t.kind, values) for t in calendar.therapy])


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """What happens at the start of which segment, the same under every set of values.

    `one_of_each` holds a dose of every kind. The rest goes into a `Plan` as it stands.
    """

    one_of_each: tuple[DoseEvent, ...]
    start_day: Array
    op_first: Array
    op_code: Array
    op_arg: Array
    dose_kind: Array
    dose_new_visit: Array
    dose_after_response: Array
    dose_rise: Array
    dose_every_days: Array
    kind_mg: Array
    kind_per_kg: Array


def timetable(calendar: Calendar, grid: Grid, values: Values) -> Timetable:
    """Return the timetable of `calendar` on `grid`; under all `values` doses arrive as long."""
    one_of_each = {kind_of(dose): dose for dose in calendar.doses}
    kinds = list(one_of_each)
    hours = spread_over([arrivals_of(dose, values) for dose in one_of_each.values()])[2]
    ops: list[list[tuple[int, int]]] = [[] for _ in range(grid.segments + 1)]
    for index, day in enumerate(grid.output_days):
        ops[grid.at(day)].append((OUTPUT, index))
    for index, dose in enumerate(calendar.doses):
        start = day_of(dose.day, dose.hour, calendar)
        ops[grid.at(start)].append((DOSE, index))
        for b, lasts in enumerate(hours[kinds.index(kind_of(dose))]):
            if lasts > 0.0:
                end = grid.at(start + lasts / 24.0)
                ops[end].append((BRANCH_END, index * slots.DEPOTS + b))
    for index, session in enumerate(calendar.therapy):
        ops[grid.at(day_of(session.day, session.hour, calendar))].append((SESSION, index))
    flat = [op for at_edge in ops for op in sorted(at_edge, key=_first_what_ends)]
    visits = [dose.visit for dose in calendar.doses]
    conditions = [dose.condition for dose in calendar.doses]
    return Timetable(
        one_of_each=tuple(one_of_each.values()),
        start_day=np.append(grid.start_day, grid.end_day),
        op_first=np.cumsum([0] + [len(at_edge) for at_edge in ops]),
        op_code=np.array([code for code, _ in flat], dtype=np.int64),
        op_arg=np.array([arg for _, arg in flat], dtype=np.int64),
        dose_kind=np.array([kinds.index(kind_of(dose)) for dose in calendar.doses], dtype=np.int64),
        dose_new_visit=np.array(
            [float(k == 0 or visits[k] != visits[k - 1]) for k in range(len(visits))]
        ),
        dose_after_response=np.array([float(bool(c and c.after_response)) for c in conditions]),
        dose_rise=np.array(
            [
                -1.0 if c is None or c.phq9_rise_above_best is None else c.phq9_rise_above_best
                for c in conditions
            ]
        ),
        dose_every_days=np.array([-1.0 if c is None else c.at_most_every_days for c in conditions]),
        kind_mg=np.array([amount for _, _, _, amount, _, _ in kinds] or [0.0]),
        kind_per_kg=np.array([unit == "mg/kg" for _, _, _, _, unit, _ in kinds] or [False]),
    )


def build(
    calendar: Calendar,
    grid: Grid,
    values: Values,
    *,
    when: Timetable,
    phase: Array,
    points_per_phq9: float,
) -> Plan:
    """Return the plan of `calendar` on `grid` for one set of values."""
    branches, (fixed, nasal), hours = spread_over(
        [arrivals_of(dose, values) for dose in when.one_of_each]
    )
    return Plan(
        start_day=when.start_day,
        step_class=grid.step_class,
        half_steps=grid.half_steps,
        phase=phase,
        drug_present=grid.drug_present,
        course_shape=natural_course(grid, values),
        op_first=when.op_first,
        op_code=when.op_code,
        op_arg=when.op_arg,
        session_weight=session_weights(calendar, values),
        dose_kind=when.dose_kind,
        dose_new_visit=when.dose_new_visit,
        dose_after_response=when.dose_after_response,
        dose_rise=when.dose_rise,
        dose_every_days=when.dose_every_days,
        kind_mg=when.kind_mg,
        kind_per_kg=when.kind_per_kg,
        share_fixed=fixed,
        share_nasal=nasal,
        zero_order_h=hours,
        branch_ka=np.array([b.ka_per_h for b in branches]),
        branch_ka_sd=np.array([b.ka_log_sd for b in branches]),
        branch_trait=np.array([b.trait for b in branches], dtype=np.int64),
        branch_liver=np.array([float(b.into_liver) for b in branches]),
        points_per_phq9=points_per_phq9,
    )


def _first_what_ends(op: tuple[int, int]) -> int:
    """At one moment: an input ends, then the reading is taken, then the session, then the dose."""
    return (BRANCH_END, OUTPUT, SESSION, DOSE).index(op[0])


def natural_course(grid: Grid, values: Values) -> Array:
    """Return how much of the natural course has unfolded at start, middle, end of each segment."""
    tau = values["slow/natural_course_time"]
    days = grid.start_day[:, None] + grid.hours[:, None] / 24.0 * np.array([0.0, 0.5, 1.0])
    since = days - grid.start_day[0] if grid.segments else days
    return np.asarray(1.0 - np.exp(-since / tau))
