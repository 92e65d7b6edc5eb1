"""What the tests of the engine share: example protocols on the way into it, and walking them."""

import dataclasses
from pathlib import Path

import numpy as np

from regrow.engine import course
from regrow.engine.march import OUTPUTS
from regrow.model.values import centre
from regrow.patient import Patient
from regrow.population import Population, draw, of
from regrow.protocol.calendar import Calendar, DoseEvent, calendar
from regrow.protocol.read import read

PROTOCOLS = Path(__file__).parents[3] / "protocols"
VALUES = centre()
MADRS = OUTPUTS.index("madrs")
SIGNAL = OUTPUTS.index("plasticity_signal")
LABILE = OUTPUTS.index("labile_synapses")
CONSOLIDATED = OUTPUTS.index("consolidated_synapses")


def example(name: str, *, days: int) -> Calendar:
    """Return an example protocol up to day `days`, without the doses that wait for a rule."""
    plan = calendar(read(PROTOCOLS / f"{name}.toml"), until_day=days)
    return dataclasses.replace(plan, doses=tuple(d for d in plan.doses if d.condition is None))


def infusion(day: int, *, mg: float = 35.0, minutes: float = 40.0, hour: float = 9.0) -> DoseEvent:
    """Return an infusion of racemic ketamine."""
    return DoseEvent(
        day=day, hour=hour, visit=day + 1, drug="racemic ketamine", route="intravenous infusion",
        formulation=None, amount=mg, unit="mg", minutes=minutes, condition=None, phase="acute",
        supervised=True,
    )  # fmt: skip


def plan(*doses: DoseEvent, practices=(), therapy=(), until_day: int = 30) -> Calendar:
    """Return a calendar of these doses."""
    return Calendar(
        doses=doses, therapy=tuple(therapy), practices=tuple(practices), measures=(),
        setting="clinic", blinding="open", background="unchanged treatment", until_day=until_day,
    )  # fmt: skip


def made(calendar: Calendar, people: Population, days, *, values=VALUES, events=(), refine=1):
    """Return the course of these people, with readings on `days`."""
    return course.make(
        calendar,
        [values],
        people=people.people,
        output_days=days,
        points_per_phq9=1.9,
        events=events,
        refine=refine,
    )


def draws(people: Population):
    """Return the draws of a whole population at once."""
    ((_, _, z),) = people.chunks(size=people.patients)
    return z


def walked(calendar: Calendar, who, days, **how):
    """Return the readings (outputs x days x patients) of a Patient or a Population."""
    people = of([who]) if isinstance(who, Patient) else who
    readings, _ = course.walk(made(calendar, people, days, **how), draws(people), 0)
    return readings[:, :, : people.patients]


def people(patients: int, *, seed: int) -> Population:
    """Draw virtual patients."""
    return draw(patients, seed=seed)


def largest_error(found, reference):
    """Return, per output, the largest error relative to that output's own largest value."""
    scale = np.abs(reference).max(axis=1)
    scale[scale < 1e-9] = 1.0  # what never moves has no scale of its own
    return (np.abs(found - reference) / scale[:, None]).max(axis=1)
