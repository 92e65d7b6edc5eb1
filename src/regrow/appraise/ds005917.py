"""The people of ds005917: each later rating predicted from the earlier ones.

Two infusions, one of ketamine and one of saline, in an order that the people did not know; the
forecast does know it, as a clinic would. The days between the infusions are not in the data and
are assumed. A plan has one blinding, a crossover two: every rating is predicted under the blinding
of the infusion that it follows, so that what an infusion promises is right where it counts; the
infusion of the other period then counts with the same promise.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal

from regrow.appraise.people import SCALE, Person
from regrow.evidence.reader import parameters
from regrow.forecast.doses_given import numbered
from regrow.forecast.known import Known
from regrow.forecast.reading import Reading
from regrow.protocol.calendar import Calendar, calendar
from regrow.studies.arms import arm_protocol
from regrow.studies.library import shipped
from regrow.studies.read import read

STUDY = "ds005917"
ARMS = {"d": "ketamine", "p": "saline"}
"""What the letters of the data stand for: arms of the study."""
DAYS = (2, 10)
"""On which days after an infusion people were rated."""
FOLLOW_UP = 14
Blinding = Literal["own", "active"]


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One person as in the data: letters of the infusions in order, and MADRS by visit."""

    name: str
    age: float
    order: tuple[str, ...]
    scores: dict[str, float]


def participants() -> tuple[Participant, ...]:
    """Return the people of the data, those who were rated at least twice on MADRS."""
    path = shipped() / "data" / f"{STUDY}-individuals.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row["madrs"] != "n/a":
            scores[row["participant_id"]][row["visit"]] = float(row["madrs"])
    first = {row["participant_id"]: row for row in reversed(rows)}
    return tuple(
        Participant(
            name=name,
            age=float(first[name]["age"]),
            order=tuple(
                first[name][column]
                for column in ("infusion_1", "infusion_2")
                if first[name][column] in ARMS
            ),
            scores=found,
        )
        for name, found in scores.items()
        if len(found) > 1
    )


def assumed_interval() -> int:
    """Return the assumed number of days between the two infusions."""
    return int(parameters("appraisal")["ds005917_interval"].value)


def people(*, interval_days: int | None = None, blinding: Blinding = "own") -> tuple[Person, ...]:
    """Return the people of the data as persons to be forecast.

    With `blinding` "active", every rating is predicted under the blinding of the ketamine arm.
    """
    between = assumed_interval() if interval_days is None else interval_days
    return tuple(_person(one, between, blinding) for one in participants())


def _person(one: Participant, between: int, blinding: Blinding) -> Person:
    readings, occasions, plans = [Reading(0.0, SCALE, one.scores["b0"])], ["before"], []
    under = {letter: _plan(one.order, between, letter) for letter in ARMS}
    plans.append(under[one.order[0]])
    for k, letter in enumerate(one.order):
        for day in DAYS:
            score = one.scores.get(f"{letter}{day}")
            if score is None:
                continue
            readings.append(Reading(float(k * between + day), SCALE, score))
            occasions.append(f"{day} d after {ARMS[letter]}")
            plans.append(under["d" if blinding == "active" else letter])
    return Person(
        name=one.name,
        readings=tuple(readings),
        occasions=tuple(occasions),
        plans=tuple(plans),
        who=Known(age_years=one.age),
    )


def _plan(order: tuple[str, ...], between: int, blinding_of: str) -> Calendar:
    """Return the infusions of one person as one plan, under the blinding of one arm."""
    study = read(shipped() / f"{STUDY}.toml")
    arms = {
        letter: calendar(
            arm_protocol(study, next(arm for arm in study.arm if arm.id == name)),
            until_day=FOLLOW_UP,
        )
        for letter, name in ARMS.items()
    }
    doses = [
        replace(dose, day=dose.day + k * between)
        for k, letter in enumerate(order)
        for dose in arms[letter].doses
    ]
    until = between * (len(order) - 1) + FOLLOW_UP
    return replace(arms[blinding_of], doses=numbered(doses), until_day=until)
