"""A problem in a protocol document, and the error that carries all of them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from regrow.errors import ProtocolError

Place = tuple[str | int, ...]
"""Where in the document: ("dose", 0, "amount") is the amount of the first [[dose]]."""

LONGEST_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something wrong at a place of the document."""

    place: Place
    what: str
    why: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong on a line of a file."""

    file: str
    line: int
    what: str
    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}\n  Why: {self.why}\n  Fix: {self.fix}"


class UnsoundProtocol(ProtocolError):
    """A protocol document with at least one problem; it holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        count = len(self.problems)
        what = (
            f"{first.file}:{first.line}: {first.what}"
            if count == 1
            else f"{first.file} has {count} problems."
        )
        super().__init__(what, why=first.why, fix=first.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def did_you_mean(word: str, words: Iterable[str]) -> str | None:
    """The closest of `words`, if one is close."""
    by_lower_case = {known.lower(): known for known in words}
    close = difflib.get_close_matches(word.lower()[:LONGEST_SHOWN], by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[close[0]] if close else None


def shown(value: object) -> str:
    """A value as a short piece of a sentence, safe to print on a terminal."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or very deep nesting
        return f"a very long {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
