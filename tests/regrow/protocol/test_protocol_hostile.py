"""A hostile or hopeless file is refused at once, with an error that says why."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protocol_documents import SOUND, problems, spoilt, the_problem

from regrow.protocol import guard
from regrow.protocol.calendar import calendar
from regrow.protocol.document import Protocol
from regrow.protocol.prescription import show
from regrow.protocol.problems import UnsoundProtocol
from regrow.protocol.read import read, read_tables, read_text
from regrow.protocol.write import text_of

SOON = 1.0
"""Seconds; each of these takes a few milliseconds, and the machine may be busy."""

HOSTILE = {
    "nothing at all": ("", "does not say"),
    "only white space": (" \n\t\n", "does not say"),
    "deep nesting of lists": ("a = " + "[" * 900, "not TOML|nests"),
    "deep nesting over lines": ("a = " + "[\n" * 1900 + "1" + "]" * 90, "not TOML|nests"),
    "deep nesting of tables": ("a = " + "{a = " * 190 + "1" + "}" * 190, "longer than"),
    "deep nesting of headings": ("[" + ".".join("a" * 60) + "]\n", "nests"),
    "a key of a thousand parts": (".".join("a" * 999) + " = 1", "longer|nests"),
    "a line without an end": ("a = '" + "x" * 60_000 + "'", "longer than"),
    "a large text": ("# comment\n" * 60_000, "larger than"),
    "many lines": ("\n" * 3_000, "more than 2,000 lines"),
    "a number of five thousand digits": ("a = [\n" + ("9" * 900 + "\n") * 6 + "]", "not TOML"),
    "a hexadecimal number without end": (spoilt("= 10", "= 0x" + "f" * 900), "nobody can carry"),
    "an impossible date": ("a = 2026-99-99", "not TOML|impossible"),
    "control characters": ("a = '\x00\x07'", "not TOML"),
    "a million doses": (spoilt("for 2 weeks", "for 999999 weeks"), "days out of"),
    "a million days": (spoilt("3 a week for 2 weeks", "daily for 999999 months"), "days out of"),
    "a million bookings": (spoilt("= 10", "= 1e308"), "nobody can carry out"),
    "a number that is minus nothing": (spoilt("= 10", "= -0.0"), "nobody can carry out"),
    "two keys of the same name": ("a = 1\na = 2", "not TOML"),
    "many entries": (SOUND + '[[dose]]\ndrug = "x"\n' * 900, "holds"),
    "many wrong keys": (SOUND + "".join(f"k{n} = {n}\n" for n in range(1_500)), "not known"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_soon_and_says_why(name: str) -> None:
    text, what = HOSTILE[name]
    begin = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - begin < SOON
    assert any(re.search(what, problem.what) for problem in found), found[0]
    assert all(len(str(problem)) < 2_000 for problem in found)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + os.urandom(2_000), "not text in UTF-8"),
        (SOUND.encode("utf-16"), "not text in UTF-8"),
        (b"\xff" * 100, "not text in UTF-8"),
        (b"title = 'caf\xe9'", "Byte 12 is not text"),
        (b"# x\n" * 12_500_000, "larger than 64 KiB"),
        (b"", "does not say"),
    ],
    ids=["a picture", "UTF-16", "no text", "Latin-1", "50 MB", "nothing"],
)
def test_a_hostile_file_is_refused_soon_and_says_why(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    begin = time.perf_counter()
    with pytest.raises(UnsoundProtocol) as caught:
        read(path)
    assert time.perf_counter() - begin < SOON
    assert any(what in problem.what for problem in caught.value.problems)


def test_a_folder_a_pipe_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "nowhere.toml"):
        with pytest.raises(UnsoundProtocol, match="not a file"):
            read(path)


def test_the_line_of_a_byte_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"# one\n# two\n# \xff\n")
    with pytest.raises(UnsoundProtocol) as caught:
        read(path)
    assert caught.value.problems[0].line == 3


def test_the_line_of_a_slip_in_the_form_is_told() -> None:
    assert the_problem("title = 'x'\nversion = \n").line == 2
    assert the_problem("title = 'x'\n\nsummary = '''\nnever ends\n").line == 5


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read(path) == read_text(SOUND, "plan.toml")


def test_many_entries_of_many_doses_are_counted_and_not_carried_out() -> None:
    entry = SOUND[SOUND.index("[[dose]]") : SOUND.index("[[practice]]")]
    text = SOUND + entry.replace("3 a week for 2 weeks", "daily for 1900 days") * 30
    begin = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - begin < SOON
    assert "The plan holds 57,006 doses." in [problem.what for problem in found]


def test_depth_is_bounded_where_a_sound_document_has_room() -> None:
    assert guard.tables_of(SOUND)
    with pytest.raises(guard.Refused, match="nests"):
        guard.tables_of("a = [[[[[[1]]]]]]")


LINES = SOUND.splitlines(keepends=True)
PIECES = st.sampled_from(
    [*LINES, "[[dose]]\n", "[home]\n", 'amount = "1 kg"\n', "x = nan\n", "]\n"]
)


def protocol_or_problems(text: str) -> None:
    outcome = protocol_or_error(text)
    if isinstance(outcome, Protocol):
        assert calendar(outcome).until_day >= 1
        assert outcome.version in show(outcome)
        assert read_text(text_of(outcome), "again") == outcome
    if isinstance(outcome, UnsoundProtocol):
        assert outcome.problems
        last = text.count("\n") + 1
        assert all(p.what and p.why and p.fix and 1 <= p.line <= last for p in outcome.problems)


def protocol_or_error(text: str) -> Protocol | UnsoundProtocol:
    try:
        return read_text(text, "any.toml")
    except UnsoundProtocol as error:
        return error


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_protocol_or_problems(text: str) -> None:
    protocol_or_problems(text)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_shuffled_document_gives_a_protocol_or_problems(text: str) -> None:
    protocol_or_problems(text)


WORDS = st.sampled_from(
    [
        "day 3650",
        "days 0, 9",
        "daily for 30 days",
        "1 a week for 9 weeks",
        "every 5 days for 1 month",
    ]
)


@given(WORDS, WORDS, st.integers(0, 3659), st.sampled_from(["oral", "nasal", "intramuscular"]))
@settings(max_examples=150, deadline=None)
def test_any_combination_of_days_gives_a_protocol_or_problems(
    doses: str, measures: str, start: int, route: str
) -> None:
    text = spoilt('"3 a week for 2 weeks"', f'"{doses}"\nstarting = "day {start}"')
    text = text.replace('"1 a week for 12 weeks"', f'"{measures}"')
    text = text.replace('over     = "40 min"\n', "").replace('"intravenous infusion"', f'"{route}"')
    text += '\n[[therapy]]\nkind = "CBT"\nminutes = 60\nplaced = "60 days after the last dose"\n'
    protocol_or_problems(text)


@given(st.integers(0, len(SOUND)), st.integers(0, 6), st.text(max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_slip_of_the_pen_gives_a_protocol_or_problems(at: int, lost: int, new: str) -> None:
    protocol_or_problems(SOUND[:at] + new + SOUND[at + lost :])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Protocol.model_fields, "x"]), VALUES))
@settings(max_examples=150, deadline=None)
def test_any_tables_give_problems_and_nothing_else(tables: dict[str, object]) -> None:
    with pytest.raises(UnsoundProtocol):
        read_tables(tables, "a form")
