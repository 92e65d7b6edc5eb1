"""One person's readings and log, in one file or in two, as one record."""

import datetime
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from regrow.errors import ForecastError
from regrow.forecast.log import Log
from regrow.forecast.readings import Record, read
from regrow.forecast.table import UnsoundReadings, table
from regrow.protocol.calendar import Calendar
from regrow.protocol.problems import Problem


def read_all(
    files: Sequence[Path],
    plan: Calendar,
    *,
    start: datetime.date | None = None,
    today: datetime.date | int | None = None,
) -> Record:
    """Read every file of one person on `plan`, as `readings.read` does.

    Raises UnsoundReadings with the mistakes of all files, and ForecastError for what is told twice.
    """
    found: list[Record] = []
    problems: list[Problem] = []
    for file in files:
        try:
            _check_dates(file, start)
            found.append(read(file, plan, start=start, today=today))
        except UnsoundReadings as error:
            problems += error.problems
    if problems:
        raise UnsoundReadings(problems)
    _check_twice(files, found)
    log = Log()
    for one in found:
        log = log.and_also(one.log)
    return Record(
        readings=tuple(reading for one in found for reading in one.readings),
        log=log,
        today=max(one.today for one in found),
        remarks=tuple(remark for one in found for remark in one.remarks),
    )


def _check_dates(file: Path, start: datetime.date | None) -> None:
    """Say once, and not for every row, that dates need a beginning."""
    found = table(file)
    if start is not None or found.when != "date":
        return
    first = min((row["date"][:10] for row in found.rows if row["date"]), default="2026-03-02")
    raise UnsoundReadings(
        [
            Problem(
                file=file.name,
                line=1,
                what="The file writes dates, and nothing says which of them was day 0 of the plan.",
                why="The plan counts days from day 0, its first day.",
                fix=f"Add --start with that date; if it was the first in the file: --start {first}",
            )
        ]
    )


def _check_twice(files: Sequence[Path], found: Sequence[Record]) -> None:
    """Refuse what two files tell of the same thing: nobody can say which of them counts."""
    for (file, one), (other, then) in combinations(zip(files, found, strict=True), 2):
        for what in {what for what, _ in _told(one)} & {what for what, _ in _told(then)}:
            raise ForecastError(
                f"{dict(_told(one))[what]} stands in {file.name} and in {other.name}.",
                why="The same thing counted twice would make the forecast too sure.",
                fix="Keep it in one of the two files.",
            )


def _told(record: Record) -> Iterator[tuple[Hashable, str]]:
    for reading in record.readings:
        yield (reading.measure, reading.day), f"{reading.measure} of day {reading.day:g}"
    for dose in record.log.doses:
        yield ("dose", dose.day, dose.hour), f"The dose of day {dose.day}"
    for session in record.log.sessions:
        yield (session.kind, session.day), f"The {session.kind} session of day {session.day}"
    for practice in record.log.practices:
        yield practice.practice, f"What was done of {practice.practice}"
