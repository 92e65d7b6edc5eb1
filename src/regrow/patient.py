"""A patient: who, as far as the model reads it."""

import math
from dataclasses import dataclass
from typing import Literal

from regrow.errors import PatientError

Ancestry = Literal["Asian", "Japanese"]

LIMITS = {
    "weight_kg": (30.0, 250.0, "kg"),
    "age_years": (18.0, 100.0, "years"),
    "baseline_madrs": (0.0, 60.0, "points"),
    "stress": (0.2, 5.0, "times usual"),
    "sensitivity": (0.0, 20.0, "times the typical patient"),
    "synapse_loss": (0.1, 10.0, "times typical"),
    "expectancy": (0.0, 10.0, "times typical"),
    "adherence": (0.0, 1.25, "of what is planned"),
    "attendance": (0.0, 1.25, "of what is planned"),
    "natural_course_points": (-30.0, 30.0, "points"),
}


@dataclass(frozen=True, kw_only=True)
class Patient:
    """One person on whom a protocol is simulated.

    weight_kg, age_years: read by the kinetics. ancestry: "Asian" or "Japanese" where a published
    difference applies. baseline_madrs: severity before treatment (0-60). stress, synapse_loss,
    sensitivity, expectancy: relative to the typical (median) patient. adherence, attendance: share
    of the planned practices and sessions that is done. natural_course_points: how much severity
    would change in the long run without any treatment.

    Raises PatientError for a value outside what the model was built for.
    """

    weight_kg: float = 70.0
    age_years: float = 45.0
    ancestry: Ancestry | None = None
    baseline_madrs: float = 33.0
    stress: float = 1.0
    sensitivity: float = 1.0
    synapse_loss: float = 1.0
    expectancy: float = 1.0
    adherence: float = 1.0
    attendance: float = 1.0
    natural_course_points: float = 0.0

    def __post_init__(self) -> None:
        for name, (low, high, unit) in LIMITS.items():
            value = getattr(self, name)
            if not (isinstance(value, int | float) and math.isfinite(value)) or not (
                low <= value <= high
            ):
                raise PatientError(
                    f"{name} = {value!r} is outside what the model knows.",
                    why=f"It was built for adults with {name} between {low:g} and {high:g} {unit}.",
                    fix=f"Give a number between {low:g} and {high:g}.",
                )
        if self.ancestry not in (None, "Asian", "Japanese"):
            raise PatientError(
                f"ancestry = {self.ancestry!r} is not one that changes the kinetics.",
                why="Differences were published for Asian and for Japanese people only.",
                fix="Use 'Asian', 'Japanese', or leave it out.",
            )
