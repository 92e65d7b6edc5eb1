"""Refuse a hostile or hopeless file before, or while, it is parsed.

A document is a few pages of text. The limits below are far above any that a person would write, and
far below what could keep a computer busy.
"""

import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regrow.errors import ProtocolError
from regrow.protocol.problems import Place, Problem, Remark

MOST_BYTES = 64 * 1024
MOST_LINES = 2_000
LONGEST_LINE = 1_000
MOST_DOTS_IN_A_LINE = 60
MOST_ENTRIES = 40


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much a kind of document may hold, and why no more."""

    noun: str
    why: str
    deepest: int
    most_entries: int


PROTOCOL = Bounds(
    noun="protocol",
    why="A protocol is a page or two that a clinician can read aloud.",
    deepest=4,
    most_entries=MOST_ENTRIES,
)


class Refused(ProtocolError):
    """A file that was not taken apart, and the line at which it was put down."""

    def __init__(self, what: str, *, why: str, fix: str, line: int = 1) -> None:
        super().__init__(what, why=why, fix=fix)
        self.line = line

    def problem(self, file: str) -> Problem:
        """The refusal as the one problem of its file."""
        return Problem(file=file, line=self.line, what=self.what, why=self.why, fix=self.fix)


def text_of(path: Path, bounds: Bounds = PROTOCOL) -> str:
    """The text of a file, if it is a small text file."""
    try:
        if not path.is_file():
            raise Refused("This is not a file.", why=bounds.why, fix=f"Name a {bounds.noun} file.")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(
            f"The file cannot be read: {error.strerror}.",
            why=f"Without the file there is no {bounds.noun}.",
            fix="Check the name and the permissions.",
        ) from error
    if len(raw) > MOST_BYTES:
        raise _too_large(bounds)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"Byte {error.start} is not text in UTF-8.",
            why=f"A {bounds.noun} is plain text that every editor can show.",
            fix="Save the file as plain text in UTF-8.",
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from error


def tables_of(text: str, bounds: Bounds = PROTOCOL) -> dict[str, Any]:
    """The tables of a TOML text, if it is a modest one."""
    _measure(text, bounds)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        at_end = text.count("\n") + 1
        raise Refused(
            f"This is not TOML: {str(error)[: where.start()] if where else error}.",
            why="Nothing of the document can be trusted before its form is right.",
            fix='Mend this line. A line reads key = "text", a section [name], an entry [[name]].',
            line=int(where[1] or at_end) if where else 1,
        ) from error
    except RecursionError as error:
        raise _too_deep(bounds) from error
    except ValueError as error:  # an integer of thousands of digits, an impossible date
        raise Refused(
            "A number in the file is absurdly long, or a date is impossible.",
            why=bounds.why,
            fix="Write the number that is meant.",
        ) from error
    if _depth(tables, bounds.deepest) > bounds.deepest:
        raise _too_deep(bounds)
    for name, value in tables.items():
        if isinstance(value, list) and len(value) > bounds.most_entries:
            raise Refused(
                f"{name[:60]!r} holds {len(value):,} entries.",
                why=bounds.why,
                fix=f"Write at most {bounds.most_entries} of them.",
            )
    return tables


def not_finite(tables: dict[str, Any]) -> Iterator[Remark]:
    """Every NaN and infinity in the document."""
    stack: list[tuple[Place, Any]] = [((), tables)]
    while stack:
        place, value = stack.pop()
        if isinstance(value, float) and not math.isfinite(value):
            yield Remark(
                place=place,
                what=f"{value} is not a quantity.",
                why="Nobody can give, do or measure an infinite or undefined amount.",
                fix="Write the number that is meant.",
            )
        stack.extend(((*place, key), inner) for key, inner in _entries(value))


def _entries(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _depth(tables: dict[str, Any], deepest: int) -> int:
    depth, level = 0, [value for _, value in _entries(tables)]
    while level and depth <= deepest:
        depth += 1
        level = [inner for value in level for _, inner in _entries(value)]
    return depth


def _measure(text: str, bounds: Bounds) -> None:
    if len(text) > MOST_BYTES:
        raise _too_large(bounds)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise Refused(
            f"The document has more than {MOST_LINES:,} lines.",
            why=bounds.why,
            fix="Write a shorter one.",
        )
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE or line.count(".") > MOST_DOTS_IN_A_LINE:
            raise Refused(
                f"The line is longer than {LONGEST_LINE:,} characters, "
                f"or has more than {MOST_DOTS_IN_A_LINE} dots.",
                why=bounds.why,
                fix='Break long text over several lines between """ and """.',
                line=number,
            )


def _too_large(bounds: Bounds) -> Refused:
    return Refused(
        f"The file is larger than {MOST_BYTES // 1024} KiB.",
        why=bounds.why,
        fix="Write a shorter one.",
    )


def _too_deep(bounds: Bounds) -> Refused:
    return Refused(
        "The document nests lists or tables too deeply.",
        why=f"A {bounds.noun} has sections, entries and keys, and nothing deeper.",
        fix="Write [section] or [[entry]] headings with plain keys below them.",
    )
