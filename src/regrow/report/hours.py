"""One visit, hour by hour: typical person and band, and what was asked of the model."""

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from regrow.errors import SimulationError
from regrow.evidence.reader import parameters
from regrow.patient import Ancestry, Patient
from regrow.population import Population, draw
from regrow.protocol.calendar import Calendar, DoseEvent, calendar
from regrow.protocol.document import Protocol
from regrow.protocol.limits import DEFAULT_FILE, Limit, limit_for
from regrow.units import Amount
from regrow.units import amount as read_amount
from regrow.visit import Visit, doses_of_visit, simulate_visit

MOST_PATIENTS = 4096
ABSURD = 100.0
"""A dose this many times what the plan gives is a slip of the pen, not a question."""
FOLLOWED_HOURS = 24.0
WHAT_IF = (
    "An amount given with --dose is a question to the model. It is never a recommendation: "
    "regrow does not dose."
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a visit; None is what the protocol or the population says."""

    visit: int = 1
    amount: str | None = None
    weight_kg: float | None = None
    age_years: float | None = None
    ancestry: Ancestry | None = None
    patients: int = 500
    seed: int = 0
    hours: float = 4.0


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours of one visit: of a typical person, and of many who differ."""

    protocol: Protocol
    asked: Asked
    doses: tuple[DoseEvent, ...]
    person: Patient
    typical: Visit
    many: Visit
    remarks: tuple[str, ...]


def hour_by_hour(protocol: Protocol, asked: Asked) -> Hours:
    """Return the visit that is asked for.

    Raises SimulationError for a visit, an amount or a number of patients that makes no sense.
    """
    if asked.patients > MOST_PATIENTS:
        raise SimulationError(
            f"{asked.patients} patients are too many for one visit.",
            why="Every minute of every patient is kept.",
            fix=f"Ask for at most {MOST_PATIENTS}; 500 give a steady band.",
        )
    plan = calendar(protocol)
    planned = doses_of_visit(plan, asked.visit)
    remarks: tuple[str, ...] = ()
    if asked.amount is not None:
        plan, remarks = _what_if(plan, planned, asked, protocol)
    doses = doses_of_visit(plan, asked.visit)
    if not any(dose.amount for dose in doses):
        remarks = (*remarks, "No drug is given at this visit.")
    person = typical_person(asked)
    return Hours(
        protocol=protocol,
        asked=asked,
        doses=doses,
        person=person,
        typical=simulate_visit(person, plan, visit=asked.visit, hours_after=FOLLOWED_HOURS),
        many=simulate_visit(people(asked), plan, visit=asked.visit, hours_after=FOLLOWED_HOURS),
        remarks=remarks,
    )


def typical_person(asked: Asked) -> Patient:
    """Return the typical patient of this weight and age; what is not given is the median."""
    known = parameters("population")
    return Patient(
        weight_kg=asked.weight_kg or known["weight_median"].value,
        age_years=asked.age_years or known["age_mean"].value,
        ancestry=asked.ancestry,
    )


def people(asked: Asked) -> Population:
    """Return patients who differ in everything but the weight and the age that were given."""
    drawn = draw(asked.patients, seed=asked.seed, ancestry=asked.ancestry)
    fixed: dict[str, float] = {}
    if asked.weight_kg is not None:
        fixed |= {
            "weight_log_mean_over_70": math.log(asked.weight_kg / 70.0),
            "weight_log_sd": 0.0,
        }
    if asked.age_years is not None:
        fixed |= {"age_mean_years": asked.age_years, "age_sd_years": 0.0}
    return dataclasses.replace(drawn, people=drawn.people | fixed)


def _what_if(
    plan: Calendar, planned: tuple[DoseEvent, ...], asked: Asked, protocol: Protocol
) -> tuple[Calendar, tuple[str, ...]]:
    """Return the plan with another amount at this visit, and what must be said about it."""
    assert asked.amount is not None
    wanted = _amount(asked.amount, planned[0].unit)
    person = typical_person(asked)
    most = max(_mg(dose.amount, dose.unit, person) for dose in planned)
    mg = _mg(wanted.value, wanted.unit, person)
    limits = _limits(planned[0], protocol)
    highest = max([most, *(_highest_mg(limit, person) for limit in limits)])
    if mg > ABSURD * highest > 0.0:
        raise SimulationError(
            f"{wanted} is more than {ABSURD:g} times anything this plan could give.",
            why="Far outside what was measured the model has nothing to say.",
            fix=f"Ask about an amount near {planned[0].amount:g} {planned[0].unit}.",
        )
    remarks = [WHAT_IF, *(_beyond(limit, mg, person, wanted) for limit in limits)]
    changed = tuple(
        dataclasses.replace(dose, amount=wanted.value, unit=wanted.unit)
        if dose.visit == asked.visit
        else dose
        for dose in plan.doses
    )
    return dataclasses.replace(plan, doses=changed), tuple(filter(None, remarks))


def _amount(text: str, unit: str) -> Amount:
    """Read `0.75`, `0.75 mg/kg` or `40 mg`; ProtocolError otherwise."""
    try:
        float(text)
    except ValueError:
        return read_amount(text)
    return read_amount(f"{text} {unit}")


def _mg(value: float, unit: str, person: Patient) -> float:
    return value * (person.weight_kg if unit == "mg/kg" else 1.0)


def _limits(dose: DoseEvent, protocol: Protocol) -> list[Limit]:
    files = protocol.limits.files if protocol.limits else (DEFAULT_FILE,)
    found = (limit_for(dose.drug, dose.route, file=file) for file in files)
    return [limit for limit in found if limit is not None]


def _highest_mg(limit: Limit, person: Patient) -> float:
    allowed = [limit.max_mg or 0.0, (limit.max_mg_per_kg or 0.0) * person.weight_kg, *limit.only_mg]
    return max(allowed)


def _beyond(limit: Limit, mg: float, person: Patient, wanted: Amount) -> str:
    """Return the sentence about an amount beyond `limit`, or nothing."""
    exceeded = []
    if limit.max_mg is not None and mg > limit.max_mg:
        exceeded.append(f"at most {limit.max_mg:g} mg")
    if limit.max_mg_per_kg is not None and mg / person.weight_kg > limit.max_mg_per_kg:
        exceeded.append(f"at most {limit.max_mg_per_kg:g} mg/kg")
    if limit.only_mg and mg not in limit.only_mg:
        exceeded.append(f"only {' or '.join(f'{one:g}' for one in limit.only_mg)} mg")
    if not exceeded:
        return ""
    return (
        f"{wanted} ({mg:.0f} mg at {person.weight_kg:g} kg) is beyond the limits of this protocol "
        f"for {limit.drug}, {limit.route}: {' and '.join(exceeded)} [{limit.source}]."
    )


def at_minutes(view: Hours, minutes: list[float]) -> list[int]:
    """Return the index of each of `minutes` in the hours of the visit."""
    return [int(np.abs(view.many.hours - minute / 60.0).argmin()) for minute in minutes]
