"""regrow protocol: what it prints, and with which exit code."""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from protocol_documents import EXAMPLES, PROTOCOLS, SOUND, spoilt

from regrow.cli import main
from regrow.commands.protocol import protocol
from regrow.errors import ProtocolError
from regrow.protocol.schema import json_schema

SIX = str(PROTOCOLS / "six-infusions.toml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(protocol, arguments)


def checked_json(command: str, text: str) -> dict[str, Any]:
    """What a command printed, if it follows the command's schema."""
    schema = json.loads((files("regrow.commands") / f"schemas/protocol-{command}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    printed: dict[str, Any] = json.loads(text)
    jsonschema.validate(printed, schema)
    return printed


@pytest.fixture
def unsound(tmp_path: Path) -> str:
    path = tmp_path / "plan.toml"
    path.write_text(spoilt('"0.5 mg/kg"', '"500 mcg/kg"').replace('"1.0.0"', '"one"'), "utf-8")
    return str(path)


def test_all_examples_are_sound() -> None:
    result = run("check", *map(str, EXAMPLES))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(EXAMPLES)
    assert f"{SIX}: Six ketamine infusions in two weeks 1.0.0 is sound." in result.stdout


def test_every_problem_is_printed_with_its_line_and_the_exit_code_is_1(unsound: str) -> None:
    result = run("check", SIX, unsound)
    assert result.exit_code == 1
    assert "is sound" in result.stdout
    assert f"{unsound}:2: version: 'one' is not a version.\n  Why: " in result.stderr
    assert f"{unsound}:13: amount: '500 mcg/kg' is not an amount" in result.stderr
    assert '  Fix: Write "0.5 mg/kg", if that is what is meant.' in result.stderr


def test_the_whole_command_line_gives_the_same_exit_codes(
    unsound: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, code in ((["check", SIX], 0), (["check", unsound], 1), (["show", unsound], 1)):
        monkeypatch.setattr(sys, "argv", ["regrow", "protocol", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == code
    told = capsys.readouterr().err
    assert told.count(f"{unsound}:2: version: 'one' is not a version.") == 2
    assert told.count(f"{unsound}:13: amount: '500 mcg/kg' is not an amount") == 2


def test_problems_as_json_follow_their_schema(unsound: str) -> None:
    result = run("check", SIX, unsound, "--json")
    assert result.exit_code == 1
    sound, wrong = checked_json("check", result.stdout)["files"]
    assert (sound["ok"], sound["version"], sound["problems"]) == (True, "1.0.0", [])
    assert (wrong["ok"], wrong["title"]) == (False, None)
    assert [problem["line"] for problem in wrong["problems"]] == [2, 13]


@pytest.mark.parametrize("command", ["check", "show", "calendar"])
def test_a_file_that_is_not_there_is_wrong_usage(command: str) -> None:
    assert run(command, "nowhere.toml").exit_code == 2


def test_check_without_a_file_is_wrong_usage() -> None:
    assert run("check").exit_code == 2


def test_show_prints_the_prescription() -> None:
    result = run("show", SIX)
    assert result.exit_code == 0
    assert result.stdout.startswith("Six ketamine infusions in two weeks\nVersion 1.0.0")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_protocol_as_json_follows_the_schema_of_documents(path: Path) -> None:
    printed = checked_json("show", run("show", str(path), "--json").stdout)
    jsonschema.validate(printed["protocol"], json_schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_calendar_as_json_follows_its_schema(path: Path) -> None:
    printed = checked_json("calendar", run("calendar", str(path), "--json").stdout)
    assert printed["format"] == "regrow.protocol.calendar/1"
    assert printed["start"] is None


def test_a_calendar_has_dates_when_day_0_has_one() -> None:
    result = run("calendar", SIX, "--start", "2026-03-02", "--days", "3")
    assert result.exit_code == 0
    assert "day    2  Wed 2026-03-04  09:00  visit 2: racemic ketamine" in result.stdout
    assert "2026-03-05" not in result.stdout
    dated = run("calendar", SIX, "--start", "2026-03-02", "--json").stdout
    assert checked_json("calendar", dated)["start"] == "2026-03-02"


def test_a_calendar_past_the_last_year_is_refused() -> None:
    result = run("calendar", SIX, "--start", "9999-12-01")
    assert isinstance(result.exception, ProtocolError)
    assert "past the year 9999" in result.exception.what


@pytest.mark.parametrize("option", [("--start", "1 March"), ("--days", "0"), ("--days", "9999")])
def test_a_calendar_asked_for_wrongly_is_wrong_usage(option: tuple[str, str]) -> None:
    assert run("calendar", SIX, *option).exit_code == 2


def test_an_unsound_protocol_is_neither_shown_nor_put_on_a_calendar(unsound: str) -> None:
    for command in ("show", "calendar"):
        result = run(command, unsound)
        assert isinstance(result.exception, ProtocolError)
        assert "has 2 problems" in result.exception.what


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout) == json_schema()


def test_a_sound_document_outside_the_examples_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SOUND, "utf-8")
    assert run("check", str(path)).exit_code == 0
