"""The coupled system, written again from its equations and solved to 1e-10, with nothing clever.

One patient, one system of 17 ordinary differential equations in days: kinetics, effect site,
depots, plasticity, learning, tone, expectancy and mood together, restarted wherever something
happens. Nothing here comes from the engine: the equations are those of the docstrings of
`regrow.model`, the numbers come from `regrow.model.values`, and SciPy solves. It is slow, plain,
and what the engine is measured against.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from reference_events import SAME_DAYS, Happening, happening, inputs_at, moments
from reference_person import (
    CC,
    MOOD,
    STATES,
    B,
    C,
    E,
    K,
    M,
    N,
    Person,
    S,
    X,
    kinetic_matrix,
    reference_hours,
    trigger_weight,
)
from scipy.integrate import solve_ivp

from regrow.model import practices
from regrow.model.theta import best_effect_site_ng_per_ml
from regrow.protocol.calendar import Calendar

Values = Mapping[str, float]
Array = Any

OUTPUTS = (
    "ketamine_ng_per_ml", "norketamine_ng_per_ml", "plasticity_signal", "window",
    "labile_synapses", "consolidated_synapses", "skill", "tone", "expectancy_points", "madrs",
)  # fmt: skip
LEAST_STRESS = 0.3
"""Relief takes away at most 70 % of a patient's usual stress."""
RTOL = 1e-10


def rest(p: Person, values: Values) -> tuple[float, float]:
    """Return S and C where d(S, C)/dt of `plasticity.py` is zero, by linear algebra."""
    f, e = values["slow/formation"], p.loss * p.stress
    c, d = values["slow/consolidation"], values["slow/consolidated_loss"] * p.stress
    s, cc = np.linalg.solve(np.array([[-f - e, e - d], [c, -c - d]]), np.array([-f, 0.0]))
    return float(s), float(cc)


@dataclass(frozen=True, kw_only=True)
class System:
    """One patient's equations; `stretch` closes them over what acts between two events."""

    p: Person
    values: Values
    a: Array  # kinetics, 1/h
    best: float  # ng/mL
    q_per_h: float
    first: float
    background: float

    def stretch(
        self, day: practices.Inputs, mg_per_h: Array, stress_added: float
    ) -> Callable[[float, Array], Array]:
        """Return d(state)/dt per day while nothing starts or ends."""
        p, a, best, q_per_h, first = self.p, self.a, self.best, self.q_per_h, self.first
        v = {key.removeprefix("slow/"): value for key, value in self.values.items()}
        k_b = math.log(2.0) / v["window_half_life"]
        k_x = math.log(2.0) / self.values["contexts/expectancy_half_life"]
        phi = math.log(2.0) / v["skill_half_life"]
        tau_m = v["mood_lag"] / 24.0
        stress = p.stress * max(LEAST_STRESS, 1.0 - day.stress_relief * p.adherence) + stress_added
        e, d = p.loss * stress, v["consolidated_loss"] * stress
        used = 1.0 + day.use * p.adherence + day.use_in_therapy * p.attendance
        c = v["consolidation"] * used
        at_rest, _ = rest(p, self.values)
        f, g, h = v["formation"], v["window_gain"], v["skill_window_gain"]
        training = v["skill_gain"] * day.training * p.adherence
        drift = p.course + self.background * p.background

        def rate(t: float, y: Array) -> Array:
            out = np.empty(len(STATES))
            out[:10] = 24.0 * (a @ y[:10] + mg_per_h)
            b, s, cc, k, n, x, m = y[10:]
            window = 1.0 + g * b
            trigger = 24.0 * q_per_h * trigger_weight(y[E], best)
            out[B] = -k_b * b + trigger + day.exercise * p.adherence
            out[S] = f * window * (1.0 - s) - e * (s - cc) - d * cc
            out[CC] = c * (s - cc) - d * cc
            out[K] = training * max(0.0, 1.0 + h * (window - 1.0)) * (1.0 - k) - phi * k
            out[N] = (day.tone * p.adherence - n) / v["tone_time"]
            out[X] = -k_x * x
            aim = (
                p.at_rest
                - v["fast_effect"] * b
                - v["structural_effect"] * (s - at_rest)
                - v["skill_effect"] * k
                - v["tone_effect"] * n
                - x
                + drift * (1.0 - math.exp(-(t - first) / v["natural_course_time"]))
            )
            out[MOOD] = (aim - m) / tau_m
            return out

        return rate


def solve(
    calendar: Calendar,
    values: Values,
    p: Person,
    output_days: Sequence[float],
    *,
    events: Sequence[tuple[float, float, float]] = (),
    split: bool = False,
    rtol: float = RTOL,
) -> Array:
    """Return the readings of one patient (outputs x days).

    `events` are (day, days, size) of added stress. With `split`, the trigger of each dose is not
    fed to the plasticity signal as it arises: its integral is added at the start of the dose.
    """
    known = happening(calendar, values, p)
    drug = calendar.doses[0].drug if calendar.doses else "racemic ketamine"
    changed = calendar.background == "new oral antidepressant"
    a = kinetic_matrix(p, known.branches)
    best = best_effect_site_ng_per_ml(drug, values)
    shared = values["contexts/overlap_with_antidepressant"] if changed else 0.0
    q_per_h = p.sensitivity * (1.0 - shared) / reference_hours(values)
    wanted = np.asarray(output_days, dtype=float)
    jumps = list(known.jumps)
    if split:
        jumps += [
            (day, B, q)
            for day, q in triggers(known, a, best=best, q_per_h=q_per_h, last=wanted.max())
        ]
    system = System(
        p=p, values=values, a=a, best=best, q_per_h=0.0 if split else q_per_h, first=known.first,
        background=-values["contexts/new_antidepressant"] if changed else 0.0,
    )  # fmt: skip
    session_days = [day for day, _ in known.sessions]
    y = np.zeros(len(STATES))
    y[S], y[CC] = rest(p, values)
    y[MOOD] = p.at_rest
    found = np.full((len(STATES), len(wanted)), np.nan)
    edges = moments(calendar, known, events, float(wanted.max()))
    for begin, end in itertools.pairwise([*edges, math.inf]):
        found[:, np.abs(wanted - begin) < SAME_DAYS] = y[:, None]  # before what happens then
        if end == math.inf:
            break
        for when, weight in known.sessions:
            if abs(when - begin) < SAME_DAYS:
                opened = values["slow/skill_window_gain"] * values["slow/window_gain"] * y[B]
                gained = -math.expm1(-values["slow/skill_gain"] * weight * max(0.0, 1.0 + opened))
                y[K] += (1.0 - y[K]) * gained
        for when, state, by in jumps:
            if abs(when - begin) < SAME_DAYS:
                kept = values["contexts/expectancy_carry"] if state == X else 1.0
                y[state] = kept * y[state] + by
        middle = 0.5 * (begin + end)
        stress = sum(size for day, days, size in events if day <= middle < day + days)
        within = wanted[(wanted > begin + SAME_DAYS) & (wanted < end - SAME_DAYS)]
        solved = solve_ivp(
            system.stretch(
                inputs_at(calendar, values, middle, session_days),
                known.mg_per_h(begin, end),
                stress,
            ),
            (begin, end), y, "LSODA", rtol=rtol, atol=1e-3 * rtol, t_eval=[*within, end],
        )  # fmt: skip
        assert solved.success, solved.message
        found[:, np.isin(wanted, within)] = solved.y[:, :-1]
        y = solved.y[:, -1].copy()
    return readings(found, p, values)


def triggers(
    known: Happening, a: Array, *, best: float, q_per_h: float, last: float
) -> list[tuple[float, float]]:
    """Return the start of each dose and its q: the integral from there to the next dose."""
    flows = {day for flow in known.flows for day in flow[:2]}
    marks = sorted(day for day in {*known.starts, *flows, last} if day <= last)
    y, q, current = np.zeros(11), dict.fromkeys(known.starts, 0.0), known.starts[0]
    for begin, end in itertools.pairwise(marks):
        current = begin if begin in q else current
        for when, state, by in known.jumps:
            if state < B and when == begin:
                y[state] += by

        def rate(_t: float, now: Array, inflow: Array = known.mg_per_h(begin, end)) -> Array:  # noqa: B008
            weight = q_per_h * trigger_weight(now[E], best)
            return 24.0 * np.append(a @ now[:10] + inflow, weight)

        y[10] = 0.0
        y = solve_ivp(rate, (begin, end), y, "LSODA", rtol=RTOL, atol=1e-13).y[:, -1]
        q[current] += float(y[10])
    return list(q.items())


def readings(y: Array, p: Person, values: Values) -> Array:
    """Return what the engine reports, from the states."""
    return np.array(
        [
            y[C] * 1000.0 / p.body["Vc"],
            y[M] * 1000.0 / p.body["Vn"],
            y[B],
            1.0 + values["slow/window_gain"] * y[B],
            y[S] - y[CC],
            y[CC],
            y[K],
            y[N],
            y[X],
            np.clip(y[MOOD], 0.0, 60.0),
        ]
    )
