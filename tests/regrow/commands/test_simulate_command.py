"""regrow simulate: what it prints, what it refuses."""

from pathlib import Path

import pytest
from command_runs import (
    FEW,
    INTEGRATION,
    PROTOCOLS,
    SALINE,
    SINGLE,
    SIX,
    STARTER,
    checked_json,
    printed,
    run,
)

from regrow.errors import RegrowError
from regrow.protocol.problems import UnsoundProtocol


def test_the_table_says_how_many_patients_how_long_and_how_sure_it_is() -> None:
    text = printed("simulate", SIX, *FEW)
    assert "64 virtual patients, 28 days, seed 0" in text
    assert "calibrated on sixteen published studies" in text
    assert "day 28" in text
    assert "day 56" not in text


@pytest.mark.parametrize(
    "line", ["MADRS", "as PHQ-9", "response", "remission", "relapse*", "window open, days",
             "drug in all, mg per patient", "visit 1, day 0", "numerical error of the grid"],
)  # fmt: skip
def test_the_table_holds_every_quantity(line: str) -> None:
    assert line in printed("simulate", SIX, *FEW)


def test_json_follows_its_schema() -> None:
    found = checked_json("simulate", printed("simulate", SIX, INTEGRATION, *FEW, "--json"))
    assert found["format"] == "regrow.simulate/1"
    assert found["days"] == list(range(29))
    first, second = found["protocols"]
    assert (first["letter"], second["letter"]) == ("A", "B")
    assert len(first["madrs_points"]["mean"]) == 29
    (difference,) = found["differences"]
    assert (difference["protocol"], difference["against"]) == ("B", "A")


@pytest.mark.parametrize("file", [SINGLE, STARTER, SALINE])
def test_json_of_a_plan_without_drug_or_therapy_follows_its_schema(file: str) -> None:
    (part,) = checked_json("simulate", printed("simulate", file, *FEW, "--json"))["protocols"]
    assert part["window"]["share_of_minutes"] is None
    assert (part["lifetime_mg"] > 0.0) == bool(part["side_effects"]) == (file == SINGLE)


def test_the_same_seed_gives_the_same_numbers_on_any_number_of_threads() -> None:
    one = printed("simulate", SIX, *FEW, "--json", "--threads", "1", "--seed", "5")
    assert one == printed("simulate", SIX, *FEW, "--json", "--threads", "2", "--seed", "5")
    assert one != printed("simulate", SIX, *FEW, "--json", "--seed", "6")


def test_one_patient_is_a_population() -> None:
    found = checked_json("simulate", printed("simulate", SIX, "--patients", "1", "--json"))
    (part,) = found["protocols"]
    assert part["band_of_change"]["ignorance_share_of_variance"] is None


def test_centre_holds_every_number_at_its_best_guess() -> None:
    text = printed("simulate", SIX, *FEW, "--knowledge", "centre", "--json")
    (part,) = checked_json("simulate", text)["protocols"]
    assert part["band_of_change"]["ignorance_sd_points"] == 0.0
    assert part["band_of_change"]["sets_of_values"] == 1


def test_two_files_with_the_same_title_are_told_apart(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(Path(SIX).read_text("utf-8"), "utf-8")
    found = checked_json("simulate", printed("simulate", SIX, str(other), SIX, *FEW, "--json"))
    titles = [part["title"] for part in found["protocols"]]
    assert len(set(titles)) == 3
    assert titles[1].endswith("(other)")
    assert found["differences"][0]["madrs_points"]["mean"] == [0.0] * 29


def test_a_scale_is_read_on_request() -> None:
    assert "as PCL-5" not in printed("simulate", SIX, *FEW)
    assert "as PCL-5" in printed("simulate", SIX, *FEW, "--read-as", "PCL-5")


@pytest.mark.parametrize(
    "wrong",
    [
        (SIX, "--patients", "0"),
        (SIX, "--patients", "many"),
        (SIX, "--days", "0"),
        (SIX, "--seed", "-1"),
        (SIX, "--force"),
        (SIX, "--data", "all"),
        (SIX,) * 9,
        ("no-such-file.toml",),
        (str(PROTOCOLS),),
        (),
    ],
)
def test_wrong_usage_is_exit_code_2(wrong: tuple[str, ...]) -> None:
    assert run("simulate", *wrong).exit_code == 2


@pytest.mark.parametrize("wrong", [("--patients", "1000000000000"), ("--days", "100000")])
def test_a_simulation_nobody_can_run_is_refused_with_reason_and_remedy(
    wrong: tuple[str, str],
) -> None:
    result = run("simulate", SIX, *wrong)
    assert isinstance(result.exception, RegrowError)
    assert result.exception.why
    assert result.exception.fix


def test_every_problem_of_every_file_is_told(tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.toml", tmp_path / "worse.toml"
    bad.write_text(Path(SIX).read_text("utf-8").replace("0.5 mg/kg", "500 mcg/kg"), "utf-8")
    worse.write_text("title = 3", "utf-8")
    result = run("simulate", SIX, str(bad), str(worse))
    assert isinstance(result.exception, UnsoundProtocol)
    assert {problem.file for problem in result.exception.problems} == {str(bad), str(worse)}
