"""Read what was read of one person, and what was given and done, from a CSV file.

    day,what,value,unit
    0,MADRS,34,
    0,dose,0.5,mg/kg
    7,PHQ-9,15,
    7,mindfulness,80,%

The columns are described in docs/reference/readings.md.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regrow.errors import ForecastError
from regrow.forecast.entries import Entry, NotRead, Practised, entry, what_of
from regrow.forecast.log import DoseLogged, Log, PracticeLogged, SessionLogged
from regrow.forecast.reading import Reading
from regrow.forecast.table import Row, UnsoundReadings, table
from regrow.forecast.when import Clock, Moment
from regrow.measures.catalogue import measures
from regrow.protocol.calendar import Calendar
from regrow.protocol.problems import Problem

AT_THE_BEGINNING = Moment(0, None, 0.0)
"""Where a score is checked whose day cannot be read: both mistakes are told at once."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a file says of one person.

    today: the day from which a forecast runs (as asked, or that of the last row). remarks: rows
    that the model does not read, and why.
    """

    readings: tuple[Reading, ...]
    log: Log
    today: float
    remarks: tuple[str, ...]


def read(
    path: Path,
    plan: Calendar,
    *,
    start: datetime.date | None = None,
    today: datetime.date | int | None = None,
) -> Record:
    """Read the file at `path` of a person on `plan`.

    start: the date of day 0, needed where the file writes dates. today: nothing may lie after it.
    Raises UnsoundReadings, which names every mistake with its line.
    """
    found = table(path)
    problems = list(found.problems)
    last = _day_of(today, start)
    clock = Clock(plan=plan, start=start, last=last)
    entries: list[tuple[int, Entry]] = []
    seen: dict[tuple[str, float], int] = {}
    days = []
    for row in found.rows:
        moment, what, wrong = _said(row, found.when, clock)
        made: Entry | None = None
        if what is not None and (moment is not None or what in measures()):
            try:
                made = entry(row, what, moment or AT_THE_BEGINNING, plan)
            except ForecastError as error:
                wrong.append(error)
        if moment is not None and what is not None:
            # what is logged counts by the day, what is read or given by the moment
            by_day = isinstance(made, SessionLogged | Practised)
            key = (what, float(moment.day) if by_day else moment.days)
            if key in seen:
                wrong.append(_twice(what, row[found.when], seen[key]))
            seen.setdefault(key, row.line)
            days.append(moment.days)
        problems += [_problem(found.file, row.line, error) for error in wrong]
        if made is not None and not wrong:
            entries.append((row.line, made))
    if not found.rows and not problems:
        problems.append(_problem(found.file, 1, _no_rows()))
    if problems:
        raise UnsoundReadings(problems)
    latest = max(days, default=0.0)
    each = [one for _, one in entries]
    return Record(
        readings=tuple(one for one in each if isinstance(one, Reading)),
        log=Log(
            doses=tuple(one for one in each if isinstance(one, DoseLogged)),
            sessions=tuple(one for one in each if isinstance(one, SessionLogged)),
            practices=_stretches([one for one in each if isinstance(one, Practised)], plan),
        ),
        today=latest if last is None else max(float(last), latest),
        remarks=_remarks([one for one in each if isinstance(one, NotRead)]),
    )


def _said(
    row: Row, column: str, clock: Clock
) -> tuple[Moment | None, str | None, list[ForecastError]]:
    """Return when a row is about, what, and what is wrong with either."""
    wrong = []
    moment, what = None, None
    try:
        moment = clock.moment(row[column], column)
    except ForecastError as error:
        wrong.append(error)
    try:
        what = what_of(row["what"])
    except ForecastError as error:
        wrong.append(error)
    return moment, what, wrong


def _stretches(rows: Sequence[Practised], plan: Calendar) -> tuple[PracticeLogged, ...]:
    """Return each row of a practice as the stretch since the row before, or since it began."""
    found = []
    for practice in dict.fromkeys(one.practice for one in rows):
        begin = min(one.from_day for one in plan.practices if one.practice == practice)
        mine = sorted((one for one in rows if one.practice == practice), key=lambda o: o.last_day)
        for one in mine:
            if one.last_day >= begin:
                found.append(
                    PracticeLogged(
                        practice=practice,
                        share=one.share,
                        from_day=begin,
                        until_day=one.last_day + 1,
                    )
                )
                begin = one.last_day + 1
    return tuple(found)


def _remarks(rows: Sequence[NotRead]) -> tuple[str, ...]:
    counts = Counter(one.why for one in rows)
    return tuple(
        f"{count} row{'s' if count > 1 else ''}: {why}." for why, count in sorted(counts.items())
    )


def _day_of(today: datetime.date | int | None, start: datetime.date | None) -> int | None:
    if not isinstance(today, datetime.date):
        return today
    if start is None:
        raise ForecastError(
            f"It is not said on which day of the plan {today} lies.",
            why="The plan counts days from day 0.",
            fix="Say on which date day 0 was, or give today as a day of the plan.",
        )
    return (today - start).days


def _twice(what: str, when: str, line: int) -> ForecastError:
    return ForecastError(
        f"{what} stands there twice for {when}: also on line {line}.",
        why="The same thing counted twice would make the forecast too sure.",
        fix="Take one of them away, or give each its own time of day.",
    )


def _no_rows() -> ForecastError:
    return ForecastError(
        "There is a heading, and nothing below it.",
        why="A forecast needs at least one row.",
        fix='Add a row, for example "0,MADRS,34".',
    )


def _problem(file: str, line: int, error: ForecastError) -> Problem:
    return Problem(file=file, line=line, what=error.what, why=error.why, fix=error.fix)
