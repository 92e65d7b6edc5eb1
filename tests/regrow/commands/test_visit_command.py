"""regrow visit: one visit hour by hour."""

from pathlib import Path

import pytest
from click.testing import Result
from command_runs import PROTOCOLS, SALINE, SIX, STARTER, checked_json, printed, run

from regrow.errors import RegrowError

FEW = ("--patients", "64")
NASAL = str(PROTOCOLS / "esketamine-nasal.toml")


def visit(*arguments: str) -> dict[str, object]:
    return checked_json("visit", printed("visit", *arguments, *FEW, "--json"))


def test_the_table_holds_times_and_units() -> None:
    text = printed("visit", SIX, *FEW)
    assert "ng/mL" in text
    assert "mmHg" in text
    assert "half-life, h" in text
    for minute in ("0", "40", "120", "240"):
        assert f"\n{minute} " in text


@pytest.mark.parametrize(
    "file", sorted(p.name for p in PROTOCOLS.glob("*.toml") if "practices-and" not in p.name
                   and "starter" not in p.name),
)  # fmt: skip
def test_json_of_every_example_follows_its_schema(file: str) -> None:
    assert visit(str(PROTOCOLS / file), "--hours", "1")["format"] == "regrow.visit/1"


def test_twice_the_dose_gives_twice_the_exposure() -> None:
    one, two = visit(SIX, "--dose", "0.5"), visit(SIX, "--dose", "1 mg/kg")
    ratio = _auc(two) / _auc(one)
    assert ratio == pytest.approx(2.0, rel=1e-3)
    assert one["amount_is_a_question"]


def test_milligrams_replace_milligrams_per_kilogram() -> None:
    fixed = visit(SIX, "--dose", "31 mg", "--weight-kg", "62", "--age", "50")
    planned = visit(SIX, "--weight-kg", "62", "--age", "50")
    assert _auc(fixed) == pytest.approx(_auc(planned), rel=1e-6)


def test_a_given_weight_holds_for_every_patient() -> None:
    heavy, light = visit(SIX, "--weight-kg", "120"), visit(SIX, "--weight-kg", "50")
    assert heavy["fixed_in_all"] == {"weight_kg": True, "age_years": False}
    assert _auc(heavy, "mean") > 1.05 * _auc(light, "mean")


def test_an_amount_is_called_a_question_and_never_a_recommendation() -> None:
    result = run("visit", SIX, "--dose", "0.75", *FEW)
    assert result.exit_code == 0
    assert "never a recommendation" in result.stderr
    assert "beyond the limits" not in result.stderr


def test_an_amount_beyond_the_limits_is_warned_about_and_shown() -> None:
    result = run("visit", SIX, "--dose", "2 mg/kg", *FEW)
    assert result.exit_code == 0
    assert "beyond the limits of this protocol" in result.stderr
    assert "at most 1.5 mg/kg" in result.stderr


def test_a_dose_no_device_holds_is_warned_about() -> None:
    assert "only" in run("visit", NASAL, "--dose", "60 mg", *FEW).stderr


@pytest.mark.parametrize("amount", ["nan", "-1", "inf", "500 mg/kg", "1e9", "two", "0.5 mg/lb"])
def test_an_absurd_amount_is_refused(amount: str) -> None:
    assert _refused(run("visit", SIX, f"--dose={amount}", *FEW))


@pytest.mark.parametrize(
    "wrong",
    [
        ("--weight-kg", "nan"),
        ("--weight-kg", "5"),
        ("--age", "200"),
        ("--hours", "inf"),
        ("--hours", "0"),
        ("--visit", "0"),
        ("--patients", "0"),
        ("--ancestry", "Martian"),
        ("--force",),
    ],
)
def test_wrong_usage_is_exit_code_2(wrong: tuple[str, ...]) -> None:
    assert run("visit", SIX, *wrong).exit_code == 2


@pytest.mark.parametrize(
    "wrong", [(SIX, "--visit", "7"), (STARTER,), (SIX, "--patients", "100000")]
)
def test_a_visit_that_cannot_be_is_refused(wrong: tuple[str, ...]) -> None:
    assert _refused(run("visit", *wrong))


def test_a_visit_without_a_drug_says_so() -> None:
    assert "No drug is given" in run("visit", SALINE, *FEW).stderr


def test_the_folder_holds_figures_and_every_minute(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "visit"
    printed("visit", SIX, *FEW, "--hours", "2", "--out", str(out))
    checked_json("visit", (out / "visit.json").read_text("utf-8"))
    table = pq.read_table(out / "visit.parquet")
    assert table.num_rows == 121
    assert "ketamine_venous_ng_per_ml_high" in table.column_names
    assert {path.suffix for path in out.iterdir() if path.stem.startswith("plasma")} == {
        ".svg",
        ".png",
    }


def _auc(found: dict[str, object], which: str = "typical") -> float:
    exposures = found["exposures"]
    assert isinstance(exposures, dict)
    return float(exposures["ketamine, venous"]["auc_ng_h_per_ml"][which])


def _refused(result: Result) -> bool:
    return isinstance(result.exception, RegrowError)
