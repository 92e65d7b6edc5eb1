"""regrow calibrate complains before an hour of work, and leaves behind what it promises."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_runs import ROOT

from regrow.calibrate import rounds
from regrow.cli import group
from regrow.errors import RegrowError

TINY = rounds.Effort(first=64, around=(64,), draws=120, warmup=100, checked=64)
ZHENG = (ROOT / "studies/zheng2019.toml").read_text("utf-8")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(group, ["calibrate", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def folder_of(place: Path, text: str) -> Path:
    place.mkdir()
    (place / "zheng2019.toml").write_text(text, "utf-8")
    return place


def test_a_calibration_leaves_draws_their_name_the_inference_data_and_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr(rounds, "QUICK", TINY)
    monkeypatch.setattr("regrow.calibrate.design.PART", 64)
    studies = folder_of(tmp_path / "studies", ZHENG)
    out = tmp_path / "out"
    text = run("--studies", str(studies), "--quick", "--out", str(out), "--processes", "1")
    assert "prior and posterior" in text
    assert "Pareto k" in text
    about = json.loads((out / "about.json").read_text("utf-8"))
    assert about["studies"] == ["zheng2019"]
    assert len((out / "draws.csv").read_text("utf-8").splitlines()) == about["draws"] + 1
    assert (out / "posterior.nc").stat().st_size > 0
    assert "Zheng" in (out / "calibration.md").read_text("utf-8")


def test_a_folder_without_a_study_for_calibration_is_refused(tmp_path):
    text = ZHENG.replace('"calibration"', '"validation"')
    assert text != ZHENG
    studies = folder_of(tmp_path / "studies", text)
    with pytest.raises(RegrowError, match="may be used for calibration"):
        run("--studies", str(studies), "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_a_study_is_told_before_anything_is_computed(tmp_path):
    studies = folder_of(tmp_path / "studies", ZHENG.replace("kind", "knid", 1))
    with pytest.raises(RegrowError, match="knid"):
        run("--studies", str(studies), "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_way_is_not_touched(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(RegrowError, match="is a file"):
        run("--out", str(tmp_path / "out"))
    assert (tmp_path / "out").read_text() == "mine"
