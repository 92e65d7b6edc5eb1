"""Amounts, durations and clock times as people write them.

A protocol says "0.5 mg/kg", "40 min", "6 months" and "09:30"; the rest of regrow works in plain
numbers of milligrams, minutes, days and hours. This is where the words become numbers.
"""

import re
from dataclasses import dataclass

from regrow.errors import ProtocolError

NUMBER_WITH_COMMA = r"[0-9]{1,6}(?:[.,][0-9]{1,6})?"
NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
MINUTES_IN_AN_HOUR = 60
DAYS_IN = {"day": 1, "week": 7, "month": 30}
"""A month in a plan is thirty days, so that two people count the same calendar."""

MASS = {"mg": 1.0, "g": 1000.0, "µg": 0.001, "μg": 0.001, "ug": 0.001, "mcg": 0.001}


@dataclass(frozen=True)
class Amount:
    """How much of a drug: milligrams, or milligrams per kilogram of body weight."""

    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}"


def amount(text: str) -> Amount:
    """Read "0.5 mg/kg" or "28 mg"."""
    match = re.fullmatch(rf"({NUMBER})\s*(mg|mg/kg)", text.strip())
    if match:
        return Amount(float(match[1]), match[2])
    raise ProtocolError(
        f"{text!r} is not an amount of drug.",
        why="A dose is given in mg or mg/kg; any other unit invites a tenfold error.",
        fix=_better_amount(text),
    )


def _better_amount(text: str) -> str:
    match = re.fullmatch(
        rf"({NUMBER_WITH_COMMA})\s*([a-zµμ]*)(\s*(?:/|per)\s*kg)?", text.strip(), re.I
    )
    scale = MASS.get(match[2].lower()) if match else None
    if match is None or scale is None:
        return 'Write a number and its unit, for example "0.5 mg/kg" or "28 mg".'
    unit = "mg/kg" if match[3] else "mg"
    return (
        f'Write "{float(match[1].replace(",", ".")) * scale:.6g} {unit}", if that is what is meant.'
    )


def minutes(text: str) -> float:
    """Read "40 min", "1.5 h" or "1 h 30 min" as minutes."""
    match = re.fullmatch(
        rf"(?:({NUMBER})\s*(?:h|hours?))?\s*(?:({NUMBER})\s*(?:min|minutes?))?", text.strip()
    )
    if match and any(match.groups()):
        return float(match[1] or 0) * MINUTES_IN_AN_HOUR + float(match[2] or 0)
    raise ProtocolError(
        f"{text!r} is not a duration.",
        why="How long an administration takes decides how high the peak is.",
        fix='Write minutes or hours, for example "40 min" or "1.5 h".',
    )


def days(text: str) -> int:
    """Read "14 days", "2 weeks" or "6 months" as days."""
    match = re.fullmatch(r"([0-9]{1,6})\s+(day|week|month)s?", text.strip())
    if match and int(match[1]) > 0:
        return int(match[1]) * DAYS_IN[match[2]]
    raise ProtocolError(
        f"{text!r} is not a number of days.",
        why="Every part of a plan needs a length that can be counted on a calendar.",
        fix='Write days, weeks or months, for example "14 days", "2 weeks" or "6 months".',
    )


def every(text: str) -> int:
    """Read "every 7 days" as 7."""
    match = re.fullmatch(r"every\s+(\S.*)", text.strip())
    if match:
        return days(match[1])
    raise ProtocolError(
        f"{text!r} does not say how often.",
        why="A rule is looked at on days that can be counted on a calendar.",
        fix='Write "every" and a number of days, weeks or months, for example "every 7 days".',
    )


def day(text: str) -> int:
    """Read "day 28" as 28."""
    match = re.fullmatch(r"day\s+([0-9]{1,6})", text.strip())
    if match:
        return int(match[1])
    raise ProtocolError(
        f"{text!r} is not a day of the plan.",
        why="Days are counted from day 0, the first day of the plan.",
        fix='Write "day" and a whole number, for example "day 28".',
    )


def hour_of_day(text: str) -> float:
    """Read "09:30" as 9.5."""
    match = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", text.strip())
    if match:
        return int(match[1]) + int(match[2]) / MINUTES_IN_AN_HOUR
    raise ProtocolError(
        f"{text!r} is not a time of day.",
        why="Two doses on one day can only be told apart by the clock.",
        fix='Write hours and minutes on the 24-hour clock, for example "09:00" or "15:30".',
    )


def clock(hour: float) -> str:
    """Write 9.5 as "09:30"."""
    total = round(hour * MINUTES_IN_AN_HOUR)
    return f"{total // MINUTES_IN_AN_HOUR:02d}:{total % MINUTES_IN_AN_HOUR:02d}"
