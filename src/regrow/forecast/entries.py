"""One row of a file: a reading, a dose, a session or a stretch of a practice."""

import re
from dataclasses import dataclass

from regrow.errors import ForecastError, RegrowError
from regrow.forecast.log import MOST_DONE, DoseLogged, SessionLogged
from regrow.forecast.reading import Reading
from regrow.forecast.table import Row
from regrow.forecast.when import Moment
from regrow.measures.catalogue import measures
from regrow.patient import LIMITS
from regrow.protocol.calendar import Calendar
from regrow.protocol.limits import limit_for
from regrow.protocol.problems import mend, shown
from regrow.protocol.vocabulary import MEASURES, PRACTICES, THERAPIES
from regrow.units import amount

DOSE = "dose"
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_WHOLE = re.compile(r"\d{1,4}")
YES, NO = ("", "1", "yes", "held", "given"), ("0", "no", "not held", "not given")


@dataclass(frozen=True, kw_only=True)
class Practised:
    """How much of a practice was done until the end of a day, since the row before."""

    practice: str
    share: float
    last_day: int


@dataclass(frozen=True)
class NotRead:
    """A row that is sound but says nothing to the model, and why."""

    why: str


Entry = Reading | DoseLogged | SessionLogged | Practised | NotRead


def what_of(text: str) -> str:
    """Return which of the known words a cell of the column "what" is, in its own spelling.

    Raises ForecastError for anything else.
    """
    words = (*measures(), *MEASURES, DOSE, *THERAPIES, *PRACTICES)
    by_lower_case = {word.lower(): word for word in words}
    if text.lower() in by_lower_case:
        return by_lower_case[text.lower()]
    raise ForecastError(
        f"{shown(text)} is not something that the model knows."
        if text
        else "It does not say what.",
        why="A row is a scale, a dose, a therapy or a practice, called as in a protocol.",
        fix=mend(text, by_lower_case.values())
        if text
        else 'Write for example "MADRS", "dose", "integration" or "mindfulness".',
    )


def entry(row: Row, what: str, moment: Moment, plan: Calendar) -> Entry:
    """Return what a row says.

    Raises ForecastError for a value that cannot be.
    """
    if what in measures():
        return _reading(row, what, moment)
    if what in MEASURES:
        return NotRead(f"{what} is not read by the model")
    if what == DOSE:
        return _dose(row, moment, plan)
    if what in THERAPIES:
        return SessionLogged(day=moment.day, kind=what, held=_yes(row, what))
    return _practised(row, what, moment, plan)


def _reading(row: Row, what: str, moment: Moment) -> Entry:
    items = {name: cell for name, cell in row.cells.items() if name.startswith("item") and cell}
    if not row["value"] and not items:
        return NotRead(f"{what} has no value: taken as not answered")
    value = _number(row["value"], what)
    answered: tuple[int | None, ...] | None = None
    if items:
        answered = _items(row, value)
    return Reading(moment.days, what, value, answered)


def _items(row: Row, value: float) -> tuple[int | None, ...]:
    """Return the answers to the items, which must add up to the score."""
    names = sorted((n for n in row.cells if n.startswith("item")), key=lambda n: int(n[4:]))
    cells = [row[name] for name in names]
    while cells and not cells[-1]:
        cells.pop()
    odd = [cell for cell in cells if cell and not _WHOLE.fullmatch(cell)]
    if odd:
        raise ForecastError(
            f"{shown(odd[0])} is not the answer to an item.",
            why="Items are scored with whole numbers.",
            fix="Write the number that was ticked, or leave the cell empty.",
        )
    answers = tuple(int(cell) if cell else None for cell in cells)
    total = sum(answer for answer in answers if answer is not None)
    if total > value or (None not in answers and total != value):
        raise ForecastError(
            f"The items add up to {total}, the value is {value:g}.",
            why="One of them is a mistake of typing or of counting, and nobody can tell which.",
            fix="Check the items and the value.",
        )
    return answers


def _dose(row: Row, moment: Moment, plan: Calendar) -> DoseLogged:
    said, unit = row["value"].lower(), row["unit"]
    if said in (*YES, *NO) and not unit:
        given = said in YES
        if not given and moment.day not in {dose.day for dose in plan.doses}:
            raise ForecastError(
                f"No dose was planned on day {moment.day} that could be left out.",
                why="The entry would change nothing, and may be meant for another day.",
                fix="Give the day for which the dose was planned.",
            )
        return DoseLogged(day=moment.day, given=given, hour=moment.hour)
    try:
        found = amount(f"{row['value']} {unit}".strip())
    except RegrowError as error:
        raise ForecastError(error.what, why=error.why, fix=error.fix) from None
    _check_limit(found.value, found.unit, moment, plan)
    return DoseLogged(
        day=moment.day, hour=moment.hour, given=True, amount=found.value, unit=found.unit
    )


def _check_limit(value: float, unit: str, moment: Moment, plan: Calendar) -> None:
    if not plan.doses:
        return
    like = min(plan.doses, key=lambda dose: abs(dose.day - moment.day))
    limit = limit_for(like.drug, like.route)
    heaviest_kg = LIMITS["weight_kg"][1]
    most = None
    if limit is not None and unit == "mg/kg":
        most = limit.max_mg_per_kg
    elif limit is not None:
        per_kg = limit.max_mg_per_kg
        most = limit.max_mg or (None if per_kg is None else per_kg * heaviest_kg)
    if value == 0.0 or (most is not None and value > most):
        raise ForecastError(
            f"A dose of {value:g} {unit} is no dose."
            if value == 0.0
            else f"A dose of {value:g} {unit} is above the limit of {most:g} {unit}.",
            why="It is more likely a mistake of the number or of the unit than what was given.",
            fix='Write "not given", if that is meant.'
            if value == 0.0
            else "Check the number and the unit.",
        )


def _practised(row: Row, what: str, moment: Moment, plan: Calendar) -> Practised:
    planned = tuple(dict.fromkeys(one.practice for one in plan.practices))
    if what not in planned:
        raise ForecastError(
            f"{what} is not a practice of this plan.",
            why="How long and how often it is meant to be done is read from the plan.",
            fix=f"Write one of: {', '.join(planned)}; or add it to the protocol."
            if planned
            else "Add it to the protocol, or leave the row out.",
        )
    begins = min(one.from_day for one in plan.practices if one.practice == what)
    if moment.day < begins:
        raise ForecastError(
            f"{what} begins on day {begins} of this plan, after day {moment.day}.",
            why="A row says how much was done since the one before it, or since the beginning.",
            fix="Check the day, or leave the row out.",
        )
    percent = row["unit"] == "%" or row["value"].endswith("%")
    share = _number(row["value"].removesuffix("%").strip(), what) / (100.0 if percent else 1.0)
    if row["unit"] not in ("", "%") or not 0.0 <= share <= MOST_DONE:
        raise ForecastError(
            f"{row['value']} {row['unit']}".strip() + f" is not a share of {what} that was done.",
            why=f"A row says what share of the plan was done; the model knows 0 to {MOST_DONE:g}.",
            fix="Write for example 0.8, or 80 with the unit %.",
        )
    return Practised(practice=what, share=share, last_day=moment.day)


def _yes(row: Row, what: str) -> bool:
    said = row["value"].lower()
    if said in YES or said in NO:
        return said in YES
    raise ForecastError(
        f"{shown(row['value'])} does not say whether the {what} session was held.",
        why="Only a session that was held teaches anything.",
        fix='Write "held" or "not held".',
    )


def _number(text: str, what: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    comma = _NUMBER.fullmatch(text.replace(",", ".", 1)) is not None
    raise ForecastError(
        f"{shown(text)} is not a number." if text else "There is no value.",
        why=f"{what} counts as a number; what words mean would be a guess.",
        fix=f"Write {text.replace(',', '.', 1)}."
        if comma
        else 'Write the score alone; remarks go into the column "note".',
    )
