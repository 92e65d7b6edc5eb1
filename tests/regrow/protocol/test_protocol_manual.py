"""The manual shows every key, and all that it shows is true."""

import io
import re
from contextlib import redirect_stdout

import pytest
from protocol_documents import ROOT, SOUND

from regrow.protocol import vocabulary
from regrow.protocol.document import Protocol
from regrow.protocol.explain import ENTRIES, SECTIONS
from regrow.protocol.problems import Problem, UnsoundProtocol
from regrow.protocol.read import read_text
from regrow.protocol.schedule import schedule

MANUAL = (ROOT / "docs/reference/protocol.md").read_text("utf-8")
HEADINGS = {
    **{f"[[{name}]]": model for name, model in ENTRIES.items()},
    **{f"[{name}]": model for name, model in SECTIONS.items()},
}
KEYS = [(heading, key) for heading, model in HEADINGS.items() for key in model.model_fields]
KEYS += [
    ("The top of the document", key)
    for key in Protocol.model_fields
    if key not in ENTRIES and key not in SECTIONS
]


def chapter(heading: str) -> str:
    return MANUAL.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(("heading", "key"), KEYS)
def test_every_key_is_documented_with_an_example(heading: str, key: str) -> None:
    field = HEADINGS.get(heading, Protocol).model_fields[key]
    (row,) = re.findall(rf"^\| `{key}` \| (.*) \| `(.*)` \|$", chapter(heading), re.MULTILINE)
    assert row[0] == f"{'Required. ' if field.is_required() else ''}{field.description}"
    assert row[1].startswith(f"{key} = ")


def test_every_section_of_the_schema_has_a_chapter() -> None:
    assert set(Protocol.model_fields) == {
        *ENTRIES,
        *SECTIONS,
        *(key for heading, key in KEYS if heading == "The top of the document"),
    }


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("[context]", (*vocabulary.SETTINGS, *vocabulary.BLINDINGS, *vocabulary.BACKGROUNDS)),
        ("[[dose]]", (*vocabulary.DRUGS, *vocabulary.ROUTES)),
        ("[[dose]]", [form for forms in vocabulary.FORMULATIONS.values() for form in forms]),
        ("[[therapy]]", vocabulary.THERAPIES),
        ("[[practice]]", (*vocabulary.PRACTICES, *vocabulary.INTENSITIES)),
        ("[[measure]]", vocabulary.MEASURES),
        ("[eligibility]", (*vocabulary.ELIGIBILITY, *vocabulary.RULE_SETS)),
    ],
)
def test_every_word_is_documented(heading: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in chapter(heading)] == []


def test_the_complete_plan_of_the_manual_is_sound() -> None:
    (plan,) = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    assert read_text(plan, "manual").title in plan


def test_the_schedules_of_the_manual_mean_what_it_says() -> None:
    rows = re.findall(r'^\| `"(.*)"` \| ([0-9, ]+) \|$', MANUAL, re.MULTILINE)
    assert len(rows) == 6
    for text, days in rows:
        assert schedule(text).days() == tuple(int(day) for day in days.split(", "))


def test_the_python_of_the_manual_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "manual", "exec"), {})
    assert printed.getvalue().splitlines() == re.findall(r"#> (.*)", code)


@pytest.mark.parametrize(("heading", "key"), KEYS)
def test_every_example_of_a_key_is_a_value_that_the_reader_takes(heading: str, key: str) -> None:
    example = re.findall(rf"^\| `{key}` .* \| `(.*)` \|$", chapter(heading), re.MULTILINE)[0]
    if heading.startswith("[["):
        text = f"{SOUND}\n{heading}\n{example}\n"
    elif heading.startswith("["):
        text = f"{SOUND.replace('[context]', '[old]')}\n{heading}\n{example}\n"
    else:
        text = re.sub(rf"^{key} .*$", lambda _: example, SOUND, flags=re.MULTILINE)
    told = [problem.what for problem in problems_of(text)]
    assert not [what for what in told if what.startswith(f"{key}: ") or "wrong type" in what]


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        read_text(text, "manual")
    except UnsoundProtocol as error:
        return error.problems
    return ()
