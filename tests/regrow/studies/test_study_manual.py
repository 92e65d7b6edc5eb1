"""The manual of study files shows every key and word, and all that it shows is true."""

import re
import tomllib

import jsonschema
import pytest
from study_documents import MANUAL, NAME, SOUND

from regrow.protocol import vocabulary as plan
from regrow.studies import vocabulary
from regrow.studies.document import (
    Arm,
    Definitions,
    Enrolled,
    Finding,
    Scale,
    Spread,
    Study,
)
from regrow.studies.problems import UnsoundStudy
from regrow.studies.read import read_text
from regrow.studies.schema import json_schema

TOP = "The top of the file"
CHAPTERS = {
    TOP: Study,
    "[enrolled]": Enrolled,
    "[definitions]": Definitions,
    "[[scale]]": Scale,
    "[[arm]]": Arm,
    "[[finding]]": Finding,
    "spread": Spread,
}
HEADINGS = ("enrolled", "definitions", "scale", "arm", "finding")
BELOW_AN_ARM = ("dose", "maintenance", "therapy", "practice")
KEYS = [
    (heading, key)
    for heading, record in CHAPTERS.items()
    for key in record.model_fields
    if not (record is Study and key in HEADINGS) and not (record is Arm and key in BELOW_AN_ARM)
]


def chapter(heading: str) -> str:
    return MANUAL.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def row(heading: str, key: str) -> tuple[str, str]:
    rows = re.findall(rf"^\| `{key}` \| (.*) \| `(.*)` \|$", chapter(heading), re.MULTILINE)
    (found,) = (one for one in rows if "|" not in one[0])
    return found


@pytest.mark.parametrize(("heading", "key"), KEYS)
def test_every_key_is_documented_with_an_example(heading: str, key: str) -> None:
    field = CHAPTERS[heading].model_fields[key]
    said, example = row(heading, key)
    assert said == f"{'Required. ' if field.is_required() else ''}{field.description}"
    assert f"{key} = " in example


@pytest.mark.parametrize(("heading", "key"), KEYS)
def test_every_example_of_a_key_is_a_value_that_the_reader_takes(heading: str, key: str) -> None:
    _, example = row(heading, key)
    if heading == TOP:
        text = "\n".join(line for line in SOUND.split("\n") if not line.startswith(f"{key} "))
        text = f"{example}\n{text}"
    elif heading == "spread":
        text = f"{SOUND}\n[[finding]]\n{example}\n"
    elif heading.startswith("[["):
        text = f"{SOUND}\n{heading}\n{example}\n"
    else:
        text = f"{SOUND.replace(heading, '[old]')}\n{heading}\n{example}\n"
    with_key = [what for what in told(text) if re.match(rf"({key}|spread)(:| is) ", what)]
    assert with_key == []


def told(text: str) -> list[str]:
    try:
        read_text(text, NAME)
    except UnsoundStudy as error:
        return [problem.what for problem in error.problems]
    return []


def test_every_heading_has_a_chapter() -> None:
    assert {heading.strip("[]") for heading in CHAPTERS if heading.startswith("[")} == set(HEADINGS)
    assert all(f"`[[arm.{name}]]`" in chapter("[[arm]]") for name in BELOW_AN_ARM)
    assert set(BELOW_AN_ARM) < set(Arm.model_fields)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (TOP, (*vocabulary.USES, *vocabulary.DESIGNS)),
        ("[enrolled]", (*vocabulary.STATUSES, *vocabulary.MISSING)),
        ("[definitions]", vocabulary.RELAPSES),
        ("[[arm]]", (*plan.SETTINGS, *plan.BLINDINGS, *plan.BACKGROUNDS)),
        ("[[finding]]", (*vocabulary.KINDS, *vocabulary.TRUSTS, *vocabulary.IMPROVEMENTS)),
        ("spread", vocabulary.SPREADS),
    ],
)
def test_every_word_is_documented(heading: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in chapter(heading)] == []


@pytest.mark.parametrize("kind", vocabulary.KINDS)
def test_every_kind_of_finding_is_documented_with_what_it_needs(kind: str) -> None:
    rows = re.findall(rf"^\| `{kind}` \| (.*) \| (.*) \| (.*) \| (.*) \|$", MANUAL, re.MULTILINE)
    ((means, *lists),) = rows
    one = vocabulary.KINDS[kind]
    assert means
    assert [tuple(re.findall(r"`(.*?)`", part)) for part in lists] == [
        one.needs,
        one.may,
        one.spreads,
    ]


def test_the_study_of_the_manual_agrees_with_the_schema() -> None:
    jsonschema.validate(tomllib.loads(SOUND), json_schema())


def test_the_schema_refuses_a_key_that_is_not_known() -> None:
    with pytest.raises(jsonschema.ValidationError, match="unexpected"):
        jsonschema.validate(tomllib.loads(SOUND) | {"id": "x"}, json_schema())
