"""Is each dose one that a nurse could give, and below the limits?"""

from collections.abc import Iterator
from math import ceil

from regrow.protocol.checks.parts import Parts, remark
from regrow.protocol.document import Administration, Booster
from regrow.protocol.limits import Limit, limit_for
from regrow.protocol.problems import Place, Remark
from regrow.protocol.schedule import WEEK
from regrow.protocol.vocabulary import (
    CONTROLS,
    DRUGS,
    ESKETAMINE_ROUTES,
    FORMULATIONS,
    INFUSION,
    NEEDS_A_CLINICIAN,
)
from regrow.units import Amount


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against a single entry."""
    control = parts.context is not None and parts.context.blinding in CONTROLS
    for place, entry in parts.administrations():
        yield from _duration(place, entry)
        yield from _amount(place, entry, control=control)
        yield from _route(place, entry)
        for file in parts.limit_files:
            if limit := limit_for(entry.drug, entry.route, file=file):
                yield from _limits(place, entry, limit)


def amounts_of(entry: Administration) -> tuple[tuple[str, Amount], ...]:
    """Every amount that an entry names, with its key."""
    by_visit = entry.amount_by_visit or ()
    one = (("amount", entry.amount),) if entry.amount else ()
    return (*one, *(("amount_by_visit", amount) for amount in by_visit))


def _duration(place: Place, entry: Administration) -> Iterator[Remark]:
    if entry.route == INFUSION and not entry.over:
        yield remark(
            place,
            "over" if entry.over is not None else None,
            "An infusion without a duration.",
            why="The same amount in 2 or in 40 minutes is a different treatment.",
            fix='Add over = "40 min".',
        )
    if entry.route != INFUSION and entry.over is not None:
        yield remark(
            place,
            "over",
            f"A duration for a dose that is {_by(entry)}.",
            why="Only an infusion is given over a time; anything else is given at once.",
            fix=f'Leave "over" out, or write route = "{INFUSION}".',
        )


def _amount(place: Place, entry: Administration, *, control: bool) -> Iterator[Remark]:
    if (entry.amount is None) == (entry.amount_by_visit is None):
        both = entry.amount is not None
        yield remark(
            place,
            "amount_by_visit" if both else None,
            "Both amount and amount_by_visit." if both else "A dose without an amount.",
            why="A nurse must know how much to draw up, from one line.",
            fix='Write either amount = "0.5 mg/kg" or amount_by_visit = ["28 mg", "56 mg"].',
        )
    for key, amount in amounts_of(entry):
        if amount.value == 0 and not control:
            yield remark(
                place,
                key,
                f"The amount is {amount}, which is no drug at all.",
                why="Only the control arm of a trial gives nothing.",
                fix='Write the amount that is meant, or blinding = "saline control".',
            )
        if amount.value > 0 and control:
            yield remark(
                place,
                key,
                f"The amount is {amount}, but the context says that this is a control arm.",
                why="A control arm gives no ketamine.",
                fix='Write amount = "0 mg/kg", or the blinding of the arm that gets the drug, '
                'such as "active drug in saline-controlled trial".',
            )


def _route(place: Place, entry: Administration) -> Iterator[Remark]:
    forms = FORMULATIONS.get(entry.route, ())
    if entry.formulation is not None and entry.formulation not in forms:
        yield remark(
            place,
            "formulation",
            f"The formulation {entry.formulation!r} does not go with {entry.route}.",
            why="The form decides how much reaches the blood, and when.",
            fix=f"Write one of: {', '.join(forms)}." if forms else 'Leave "formulation" out.',
        )
    if entry.drug == DRUGS[1] and entry.route not in ESKETAMINE_ROUTES:
        yield remark(
            place,
            "route",
            f"Esketamine is {_by(entry)}.",
            why="regrow plans esketamine as a nasal spray or into a vein; "
            "nothing else is labelled or well enough known.",
            fix='Write route = "nasal", or drug = "racemic ketamine".',
        )
    if not entry.supervised and entry.route in NEEDS_A_CLINICIAN:
        yield remark(
            place,
            "supervised",
            f"A dose that is {_by(entry)} without supervision.",
            why="A needle or a line needs a clinician in the room.",
            fix="Write supervised = true, or another route.",
        )


def _limits(place: Place, entry: Administration, limit: Limit) -> Iterator[Remark]:
    source = f"The limit comes from {limit.source} ({limit.where})."
    for key, amount in amounts_of(entry):
        most = limit.max_mg if amount.unit == "mg" else limit.max_mg_per_kg
        allowed = Amount(most, amount.unit) if most is not None else None
        if limit.only_mg and (amount.unit != "mg" or amount.value not in (0, *limit.only_mg)):
            steps = ", ".join(f'"{step:g} mg"' for step in limit.only_mg)
            yield _above(
                place,
                key,
                f"{amount} is not a dose of {_in(entry)} that exists.",
                source,
                f"Write one of: {steps}.",
            )
        elif allowed and amount.value > allowed.value:
            yield _above(
                place,
                key,
                f"{amount} is above the limit of {allowed} for {_in(entry)}.",
                source,
                f"Write at most {allowed}.",
            )
    if entry.over and limit.max_infusion_min and entry.over > limit.max_infusion_min:
        yield _above(
            place,
            "over",
            f"{entry.over:g} min is longer than the limit of {limit.max_infusion_min:g} min.",
            source,
            f'Write at most "{limit.max_infusion_min:g} min".',
        )
    if limit.max_per_day and len(entry.at) > limit.max_per_day:
        yield _above(
            place,
            "at",
            f"{len(entry.at)} doses on one day are above the limit of {limit.max_per_day}.",
            source,
            f"Write at most {limit.max_per_day} times of day.",
        )
    if isinstance(entry, Booster) and limit.max_per_week:
        apart = entry.check * ceil(entry.at_most_every / entry.check)
        if ceil(WEEK / apart) > limit.max_per_week:
            yield _above(
                place,
                "at_most_every",
                f"Boosters may be given every {apart} days, "
                f"which is more than {limit.max_per_week} in seven days.",
                source,
                "Write a longer at_most_every, or check less often.",
            )


def _above(place: Place, key: str, what: str, source: str, fix: str) -> Remark:
    return remark(place, key, what, why=f"A plan stays within its limits. {source}", fix=fix)


def _by(entry: Administration) -> str:
    return f"given by the route {entry.route!r}"


def _in(entry: Administration) -> str:
    return f"{entry.drug}, {entry.route}"
