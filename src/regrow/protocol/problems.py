"""A problem in a protocol document, and the error that carries all of them."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regrow.errors import ProtocolError
from regrow.protocol.vocabulary import SYNONYMS

Place = tuple[str | int, ...]
"""Where in the document: ("dose", 0, "amount") is the amount of the first [[dose]]."""

LONGEST_SHOWN = 60
LEAST_ALIKE = 0.6
COULD_BE_EITHER = 0.15


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


def headline(problems: Sequence[Problem]) -> str:
    """One line that stands for all of them."""
    first, count = problems[0], len(problems)
    if count == 1:
        return f"{first.file}:{first.line}: {first.what}"
    return f"{first.file} has {count} problems."


class UnsoundProtocol(ProtocolError):
    """A protocol document with at least one problem; it holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        super().__init__(headline(self.problems), why=first.why, fix=first.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def closest(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """The closest of `words`, best first: several when it could be any of them."""
    by_lower_case = {known.lower(): known for known in words}
    lower = word.lower()[:LONGEST_SHOWN]
    close = difflib.get_close_matches(lower, by_lower_case, n=3, cutoff=LEAST_ALIKE)
    alike = [difflib.SequenceMatcher(None, known, lower).ratio() for known in close]
    return tuple(
        by_lower_case[known]
        for known, how in zip(close, alike, strict=True)
        if how > alike[0] - COULD_BE_EITHER
    )


def mend(word: str, words: Iterable[str]) -> str:
    """How a word that is not one of `words` may be mended."""
    known = tuple(words)
    means = {said: meant for said, meant in SYNONYMS.items() if meant in known}
    means |= {one: one for one in known}
    if near := [means[word.lower()]] if word.lower() in means else closest(word, means):
        either = dict.fromkeys(json.dumps(means.get(one, one)) for one in near)
        return f"Did you mean {' or '.join(either)}?"
    return f"Write one of: {', '.join(known)}."


def shown(value: object) -> str:
    """A value as a short piece of a sentence, safe to print on a terminal."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, or very deep nesting
        return f"a very long {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
