"""The kinds of value a protocol holds: each is read from text and written back as text."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from regrow import units
from regrow.errors import RegrowError
from regrow.protocol import limits, placed, schedule, vocabulary, when
from regrow.protocol.problems import mend, shown

EACH_DOSE = "each dose"
OURS = "regrow"
"""The type of a pydantic error that already says what, why and fix."""

T = TypeVar("T")


def objection(what: str, *, why: str, fix: str) -> PydanticCustomError:
    """An error that pydantic collects with all the others."""
    return PydanticCustomError(OURS, "{what}", {"what": what, "why": why, "fix": fix})


def _read_by(read: Callable[[str], T]) -> PlainValidator:
    def validate(value: object) -> T:
        if not isinstance(value, str):
            raise objection(
                f"{shown(value)} should be text in quotes.",
                why="A quantity carries its unit, and a day its word, so that nobody guesses.",
                fix=f'Write it in quotes, for example "{_EXAMPLE[read]}".',
            )
        try:
            return read(value)
        except RegrowError as error:
            raise objection(error.what, why=error.why, fix=error.fix) from error

    return PlainValidator(validate)


_EXAMPLE: dict[Callable[[str], Any], str] = {
    units.amount: "0.5 mg/kg",
    units.minutes: "40 min",
    units.day: "day 28",
    units.days: "12 weeks",
    units.every: "every 7 days",
    units.hour_of_day: "09:00",
    schedule.schedule: "3 a week for 2 weeks",
    placed.placed: "24 h after each dose",
    when.when: "after response",
}


def _text(read: Callable[[str], Any], *, pattern: str | None = None) -> WithJsonSchema:
    rule: dict[str, Any] = {"type": "string", "examples": [_EXAMPLE[read]]}
    return WithJsonSchema(rule | ({"pattern": pattern} if pattern else {}))


def choice(kind: str, words: Iterable[str]) -> tuple[AfterValidator, WithJsonSchema]:
    """A field that holds one of a fixed list of words."""
    known = tuple(words)

    def validate(value: str) -> str:
        if value in known:
            return value
        raise objection(
            f"{shown(value)} is not a {kind} that regrow knows.",
            why=f"A {kind} is one of a fixed list of words that mean the same to everybody.",
            fix=mend(value, known),
        )

    return AfterValidator(validate), WithJsonSchema({"type": "string", "enum": list(known)})


def _printable(value: str) -> str:
    hidden = {c for c in value if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"}
    if hidden:
        raise objection(
            f"The text holds characters that cannot be seen: {shown(''.join(sorted(hidden)))}.",
            why="What is read aloud must be what is written.",
            fix="Remove them.",
        )
    if not value.strip():
        raise objection(
            "The text is empty.", why="A heading without words says nothing.", fix="Write it."
        )
    return value


def _version(value: str) -> str:
    if re.fullmatch(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})", value):
        return value
    raise objection(
        f"{shown(value)} is not a version.",
        why="Every enrolment names the exact version that the person follows.",
        fix='Write three numbers, for example "1.0.0"; raise the first when the treatment changes.',
    )


def _reference(value: str) -> str:
    if re.fullmatch(r"[a-z][a-z0-9-]{2,60}|doi:10\.[0-9]{4,9}/[!-~]{1,100}", value):
        return value
    raise objection(
        f"{shown(value)} is not a reference.",
        why="A plan says on which papers it rests, and a reader must be able to find them.",
        fix='Write a source id (regrow sources lists them), or a DOI as "doi:10.1000/xyz".',
    )


def _rule(value: str) -> str:
    known = (*vocabulary.ELIGIBILITY, *vocabulary.RULE_SETS)
    if value in known:
        return value
    raise objection(
        f"{shown(value)} is not an eligibility rule.",
        why="A patient is screened against rules that exist.",
        fix=f"Write one of: {', '.join(known)}.",  # codes that look alike are not alike
    )


def _minutes_text(value: float) -> str:
    return f"{value:g} min"


def _days_text(value: int) -> str:
    return f"{value} days"


def _every_text(value: int) -> str:
    return f"every {value} days"


def _day_text(value: int) -> str:
    return f"day {value}"


def measure_days(text: str) -> schedule.Schedule | str:
    """Read a measure's schedule: days of its own, or "each dose"."""
    plain = " ".join(text.split())
    return plain if plain == EACH_DOSE else schedule.schedule(plain)


_EXAMPLE[measure_days] = "every 7 days for 12 weeks"


def _limit_file(value: str) -> str:
    known = limits.files()
    if value in known:
        return value
    raise objection(
        f"{shown(value)} is not a file of limits.",
        why="A plan is checked against limits that exist.",
        fix=mend(value, known),
    )


DURATION_PATTERN = r"^(\d+(\.\d+)?\s*(h|hours?))?\s*(\d+(\.\d+)?\s*(min|minutes?))?$"

Title = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
Prose = Annotated[str, Field(max_length=4000), AfterValidator(_printable)]
Version = Annotated[
    str,
    AfterValidator(_version),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\.\d+\.\d+$"}),
]
Reference = Annotated[
    str,
    AfterValidator(_reference),
    WithJsonSchema({"type": "string", "pattern": r"^([a-z][a-z0-9-]{2,60}|doi:10\..+)$"}),
]
EligibilityRule = Annotated[
    str,
    AfterValidator(_rule),
    WithJsonSchema({"enum": [*vocabulary.ELIGIBILITY, *vocabulary.RULE_SETS]}),
]
LimitFile = Annotated[str, AfterValidator(_limit_file)]
Drug = Annotated[str, *choice("drug", vocabulary.DRUGS)]
Route = Annotated[str, *choice("route", vocabulary.ROUTES)]
Formulation = Annotated[
    str, *choice("formulation", [f for many in vocabulary.FORMULATIONS.values() for f in many])
]
Practised = Annotated[str, *choice("practice", vocabulary.PRACTICES)]
Intensity = Annotated[str, *choice("intensity", vocabulary.INTENSITIES)]
TherapyKind = Annotated[str, *choice("therapy", vocabulary.THERAPIES)]
Measured = Annotated[str, *choice("measure", vocabulary.MEASURES)]
Setting = Annotated[str, *choice("setting", vocabulary.SETTINGS)]
Blinding = Annotated[str, *choice("blinding", vocabulary.BLINDINGS)]
Background = Annotated[str, *choice("background", vocabulary.BACKGROUNDS)]

Amount = Annotated[
    units.Amount,
    _read_by(units.amount),
    PlainSerializer(str),
    _text(units.amount, pattern=r"^\d+(\.\d+)?\s*(mg|mg/kg)$"),
]
Minutes = Annotated[
    float,
    _read_by(units.minutes),
    PlainSerializer(_minutes_text),
    _text(units.minutes, pattern=DURATION_PATTERN),
]
Day = Annotated[
    int, _read_by(units.day), PlainSerializer(_day_text), _text(units.day, pattern=r"^day\s+\d+$")
]
Days = Annotated[
    int,
    _read_by(units.days),
    PlainSerializer(_days_text),
    _text(units.days, pattern=r"^\d+\s+(day|week|month)s?$"),
]
Interval = Annotated[
    int,
    _read_by(units.every),
    PlainSerializer(_every_text),
    _text(units.every, pattern=r"^every\s+\d+\s+(day|week|month)s?$"),
]
Clock = Annotated[
    float,
    _read_by(units.hour_of_day),
    PlainSerializer(units.clock),
    _text(units.hour_of_day, pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
]
Schedule = Annotated[
    schedule.Schedule,
    _read_by(schedule.schedule),
    PlainSerializer(str),
    _text(schedule.schedule),
]
Placed = Annotated[
    placed.Relative | schedule.Schedule,
    _read_by(placed.placed),
    PlainSerializer(str),
    _text(placed.placed),
]
Rule = Annotated[when.When, _read_by(when.when), PlainSerializer(str), _text(when.when)]
MeasureSchedule = Annotated[
    schedule.Schedule | str,
    _read_by(measure_days),
    PlainSerializer(str),
    _text(measure_days),
]
