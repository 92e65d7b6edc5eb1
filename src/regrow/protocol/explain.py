"""What pydantic found wrong with a document, in sentences."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from regrow.protocol import document, fields
from regrow.protocol.form import Form
from regrow.protocol.guard import MOST_ENTRIES
from regrow.protocol.problems import Place, Remark, closest, shown

ENTRIES: dict[str, type[BaseModel]] = {
    "dose": document.Dose,
    "maintenance": document.Maintenance,
    "booster": document.Booster,
    "therapy": document.Therapy,
    "practice": document.Practice,
    "measure": document.Measure,
}
"""Written as [[name]], any number of times."""

SECTIONS: dict[str, type[BaseModel]] = {
    "context": document.Context,
    "eligibility": document.Eligibility,
    "limits": document.Limits,
    "home": document.Home,
}
"""Written as [name], once."""

OFTEN_SAID = {
    "name": "title",
    "duration": "over",
    "infusion_minutes": "over",
    "from": "starting",
    "start": "starting",
    "for": "lasting",
    "weeks": "lasting",
    "days": "schedule",
    "time": "at",
    "times": "at",
    "practice": "what",
    "frequency": "times_a_week",
    "sources": "references",
    "doses": "dose",
    "max_every": "at_most_every",
}
"""Words that people use for a key, and the key they mean."""

PROTOCOL = Form(
    record=document.Protocol,
    noun="plan",
    manual="docs/reference/protocol.md shows every key",
    out_of_range="which nobody can carry out",
    often_said=OFTEN_SAID,
)


def remarks(error: ValidationError, form: Form = PROTOCOL) -> Iterator[Remark]:
    """Say each problem once."""
    details = error.errors(include_url=False)
    meant = {place for d in details if (place := _meant(d, form)) is not None}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue  # the misspelt key is already reported
        if detail["type"] == "too_short" and any(_within(d["loc"], detail["loc"]) for d in details):
            continue  # the list is only short because its entries are wrong
        yield _remark(detail, form)


def _within(inner: Place, outer: Place) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _meant(detail: ErrorDetails, form: Form) -> Place | None:
    """The key that a misspelt key was meant to be."""
    if detail["type"] != "extra_forbidden":
        return None
    *above, key = detail["loc"]
    keys = form.keys_of(tuple(above))
    often = form.often_said.get(str(key))
    near = (often,) if often in keys else closest(str(key), keys)
    return (*above, near[0]) if near else None


def _remark(detail: ErrorDetails, form: Form) -> Remark:
    place: Place = detail["loc"]
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    kind, given, context = detail["type"], detail.get("input"), detail.get("ctx", {})

    def say(what: str, *, why: str, fix: str) -> Remark:
        return Remark(place=place, what=what, why=why, fix=fix)

    match kind:
        case fields.OURS:
            return say(f"{key}: {context['what']}", why=context["why"], fix=context["fix"])
        case "extra_forbidden":
            meant, where = _meant(detail, form), tuple(place[:-1])
            known = ", ".join(form.keys_of(where))
            return say(
                f"The key {str(place[-1])[:60]!r} is not known in {form.heading(where)}.",
                why="A key that nobody reads would be silently ignored.",
                fix=f'Did you mean "{meant[-1]}"?' if meant else f"The keys here are: {known}.",
            )
        case "missing":
            return say(
                f"{form.heading(tuple(place[:-1]))} does not say {key!r}.",
                why=f"A {form.noun} with a gap would be filled by a guess.",
                fix=f"Add {key}: {form.description(place)} {form.manual}.",
            )
        case "too_short" | "too_long":
            return say(
                f"{key} holds {context.get('actual_length')} entries.",
                why=f"A list is there to be filled, and a {form.noun} can be read aloud.",
                fix=f"Write at least 1 and at most {_most(context)}.",
            )
        case "string_too_long":
            return say(
                f"{key} is longer than {context['max_length']} characters.",
                why=f"A {form.noun} can be read aloud.",
                fix="Write it shorter.",
            )
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            bound = next(iter(context.values()))
            return say(
                f"{key} is {shown(given)}, {form.out_of_range}.",
                why="The value is outside what makes sense for this key.",
                fix=f"Write a number {kind.replace('_', ' ')} {bound:g}.".replace(
                    "than equal", "than or equal to"
                ),
            )
        case "float_type" if isinstance(given, int) and not isinstance(given, bool):
            return say(
                f"{key} is {shown(given)}, {form.out_of_range}.",
                why="The value is outside what makes sense for this key.",
                fix="Write the number that is meant.",
            )
        case "finite_number":
            return say(
                f"{key} is {shown(given)}.", why="That is not a quantity.", fix="Write a number."
            )
        case "tuple_type" if isinstance(given, dict) and form.is_entry(place):
            written = form.heading(place)
            return say(
                f"{written[1:-1]} has one pair of brackets.",
                why=f"A {form.noun} may hold several {key} entries, so each is an entry of a list.",
                fix=f"Write {written} with two pairs of brackets.",
            )
        case "model_type" if isinstance(given, list):
            return say(
                f"[[{key}]] has two pairs of brackets.",
                why=f"A {form.noun} has one {key} section.",
                fix=f"Write [{key}] with one pair of brackets.",
            )
        case _:
            return say(
                f"{key} is {shown(given)}, which is of the wrong type.",
                why="Each key holds one kind of value: text, a number, true or false, or a list.",
                fix=f"{_wanted(kind, key)} {form.manual}.",
            )


def _most(context: dict[str, Any]) -> int:
    return int(context.get("max_length") or MOST_ENTRIES)


def _wanted(kind: str, key: str) -> str:
    wanted = {
        "string_type": 'text in quotes, as in key = "text"',
        "float_type": "a number without quotes",
        "int_type": "a whole number without quotes",
        "int_from_float": "a whole number without quotes",
        "bool_type": "true or false without quotes",
        "tuple_type": 'a list, as in key = ["one", "two"]',
        "model_type": f"a section, as in [{key}]",
    }.get(kind)
    return f"Write {wanted or 'the kind of value that the manual shows'};"
