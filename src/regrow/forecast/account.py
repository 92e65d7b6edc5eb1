"""What a forecast used, what it did not have, and what computed it."""

from dataclasses import dataclass

import regrow
from regrow.engine.plan import day_of
from regrow.forecast.belief import Belief
from regrow.forecast.futures import Futures


@dataclass(frozen=True, kw_only=True)
class Account:
    """The inputs of a forecast as sentences, and the version of the model."""

    used: tuple[str, ...]
    missing: tuple[str, ...]
    version: str


def account(belief: Belief, future: Futures) -> Account:
    """Return what the forecast `future` of `belief` used and did not have."""
    return Account(
        used=_used(belief),
        missing=_missing(belief, future),
        version=f"regrow {regrow.__version__}, values {belief.ignorance.key}",
    )


def _used(belief: Belief) -> tuple[str, ...]:
    used = []
    for measure in dict.fromkeys(one.measure for one in belief.readings):
        days = [one.day for one in belief.readings if one.measure == measure]
        if len(days) == 1:
            used.append(f"1 reading of {measure}, on day {days[0]:g}.")
        else:
            used.append(
                f"{len(days)} readings of {measure}, from day {days[0]:g} to day {days[-1]:g}."
            )
    log, who = belief.log, belief.who
    for entries, what in (
        (log.doses, "of doses"),
        (log.sessions, "of therapy sessions"),
        (log.practices, "of practices"),
    ):
        if entries:
            word = "entry" if len(entries) == 1 else "entries"
            used.append(f"{len(entries)} {word} {what} in the log.")
    if who.weight_kg is not None:
        used.append(f"Weight: {who.weight_kg:g} kg.")
    if who.age_years is not None:
        used.append(f"Age: {who.age_years:g} years.")
    if who.usual_madrs is not None:
        used.append(f"Severity before treatment, as told: {who.usual_madrs:g} MADRS points.")
    return tuple(used)


def _missing(belief: Belief, future: Futures) -> tuple[str, ...]:
    missing = list(future.assumed)
    doses = future.plan.doses
    begins = day_of(doses[0].day, doses[0].hour, belief.plan) if doses else 0.0
    if not any(one.day <= begins for one in belief.readings) and belief.who.usual_madrs is None:
        missing.append("No reading before the first dose: severity before treatment is a guess.")
    if belief.who.weight_kg is None:
        missing.append("Weight: not known, taken from a typical population.")
    if belief.who.age_years is None:
        missing.append("Age: not known, taken from a typical population.")
    return tuple(missing)
