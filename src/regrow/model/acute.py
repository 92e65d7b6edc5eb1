r"""What a patient feels and a nurse measures during a visit.

With the racemate's equivalent concentration in plasma, C, and at the effect site, Ce (ng/mL;
esketamine counts double, since the racemate acts as its S part alone, Olofsen 2022):

    NMDA block       o / (1 + o),  o = fu Ce / (MW Ki)
    dissociation     Ce^n / (C50^n + Ce^n) * (floor + (1 - floor) exp(-k (visit - 1)))
    systolic rise    Emax C^m / (C50^m + C^m)                (Abuhelwa 2022; m = 2.04)
    diastolic rise   a fixed share of the systolic rise      (Vankawala 2021)
    heart rate rise  Emax C / (C50 + C)                      (Abuhelwa 2022)
    sedated          probability of MOAA/S below 5, a sigmoid in Ce
    nausea           probability over the visit, a sigmoid in the peak of Ce

Pressure and heart rate are increments on the patient's own baseline; they do not lessen over
visits, dissociation does. Values and their sources: `evidence/parameters/acute.toml`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from regrow.model.drug import ESKETAMINE
from regrow.model.values import Values

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Effects:
    """The acute effects over a visit; arrays are times x patients."""

    nmda_block: Floats
    dissociation: Floats
    systolic_rise_mmhg: Floats
    diastolic_rise_mmhg: Floats
    heart_rate_rise_per_min: Floats
    sedation_probability: Floats
    nausea_probability: Floats


def sigmoid(ng_per_ml: Any, c50: Any, steepness: float) -> Floats:
    """Return the share of the greatest effect at this concentration."""
    odds = (np.maximum(ng_per_ml, 0.0) / c50) ** steepness
    return np.asarray(odds / (1.0 + odds))


def tolerance(visit: int, values: Values) -> float:
    """Return how strong dissociation is at this visit, relative to the first."""
    floor = values["acute/dissociation_floor"]
    return float(
        floor + (1.0 - floor) * np.exp(-values["acute/dissociation_tolerance"] * (visit - 1))
    )


def effects(
    effect_site_ng_per_ml: Floats,
    *,
    plasma_ng_per_ml: Floats,
    drug: str,
    visit: int,
    values: Values,
    dissociation_z: Floats,
    pressor_z: Floats,
) -> Effects:
    """Return the acute effects of the concentrations of a visit (times x patients).

    `dissociation_z` and `pressor_z` are the patients' traits (standard normal).
    """
    a = {key.removeprefix("acute/"): value for key, value in values.items()}
    esketamine = drug == ESKETAMINE
    ki = a["racemic_ki"] * (a["esketamine_affinity"] if esketamine else 1.0)
    unbound_um = (
        a["unbound_fraction"] * effect_site_ng_per_ml / values["binding/molar_mass_ketamine"]
    )
    potency = a["esketamine_potency"] if esketamine else 1.0
    equivalent, in_plasma = effect_site_ng_per_ml * potency, plasma_ng_per_ml * potency
    c50 = a["dissociation_c50"] * np.exp(a["dissociation_spread"] * dissociation_z)
    # a patient's factor averages one, so that the mean stays the published mean
    pressor = np.exp(a["pressor_spread"] * pressor_z - 0.5 * a["pressor_spread"] ** 2)
    systolic = (
        a["systolic_rise_at_most"]
        * sigmoid(in_plasma, a["systolic_c50"], a["systolic_steepness"])
        * pressor
    )
    peak = np.maximum.accumulate(equivalent, axis=0)
    return Effects(
        nmda_block=np.maximum(unbound_um, 0.0) / (ki + np.maximum(unbound_um, 0.0)),
        dissociation=sigmoid(equivalent, c50, a["dissociation_steepness"])
        * tolerance(visit, values),
        systolic_rise_mmhg=systolic,
        diastolic_rise_mmhg=systolic * a["diastolic_share"],
        heart_rate_rise_per_min=a["heart_rate_rise_at_most"]
        * sigmoid(in_plasma, a["heart_rate_c50"], 1.0)
        * pressor,
        sedation_probability=sigmoid(equivalent, a["sedation_c50"], a["sedation_steepness"]),
        nausea_probability=sigmoid(peak, a["nausea_c50"], a["nausea_steepness"]),
    )
