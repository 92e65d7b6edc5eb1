"""How a dose enters the body: each route as one or two branches.

    share -> zero-order arrival over `hours` -> depot emptying at `ka` -> centre or liver

Vein: straight into the centre. Muscle, skin: one depot into the centre. Nose: the share of
Perez-Ruixo 2021 (less from the second device on) through the nasal cavity, the rest swallowed.
Mouth: the share of Simons 2022 through the lining, the rest swallowed. Whatever is swallowed loses
what the gut wall takes and then passes the liver.
"""

from dataclasses import dataclass

from regrow.errors import SimulationError
from regrow.model.drug import ESKETAMINE, log_sd
from regrow.model.traits import row
from regrow.model.values import Values

PROLONGED_RELEASE = "prolonged-release"
MINUTES = 1.0 / 60.0


@dataclass(frozen=True)
class Branch:
    """Where a depot empties and how fast; `ka_per_h` 0 means that there is no depot."""

    ka_per_h: float
    ka_log_sd: float
    trait: int
    into_liver: bool


@dataclass(frozen=True)
class Arrival:
    """The part of a dose that goes into one branch: `fixed + by_nose * (this person's nose)`."""

    branch: Branch
    fixed: float
    by_nose: float
    hours: float


_FAST, _SWALLOWED = row("fast_absorption"), row("swallowed_absorption")
VEIN = Branch(0.0, 0.0, _FAST, False)


def arrivals(
    *, route: str, formulation: str | None, drug: str, mg: float, minutes: float, values: Values
) -> tuple[Arrival, ...]:
    """Return how a dose of `mg` by `route` arrives; `minutes` is the time a vein takes it.

    Raises SimulationError for a route that the model does not know.
    """
    own = "esketamine" if drug == ESKETAMINE else "racemic"
    gut = values[f"{own}/gut_fraction"]
    oral_rate = Branch(
        values[f"{own}/absorption_rate_oral"], log_sd("absorption_rate_oral"), _SWALLOWED, True
    )
    if route in ("intravenous infusion", "intravenous bolus"):
        return (Arrival(VEIN, 1.0, 0.0, max(minutes, 1.0) * MINUTES),)
    if route in ("intramuscular", "subcutaneous"):
        depot = Branch(
            values[f"racemic/{route}_rate"], log_sd("absorption_rate_nose"), _FAST, False
        )
        return (Arrival(depot, values[f"racemic/{route}_fraction"], 0.0, 0.0),)
    if route == "nasal":
        nose = Branch(
            values["esketamine/absorption_rate_nose"], log_sd("absorption_rate_nose"), _FAST, False
        )
        gullet = Branch(
            values["esketamine/absorption_rate_swallowed"],
            log_sd("absorption_rate_swallowed"),
            _SWALLOWED,
            True,
        )
        devices = max(1.0, mg / values["esketamine/device_mg"]) if drug == ESKETAMINE else 1.0
        later = values["esketamine/nasal_fraction_next_device"]
        share = (1.0 + (devices - 1.0) * later) / devices
        return (
            Arrival(nose, 0.0, share, 0.0),
            Arrival(gullet, gut, -gut * share, values["esketamine/swallowed_duration"]),
        )
    if route == "sublingual":
        mouth = Branch(values["absorption/film_mucosa_rate"] / MINUTES, 0.25, _FAST, False)
        swallowed = Branch(
            values["absorption/film_swallowed_rate"] / MINUTES, 0.6, _SWALLOWED, True
        )
        through = values["absorption/film_mucosa_fraction"] / 100.0
        return (
            Arrival(mouth, through, 0.0, values["absorption/film_mucosa_duration"] * MINUTES),
            Arrival(
                swallowed,
                (1.0 - through) * gut,
                0.0,
                values["absorption/film_swallowed_duration"] * MINUTES,
            ),
        )
    if route == "oral" and formulation == PROLONGED_RELEASE:
        released = gut * values["racemic/prolonged_release_fraction"]
        return (Arrival(oral_rate, released, 0.0, values["racemic/prolonged_release_duration"]),)
    if route == "oral":
        return (Arrival(oral_rate, gut, 0.0, values["esketamine/oral_duration"]),)
    raise SimulationError(
        f"The model does not know the route '{route}'.",
        why="Without a published absorption there is nothing to simulate.",
        fix="Use one of: intravenous infusion, intravenous bolus, intramuscular, subcutaneous, "
        "nasal, sublingual, oral.",
    )
