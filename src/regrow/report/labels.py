"""What each protocol of a comparison is called: a letter, a title, and a name for its files."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LETTERS = string.ascii_uppercase
LONGEST_SLUG = 60


@dataclass(frozen=True, kw_only=True)
class Label:
    """A letter for tables and plots, a title that no other protocol has, a name for files."""

    letter: str
    title: str
    slug: str
    file: str


def labels(files: Sequence[Path], titles: Sequence[str]) -> tuple[Label, ...]:
    """Return one label per protocol; titles that occur twice are told apart by file and number."""
    twice = _repeated(titles)
    named = [
        f"{title} ({file.stem})" if title in twice else title
        for title, file in zip(titles, files, strict=True)
    ]
    named = _numbered(named, " [{}]")
    slugs = _numbered([slug(file.stem) for file in files], "-{}")
    return tuple(
        Label(letter=LETTERS[k], title=named[k], slug=slugs[k], file=str(files[k]))
        for k in range(len(files))
    )


def slug(text: str) -> str:
    """Return `text` as a plain file name."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain[:LONGEST_SLUG] or "protocol"


def _repeated(names: Sequence[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def _numbered(names: Sequence[str], suffix: str) -> list[str]:
    """Number the names that occur more than once, and never make a name that is already there."""
    twice, taken, result = _repeated(names), set(names), []
    for name in names:
        number, unique = 0, name
        while name in twice and (number == 0 or unique in taken):
            number += 1
            unique = name + suffix.format(number)
        taken.add(unique)
        result.append(unique)
    return result
