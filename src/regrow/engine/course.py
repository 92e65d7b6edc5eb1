"""One protocol, ready to run: its plan and parameters for every set of values.

This is the door between the readable model and the compiled march. It knows nothing of results.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine import grid as grids
from regrow.engine import plan as plans
from regrow.engine.entering import arrivals_of
from regrow.engine.march import OUTPUTS, run
from regrow.engine.slots import LANES
from regrow.model import drug, theta
from regrow.model.traits import TRAITS, row
from regrow.model.values import Values, centre
from regrow.protocol.calendar import Calendar, DoseEvent

Floats = npt.NDArray[np.float64]

REFERENCE_DOSE = DoseEvent(
    day=0,
    hour=9.0,
    visit=1,
    drug=drug.RACEMIC,
    route="intravenous infusion",
    formulation=None,
    amount=0.5,
    unit="mg/kg",
    minutes=40.0,
    condition=None,
    phase="acute",
    supervised=True,
)
"""The infusion whose trigger is 1."""


@dataclass(frozen=True)
class Course:
    """A protocol with everything the engine needs to walk patients through it."""

    calendar: Calendar
    grid: grids.Grid
    plans: tuple[plans.Plan, ...]
    theta: tuple[Floats, ...]
    drug: tuple[Floats, ...]
    inputs: tuple[Floats, ...]
    decays: tuple[Floats, ...]

    @property
    def days(self) -> Floats:
        """The days at which readings are taken."""
        return self.grid.output_days


def grid_of(
    calendar: Calendar,
    *,
    until_day: float,
    output_days: Sequence[float],
    values: Values,
    events: Sequence[plans.StressEvent] = (),
    refine: int = 1,
) -> grids.Grid:
    """Return the grid of `calendar`: graded around its doses, ending where something happens."""
    doses = []
    for dose in calendar.doses:
        parts = arrivals_of(dose, values)
        start = plans.day_of(dose.day, dose.hour, calendar)
        doses.append(
            grids.Dosing(
                day=start,
                minutes=dose.minutes,
                arrives_h=tuple(part.hours for part in parts),
                swallowed=any(part.branch.into_liver for part in parts),
            )
        )
    sessions = [plans.day_of(t.day, t.hour, calendar) for t in calendar.therapy]
    changes = [float(p.from_day) for p in calendar.practices]
    changes += [float(p.until_day) for p in calendar.practices]
    changes += [day + plans.DAYS_OF_USE_AFTER_A_SESSION for day in sessions]
    changes += [day for event in events for day in (event.day, event.day + event.days)]
    return grids.make(
        until_day=until_day,
        doses=doses,
        sessions=sessions,
        changes=changes,
        output_days=output_days,
        refine=refine,
    )


def make(
    calendar: Calendar,
    sets: Sequence[Values],
    *,
    people: dict[str, float],
    output_days: Sequence[float],
    points_per_phq9: float,
    ancestry: str | None = None,
    events: Sequence[plans.StressEvent] = (),
    refine: int = 1,
    triggers_h: Sequence[float] | None = None,
) -> Course:
    """Return `calendar` ready to run under each of the `sets` of values.

    `triggers_h` is, per set, the trigger's integral over the reference infusion (by default what
    it is under that set).
    """
    triggers_h = triggers_h or [reference_trigger_h(values) for values in sets]
    until_day = max(output_days)
    # every set shares the grid: it depends on when things happen, not on how strongly
    grid = grid_of(
        calendar,
        until_day=until_day,
        output_days=output_days,
        values=sets[0],
        events=events,
        refine=refine,
    )
    phase, going_on = plans.phases(calendar, grid, events)
    when = plans.timetable(calendar, grid, sets[0])
    which = plans.drug_of(calendar)
    return Course(
        calendar=calendar,
        grid=grid,
        plans=tuple(
            plans.build(
                calendar, grid, values, when=when, phase=phase, points_per_phq9=points_per_phq9
            )
            for values in sets
        ),
        theta=tuple(
            theta.course(
                values,
                drug=which,
                blinding=calendar.blinding,
                background=calendar.background,
                reference_trigger_h=trigger_h,
                who=people,
            )
            for values, trigger_h in zip(sets, triggers_h, strict=True)
        ),
        drug=tuple(drug.vector(which, values, ancestry=ancestry) for values in sets),
        inputs=tuple(plans.day_inputs(calendar, going_on, values) for values in sets),
        decays=tuple(theta.decays(values, grid.half_steps) for values in sets),
    )


Readings = tuple[Floats, Floats]


def room(course: Course, patients: int) -> Readings:
    """Return room for the readings of this many patients, to be filled again and again by `walk`.

    New memory for every few patients costs more than the simulation: it has to be cleared first.
    """
    return (
        np.empty((len(OUTPUTS), len(course.days), patients)),
        np.zeros((len(course.calendar.doses), patients)),
    )


def walk(course: Course, z: Floats, first_patient: int, into: Readings | None = None) -> Readings:
    """Walk the patients drawn in `z` through `course`.

    Returns the readings (outputs x days x patients) and the mg of every dose (doses x patients),
    in `into` where it is given. Patient n lives in set (n // 32) modulo the number of sets.
    """
    out, given_mg = into or room(course, z.shape[1])
    sets = len(course.plans)
    for k in range(min(sets, z.shape[1] // LANES)):
        # only the sets that some block of these patients lives in
        which = (first_patient // LANES + k) % sets
        run(
            course.plans[which],
            z,
            k,
            sets,
            course.theta[which],
            course.drug[which],
            course.inputs[which],
            course.decays[which],
            out,
            given_mg,
        )
    return out, given_mg


def reference_trigger_h(values: Values) -> float:
    """Return the trigger's integral (hours) over the reference infusion in a 70 kg adult."""
    # only what the drug does counts, and most sets share it: the answer is remembered
    acts = tuple((key, value) for key, value in values.items() if key.startswith(_ACTS))
    return _reference_trigger_h(acts)


_ACTS = ("racemic/", "esketamine/", "acute/", "binding/", "absorption/")


@functools.lru_cache(maxsize=4096)
def _reference_trigger_h(acts: tuple[tuple[str, float], ...]) -> float:
    """Read the trigger off the plasticity signal of a patient in whom it never fades."""
    lasting: Values = {**centre(), **dict(acts), "slow/window_half_life": 1e12}
    calendar = Calendar(
        doses=(REFERENCE_DOSE,),
        therapy=(),
        practices=(),
        measures=(),
        setting="clinic",
        blinding="open",
        background="unchanged treatment",
        until_day=3,
    )
    people = {
        "weight_log_mean_over_70": 0.0,
        "weight_log_sd": 0.0,
        "age_mean_years": 45.0,
        "age_sd_years": 0.0,
        "baseline_mean_points": 33.0,
        "baseline_sd_points": 0.0,
        "sensitivity_log_sd": 0.0,
    }
    course = make(
        calendar,
        [lasting],
        people=people,
        output_days=[3.0],
        points_per_phq9=1.0,
        triggers_h=[1.0],
    )
    z = np.zeros((len(TRAITS), LANES))
    z[row("dropout")] = np.inf
    out, _ = walk(course, z, 0)
    return float(out[OUTPUTS.index("plasticity_signal"), 0, 0])
