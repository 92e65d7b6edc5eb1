"""regrow forecast: what it prints, what it refuses."""

import csv
import re
from pathlib import Path

import pytest
from command_runs import INTEGRATION, PROTOCOLS, ROOT, SIX, checked_json, printed, run

from regrow.errors import ForecastError
from regrow.forecast.table import UnsoundReadings
from regrow.report.folder import MARKER

EXAMPLES = ROOT / "docs/examples"
ONE = (
    "forecast", str(EXAMPLES / "readings.csv"), "--log", str(EXAMPLES / "log.csv"),
    "--protocol", INTEGRATION, "--start", "2026-03-02",
)  # fmt: skip
SOON = ("--until", "60")
pytestmark = pytest.mark.xdist_group("forecast command")


@pytest.fixture(scope="module")
def text() -> str:
    return printed(*ONE, *SOON, "--what-if", SIX)


def file_of(place: Path, *rows: str) -> str:
    path = place / "mine.csv"
    path.write_text("\n".join(["day,what,value,unit,item9", *rows]) + "\n", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    "said",
    [
        "Now, on day 28 (2026-03-30), severity is about",
        "Under the plan as it stands",
        "The window is probably closed now",
        "Chance of being in response",
        "chance of having relapsed",
        "What if B, Six ketamine infusions in two weeks",
        "What would change the forecast most",
        "is hypothesis: nobody has shown it in people",
        "5 readings of MADRS, from day 0 to day 28.",
        "The dose of day 10 is taken for that of day 9.",
        "Weight: not known",
        "1 row: PHQ-9 has no value: taken as not answered.",
        "never a recommendation",
        "never be used to judge the risk of suicide",
        "Model: regrow",
    ],
)
def test_a_forecast_says(said: str, text: str) -> None:
    assert said in re.sub(r"\s+", " ", text)


def test_what_can_be_read_in_five_seconds_stands_first(text: str) -> None:
    assert text.index("Now, on day 28") < 500
    assert text.index("Now, on day 28") < text.index("What is to be expected")


def test_nothing_in_the_text_is_cut_off(text: str) -> None:
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_json_of_a_forecast_follows_its_schema_and_agrees_with_itself() -> None:
    found = checked_json("forecast", printed(*ONE, *SOON, "--what-if", SIX, "--json"))
    days = len(found["days"])
    assert (found["days"][0], found["days"][-1], found["today"]) == (0, 60, 28)
    assert len(found["severity_madrs_points"]["mean"]) == days
    (other,) = found["what_if"]
    before = found["days"].index(28)
    assert set(other["difference_points"]["mean"][:before]) == {0.0}
    assert other["difference_points"]["mean"][-1] > 0.0
    assert found["start_date"] == "2026-03-02"
    assert len(found["readings"]) == 8
    assert found["outside"] is False
    assert found["warning"] is None


def test_the_same_seed_gives_the_same_forecast() -> None:
    assert printed(*ONE, *SOON, "--json") == printed(*ONE, *SOON, "--json", "--seed", "0")
    assert printed(*ONE, *SOON, "--json") != printed(*ONE, *SOON, "--json", "--seed", "1")


def test_the_own_plan_as_a_what_if_changes_nothing() -> None:
    """Practices go on as this person did them, under every plan that expects them alike."""
    found = checked_json("forecast", printed(*ONE, *SOON, "--what-if", INTEGRATION, "--json"))
    (same,) = found["what_if"]
    assert set(same["difference_points"]["low90"]) == {0.0}
    assert set(same["difference_points"]["high90"]) == {0.0}


def test_a_what_if_that_asks_for_more_practice_is_taken_at_its_word(tmp_path: Path) -> None:
    eager = tmp_path / "eager.toml"
    eager.write_text(Path(INTEGRATION).read_text("utf-8").replace("= 0.7", "= 1.0"), "utf-8")
    found = checked_json("forecast", printed(*ONE, *SOON, "--what-if", str(eager), "--json"))
    assert found["what_if"][0]["difference_points"]["mean"][-1] < 0.0


def test_a_person_unlike_any_other_is_met_with_a_warning(tmp_path: Path) -> None:
    odd = file_of(tmp_path, "0,MADRS,30", "1,MADRS,55", "2,MADRS,10", "3,MADRS,58")
    text = printed("forecast", odd, "--protocol", SIX)
    assert text.index("WARNING: This person lies outside what the model knows") < 500
    assert "Every reading beside what was expected" in text
    found = checked_json("forecast", printed("forecast", odd, "--protocol", SIX, "--json"))
    assert found["outside"]
    assert "Do not lean on this forecast" in found["warning"]


def test_an_answer_about_suicide_is_not_interpreted_and_its_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    items = ",".join(f"item{k}" for k in range(1, 10))
    for score, last, told in ((19, "3", True), (16, "", False)):
        path.write_text(
            f"day,what,value,{items}\n0,PHQ-9,{score},2,2,2,2,2,2,2,2,{last}\n", "utf-8"
        )
        text = printed("forecast", str(path), "--protocol", SIX, "--until", "10")
        assert ("item 9 of PHQ-9" in text) is told
        assert ("It belongs to the clinician" in text) is told


def test_item_nine_changes_no_number(tmp_path: Path) -> None:
    items = ",".join(f"item{k}" for k in range(1, 10))
    found = []
    for row in ("2,2,2,2,2,2,2,2,3", "3,2,2,2,2,2,2,2,2", ",,,,,,,,"):
        path = tmp_path / "items.csv"
        path.write_text(f"day,what,value,{items}\n0,PHQ-9,19,{row}\n", "utf-8")
        text = printed("forecast", str(path), "--protocol", SIX, "--until", "10", "--json")
        found.append(checked_json("forecast", text)["severity_madrs_points"])
    assert found[0] == found[1] == found[2]


def test_a_log_without_a_reading_is_forecast_as_anybody(tmp_path: Path) -> None:
    text = printed("forecast", file_of(tmp_path, "0,dose,given"), "--protocol", SIX)
    assert "this is what the model expects of anybody on this plan" in text


def test_what_is_known_of_a_person_is_used() -> None:
    text = printed(*ONE, *SOON, "--weight-kg", "62", "--age", "41", "--usual-madrs", "33")
    assert "Weight: 62 kg." in text
    assert "Age: 41 years." in text
    assert "33 MADRS points." in text


def test_every_mistake_of_both_files_is_told_with_its_line(tmp_path: Path) -> None:
    scores, log = tmp_path / "scores.csv", tmp_path / "log.csv"
    scores.write_text("day,what,value\n0,MADRS,34\n3,MADR,20\n4,PHQ-9,90\n", "utf-8")
    log.write_text("day,what,value,unit\n0,dose,50,mg/kg\n1,integration,maybe,\n", "utf-8")
    result = run("forecast", str(scores), "--log", str(log), "--protocol", SIX)
    assert isinstance(result.exception, UnsoundReadings)
    places = {(problem.file, problem.line) for problem in result.exception.problems}
    assert places == {("scores.csv", 3), ("scores.csv", 4), ("log.csv", 2), ("log.csv", 3)}


def test_what_both_files_tell_is_refused(tmp_path: Path) -> None:
    scores, log = tmp_path / "scores.csv", tmp_path / "log.csv"
    scores.write_text("day,what,value\n0,MADRS,34\n4,dose,given\n", "utf-8")
    log.write_text("day,what,value\n4,dose,not given\n", "utf-8")
    result = run("forecast", str(scores), "--log", str(log), "--protocol", SIX)
    assert isinstance(result.exception, ForecastError)
    assert "The dose of day 4" in result.exception.what


def test_dates_without_a_beginning_are_told_once_with_the_option_to_add() -> None:
    result = run("forecast", str(EXAMPLES / "readings.csv"), "--protocol", INTEGRATION)
    assert isinstance(result.exception, UnsoundReadings)
    (problem,) = result.exception.problems
    assert "--start 2026-03-02" in problem.fix


@pytest.mark.parametrize("today", ["2026-03-31", "29"])
def test_today_is_a_date_or_a_day(today: str) -> None:
    found = checked_json("forecast", printed(*ONE, *SOON, "--today", today, "--json"))
    assert found["today"] == 29


@pytest.mark.parametrize(
    "wrong",
    [
        ("--start", "02.03.2026"),
        ("--start", "2026-02-31"),
        ("--today", "soon"),
        ("--until", "0"),
        ("--weight-kg", "nan"),
        ("--age", "3"),
        ("--force",),
        ("--log", ONE[1]),
        ("--what-if", "no-such-file.toml"),
        ("--what-if", SIX) * 8,
    ],
)
def test_wrong_usage_is_exit_code_2(wrong: tuple[str, ...]) -> None:
    assert run(*ONE, *wrong).exit_code == 2


def test_today_as_a_date_needs_a_beginning(tmp_path: Path) -> None:
    mine = file_of(tmp_path, "0,MADRS,34")
    result = run("forecast", mine, "--protocol", SIX, "--today", "2026-03-09")
    assert result.exit_code == 2
    assert "--start" in result.output


def test_a_forecast_of_the_past_is_refused() -> None:
    result = run(*ONE, "--until", "20")
    assert isinstance(result.exception, ForecastError)
    assert "cannot be made" in result.exception.what


def test_the_folder_holds_page_figures_and_numbers(tmp_path: Path) -> None:
    out = tmp_path / "report"
    printed(*ONE, *SOON, "--what-if", str(PROTOCOLS / "saline-control.toml"), "--out", str(out))
    assert {path.name for path in out.iterdir()} == {
        MARKER, "report.html", "forecast.json", "days.csv", "figures", "protocols",
    }  # fmt: skip
    drawn = {path.name for path in (out / "figures").iterdir()}
    assert drawn == {
        f"{name}.{kind}"
        for name in ("trajectory", "chances", "relapse", "what-if")
        for kind in ("svg", "png")
    }
    document = checked_json("forecast", (out / "forecast.json").read_text("utf-8"))
    with (out / "days.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(document["days"])
    assert float(rows[-1]["severity_mean"]) == document["severity_madrs_points"]["mean"][-1]
    assert rows[28]["date"] == "2026-03-30"
    page = (out / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "filled in at home" not in page
    again = run(*ONE, *SOON, "--out", str(out))
    assert "exists already" in str(again.exception)


def test_a_forecast_that_is_refused_leaves_no_folder_behind(tmp_path: Path) -> None:
    out = tmp_path / "report"
    bad = file_of(tmp_path, "0,MADRS,99")
    assert run("forecast", bad, "--protocol", SIX, "--out", str(out)).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
