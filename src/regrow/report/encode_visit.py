"""A visit as plain data for JSON."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from regrow import __version__
from regrow.report.bands import SHARE, of_patients
from regrow.report.encode import band, number, numbers, one_band
from regrow.report.hours import Hours
from regrow.visit import Exposure, Visit

STEP_MINUTES = 5
Floats = npt.NDArray[np.float64]


def courses(visit: Visit) -> dict[str, Floats]:
    """Return everything that is followed over the visit, by name with unit (times x patients)."""
    effects = visit.effects
    return {
        "ketamine_venous_ng_per_ml": visit.venous_ng_per_ml,
        "ketamine_arterial_ng_per_ml": visit.arterial_ng_per_ml,
        "norketamine_venous_ng_per_ml": visit.norketamine_ng_per_ml,
        "nmda_block_share": effects.nmda_block,
        "dissociation_share_of_greatest": effects.dissociation,
        "systolic_rise_mmhg": effects.systolic_rise_mmhg,
        "diastolic_rise_mmhg": effects.diastolic_rise_mmhg,
        "heart_rate_rise_per_min": effects.heart_rate_rise_per_min,
        "sedation_probability": effects.sedation_probability,
        "nausea_probability": effects.nausea_probability,
    }


def visit(view: Hours, *, file: Path) -> dict[str, Any]:
    """Return what `regrow visit --json` prints."""
    shown = view.many.hours <= view.asked.hours + 1e-9
    every = np.flatnonzero(shown)[::STEP_MINUTES]
    typical = courses(view.typical)
    return {
        "format": "regrow.visit/1",
        "version": __version__,
        "file": str(file),
        "title": view.protocol.title,
        "visit": view.many.number,
        "day": view.doses[0].day,
        "drug": view.many.drug,
        "doses": [
            {
                "minute": number(60.0 * (dose.hour - view.doses[0].hour)),
                "route": dose.route,
                "formulation": dose.formulation,
                "amount": number(dose.amount),
                "unit": dose.unit,
                "minutes": number(dose.minutes),
            }
            for dose in view.doses
        ],
        "amount_is_a_question": view.asked.amount is not None,
        "remarks": list(view.remarks),
        "patients": view.asked.patients,
        "seed": view.asked.seed,
        "band_share": SHARE,
        "typical_person": {
            "weight_kg": number(view.person.weight_kg),
            "age_years": number(view.person.age_years),
            "ancestry": view.person.ancestry,
        },
        "fixed_in_all": {
            "weight_kg": view.asked.weight_kg is not None,
            "age_years": view.asked.age_years is not None,
        },
        "resting": {name: number(value) for name, value in view.many.resting.items()},
        "minutes": numbers(60.0 * view.many.hours[every]),
        "courses": {
            name: {"typical": numbers(typical[name][every, 0])} | band(of_patients(values[every]))
            for name, values in courses(view.many).items()
        },
        "exposures": {
            analyte: _exposure(view.typical.exposures()[analyte], many)
            for analyte, many in view.many.exposures().items()
        },
    }


def _exposure(typical: Exposure, many: Exposure) -> dict[str, Any]:
    return {
        name: {"typical": number(float(getattr(typical, name)[0]))} | one_band(getattr(many, name))
        for name in ("cmax_ng_per_ml", "tmax_h", "auc_ng_h_per_ml", "half_life_h")
    }
