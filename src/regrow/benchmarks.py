"""The published concentrations, simulated as they were measured, row by row."""

import numpy as np
import numpy.typing as npt

from regrow.evidence.records import Finding
from regrow.patient import Patient
from regrow.protocol.calendar import Calendar, DoseEvent
from regrow.visit import Visit, simulate_visit

Floats = npt.NDArray[np.float64]

ADULT_KG = 70.0
ADULT_YEARS = 40.0
NOT_MODELLED = ("hydroxynorketamine",)
MINUTES_PER_H = 60.0


def simulated(finding: Finding) -> float | None:
    """Return what the model gives for `finding` in its own unit, or None if it is not modelled.

    The typical person of the stated population is given the stated dose. AUC runs over the stated
    window, or 48 h. A half-life without a stated window is read between one and three published
    half-lives after the drug has arrived, where a study of that half-life would have sampled.
    """
    if any(analyte in finding.analyte for analyte in NOT_MODELLED):
        return None
    visit = _visit(finding)
    ketamine = visit.venous_ng_per_ml[:, 0]
    norketamine = visit.norketamine_ng_per_ml[:, 0]
    chosen = norketamine if finding.analyte.startswith("nor") else ketamine
    scale = MINUTES_PER_H if finding.unit == "min" else 1.0
    if finding.metric == "cmax":
        return float(chosen.max())
    if finding.metric == "tmax":
        return float(scale * visit.hours[chosen.argmax()])
    if finding.metric == "auc":
        return _auc(visit.hours, chosen)
    if finding.metric == "ratio":
        return _auc(visit.hours, norketamine) / _auc(visit.hours, ketamine)
    if finding.metric == "share":
        part = _auc(visit.hours, norketamine)
        return 100.0 * part / (part + _auc(visit.hours, ketamine))
    if finding.metric == "concentration" and finding.at_minutes is not None:
        return float(np.interp(finding.at_minutes / MINUTES_PER_H, visit.hours, chosen))
    if finding.metric == "half-life":
        low, high = finding.acceptance()
        published_h = (finding.value or 0.5 * (low + high)) / scale
        begin = visit.hours[ketamine.argmax()] + published_h
        at = np.interp([begin, begin + 2.0 * published_h], visit.hours, chosen)
        return float(scale * 2.0 * published_h * np.log(2.0) / np.log(at[0] / at[1]))
    return None


def _auc(hours: Floats, ng_per_ml: Floats) -> float:
    return float(np.trapezoid(ng_per_ml, hours))


def _visit(finding: Finding) -> Visit:
    given = finding.given
    dose = DoseEvent(
        day=0,
        hour=9.0,
        visit=1,
        drug=given.drug,
        route=given.route,
        formulation=given.formulation,
        amount=given.mg_per_kg if given.mg is None else given.mg,  # type: ignore[arg-type]
        unit="mg/kg" if given.mg is None else "mg",
        minutes=given.minutes,
        condition=None,
        phase="acute",
        supervised=True,
    )
    plan = Calendar(
        doses=(dose,),
        therapy=(),
        practices=(),
        measures=(),
        setting="trial",
        blinding="open",
        background="unchanged treatment",
        until_day=2,
    )
    who = given.population
    patient = Patient(
        weight_kg=who.weight_kg or ADULT_KG,
        age_years=who.age or ADULT_YEARS,
        ancestry="Japanese" if who.japanese else "Asian" if who.asian else None,
    )
    return simulate_visit(patient, plan, hours_after=finding.window_hours or 48.0)
