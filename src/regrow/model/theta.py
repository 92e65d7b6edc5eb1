"""From one set of values to the vectors that the engine reads for the days."""

import math

import numpy as np
import numpy.typing as npt

from regrow.model.course import COURSE
from regrow.model.drug import ESKETAMINE
from regrow.model.values import Values

CONTEXTS = {
    "open": "open_label",
    "saline control": "saline_control",
    "midazolam control": "midazolam_control",
    "active drug in saline-controlled trial": "active_saline",
    "active drug in midazolam-controlled trial": "active_midazolam",
}


def best_effect_site_ng_per_ml(drug: str, values: Values) -> float:
    """Return the effect-site concentration (ng/mL, total) at which the trigger is strongest."""
    ki = values["acute/racemic_ki"]
    if drug == ESKETAMINE:
        ki *= values["acute/esketamine_affinity"]
    block = values["acute/best_block"]
    unbound_um = ki * block / (1.0 - block)
    return unbound_um * values["binding/molar_mass_ketamine"] / values["acute/unbound_fraction"]


def course(
    values: Values,
    *,
    drug: str,
    blinding: str,
    background: str,
    reference_trigger_h: float,
    who: dict[str, float],
) -> npt.NDArray[np.float64]:
    """Return the parameters of the days, in the order of `COURSE`.

    `who` holds the typical patient and the spread of patients, as in `Population`; it overrides
    the rest, for example `dropout_per_day`.
    """
    v = {key.removeprefix("slow/"): value for key, value in values.items()}
    tablets = background == "new oral antidepressant"
    seen = 1.0 - values["contexts/overlap_with_antidepressant"] if tablets else 1.0
    numbers = {
        "window_gain": v["window_gain"],
        "formation_per_day": v["formation"],
        "labile_loss_per_day": v["labile_loss"],
        "consolidation_per_day": v["consolidation"],
        "consolidated_loss_per_day": v["consolidated_loss"],
        "fast_effect_points": v["fast_effect"],
        "structural_effect_points": v["structural_effect"],
        "skill_effect_points": v["skill_effect"],
        "skill_gain_per_session": v["skill_gain"],
        "skill_window_gain": v["skill_window_gain"],
        "tone_effect_points": v["tone_effect"],
        "best_effect_site_ng_per_ml": best_effect_site_ng_per_ml(drug, values),
        # where the drug does more, or less, than usual every dose counts as a larger or smaller one
        "reference_trigger_h": reference_trigger_h / (values["contexts/place_drug"] * seen),
        "expectancy_points_per_visit": values[f"contexts/{CONTEXTS[blinding]}"]
        * values["contexts/place_setting"],
        "expectancy_carry": values["contexts/expectancy_carry"],
        "background_points": (
            -values["contexts/new_antidepressant"] * values["contexts/place_setting"]
            if tablets
            else 0.0
        ),
        "background_log_sd": values["contexts/new_antidepressant_spread"],
        "stress_log_sd": v["stress_spread"],
        "resistance_effect": v["resistance_effect"],
        "sensitivity_log_sd": v["sensitivity_spread"],
        "synapse_loss_log_sd": v["synapse_loss_spread"],
        "expectancy_log_sd": values["contexts/expectancy_spread"],
        "adherence_sd": v["adherence_spread"],
        "natural_course_sd_points": v["natural_course_spread"],
        "dropout_per_day": 0.0,
        **who,
    }
    return np.array([numbers[name] for name in COURSE])


def decays(values: Values, half_steps_days: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return, per length of step, what remains after half of it, and how mood is filtered.

    Columns: signal, expectancy, tone and skill (what remains after half a step); mood (what
    remains after the whole step); then the weights of the target at start, middle and end of the
    step: the exact response of a first-order lag to a parabola.
    """
    half = np.asarray(half_steps_days)
    columns = [
        np.exp(-half * math.log(2.0) / values["slow/window_half_life"]),
        np.exp(-half * math.log(2.0) / values["contexts/expectancy_half_life"]),
        np.exp(-half / values["slow/tone_time"]),
        np.exp(-half * math.log(2.0) / values["slow/skill_half_life"]),
    ]
    z = 2.0 * half * 24.0 / values["slow/mood_lag"]
    keep = np.exp(-z)
    m0, m1, m2 = (_moment(z, power) for power in range(3))
    middle = 4.0 * (m1 - m2)
    end = 2.0 * m2 - m1
    return np.stack([*columns, keep, m0 - middle - end, middle, end], axis=-1)


def _moment(z: npt.NDArray[np.float64], power: int) -> npt.NDArray[np.float64]:
    """Return the integral over s from 0 to 1 of z exp(-z (1 - s)) s^power."""
    series = sum(
        (-z) ** k * math.factorial(power) / math.factorial(power + k + 1) for k in range(14)
    )
    safe = np.where(z < 0.5, 1.0, z)
    exact = [-np.expm1(-safe)]
    for p in range(1, power + 1):
        exact.append(1.0 - p * exact[-1] / safe)
    return np.where(z < 0.5, z * series, exact[-1])
