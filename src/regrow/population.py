"""Virtual patients: who takes part in a simulation, one person or ten million.

A population is a recipe, not a table: a seed, a number and how people differ. Patient number n of
a seed is the same whatever the size of the population, the chunking or the number of threads.
"""

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regrow import posterior
from regrow.engine.draws import Draws
from regrow.engine.slots import LANES
from regrow.errors import SimulationError
from regrow.evidence.reader import parameters
from regrow.model.traits import TRAITS, row
from regrow.patient import Patient

Floats = npt.NDArray[np.float64]
MOST_PATIENTS = 2**27
CHUNK = 256
"""Patients simulated at once: enough to hide the overhead, few enough for the processor's cache."""


def _typical(name: str) -> float:
    return parameters("population")[name].value


def default_people() -> dict[str, float]:
    """Return the typical patient and the spread of patients, from the evidence."""
    return {
        "weight_log_mean_over_70": math.log(_typical("weight_median") / 70.0),
        "weight_log_sd": _typical("weight_log_sd"),
        "age_mean_years": _typical("age_mean"),
        "age_sd_years": _typical("age_sd"),
        "baseline_mean_points": _typical("baseline_mean"),
        "baseline_sd_points": _typical("baseline_sd"),
    }


@dataclass(frozen=True, kw_only=True)
class Population:
    """A number of virtual patients: `draw` them, or make them `of` patients you describe.

    `people` overrides parameters of the days that say who people are and how they differ.
    """

    patients: int
    seed: int = 0
    people: dict[str, float] = field(default_factory=default_people)
    described: tuple[Patient, ...] = ()
    ancestry: str | None = None

    def chunk(self, first: int, size: int) -> tuple[int, Floats]:
        """Return how many patients stand at `first` and on (at most `size`), and their draws.

        The draws (traits x patients) are padded to a multiple of thirty-two patients.
        """
        count = min(size, self.patients - first)
        padded = -(-count // LANES) * LANES
        if not self.described:
            return count, _draws(self.seed).normal(first, padded)
        z = np.stack([_traits(p) for p in self.described[first : first + count]], axis=1)
        z = np.concatenate([z, np.repeat(z[:, -1:], padded - count, axis=1)], axis=1)
        return count, np.ascontiguousarray(z)

    def chunks(self, *, size: int = CHUNK) -> Iterator[tuple[int, int, Floats]]:
        """Yield the number of the first patient, how many, and their draws.

        `size` (a multiple of thirty-two) does not change who they are.
        """
        for first in range(0, self.patients, size):
            count, z = self.chunk(first, size)
            yield first, count, z


@functools.lru_cache(maxsize=8)
def _draws(seed: int) -> Draws:
    return Draws(seed)


def draw(patients: int, *, seed: int = 0, ancestry: str | None = None) -> Population:
    """Draw virtual patients with treatment-resistant depression.

    Raises SimulationError for a number that cannot be simulated.
    """
    if not 1 <= patients <= MOST_PATIENTS:
        raise SimulationError(
            f"{patients} virtual patients cannot be drawn.",
            why=f"A population has between 1 and {MOST_PATIENTS} patients.",
            fix="Ask for a number in that range; 10000 give a mean to a hundredth of a point.",
        )
    return Population(patients=patients, seed=seed, ancestry=ancestry)


def of(patients: Sequence[Patient]) -> Population:
    """Return the population of exactly these patients; what they do not say is typical.

    Raises SimulationError where they differ in ancestry: the kinetics are read once for all.
    """
    ancestries = {patient.ancestry for patient in patients}
    if len(ancestries) != 1:
        raise SimulationError(
            f"{len(patients)} patients of {len(ancestries)} ancestries were given.",
            why="One simulation reads the kinetics of one ancestry.",
            fix="Give at least one patient, and simulate each ancestry on its own.",
        )
    people = {
        "weight_log_mean_over_70": 0.0,
        "weight_log_sd": 1.0,
        "age_mean_years": 0.0,
        "age_sd_years": 1.0,
        "baseline_mean_points": 0.0,
        "baseline_sd_points": 1.0,
        "stress_log_sd": 1.0,
        "synapse_loss_log_sd": 1.0,
        "adherence_sd": 1.0,
        "natural_course_sd_points": 1.0,
    }
    return Population(
        patients=len(patients),
        people=people,
        described=tuple(patients),
        ancestry=patients[0].ancestry,
    )


def _traits(patient: Patient) -> Floats:
    """Return the draws that make exactly this patient, given the unit spreads of `of`.

    Sensitivity and expectancy keep the spread of the posterior: zero is the typical patient, who
    gains less than the mean of all, since a few gain very much.
    """
    z, middle = np.zeros(len(TRAITS)), posterior.middle()
    known = {
        "weight": math.log(patient.weight_kg / 70.0),
        "age": patient.age_years,
        "baseline_severity": patient.baseline_madrs,
        "stress": math.log(patient.stress),
        "sensitivity": _log(patient.sensitivity) / middle["slow/sensitivity_spread"],
        "synapse_loss": math.log(patient.synapse_loss),
        "expectancy": _log(patient.expectancy) / middle["contexts/expectancy_spread"],
        "adherence": patient.adherence - 1.0,
        "attendance": patient.attendance - 1.0,
        "natural_course": patient.natural_course_points,
        "dropout": math.inf,
    }
    for trait, value in known.items():
        z[row(trait)] = value
    return z


def _log(value: float) -> float:
    return math.log(value) if value > 0.0 else -80.0
