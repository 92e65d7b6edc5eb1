"""What a visit does to pressure, perception and stomach: the first visit and the last.

Simulated hour by hour on at most 512 of the same virtual patients, every number of the model at
its best guess: the bands are differences between people.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.population import Population, draw
from regrow.protocol.calendar import Calendar, DoseEvent
from regrow.visit import Visit, doses_of_visit, simulate_visit

Floats = npt.NDArray[np.float64]

MOST_PATIENTS = 512
HOURS_AFTER_LAST_DOSE = 8.0
STRONG_DISSOCIATION = 0.5
"""A display choice: at least half of the greatest dissociation counts as strong."""
LARGE_RISE_MMHG = 40.0
"""A display choice: a rise that a nurse reports, not a limit of the safety rules."""


@dataclass(frozen=True, kw_only=True)
class SideEffects:
    """One visit: what patients' peaks are, and how many go beyond the stated levels."""

    visit: int
    day: int
    doses: tuple[DoseEvent, ...]
    patients: int
    peak_venous_ng_per_ml: Floats
    peak_dissociation: Floats
    peak_systolic_rise_mmhg: Floats
    peak_sedation_probability: Floats
    nausea_probability: Floats

    def strong_dissociation_share(self) -> float:
        """Return the share of patients with strong dissociation."""
        return float((self.peak_dissociation >= STRONG_DISSOCIATION).mean())

    def large_rise_share(self) -> float:
        """Return the share of patients whose systolic pressure rises beyond the stated level."""
        return float((self.peak_systolic_rise_mmhg > LARGE_RISE_MMHG).mean())


def few(people: Population) -> Population:
    """Return the first patients of `people`: the same ones, at most 512."""
    return draw(min(MOST_PATIENTS, people.patients), seed=people.seed, ancestry=people.ancestry)


def shown_visits(plan: Calendar) -> tuple[int, ...]:
    """Return the first and the last visit at which a drug is given whatever the scores are."""
    drug = [dose for dose in plan.doses if dose.amount > 0.0]
    visits = sorted({dose.visit for dose in drug if dose.condition is None})
    visits = visits or sorted({dose.visit for dose in drug})
    return tuple(dict.fromkeys((visits[0], visits[-1]))) if visits else ()


def follow(people: Population, plan: Calendar, visit: int, *, hours: float | None = None) -> Visit:
    """Simulate one visit of `plan` for some of `people`."""
    doses = doses_of_visit(plan, visit)
    lasts = doses[-1].hour - doses[0].hour + HOURS_AFTER_LAST_DOSE
    return simulate_visit(few(people), plan, visit=visit, hours_after=hours or lasts)


def side_effects(visit: Visit) -> SideEffects:
    """Return the peaks of one simulated visit."""
    effects = visit.effects
    return SideEffects(
        visit=visit.number,
        day=visit.doses[0].day,
        doses=visit.doses,
        patients=visit.venous_ng_per_ml.shape[1],
        peak_venous_ng_per_ml=visit.venous_ng_per_ml.max(axis=0),
        peak_dissociation=effects.dissociation.max(axis=0),
        peak_systolic_rise_mmhg=effects.systolic_rise_mmhg.max(axis=0),
        peak_sedation_probability=effects.sedation_probability.max(axis=0),
        nausea_probability=effects.nausea_probability[-1],
    )
