"""How a planned dose enters the body: its arrivals, and the branches that all doses need."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regrow.engine import slots
from regrow.errors import SimulationError
from regrow.model.absorption import Arrival, Branch, arrivals
from regrow.model.values import Values
from regrow.protocol.calendar import DoseEvent

Floats = npt.NDArray[np.float64]


def arrivals_of(dose: DoseEvent, values: Values) -> tuple[Arrival, ...]:
    """Return how a planned dose arrives; per kilogram, devices are counted for 70 kg."""
    return arrivals(
        route=dose.route,
        formulation=dose.formulation,
        drug=dose.drug,
        mg=dose.amount * (70.0 if dose.unit == "mg/kg" else 1.0),
        minutes=dose.minutes,
        values=values,
    )


def kind_of(dose: DoseEvent) -> tuple[str, str | None, str, float, str, float]:
    """Return what makes two doses the same to the body."""
    return dose.route, dose.formulation, dose.drug, dose.amount, dose.unit, dose.minutes


def spread_over(
    entering: Sequence[tuple[Arrival, ...]],
) -> tuple[list[Branch], tuple[Floats, Floats], Floats]:
    """Return the branches by which doses enter, and per kind of dose the shares and the hours."""
    branches = list(dict.fromkeys(a.branch for arrival in entering for a in arrival))
    if len(branches) > slots.DEPOTS:
        raise SimulationError(
            f"The protocol gives the drug by ways that need {len(branches)} depots.",
            why=f"The engine follows {slots.DEPOTS}, enough for a vein and for nose or mouth.",
            fix="Simulate the routes as separate protocols.",
        )
    branches = branches or [Branch(0.0, 0.0, 0, False)]
    shape = (max(1, len(entering)), len(branches))
    fixed, nasal, hours = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for k, arrival in enumerate(entering):
        for part in arrival:
            b = branches.index(part.branch)
            fixed[k, b], nasal[k, b], hours[k, b] = part.fixed, part.by_nose, part.hours
    return branches, (fixed, nasal), hours
