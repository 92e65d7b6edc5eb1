"""The real task of the benchmark: six infusions in two weeks, ninety days, daily readings."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.system import COMMON, DOSE_MG, PERSONAL, POINTS, STATES, Floats, Task
from regrow import population
from regrow.engine.course import Course, walk
from regrow.engine.march import OUTPUTS
from regrow.model.theta import CONTEXTS, best_effect_site_ng_per_ml
from regrow.model.values import centre
from regrow.protocol.calendar import calendar
from regrow.protocol.read import read
from regrow.simulate import course_of

ROOT = Path(__file__).parents[1]
# the tests' reference is the one place where the equations are written a second time
sys.path.insert(0, str(ROOT / "tests" / "regrow" / "engine"))
import reference  # noqa: E402
import reference_person  # noqa: E402

DAYS = [float(day) for day in range(91)]
DRUG = "racemic ketamine"
SEED = 7
VALUES = {**centre(), "contexts/expectancy_carry": 1.0}
"""Visits add up in full here, so that every peer's event is a plain addition."""
PLAN = calendar(read(ROOT / "protocols" / "six-infusions.toml"), until_day=90)
MADRS = OUTPUTS.index("madrs")


@dataclass(frozen=True)
class Problem:
    """The patients whose exact trajectories are known."""

    task: Task
    people: tuple[reference_person.Person, ...]
    exact: Floats  # patients x outputs x days


def make(patients: int) -> Problem:
    """Draw patients and solve each to 1e-10 with SciPy, restarted at every discontinuity."""
    crowd = population.draw(patients, seed=SEED)
    ((_, _, z),) = crowd.chunks(size=patients)
    people = tuple(
        reference_person.person(z[:, i], VALUES, crowd.people, DRUG) for i in range(patients)
    )
    exact = np.array([reference.solve(PLAN, VALUES, who, DAYS) for who in people])
    return Problem(task_of(people), people, exact)


def task_of(people: tuple[reference_person.Person, ...]) -> Task:
    """Return the equations' numbers of these people, in the units of `system.py`."""
    v = {key.removeprefix("slow/"): value for key, value in VALUES.items()}
    half_life = math.log(2.0)
    common = {
        "k_b": half_life / v["window_half_life"],
        "f": v["formation"],
        "g": v["window_gain"],
        "use": v["consolidation"],
        "phi": half_life / v["skill_half_life"],
        "tau_n": v["tone_time"],
        "k_x": half_life / VALUES["contexts/expectancy_half_life"],
        "tau_m": v["mood_lag"] / 24.0,
        "a_f": v["fast_effect"] / POINTS,
        "a_s": v["structural_effect"] / POINTS,
        "a_k": v["skill_effect"] / POINTS,
        "a_n": v["tone_effect"] / POINTS,
        "tau_d": v["natural_course_time"],
    }
    per_h = reference_person.reference_hours(VALUES)
    doses = PLAN.doses
    mg = np.array([doses[0].amount * who.weight_kg for who in people])
    begins = np.array([d.day + (d.hour - doses[0].hour) / 24.0 for d in doses])
    points = VALUES[f"contexts/{CONTEXTS[PLAN.blinding]}"]
    start = np.zeros((len(people), len(STATES)))
    start[:, [STATES.index("s"), STATES.index("cc")]] = [
        reference.rest(who, VALUES) for who in people
    ]
    return Task(
        common={name: common[name] for name in COMMON},
        personal=np.array([_personal(who, per_h) for who in people]),
        start=start,
        begins=begins,
        lasts=doses[0].minutes / 1440.0,
        inflow=mg / DOSE_MG / (doses[0].minutes / 1440.0),
        expects=np.array([points * who.expects / POINTS for who in people]),
        days=np.array(DAYS),
    )


def _personal(who: reference_person.Person, trigger_h: float) -> list[float]:
    """Return one patient's numbers per day, in the order of `PERSONAL`."""
    q = who.body
    best = best_effect_site_ng_per_ml(DRUG, VALUES)
    per_hour = {
        "k_c": (q["Q1"] + q["Q2"] + q["Qh"]) / q["Vc"],
        "q1_out": q["Q1"] / q["Vc"],
        "q1_back": q["Q1"] / q["V1"],
        "q2_out": q["Q2"] / q["Vc"],
        "q2_back": q["Q2"] / q["V2"],
        "qh_out": q["Qh"] / q["Vc"],
        "qh_back": q["Qh"] / q["Vh"],
        "k_h": q["Qh"] / q["Vh"] + q["kel"] + q["kmet"],
        "k_met": q["kmet"],
        "n_out": (q["CLn"] + q["Q3"]) / q["Vn"],
        "n_1": q["Q3"] / q["Vn"],
        "n_back": q["Q3"] / q["Vnp"],
        "to_e": q["ke0"] * DOSE_MG * 1000.0 / q["Vc"] / best,
        "k_e": q["ke0"],
        "q": who.sensitivity / trigger_h,
    }
    numbers = {name: 24.0 * rate for name, rate in per_hour.items()}
    numbers |= {
        "loss": who.loss * who.stress,
        "kept": VALUES["slow/consolidated_loss"] * who.stress,
        "s_rest": reference.rest(who, VALUES)[0],
        "drift": who.course / POINTS,
    }
    return [numbers[name] for name in PERSONAL]


def readings(states: Floats, problem: Problem) -> Floats:
    """Return what the engine reports (patients x outputs x days) from the states of a peer."""
    y = dict(zip(STATES, np.moveaxis(states, 1, 0), strict=True))
    people = problem.people[: len(states)]
    by_vc = np.array([1000.0 * DOSE_MG / who.body["Vc"] for who in people])[:, None]
    by_vn = np.array([1000.0 * DOSE_MG / who.body["Vn"] for who in people])[:, None]
    at_rest = np.array([who.at_rest for who in people])[:, None]
    gain = VALUES["slow/window_gain"]
    found = (
        by_vc * y["c"], by_vn * y["m"], y["b"], 1.0 + gain * y["b"], y["s"] - y["cc"], y["cc"],
        y["k"], y["n"], POINTS * y["x"], np.clip(at_rest + POINTS * y["y"], 0.0, 60.0),
    )  # fmt: skip
    return np.stack(found, axis=1)


def largest_error(found: Floats, problem: Problem) -> float:
    """Return the largest error, each output relative to its own largest daily value."""
    exact = problem.exact[: len(found)]
    scale = np.abs(exact).max(axis=2, keepdims=True)
    scale[scale < 1e-9] = 1.0
    return float((np.abs(found - exact) / scale).max())


def regrow_course(crowd: population.Population, refine: int) -> Course:
    """Return the same task, made ready for regrow's engine."""
    return course_of(PLAN, [VALUES], crowd, DAYS, refine=refine)


def regrow_error(patients: int, refine: int, problem: Problem) -> tuple[float, float]:
    """Return regrow's largest relative error, and its largest error of MADRS (points)."""
    crowd = population.draw(patients, seed=SEED)
    ((_, _, z),) = crowd.chunks(size=patients)
    out, _ = walk(regrow_course(crowd, refine), z, 0)
    found = np.moveaxis(out[:, :, :patients], 2, 0)
    points = np.abs(found[:, MADRS] - problem.exact[:patients, MADRS]).max()
    return largest_error(found, problem), float(points)
