r"""What daily practices and therapy do to the inputs of the days.

Each practice has one published effect alone, shrunk for bias (evidence/parameters/practices.toml).
It is split over routes: tone (inflammation, monoamines, fitness), relief of stress, use of new
connections, skill, and small pulses of plasticity signal. The size of each route is set so that
together they give the published effect after the usual length of a trial; the linear response
of the synapses to a lasting change of stress or use is

    dx = A^-1 (exp(A t) - 1) db        x = (S, C), A and b as in `plasticity.py`, at rest.

Practices together have diminishing returns: the sum of their effects, Y, counts as
Y / (1 + (Y / cap)^8)^(1/8), which leaves one practice as it is and never exceeds the cap.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from regrow.model.values import Values

AEROBIC = ("walking or jogging", "cycling", "swimming", "mixed aerobic exercise")
GENTLE = ("strength training", "yoga", "yin yoga", "stretching", "tai chi or qigong")
MINDFUL = ("mindfulness", "meditation", "breathing", "relaxation")
SLEEP = ("sleep routine",)
NUTRITION = ("omega-3", "nutrition")
SOCIAL = ("social connection", "group activity", "accountability partner")
GRATITUDE = ("gratitude", "journaling", "self-monitoring")
CHALLENGE = ("cognitive challenge", "new skill", "novelty", "creative outlet")
BALANCE = ("work and play balance", "stress management")
EXERCISE = AEROBIC + GENTLE
PRACTICES = EXERCISE + MINDFUL + SLEEP + NUTRITION + SOCIAL + GRATITUDE + CHALLENGE + BALANCE
DAYS_A_WEEK = 7.0
STEEPNESS = 8.0
"""How sharply the combined effect of practices bends at its cap."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What acts on a person on one day, beside the drug (order of `engine.march.INPUTS`)."""

    tone: float = 0.0
    stress_relief: float = 0.0
    stress_added: float = 0.0
    use: float = 0.0
    use_in_therapy: float = 0.0
    training: float = 0.0
    exercise: float = 0.0

    def __add__(self, other: "Inputs") -> "Inputs":
        return Inputs(**{name: getattr(self, name) + getattr(other, name) for name in NAMES})

    def times(self, factor: float) -> "Inputs":
        """Return these inputs, all `factor` times as large."""
        return Inputs(**{name: factor * getattr(self, name) for name in NAMES})


NAMES = tuple(Inputs.__dataclass_fields__)


@dataclass(frozen=True)
class Responses:
    """Points gained by the end of a trial per unit of each input, alone and lasting."""

    tone: float
    stress_relief: float
    use: float
    exercise: float
    skill_points: float
    learned_per_unit: float


def responses(values: Values) -> Responses:
    """Return how severity answers to a small, lasting unit of each input."""
    v = {key.removeprefix("slow/"): value for key, value in values.items()}
    days = 7.0 * values["practices/trial_weeks"]
    f, e, c, d = (
        v[key] for key in ("formation", "labile_loss", "consolidation", "consolidated_loss")
    )
    ratio = c / d
    labile = f / (f * (1.0 + ratio) + e + c)
    synapses, consolidated = labile * (1.0 + ratio), labile * ratio
    # d(S, C)/dt = A (S, C) + b at rest, and what a unit of relief, use or signal adds to b
    a = np.array([[-f - e, e - d], [c, -c - d]])
    rates, modes = np.linalg.eig(a)
    lasting = modes @ np.diag(np.expm1(rates * days) / rates) @ np.linalg.inv(modes)
    points = -v["structural_effect"]
    relief = points * (lasting @ np.array([e * labile + d * consolidated, d * consolidated]))[0]
    use = points * (lasting @ np.array([0.0, c * labile]))[0]
    decay = np.log(2.0) / v["window_half_life"]
    signal = (1.0 - np.exp(-decay * days)) / decay
    opened = points * (lasting @ np.array([f * v["window_gain"] * (1.0 - synapses), 0.0]))[0]
    forget = np.log(2.0) / v["skill_half_life"]
    return Responses(
        tone=-v["tone_effect"] * (1.0 - np.exp(-days / v["tone_time"])),
        stress_relief=relief,
        use=use,
        exercise=-v["fast_effect"] * signal + opened / decay,
        skill_points=-v["skill_effect"],
        learned_per_unit=v["skill_gain"] * (1.0 - np.exp(-forget * days)) / forget,
    )


def needed(route: str, points: float, unit: Responses) -> float:
    """Return how much of one input gives this many points by the end of a trial.

    Skill saturates, so training is found from its own solution; the other routes are linear. A
    route through a mechanism that is switched off carries nothing.
    """
    if route == "training":
        skill = points / unit.skill_points if unit.skill_points else 0.0
        return -math.log1p(-min(0.99, skill)) / unit.learned_per_unit
    per_unit: float = getattr(unit, route)
    return points / per_unit if per_unit else 0.0


def slug(practice: str) -> str:
    """Return the name of a practice as it stands in the evidence."""
    return practice.replace(" ", "_").replace("-", "_")


def amount(
    practice: str, *, minutes: float, times_a_week: float, intensity: str, values: Values
) -> float:
    """Return how much of the trial's amount is planned, 0 to 1.2."""
    stated = values[f"practices/{slug(practice)}_minutes"]
    # what has no length (a capsule, a bedtime) is stated for once a day
    planned = (minutes or stated / DAYS_A_WEEK) * times_a_week / stated
    if practice not in EXERCISE or intensity == "moderate":
        factor = 1.0
    else:
        factor = values[f"practices/{intensity}_intensity"]
    return min(1.0, planned) * factor


def effect_smd(practice: str, share: float, values: Values) -> float:
    """Return the effect of this much of a practice alone, as SMD (negative helps)."""
    return share * values[f"practices/{slug(practice)}_smd"]


def together(total_smd: float, values: Values) -> float:
    """Return the factor by which practices done together count."""
    cap = values["contexts/practices_together"]
    return float((1.0 + (abs(total_smd) / cap) ** STEEPNESS) ** (-1.0 / STEEPNESS))


def routes(practice: str, values: Values) -> Mapping[str, float]:
    """Return over which inputs the effect of a practice is split, as shares of 1."""
    if practice in AEROBIC:
        stress = values["practices/aerobic_via_stress"]
        return {"tone": 1.0 - stress, "stress_relief": stress}
    if practice in GENTLE:
        stress = values["practices/gentle_via_stress"]
        return {"tone": 1.0 - stress, "stress_relief": stress}
    if practice in MINDFUL:
        stress = values["practices/mindful_via_stress"]
        return {"tone": 1.0 - stress, "stress_relief": stress}
    if practice in SLEEP:
        stress, use = values["practices/sleep_via_stress"], values["practices/sleep_via_use"]
        return {"tone": 1.0 - stress - use, "stress_relief": stress, "use": use}
    if practice in SOCIAL:
        stress = values["practices/social_via_stress"]
        return {"tone": 1.0 - stress, "stress_relief": stress}
    if practice in GRATITUDE:
        return {"training": 1.0}
    if practice in CHALLENGE:
        return {"use": 1.0}
    if practice in BALANCE:
        return {"stress_relief": 1.0}
    return {"tone": 1.0}


def inputs(
    practice: str,
    *,
    minutes: float,
    times_a_week: float,
    intensity: str,
    adherence: float,
    values: Values,
    unit: Responses,
) -> tuple[Inputs, float]:
    """Return what one practice adds to the day, and its effect alone (SMD, for `together`)."""
    share = adherence * amount(
        practice, minutes=minutes, times_a_week=times_a_week, intensity=intensity, values=values
    )
    smd = effect_smd(practice, share, values)
    hours_a_week = adherence * minutes * times_a_week / 60.0
    aerobic = practice in AEROBIC
    exercise = (
        values["practices/pulse_of_exercise"] * hours_a_week / 7.0
        if aerobic and values[f"practices/{slug(practice)}_smd"] < 0.0
        else 0.0
    )
    points = smd * values["contexts/smd_points"]
    # the pulses of exercise are part of its published effect, not on top of it
    left = min(0.0, points - exercise * unit.exercise) if points < 0.0 else points
    day = Inputs(
        **{
            route: needed(route, part * left, unit)
            for route, part in routes(practice, values).items()
        }
    )
    extra = values["practices/use_by_practice"] * hours_a_week if practice in CHALLENGE else 0.0
    return replace(day, exercise=exercise, use=day.use + extra), smd


THERAPIES = ("preparation", "integration", "CBT")


def session_weight(kind: str, values: Values) -> float:
    """Return what one session of therapy teaches, relative to a session of CBT."""
    return 1.0 if kind == "CBT" else values[f"slow/{kind}_weight"]
