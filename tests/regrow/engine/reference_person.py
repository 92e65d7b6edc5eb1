"""One patient of the reference: who it is, the kinetics as a matrix, and the trigger's bell.

Written again from the docstrings of `regrow.model`; nothing here comes from the engine.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from regrow.model.absorption import Branch
from regrow.model.drug import vector
from regrow.model.drug_order import DRUG
from regrow.model.theta import best_effect_site_ng_per_ml
from regrow.model.traits import TRAITS

Values = Mapping[str, float]
Array = Any

STATES = (
    "C", "P1", "P2", "H", "M", "Mp", "E", "D0", "D1", "D2",
    "B", "S", "Cc", "K", "N", "X", "mood",
)  # fmt: skip
"""mg in the body and the depots, ng/mL at the effect site, then the states of the days."""
C, P1, P2, H, M, MP, E, D0, _D1, _D2, B, S, CC, K, N, X, MOOD = range(len(STATES))


@dataclass(frozen=True)
class Person:
    """One patient: kinetics in L, L/h and 1/h, and what describes the days."""

    weight_kg: float
    body: dict[str, float]
    nasal: float
    at_rest: float
    stress: float
    loss: float
    sensitivity: float
    expects: float
    adherence: float
    attendance: float
    course: float
    background: float
    z: dict[str, float]


def person(z: Array, values: Values, people: Mapping[str, float], drug: str) -> Person:
    """Return the patient whose draws are `z` (one standard normal number per trait)."""
    t = dict(zip(TRAITS, (float(number) for number in z), strict=True))
    d = dict(zip(DRUG, vector(drug, values), strict=True))
    v = {
        "stress_log_sd": values["slow/stress_spread"],
        "synapse_loss_log_sd": values["slow/synapse_loss_spread"],
        "sensitivity_log_sd": values["slow/sensitivity_spread"],
        "expectancy_log_sd": values["contexts/expectancy_spread"],
        "adherence_sd": values["slow/adherence_spread"],
        "natural_course_sd_points": values["slow/natural_course_spread"],
        "background_log_sd": values["contexts/new_antidepressant_spread"],
        **people,
    }
    exp = math.exp
    weight = 70.0 * exp(v["weight_log_mean_over_70"] + v["weight_log_sd"] * t["weight"])
    age = v["age_mean_years"] + v["age_sd_years"] * t["age"]
    volume = (weight / 70.0) ** d["volume_exponent"]
    flow = (weight / 70.0) ** d["flow_exponent"]

    def varied(name: str, trait: str, sd: str) -> float:
        return float(d[name]) * exp(float(d[sd]) * t[trait])

    older = max(0.0, age - 60.0) * d["liver_flow_lost_l_per_h_per_year"]
    qh = max(0.2 * d["liver_flow_l_per_h"], d["liver_flow_l_per_h"] - older)
    body = {
        "Vc": varied("central_volume_l", "central_volume", "central_volume_log_sd") * volume,
        "Q1": d["first_flow_l_per_h"] * flow,
        "V1": varied("first_volume_l", "peripheral_volume", "peripheral_volume_log_sd") * volume,
        "Q2": d["second_flow_l_per_h"] * flow,
        "V2": d["second_volume_l"] * volume,
        "Qh": qh * flow * exp(d["liver_flow_log_sd"] * t["liver_flow"]),
        "Vh": varied("liver_volume_l", "liver_volume", "liver_volume_log_sd") * volume,
        "kel": varied("other_metabolism_per_h", "other_metabolism", "other_metabolism_log_sd"),
        "kmet": varied(
            "norketamine_formation_per_h", "norketamine_formation", "norketamine_formation_log_sd"
        ),
        "Vn": varied("norketamine_volume_l", "norketamine_volume", "norketamine_volume_log_sd")
        * volume,
        "CLn": varied(
            "norketamine_clearance_l_per_h",
            "norketamine_clearance",
            "norketamine_clearance_log_sd",
        )
        * flow,
        "Q3": d["norketamine_flow_l_per_h"] * flow,
        "Vnp": d["norketamine_second_volume_l"] * volume,
        "ke0": d["effect_site_per_h"],
    }
    nasal = d["nasal_uptake_logit"] + d["nasal_uptake_logit_sd"] * t["nasal_uptake"]
    sensitivity_sd, expects_sd = v["sensitivity_log_sd"], v["expectancy_log_sd"]

    def followed(trait: str) -> float:
        return min(1.25, max(0.0, 1.0 + v["adherence_sd"] * t[trait]))

    return Person(
        weight_kg=weight,
        body={name: float(number) for name, number in body.items()},
        nasal=1.0 / (1.0 + exp(-nasal)),
        at_rest=min(
            60.0,
            max(0.0, v["baseline_mean_points"] + v["baseline_sd_points"] * t["baseline_severity"]),
        ),
        stress=exp(v["stress_log_sd"] * t["stress"]),
        loss=values["slow/labile_loss"] * exp(v["synapse_loss_log_sd"] * t["synapse_loss"]),
        sensitivity=exp(
            sensitivity_sd * t["sensitivity"]
            - 0.5 * sensitivity_sd**2
            - values["slow/resistance_effect"] * t["treatment_resistance"]
        ),
        expects=exp(expects_sd * t["expectancy"] - 0.5 * expects_sd**2),
        adherence=followed("adherence"),
        attendance=followed("attendance"),
        course=v["natural_course_sd_points"] * t["natural_course"],
        background=exp(
            v["background_log_sd"] * t["background_response"] - 0.5 * v["background_log_sd"] ** 2
        ),
        z=t,
    )


def kinetic_matrix(p: Person, branches: Sequence[Branch]) -> Array:
    """Return A (1/h) of d(mg)/dt = A mg: `disposition.py`, line by line, and the depots."""
    q = p.body
    a = np.zeros((10, 10))
    a[C, C] = -(q["Q1"] + q["Q2"] + q["Qh"]) / q["Vc"]
    a[C, P1], a[P1, C], a[P1, P1] = q["Q1"] / q["V1"], q["Q1"] / q["Vc"], -q["Q1"] / q["V1"]
    a[C, P2], a[P2, C], a[P2, P2] = q["Q2"] / q["V2"], q["Q2"] / q["Vc"], -q["Q2"] / q["V2"]
    a[C, H], a[H, C] = q["Qh"] / q["Vh"], q["Qh"] / q["Vc"]
    a[H, H] = -q["Qh"] / q["Vh"] - q["kel"] - q["kmet"]
    a[M, H], a[M, M] = q["kmet"], -(q["CLn"] + q["Q3"]) / q["Vn"]
    a[M, MP], a[MP, M], a[MP, MP] = q["Q3"] / q["Vnp"], q["Q3"] / q["Vn"], -q["Q3"] / q["Vnp"]
    a[E, C], a[E, E] = q["ke0"] * 1000.0 / q["Vc"], -q["ke0"]
    for b, branch in enumerate(branches):
        if branch.ka_per_h > 0.0:
            ka = branch.ka_per_h * math.exp(branch.ka_log_sd * p.z[TRAITS[branch.trait]])
            a[D0 + b, D0 + b] = -ka
            a[H if branch.into_liver else C, D0 + b] = ka
    return a


def trigger_weight(ng_per_ml: float, best: float) -> float:
    """Return the bell of `trigger.py`."""
    x2 = (ng_per_ml / best) ** 2
    return 4.0 * x2 / (1.0 + x2) ** 2


def reference_hours(values: Values) -> float:
    """Return the trigger's integral (h) over racemic 0.5 mg/kg in 40 min, 70 kg, no variation."""
    people = dict.fromkeys(("weight_log_mean_over_70", "weight_log_sd", "age_sd_years"), 0.0)
    people |= {"age_mean_years": 45.0, "baseline_mean_points": 33.0, "baseline_sd_points": 0.0}
    typical = person(np.zeros(len(TRAITS)), values, people, "racemic ketamine")
    a = kinetic_matrix(typical, ())
    best = best_effect_site_ng_per_ml("racemic ketamine", values)

    def rate(_t: float, y: Array, mg_per_h: float) -> Array:
        change = np.append(a @ y[:10], trigger_weight(y[E], best))
        change[C] += mg_per_h
        return change

    y = np.zeros(11)
    for begin, end, mg_per_h in ((0.0, 2.0 / 3.0, 35.0 / (2.0 / 3.0)), (2.0 / 3.0, 72.0, 0.0)):
        y = solve_ivp(rate, (begin, end), y, "DOP853", rtol=1e-11, atol=1e-13, args=(mg_per_h,)).y[
            :, -1
        ]
    return float(y[10])
