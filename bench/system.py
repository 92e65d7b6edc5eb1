"""The system that every peer solves, as one text: 14 states in days, each of the size of one.

Amounts are in doses of 35 mg, the effect-site concentration in units of the best one, expectancy
and mood in tens of MADRS points (mood as its change from rest). Scaled so, one tolerance means the
same for every state, which is what an experienced user of a general solver would do. The text uses
only `+ - * /`, brackets and `exp`, so that each peer reads the same equations in its own language.
This file imports nothing but NumPy: it is read in the peers' environment too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DOSE_MG = 35.0
POINTS = 10.0

STATES = ("c", "p1", "p2", "h", "m", "mp", "e", "b", "s", "cc", "k", "n", "x", "y")

PERSONAL = (
    "k_c", "q1_out", "q1_back", "q2_out", "q2_back", "qh_out", "qh_back", "k_h", "k_met",
    "n_out", "n_1", "n_back", "to_e", "k_e", "q", "loss", "kept", "s_rest", "drift",
)  # fmt: skip
"""Rates per day and sizes that differ between patients."""
INFLOW = "inflow"
"""Doses a day into the centre: on during an infusion, 0 otherwise."""

COMMON = (
    "k_b", "f", "g", "use", "phi", "tau_n", "k_x", "tau_m", "a_f", "a_s", "a_k", "a_n", "tau_d",
)  # fmt: skip

EQUATIONS = {
    "c": "inflow - k_c * c + q1_back * p1 + q2_back * p2 + qh_back * h",
    "p1": "q1_out * c - q1_back * p1",
    "p2": "q2_out * c - q2_back * p2",
    "h": "qh_out * c - k_h * h",
    "m": "k_met * h - n_out * m + n_back * mp",
    "mp": "n_1 * m - n_back * mp",
    "e": "to_e * c - k_e * e",
    "b": "q * 4.0 * e * e / ((1.0 + e * e) * (1.0 + e * e)) - k_b * b",
    "s": "f * (1.0 + g * b) * (1.0 - s) - loss * (s - cc) - kept * cc",
    "cc": "use * (s - cc) - kept * cc",
    "k": "0.0 - phi * k",
    "n": "0.0 - n / tau_n",
    "x": "0.0 - k_x * x",
    "y": "(drift * (1.0 - exp(0.0 - t / tau_d)) - a_f * b - a_s * (s - s_rest)"
    " - a_k * k - a_n * n - x - y) / tau_m",
}


@dataclass(frozen=True, kw_only=True)
class Task:
    """Patients on a protocol: what a solver needs to know of them, and nothing else."""

    common: dict[str, float]
    personal: Floats  # patients x PERSONAL
    start: Floats  # patients x STATES
    begins: Floats  # days at which infusions begin
    lasts: float  # days
    inflow: Floats  # doses a day, per patient
    expects: Floats  # jump of x at each infusion, per patient
    days: Floats  # of the readings

    @property
    def patients(self) -> int:
        """How many patients there are."""
        return len(self.personal)

    def equations(self) -> dict[str, str]:
        """Return the equations with the common constants written in as numbers."""
        tokens = {name: repr(value) for name, value in self.common.items()}
        return {
            state: " ".join(_word(word, tokens) for word in _words(text))
            for state, text in EQUATIONS.items()
        }

    def stretches(self) -> list[tuple[float, float, bool]]:
        """Return (begin, end, infusion runs) of each stretch without a discontinuity."""
        found = []
        ends = [*self.begins[1:], self.days[-1]]
        for begin, following in zip(self.begins, ends, strict=True):
            found.append((float(begin), float(begin + self.lasts), True))
            found.append((float(begin + self.lasts), float(following), False))
        return found

    def first(self, patients: int) -> Task:
        """Return the task of only the first so many patients, over and over if need be."""
        pick = np.arange(patients) % self.patients
        return Task(
            common=self.common, personal=self.personal[pick], start=self.start[pick],
            begins=self.begins, lasts=self.lasts, inflow=self.inflow[pick],
            expects=self.expects[pick], days=self.days,
        )  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the task for the peers' environment."""
        np.savez(
            path, common=[self.common[name] for name in COMMON], personal=self.personal,
            start=self.start, begins=self.begins, lasts=self.lasts, inflow=self.inflow,
            expects=self.expects, days=self.days,
        )  # fmt: skip


def load(path: Path) -> Task:
    """Read a task."""
    with np.load(path) as file:
        return Task(
            common=dict(zip(COMMON, file["common"].tolist(), strict=True)),
            personal=file["personal"], start=file["start"], begins=file["begins"],
            lasts=float(file["lasts"]), inflow=file["inflow"], expects=file["expects"],
            days=file["days"],
        )  # fmt: skip


def _words(text: str) -> list[str]:
    for sign in "()*/+-":
        text = text.replace(sign, f" {sign} ")
    return text.split()


def _word(word: str, tokens: dict[str, str]) -> str:
    return tokens.get(word, word)
