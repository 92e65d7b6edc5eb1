"""A protocol printed like a prescription: what a clinician reads aloud before signing it."""

import textwrap
from itertools import groupby

from regrow.protocol.calendar import days_of, end_of
from regrow.protocol.document import (
    Booster,
    Dose,
    Home,
    Maintenance,
    Measure,
    Practice,
    Protocol,
    Therapy,
)
from regrow.protocol.limits import DEFAULT_FILE, Limit, limit_for
from regrow.protocol.placed import Relative
from regrow.protocol.vocabulary import CONTROLS, ELIGIBILITY, RULE_SETS
from regrow.units import clock

WIDTH = 88
MOST_DAYS_SHOWN = 12
HOME_CONDITIONS = {
    "adult_present": "an adult is present from the dose to the end",
    "first_dose_observed_live": "the first dose is observed live by a clinician",
    "line_open": "a video or telephone line to the team is open",
    "vitals_before_and_after": "blood pressure and pulse are taken before and after",
    "emergency_contact": "address and emergency contact are on file",
}


def show(protocol: Protocol) -> str:
    """Print `protocol` as a page of text."""
    context = protocol.context
    where = {"home": "At home", "trial": "In a trial"}.get(
        context.setting, f"In a {context.setting}"
    )
    head = [
        *_wrapped(protocol.title, ""),
        *_wrapped(f"Version {protocol.version}, for {protocol.indication}.", ""),
        f"{where}, {_blinding(context.blinding)}, {_background(context.background)}.",
        "",
        *_wrapped(" ".join(protocol.summary.split()), ""),
    ]
    parts = [
        ("Doses", [line for entry in protocol.dose for line in _dose(entry)]),
        ("Maintenance", [line for entry in protocol.maintenance for line in _dose(entry)]),
        ("Boosters", [line for entry in protocol.booster for line in _dose(entry)]),
        ("Therapy", [line for entry in protocol.therapy for line in _therapy(entry)]),
        ("Practices", [line for entry in protocol.practice for line in _practice(entry)]),
        ("Measures", [line for entry in protocol.measure for line in _measure(entry)]),
        ("May start", _eligibility(protocol)),
        ("At home", _home(protocol.home) if protocol.home else []),
        ("Limits", _limits(protocol)),
        ("Rests on", _wrapped(", ".join(protocol.references), "  ")),
    ]
    blocks = ["\n".join(head), *("\n".join([name, *lines]) for name, lines in parts if lines)]
    return "\n\n".join(blocks) + "\n"


def how_much(entry: Dose | Maintenance | Booster) -> str:
    """The amount of an entry in words."""
    steps, visit = [], 1
    for amount, same in groupby(entry.amount_by_visit or ()):
        last = visit + len(tuple(same)) - 1
        steps.append(f"{amount} at {_numbered('visit', visit, last)}")
        visit = last + 1
    if not steps:
        return str(entry.amount)
    return ", ".join([*steps[:-1], f"then {amount}"] if len(steps) > 1 else [str(amount)])


def _dose(entry: Dose | Maintenance | Booster) -> list[str]:
    over = f" over {entry.over:g} min" if entry.over else ""
    form = f" ({entry.formulation})" if entry.formulation else ""
    return [
        *_wrapped(f"{entry.drug}, {entry.route}{form}: {how_much(entry)}{over}", "  "),
        *_wrapped(_occasion(entry), "    "),
        *([] if entry.supervised else ["    taken without a clinician in the room"]),
    ]


def _occasion(entry: Dose | Maintenance | Booster) -> str:
    at = " and ".join(clock(hour) for hour in entry.at)
    if isinstance(entry, Booster):
        return (
            f"only when {entry.when}, checked every {_count(entry.check, 'day')} from day "
            f"{entry.starting} until day {end_of(entry)}, at {at}, and not within "
            f"{_count(entry.at_most_every, 'day')} of the dose before"
        )
    rule = f", only {entry.when}" if isinstance(entry, Maintenance) and entry.when else ""
    text, days = str(entry.schedule), _days(days_of(entry))
    return f"{days}{rule} at {at}" if text == days else f"{text}{rule}: {days} at {at}"


def _therapy(entry: Therapy) -> list[str]:
    if isinstance(entry.placed, Relative):
        text = f"{entry.kind}, {entry.minutes:g} min: {entry.placed}"
    else:
        days = _days(entry.placed.days(starting=entry.starting))
        text = str(entry.placed)
        days = days if text == days else f"{text}, {days}"
        text = f"{entry.kind}, {entry.minutes:g} min: {days} at {clock(entry.at)}"
    return _wrapped(text, "  ")


def _practice(entry: Practice) -> list[str]:
    minutes = f"{entry.minutes:g} min, " if entry.minutes else ""
    return _wrapped(
        f"{entry.what}: {minutes}{entry.times_a_week:g} a week, {entry.intensity}, "
        f"day {entry.starting} until day {end_of(entry)}, "
        f"{100 * entry.adherence:.0f} % expected to be done",
        "  ",
    )


def _measure(entry: Measure) -> list[str]:
    if isinstance(entry.schedule, str):
        return [f"  {entry.what}: at {entry.schedule}"]
    days = _days(entry.schedule.days(starting=entry.starting))
    text = str(entry.schedule)
    return _wrapped(f"{entry.what}: {text if text == days else f'{text}, {days}'}", "  ")


def _eligibility(protocol: Protocol) -> list[str]:
    named = protocol.eligibility.rules if protocol.eligibility else ()
    rules = [rule for name in named for rule in RULE_SETS.get(name, (name,))]
    return [f"  {rule}  {ELIGIBILITY[rule]}" for rule in dict.fromkeys(rules)]


def _home(home: Home) -> list[str]:
    promised = [text for key, text in HOME_CONDITIONS.items() if getattr(home, key)]
    supplied = f"{_count(home.sessions_supplied, 'session')} at most is handed over at once"
    return [f"  {text}" for text in [*promised, supplied]]


def _limits(protocol: Protocol) -> list[str]:
    files = protocol.limits.files if protocol.limits else (DEFAULT_FILE,)
    entries = (*protocol.dose, *protocol.maintenance, *protocol.booster)
    given = dict.fromkeys((entry.drug, entry.route) for entry in entries)
    found = [limit_for(drug, route, file=file) for drug, route in given for file in files]
    return [line for limit in found if limit for line in _limit(limit)]


def _limit(limit: Limit) -> list[str]:
    one = [f"{value:g} {unit}" for value, unit in _mosts(limit) if value is not None]
    week = f", {limit.max_per_week} in seven days" if limit.max_per_week else ""
    basis = f"{limit.status}, {limit.source}"
    return _wrapped(
        f"{limit.drug}, {limit.route}: {' or '.join(one)} at most{week} ({basis})", "  "
    )


def _mosts(limit: Limit) -> tuple[tuple[float | None, str], ...]:
    return (limit.max_mg, "mg"), (limit.max_mg_per_kg, "mg/kg")


def _blinding(blinding: str) -> str:
    if blinding == "open":
        return "open to everybody"
    return f"as {'the ' if blinding in CONTROLS else ''}{blinding}"


def _background(background: str) -> str:
    return {
        "unchanged treatment": "other treatment unchanged",
        "washed out": "other treatment washed out",
        "new oral antidepressant": "with a new oral antidepressant",
    }[background]


def _days(days: tuple[int, ...]) -> str:
    shown = [str(day) for day in days[:MOST_DAYS_SHOWN]]
    if len(days) > MOST_DAYS_SHOWN:
        return f"days {', '.join(shown)} ... {days[-1]} ({len(days)} in all)"
    return f"{'day' if len(days) == 1 else 'days'} {', '.join(shown)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _numbered(noun: str, first: int, last: int) -> str:
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent)
    )
