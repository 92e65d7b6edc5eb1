"""Does the plan as a whole hang together: context, home, therapy, practices, measures?"""

from collections.abc import Iterator

from regrow.protocol.calendar import condition_of, days_of, end_of
from regrow.protocol.checks.parts import Parts, remark
from regrow.protocol.document import Booster, Dose, Maintenance, Practice
from regrow.protocol.fields import EACH_DOSE
from regrow.protocol.placed import HOURS_IN_A_DAY, Relative
from regrow.protocol.problems import Place, Remark
from regrow.protocol.schedule import LONGEST_DAYS, Schedule
from regrow.protocol.vocabulary import NEEDS_A_CLINICIAN, WITHOUT_A_LENGTH

CARRIED_OUT = ("dose", "maintenance", "booster", "therapy", "practice")
HOME_PROMISES = (
    "adult_present",
    "first_dose_observed_live",
    "line_open",
    "vitals_before_and_after",
    "emergency_contact",
)


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against the plan as a whole."""
    yield from _something_to_do(parts)
    yield from _context(parts)
    yield from _home(parts)
    planned: list[tuple[Place, Dose | Maintenance]] = [*parts.doses, *parts.maintenance]
    for place, entry in planned:
        yield from _within_ten_years(place, entry.starting + entry.schedule.length())
    for place, measure in parts.measures:
        if isinstance(measure.schedule, Schedule):
            yield from _within_ten_years(place, measure.starting + measure.schedule.length())
    for place, therapy in parts.therapy:
        if isinstance(therapy.placed, Schedule):
            yield from _within_ten_years(place, therapy.starting + therapy.placed.length())
    for place, booster in parts.boosters:
        yield from _stretch(place, booster)
    for place, practice in parts.practices:
        yield from _stretch(place, practice)
        yield from _length(place, practice)
    yield from _relative_to_doses(parts)


def _within_ten_years(place: Place, end: int) -> Iterator[Remark]:
    if end > LONGEST_DAYS:
        yield remark(
            place,
            "starting",
            f"[[{place[0]}]] ends on day {end:,}.",
            why="A plan ends within ten years.",
            fix="Start earlier, or write a shorter schedule.",
        )


def _something_to_do(parts: Parts) -> Iterator[Remark]:
    if parts.headings.isdisjoint(CARRIED_OUT):
        yield remark(
            (),
            None,
            "The plan has nothing to carry out.",
            why="A protocol holds at least one dose, therapy or practice.",
            fix="Add a [[dose]], [[therapy]] or [[practice]].",
        )


def _context(parts: Parts) -> Iterator[Remark]:
    context = parts.context
    if context is None:
        return
    if context.blinding != "open" and context.setting != "trial":
        yield remark(
            ("context",),
            "blinding",
            f"The blinding is {context.blinding!r} but the setting is {context.setting!r}.",
            why="Only a trial hides from people what they are given.",
            fix='Write setting = "trial", or blinding = "open".',
        )
    if context.blinding != "open" and "dose" not in parts.headings:
        yield remark(
            ("context",),
            "blinding",
            f"The blinding is {context.blinding!r} but there is no dose to hide.",
            why="A control arm has its doses too, of 0 mg/kg.",
            fix='Add a [[dose]], or write blinding = "open".',
        )
    for place, entry in parts.administrations():
        if context.setting == "home" and entry.route in NEEDS_A_CLINICIAN:
            yield remark(
                place,
                "route",
                f"The route is {entry.route!r} but the setting is 'home'.",
                why="A needle or a line needs a clinic.",
                fix='Write setting = "clinic", or another route such as "sublingual".',
            )


def _home(parts: Parts) -> Iterator[Remark]:
    if "home" not in parts.headings:
        gives_doses = not parts.headings.isdisjoint(("dose", "maintenance", "booster"))
        if gives_doses and parts.context is not None and parts.context.setting == "home":
            yield _without_conditions(("context",), "setting", "The setting is 'home'")
        for place, entry in parts.administrations():
            if not entry.supervised and entry.route not in NEEDS_A_CLINICIAN:
                yield _without_conditions(place, "supervised", "A dose is not supervised")
    if parts.home is None:
        return
    for key in HOME_PROMISES:
        if not getattr(parts.home, key):
            yield remark(
                ("home",),
                key,
                f"{key} is false.",
                why="Every condition must hold before a dose is taken at home (rule H01).",
                fix=f"Write {key} = true, or plan the doses in a clinic.",
            )
    if parts.home.sessions_supplied != 1:
        yield remark(
            ("home",),
            "sessions_supplied",
            f"{parts.home.sessions_supplied} sessions are handed over at once.",
            why="A store at home is where misuse begins; supply at most one session (rule H01).",
            fix="Write sessions_supplied = 1.",
        )


def _without_conditions(place: Place, key: str, what: str) -> Remark:
    return remark(
        place,
        key,
        f"{what}, but there is no [home] section.",
        why="A dose at home has conditions: an adult present, the first dose observed live, "
        "one session supplied at most (rule H01).",
        fix="Add a [home] section with its conditions, or plan the doses in a clinic.",
    )


def _stretch(place: Place, entry: Booster | Practice) -> Iterator[Remark]:
    name = f"[[{place[0]}]]"
    if (entry.lasting is None) == (entry.until is None):
        yield remark(
            place,
            "until" if entry.until is not None else None,
            f"{name} says {'both' if entry.until is not None else 'neither'} "
            '"lasting" and "until"'.replace("neither", "neither of")
            + ".",
            why="A plan without an end would run for ever, and two ends contradict each other.",
            fix='Write either lasting = "12 weeks" or until = "day 84".',
        )
    elif not entry.starting < end_of(entry) <= LONGEST_DAYS:
        yield remark(
            place,
            "until" if entry.until is not None else "lasting",
            f"{name} starts on day {entry.starting} and ends on day {end_of(entry)}.",
            why="A stretch of days ends after it starts, and within ten years.",
            fix="Move one of the two.",
        )


def _length(place: Place, practice: Practice) -> Iterator[Remark]:
    if practice.minutes is None and practice.what not in WITHOUT_A_LENGTH:
        yield remark(
            place,
            None,
            f"{practice.what} does not say for how many minutes.",
            why="How much is done decides how much it helps.",
            fix="Add minutes = 30, or what is meant.",
        )


def _relative_to_doses(parts: Parts) -> Iterator[Remark]:
    planned: list[Dose | Maintenance] = [entry for _, entry in parts.doses]
    planned += [entry for _, entry in parts.maintenance if condition_of(entry) is None]
    nothing_planned = parts.headings.isdisjoint(("dose", "maintenance"))
    for place, measure in parts.measures:
        if measure.schedule == EACH_DOSE and nothing_planned:
            yield _no_dose(place, "schedule")
    for place, therapy in parts.therapy:
        if not isinstance(therapy.placed, Relative):
            continue
        if nothing_planned:
            yield _no_dose(place, "placed")
        elif planned:
            firsts = [HOURS_IN_A_DAY * days_of(e)[0] + min(e.at) for e in planned]
            lasts = [HOURS_IN_A_DAY * days_of(e)[-1] + min(e.at) for e in planned]
            first = max(lasts) if therapy.placed.which == "the last" else min(firsts)
            if first + therapy.placed.hours < 0:
                days_early = -int((first + therapy.placed.hours) // HOURS_IN_A_DAY)
                start = int(first // HOURS_IN_A_DAY) + days_early
                yield remark(
                    place,
                    "placed",
                    f"The {therapy.kind} session would fall {days_early} days before day 0.",
                    why="Day 0 is the first day of the plan, so nothing comes before it.",
                    fix=f'Let the doses begin later, with starting = "day {start}" or later.',
                )


def _no_dose(place: Place, key: str) -> Remark:
    return remark(
        place,
        key,
        "This is placed relative to a dose, but no dose is planned.",
        why="Nobody could say on which day it falls.",
        fix='Write days of its own, for example "1 a week for 12 weeks".',
    )
