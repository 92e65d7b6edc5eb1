"""regrow trial: a study run again, what it prints, what it refuses."""

import re
from pathlib import Path

import pytest
from command_runs import ROOT, checked_json, printed, run

from regrow import posterior
from regrow.commands.trial import MOST, people_for, sets_for
from regrow.studies.problems import UnsoundStudy

STUDIES = ROOT / "studies"
FEW = ("--patients", "64")
MANUAL = (ROOT / "docs/reference/studies.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)

SAID = (
    "change, MADRS points", "difference, BDI points", "response *", "relapse", "ketamine, day 1",
    "against midazolam", "50 % band", "inside", "seed 0", "−11.0",
    "The model was not fitted to this study.",
)  # fmt: skip


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example2031.toml"
    file.write_text(EXAMPLE, "utf-8")
    return file


def test_the_table_holds_every_finding_in_words(example: Path) -> None:
    text = printed("trial", str(example), *FEW)
    assert [said for said in SAID if said not in text] == []


def test_what_does_not_count_is_shown_with_its_reason(example: Path) -> None:
    text = printed("trial", str(example), *FEW)
    assert (
        "* response-day-14 does not count: the same people and the same day as the difference."
        in text
    )


def test_a_study_to_calibrate_on_is_called_a_fit_and_not_a_test() -> None:
    assert "it is not a test" in printed("trial", str(STUDIES / "murrough2013.toml"), *FEW)


@pytest.mark.parametrize("file", sorted(path.name for path in STUDIES.glob("*.toml")))
def test_json_of_every_study_follows_its_schema(file: str) -> None:
    found = checked_json("trial", printed("trial", str(STUDIES / file), *FEW, "--json"))
    assert found["format"] == "regrow.trial/1"
    assert found["study"]["id"] == Path(file).stem
    for one in found["findings"]:
        ends = [one["band_95"][0], one["band_50"][0], one["predicted"], one["band_50"][1],
                one["band_95"][1]]  # fmt: skip
        known = [end for end in ends if end is not None]
        assert known == sorted(known)
        assert None not in ends[: len(known)]


def test_the_same_seed_gives_the_same_numbers(example: Path) -> None:
    one = printed("trial", str(example), *FEW, "--json", "--seed", "5")
    assert one == printed("trial", str(example), *FEW, "--json", "--seed", "5")
    assert one != printed("trial", str(example), *FEW, "--json", "--seed", "6")


@pytest.mark.parametrize(("patients", "sets"), [(1, 32), (2048, 64), (16_384, 128), (MOST, 128)])
def test_there_are_at_least_as_many_patients_as_asked_for(patients: int, sets: int) -> None:
    assert sets_for(patients) == min(sets, posterior.most())
    assert people_for(patients) % 32 == 0
    assert people_for(patients) * sets >= patients


def test_all_mistakes_of_a_file_are_told_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(EXAMPLE.replace("value   = -6.0", "value   = -99.0")
                    .replace('kind    = "change"', 'kind    = "chance"'), "utf-8")  # fmt: skip
    result = run("trial", str(file))
    assert isinstance(result.exception, UnsoundStudy)
    problems = result.exception.problems
    assert len(problems) >= 2
    assert all(problem.line > 1 and problem.fix for problem in problems)
    assert result.stdout == ""


@pytest.mark.parametrize(
    "wrong",
    [("--patients", "0"), ("--patients", str(MOST + 1)), ("--seed", "-1"), ("--out", "x")],
)
def test_wrong_usage_is_exit_code_2(example: Path, wrong: tuple[str, str]) -> None:
    assert run("trial", str(example), *wrong).exit_code == 2


def test_a_file_that_is_not_there_is_exit_code_2() -> None:
    assert run("trial", "nowhere.toml").exit_code == 2
    assert run("trial").exit_code == 2
