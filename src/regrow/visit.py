"""One dosing visit, hour by hour: what a nurse can hold against what is measured.

    visit = simulate_visit(Patient(weight_kg=62), protocol)
    visit.exposures()["ketamine, venous"].cmax_ng_per_ml

A visit is a list of doses of one day. Concentrations are venous plasma, the usual sample; the
arterial read-out leads it, because arm tissue takes drug up first:

    dCv/dt = k (Ca - Cv),  so  Ca = Cv + (dCv/dt) / k, smoothed over the mixing in the circulation
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.entering import arrivals_of
from regrow.engine.modes import Given, concentrations
from regrow.engine.plan import day_of, drug_of
from regrow.errors import SimulationError
from regrow.model import drug as drugs
from regrow.model import theta
from regrow.model.acute import Effects, effects
from regrow.model.traits import row
from regrow.model.values import Values, centre
from regrow.patient import Patient
from regrow.population import Population, of
from regrow.protocol.calendar import Calendar, DoseEvent, calendar
from regrow.protocol.document import Protocol

Floats = npt.NDArray[np.float64]
STEP_H = 1.0 / 60.0
HOURS_AFTER = 24.0


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """The usual measures of a concentration over time, per patient."""

    cmax_ng_per_ml: Floats
    tmax_h: Floats
    auc_ng_h_per_ml: Floats
    half_life_h: Floats


@dataclass(frozen=True, kw_only=True)
class Visit:
    """The hours of one visit; every array is times x patients."""

    drug: str
    number: int
    doses: tuple[DoseEvent, ...]
    hours: Floats
    venous_ng_per_ml: Floats
    arterial_ng_per_ml: Floats
    norketamine_ng_per_ml: Floats
    effect_site_ng_per_ml: Floats
    effects: Effects
    resting: dict[str, float]

    def exposures(self) -> dict[str, Exposure]:
        """Return Cmax, Tmax, AUC and half-life of every analyte."""
        return {
            "ketamine, venous": exposure(self.hours, self.venous_ng_per_ml),
            "ketamine, arterial": exposure(self.hours, self.arterial_ng_per_ml),
            "norketamine, venous": exposure(self.hours, self.norketamine_ng_per_ml),
        }


def exposure(hours: Floats, ng_per_ml: Floats) -> Exposure:
    """Return Cmax, Tmax, AUC over all `hours` and the half-life over their last third."""
    third = len(hours) * 2 // 3
    last, earlier = ng_per_ml[-1], ng_per_ml[third]
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = np.log(np.maximum(earlier, 1e-30) / np.maximum(last, 1e-30))
        half_life = np.log(2.0) * (hours[-1] - hours[third]) / fall
    return Exposure(
        cmax_ng_per_ml=ng_per_ml.max(axis=0),
        tmax_h=hours[ng_per_ml.argmax(axis=0)],
        auc_ng_h_per_ml=np.asarray(np.trapezoid(ng_per_ml, hours, axis=0)),
        half_life_h=half_life,
    )


def doses_of_visit(plan: Calendar, number: int) -> tuple[DoseEvent, ...]:
    """Return the doses of visit `number`.

    Raises SimulationError where the protocol has no such visit.
    """
    chosen = tuple(dose for dose in plan.doses if dose.visit == number)
    if chosen:
        return chosen
    visits = sorted({dose.visit for dose in plan.doses})
    raise SimulationError(
        f"The protocol has no visit {number}.",
        why=f"It plans {len(visits)} visit{'s' if len(visits) != 1 else ''} with a dose.",
        fix=f"Ask for a visit from 1 to {visits[-1]}."
        if visits
        else "Choose a protocol that doses.",
    )


def simulate_visit(
    who: Patient | Population,
    protocol: Protocol | Calendar,
    *,
    visit: int = 1,
    hours_after: float = HOURS_AFTER,
    amount: float | None = None,
    values: Values | None = None,
) -> Visit:
    """Simulate visit number `visit` of `protocol`, minute by minute.

    `amount` replaces what the protocol gives at each dose, in the protocol's unit. `hours_after`
    is how long to follow after the first dose of the visit.
    """
    values = centre() if values is None else values
    people = of([who]) if isinstance(who, Patient) else who
    plan = protocol if isinstance(protocol, Calendar) else calendar(protocol)
    doses = doses_of_visit(plan, visit)
    if amount is not None:
        doses = tuple(dataclasses.replace(dose, amount=amount) for dose in doses)
    drug = drug_of(plan)
    patients, z = people.chunk(0, people.patients)
    hours = np.arange(0.0, hours_after + STEP_H / 2.0, STEP_H)
    found = concentrations(
        _given(doses, plan, values),
        hours,
        z,
        theta=theta.course(
            values,
            drug=drug,
            blinding=plan.blinding,
            background=plan.background,
            reference_trigger_h=1.0,
            who=people.people,
        ),
        drug=drugs.vector(drug, values, ancestry=people.ancestry),
    )
    arterial = mixed(found.venous + found.venous_slope / values["acute/arterial_exchange"], values)
    effect_site = found.effect_site[:, :patients]
    return Visit(
        drug=drug,
        number=visit,
        doses=doses,
        hours=hours,
        venous_ng_per_ml=found.venous[:, :patients],
        arterial_ng_per_ml=np.maximum(0.0, arterial[:, :patients]),
        norketamine_ng_per_ml=found.norketamine[:, :patients],
        effect_site_ng_per_ml=effect_site,
        effects=effects(
            effect_site,
            plasma_ng_per_ml=found.venous[:, :patients],
            drug=drug,
            visit=visit,
            values=values,
            dissociation_z=z[row("dissociation"), :patients],
            pressor_z=z[row("pressor"), :patients],
        ),
        resting={
            "systolic_mmhg": values["acute/resting_systolic"],
            "diastolic_mmhg": values["acute/resting_diastolic"],
            "heart_rate_per_min": values["acute/resting_heart_rate"],
        },
    )


def mixed(ng_per_ml: Floats, values: Values) -> Floats:
    """Return a concentration (minutes x patients) after first-order mixing in the circulation."""
    keep = float(np.exp(-np.log(2.0) * 60.0 * STEP_H / values["acute/arterial_mixing_half_life"]))
    out = np.zeros_like(ng_per_ml)
    for k in range(1, len(ng_per_ml)):
        out[k] = keep * out[k - 1] + (1.0 - keep) * 0.5 * (ng_per_ml[k] + ng_per_ml[k - 1])
    return out


def _given(doses: Sequence[DoseEvent], plan: Calendar, values: Values) -> tuple[Given, ...]:
    first = day_of(doses[0].day, doses[0].hour, plan)
    return tuple(
        Given(
            hour=24.0 * (day_of(dose.day, dose.hour, plan) - first),
            amount=dose.amount,
            per_kg=dose.unit == "mg/kg",
            arrivals=arrivals_of(dose, values),
        )
        for dose in doses
    )
