"""A sound document, and a way to spoil it."""

from pathlib import Path

import pytest

from regrow.protocol.problems import Problem, UnsoundProtocol
from regrow.protocol.read import read_text

ROOT = Path(__file__).parents[3]
PROTOCOLS = ROOT / "protocols"
EXAMPLES = sorted(PROTOCOLS.glob("*.toml"))

SOUND = """\
title      = "Six infusions"
version    = "1.0.0"
indication = "treatment-resistant depression"
summary    = "Six infusions in two weeks."
references = ["murrough2013b"]

[context]
setting = "clinic"

[[dose]]
drug     = "racemic ketamine"
route    = "intravenous infusion"
amount   = "0.5 mg/kg"
over     = "40 min"
schedule = "3 a week for 2 weeks"

[[practice]]
what         = "mindfulness"
minutes      = 10
times_a_week = 7
adherence    = 0.7
lasting      = "12 weeks"

[[measure]]
what     = "PHQ-9"
schedule = "1 a week for 12 weeks"
"""


def spoilt(old: str, new: str) -> str:
    """The sound document with one passage replaced."""
    assert SOUND.count(old) == 1, f"{old!r} should stand once in the sound document"
    return SOUND.replace(old, new)


def problems(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a document; fails when nothing is."""
    with pytest.raises(UnsoundProtocol) as caught:
        read_text(text, "plan.toml")
    return caught.value.problems


def the_problem(text: str) -> Problem:
    """The only thing that is wrong with a document."""
    (problem,) = problems(text)
    return problem


def line_of(text: str, passage: str) -> int:
    """The line on which a passage stands."""
    return text[: text.index(passage)].count("\n") + 1
