"""The sound study of the manual, and a way to spoil it."""

import re
from pathlib import Path

import pytest

from regrow.protocol.problems import Problem
from regrow.studies.problems import UnsoundStudy
from regrow.studies.read import read_text

ROOT = Path(__file__).parents[3]
STUDIES = ROOT / "studies"
MANUAL = (ROOT / "docs/reference/studies.md").read_text("utf-8")
NAME = "example2031.toml"
(SOUND,) = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)


def spoilt(old: str, new: str) -> str:
    """The sound study with one passage replaced."""
    assert SOUND.count(old) == 1, f"{old!r} should stand once in the sound study"
    return SOUND.replace(old, new)


def problems(text: str, name: str = NAME) -> tuple[Problem, ...]:
    """Everything that is wrong with a study; fails when nothing is."""
    with pytest.raises(UnsoundStudy) as caught:
        read_text(text, name)
    return caught.value.problems


def the_problem(text: str, name: str = NAME) -> Problem:
    """The only thing that is wrong with a study."""
    (problem,) = problems(text, name)
    return problem


def line_of(text: str, passage: str) -> int:
    """The line on which a passage stands."""
    return text[: text.index(passage)].count("\n") + 1
