"""regrow validate: unseen studies predicted, and studies that were seen refused."""

import csv
import re
from pathlib import Path

import pytest
from command_runs import ROOT, checked_json, printed, run

from regrow.errors import SimulationError, ValidationError
from regrow.report.folder import MARKER
from regrow.studies.problems import UnsoundStudy

STUDIES = ROOT / "studies"
FEW = ("--patients", "64")
MANUAL = (ROOT / "docs/reference/studies.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)

SAID = (
    "The model was never fitted to these studies.", "change, MADRS points", "RMSE", "log",
    "How good the predictions were", "naive", "points", "shares", "all", "does not count",
    "naive comparator expects", "9 MADRS points",
)  # fmt: skip


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example2031.toml"
    file.write_text(EXAMPLE, "utf-8")
    return file


def test_the_tables_hold_findings_scores_and_a_verdict(example: Path) -> None:
    text = printed("validate", str(example), *FEW)
    assert [said for said in SAID if said not in text] == []
    assert re.search(r"The\s+CRPS is \d+ % (lower|higher) than", text)


def test_no_number_is_cut_off_in_the_tables(example: Path) -> None:
    assert "…" not in printed("validate", str(example), *FEW)


def test_json_follows_its_schema_and_agrees_with_the_table(example: Path) -> None:
    found = checked_json("validate", printed("validate", str(example), *FEW, "--json"))
    assert found["format"] == "regrow.validate/1"
    assert found["apart"] == "never seen"
    (study,) = found["studies"]
    assert study["study"]["id"] == "example2031"
    counted = [one for one in study["findings"] if one["counts"]]
    whole = found["summary"][-1]
    assert whole["of"] == "all"
    assert whole["findings"] == len(counted)
    inside = sum(one["regrow"]["inside_95"] for one in counted) / len(counted)
    assert whole["regrow"]["inside_95_share"] == pytest.approx(inside, abs=1e-6)
    mean = sum(one["regrow"]["scaled_crps"] for one in counted) / len(counted)
    assert whole["regrow"]["crps"] == pytest.approx(mean, rel=1e-4)


def test_the_folder_holds_page_figures_and_every_number(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    text = printed("validate", str(example), *FEW, "--out", str(out))
    assert str(out / "report.html") in text
    names = {path.name for path in out.iterdir()}
    assert names == {MARKER, "report.html", "validation.json", "findings.csv", "figures", "studies"}
    found = checked_json("validate", (out / "validation.json").read_text("utf-8"))
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [one["id"] for one in found["studies"][0]["findings"]]
    assert (
        float(rows[0]["regrow_band_95_low"])
        == found["studies"][0]["findings"][0]["regrow"]["band_95"][0]
    )
    drawn = {path.stem for path in (out / "figures").glob("*.svg")}
    assert drawn == {path.stem for path in (out / "figures").glob("*.png")}
    assert {"validation-changes", "validation-shares", "validation-honesty"} <= drawn
    assert (out / "studies" / "example2031.toml").read_text("utf-8") == EXAMPLE


def test_a_report_is_not_overwritten_unasked(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    out.mkdir()
    (out / "precious").touch()
    for force in ((), ("--force",)):
        result = run("validate", str(example), *FEW, "--out", str(out), *force)
        assert isinstance(result.exception, SimulationError)
        assert [path.name for path in out.iterdir()] == ["precious"]


def test_a_study_used_for_calibration_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "report"
    result = run("validate", str(STUDIES / "murrough2013.toml"), "--out", str(out))
    assert isinstance(result.exception, ValidationError)
    assert "murrough2013" in result.exception.what
    assert not out.exists()
    assert result.stdout == ""


def test_a_renamed_copy_of_a_calibration_study_is_refused_as_well(tmp_path: Path) -> None:
    copy = tmp_path / "harmless2031.toml"
    text = (STUDIES / "murrough2013.toml").read_text("utf-8")
    copy.write_text(re.sub(r"used_for +=.*", 'used_for = "validation"', text), "utf-8")
    result = run("validate", str(copy))
    assert isinstance(result.exception, ValidationError)
    assert "the citation of 'murrough2013'" in result.exception.what


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.toml"
        file.write_text(EXAMPLE.replace("value   = -6.0", "value   = -9999.0"), "utf-8")
        files.append(str(file))
    result = run("validate", *files)
    assert isinstance(result.exception, UnsoundStudy)
    assert {problem.file for problem in result.exception.problems} == set(files)


def test_without_the_library_of_scores_it_says_what_to_install(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    result = run("validate", str(example), *FEW)
    assert isinstance(result.exception, ValidationError)
    assert "regrow[calibrate]" in result.exception.fix


@pytest.mark.parametrize("wrong", [(), ("--patients", "0"), ("--force",), ("nowhere.toml",)])
def test_wrong_usage_is_exit_code_2(example: Path, wrong: tuple[str, ...]) -> None:
    arguments = (str(example), *wrong) if wrong else ()
    assert run("validate", *arguments).exit_code == 2
