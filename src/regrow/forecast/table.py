"""A CSV file as rows with their lines: what a spreadsheet did to it is told, never guessed."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regrow.errors import ForecastError
from regrow.protocol.problems import Problem, headline, mend, shown

MOST_BYTES = 5_000_000
REQUIRED = ("what", "value")
WHEN = ("day", "date")
KNOWN = ("day", "date", "what", "value", "unit", "note", "item1")
SAID_FOR = {
    "measure": "what",
    "scale": "what",
    "score": "value",
    "notes": "note",
    "comment": "note",
}
"""What people also call a column."""


class UnsoundReadings(ForecastError):
    """A file of readings with at least one problem; it holds all of them, in order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        super().__init__(headline(self.problems), why=first.why, fix=first.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the file: its cells by column, blanks around them taken off."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file of readings: whether it counts days or writes dates, and its rows."""

    file: str
    when: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def table(path: Path) -> Table:
    """Read the CSV file at `path`.

    Raises UnsoundReadings where it cannot be read as a table at all; rows of the wrong length are
    among its problems.
    """
    name = path.name
    lines = _lines(name, _text(path))
    if not lines:
        raise _unreadable(
            name,
            "The file is empty.",
            why="A forecast needs at least one line of readings.",
            fix='Begin with the line "day,what,value".',
        )
    (first, header), *rest = lines
    columns, problems = _columns(name, first, header)
    rows = []
    for line, cells in rest:
        least = 1 + max(columns.index(one) for one in columns if one in (*REQUIRED, *WHEN))
        if not least <= len(cells) <= len(columns):
            problems.append(
                Problem(
                    file=name,
                    line=line,
                    what=f"{len(cells)} cells under {len(columns)} columns.",
                    why="A cell too many or too few puts every later one under the wrong heading.",
                    fix="Fill up the row; put text that holds a comma into double quotes.",
                )
            )
        else:
            # cells left out at the end of a row are empty
            rows.append(Row(line=line, cells=dict(zip(columns, cells, strict=False))))
    when = "date" if "date" in columns else "day"
    return Table(file=name, when=when, rows=tuple(rows), problems=tuple(problems))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(
            path.name,
            f"The file cannot be opened: {error.strerror or error}.",
            why="Without readings there is nothing to learn from.",
            fix="Check the path.",
        ) from None
    if len(data) > MOST_BYTES:
        raise _unreadable(
            path.name,
            f"The file has {len(data)} bytes.",
            why=f"The readings of one person do not fill {MOST_BYTES} bytes.",
            fix="Check that this is the right file.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            path.name,
            "The file is not UTF-8 text.",
            why="Other encodings cannot be told apart, and umlauts would be read wrongly.",
            fix='Save it as "CSV UTF-8 (comma delimited)".',
            line=line,
        ) from None


def _lines(name: str, text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of every row that is not blank, with the line on which it begins."""
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                found.append((begins, stripped))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(
            name,
            f"The file is not a table: {error}.",
            why="A quotation mark that is never closed swallows the rest of the file.",
            fix="Close it, or write it twice inside a quoted cell.",
            line=begins,
        ) from None
    return found


def _columns(name: str, line: int, header: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Return the names of the columns, and what is wrong with them besides.

    Raises UnsoundReadings where the rows cannot be read without knowing more.
    """
    if len(header) == 1 and (mark := next((m for m in ";\t|" if m in header[0]), None)):
        raise _unreadable(
            name,
            f"The columns are separated by {shown(mark)}, not by commas.",
            why="Where a comma is a decimal mark, 12,5 would become two cells.",
            fix="Save the file with commas between cells and points in numbers.",
            line=line,
        )
    columns = [SAID_FOR.get(cell.lower(), cell.lower()) for cell in header]
    missing = [column for column in REQUIRED if column not in columns]
    times = [column for column in WHEN if column in columns]
    if missing or len(times) != 1:
        both = len(times) == 2
        lacks = " and ".join(shown(one) for one in (missing if times else ["day", *missing]))
        raise _unreadable(
            name,
            "There is a column of days and one of dates." if both else f"No column {lacks}.",
            why="Each row says when, what, and how much; two ways to say when could disagree.",
            fix='Begin with the line "day,what,value" or "date,what,value".',
            line=line,
        )
    problems = []
    for k, column in enumerate(columns):
        item = column.startswith("item") and column[4:].isascii() and column[4:].isdigit()
        if (column in KNOWN or item) and column not in columns[:k]:
            continue
        twice = column in columns[:k]
        problems.append(
            Problem(
                file=name,
                line=line,
                what=f"The column {shown(header[k])} stands there twice."
                if twice
                else f"The column {shown(header[k])} is not known.",
                why="What is in it would be left out without a word.",
                fix="Take one of them away."
                if twice
                else f'{mend(column, KNOWN)} Free text goes into the column "note".',
            )
        )
    return columns, problems


def _unreadable(name: str, what: str, *, why: str, fix: str, line: int = 1) -> UnsoundReadings:
    return UnsoundReadings([Problem(file=name, line=line, what=what, why=why, fix=fix)])
