"""A hostile or hopeless study file is refused at once, with an error that says why."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_documents import NAME, SOUND, problems, spoilt, the_problem

from regrow.studies.arms import arm_protocol
from regrow.studies.document import Study
from regrow.studies.problems import UnsoundStudy
from regrow.studies.read import read, read_text

SOON = 1.0
"""Seconds; each of these takes a few milliseconds, and the machine may be busy."""

FINDING = SOUND[SOUND.index("[[finding]]") : SOUND.index('[[finding]]\nid      = "difference')]
ARM_2 = '[[arm]]\nid       = "midazolam"\n'
DOSE = SOUND[SOUND.index("[[arm.dose]]") : SOUND.index(ARM_2)]
DAILY = DOSE.replace("3 a week for 2 weeks", "daily for 1900 days")

HOSTILE = {
    "nothing at all": ("", "does not say"),
    "deep nesting of lists": ("a = " + "[" * 900, "not TOML|nests"),
    "deep nesting of headings": ("[" + ".".join("a" * 60) + "]\n", "nests"),
    "a line without an end": ("a = '" + "x" * 60_000 + "'", "longer than"),
    "a large text": ("# comment\n" * 60_000, "larger than"),
    "many lines": ("\n" * 3_000, "more than 2,000 lines"),
    "a number without end": (spoilt("34.5", "0x" + "f" * 900), "cannot be|wrong type"),
    "many findings": (SOUND + '[[finding]]\nid = "x"\n' * 900, "holds"),
    "many wrong doses in an arm": (SOUND + "[[arm]]\n" + "[[arm.dose]]\n" * 900, "does not say"),
    "many doses in an arm": (spoilt(ARM_2, DOSE * 60 + ARM_2), "dose holds 61 entries"),
    "many arms with many doses": (
        SOUND + "".join(f'[[arm]]\nid = "{n}"\n{DAILY}' for n in range(20)),
        "does not say",
    ),
    "a million doses": (SOUND.replace("for 2 weeks", "for 999999 weeks"), "days out of"),
    "arms that are numbers": ("arm = [1, 2]\nfinding = 3\nenrolled = []", "wrong type"),
    "names that are numbers": (
        spoilt('id       = "ketamine"', "id = 7").replace('arm     = "ketamine"', "arm = [7]"),
        "wrong type",
    ),
    "dates as values": (spoilt("34.5", "2031-01-01"), "wrong type"),
    "overlaps that are tables": (
        spoilt('doi        = "10.1000/example"', "overlaps = [{ a = 1 }]"),
        "wrong type",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_soon_and_says_why(name: str) -> None:
    text, what = HOSTILE[name]
    begin = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - begin < SOON
    assert any(re.search(what, problem.what) for problem in found), found[0]
    assert all(len(str(problem)) < 2_000 for problem in found)


def test_as_many_findings_as_fit_are_read_and_placed_soon() -> None:
    more = "".join(FINDING.replace("change-day-1", f"change-{n}") for n in range(150))
    begin = time.perf_counter()
    assert len(read_text(SOUND + more, NAME).finding) == 154
    last = the_problem(SOUND + more + FINDING)
    assert time.perf_counter() - begin < 2 * SOON
    assert last.line > 1_400


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 9, "not text in UTF-8"),
        (SOUND.encode("utf-16"), "not text in UTF-8"),
        (b"# x\n" * 12_500_000, "larger than 64 KiB"),
        (b"", "does not say"),
    ],
    ids=["a picture", "UTF-16", "50 MB", "nothing"],
)
def test_a_hostile_file_is_refused_soon_and_says_why(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "study.toml"
    path.write_bytes(content)
    begin = time.perf_counter()
    with pytest.raises(UnsoundStudy) as caught:
        read(path)
    assert time.perf_counter() - begin < SOON
    assert any(what in problem.what for problem in caught.value.problems)
    assert all("protocol" not in problem.why for problem in caught.value.problems)


def test_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "nowhere.toml"):
        with pytest.raises(UnsoundStudy, match="not a file"):
            read(path)


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read(path) == read_text(SOUND, NAME)


def study_or_problems(text: str) -> None:
    outcome = study_or_error(text)
    if isinstance(outcome, UnsoundStudy):
        last = text.count("\n") + 1
        assert all(p.what and p.why and p.fix and 1 <= p.line <= last for p in outcome.problems)
    else:
        assert all(arm_protocol(outcome, arm).title for arm in outcome.arm)
        assert all(outcome.people(finding) >= 1 for finding in outcome.finding)


def study_or_error(text: str) -> Study | UnsoundStudy:
    try:
        return read_text(text, NAME)
    except UnsoundStudy as error:
        return error


LINES = SOUND.splitlines(keepends=True)
PIECES = st.sampled_from(
    [*LINES, "[[arm]]\n", "[[arm.dose]]\n", "[arm.dose]\n", "[arm]\n", "day = nan\n", "]\n"]
)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_a_study_or_problems(text: str) -> None:
    study_or_problems(text)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_shuffled_study_gives_a_study_or_problems(text: str) -> None:
    study_or_problems(text)


@given(st.integers(0, len(SOUND)), st.integers(0, 6), st.text(max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_slip_of_the_pen_gives_a_study_or_problems(at: int, lost: int, new: str) -> None:
    study_or_problems(SOUND[:at] + new + SOUND[at + lost :])


@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))
@settings(max_examples=200, deadline=None)
def test_any_line_that_is_moved_gives_a_study_or_problems(one: int, other: int) -> None:
    moved = [*LINES]
    moved[one], moved[other] = moved[other], moved[one]
    study_or_problems("".join(moved))
