"""The studies that come with regrow hold every published row, and are kept for calibration."""

import csv
import shutil
from pathlib import Path

import pytest
from study_documents import ROOT, SOUND, STUDIES, line_of

from regrow.errors import StudyError
from regrow.measures.catalogue import measures
from regrow.studies.document import Finding, Study
from regrow.studies.library import read_all, shipped
from regrow.studies.problems import UnsoundStudy

LIBRARY = {study.id: study for study in read_all(STUDIES)}
PUBLISHED = Path(__file__).parent / "published_rows.csv"
ROWS = list(csv.DictReader(PUBLISHED.read_text("utf-8").splitlines()))

KINDS = {
    "mean": "mean",
    "chg": "change",
    "diff": "difference",
    "diff_d": "standardised difference",
    "rate_resp": "response",
    "rate_remit": "remission",
    "rate_relapse": "relapse",
    "median_relapse_days_after_last": "median time to relapse",
}
MEASURES = {
    "MADRS": "MADRS",
    "MADRS_d": "MADRS",
    "QIDS_d": "QIDS-SR",
    "HDRS25": "HDRS-25",
    "HAMD17": "HDRS-17",
    "MADRSorHDRS": "MADRS",
    "mixed": "MADRS",
}
ARMS = {
    "K": "ketamine",
    "K_resp": "ketamine",
    "K_all": "ketamine",
    "K-PBO": "ketamine",
    "K_first": "ketamine-first",
    "PBO": "saline",
    "PBO_all": "saline",
    "PBO_first": "saline-first",
    "MDZ": "midazolam",
    "K0.5": "ketamine-0.5",
    "K0.2": "ketamine-0.2",
    "K_mdz": "ketamine-against-midazolam",
    "K_sal": "ketamine-against-saline",
    "saline": "saline",
    "K2": "ketamine-2-a-week",
    "PBO2": "saline-2-a-week",
    "K3": "ketamine-3-a-week",
    "PBO3": "saline-3-a-week",
    "ESK": "esketamine",
    "ESK_remit": "stay",
    "PBO_remit": "stop",
    "CBT-TAU": "therapy",
    "K+CBT_resp": "ketamine-and-therapy",
}
"""What the table of the evidence notes calls an arm, and what its study file does."""


def days_of(row: dict[str, str]) -> tuple[float | None, float | None]:
    """The day and the last day of a row; a row may give none."""
    if row["kind"].startswith("median") or not row["t_days"]:
        return None, None
    first, _, last = row["t_days"].partition("-")
    return float(first), float(last) if last else None


def finding_of(row: dict[str, str]) -> Finding:
    """The one finding that holds a published row."""
    study = LIBRARY[row["trial"].lower()]
    day, until = days_of(row)
    kind = "sustained response" if until else KINDS[row["kind"]]
    arm = "placebo" if (study.id, row["arm"]) == ("transform12", "PBO") else ARMS[row["arm"]]
    (finding,) = [
        one
        for one in study.finding
        if (one.kind, one.arm, one.measure) == (kind, arm, MEASURES[row["scale"]])
        and (day is None or (one.day, one.until_day) == (day, until))
    ]
    return finding


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: "-".join((row["trial"], row["arm"], row["t_days"], row["kind"]))
)
def test_every_published_row_is_a_finding_as_it_was_printed(row: dict[str, str]) -> None:
    finding = finding_of(row)
    assert finding.value == float(row["value"])
    assert finding.n == (int(row["n"]) if row["n"] else None)
    assert finding.trust == row["trust"]
    spread = finding.spread
    sd = spread.value if spread is not None and spread.kind == "SD" else None
    assert sd == (float(row["sd"]) if row["sd"] else None)


def test_no_finding_holds_two_rows_and_what_no_row_holds_is_not_used() -> None:
    held = {(row["trial"].lower(), finding_of(row).id) for row in ROWS}
    assert len(held) == len(ROWS)
    written = {(study.id, one.id): one for study in LIBRARY.values() for one in study.finding}
    assert held <= set(written)
    assert {one.used for key, one in written.items() if key not in held} == {False}


def test_a_finding_of_the_table_is_left_out_only_where_its_people_count_already() -> None:
    left_out = {(row["trial"], row["arm"]) for row in ROWS if not finding_of(row).used}
    assert left_out == {("ds005917", "K_first"), ("ds005917", "PBO_first")}


@pytest.mark.parametrize("study", LIBRARY.values(), ids=lambda study: study.id)
def test_a_study_that_comes_with_regrow_is_for_calibration_and_nothing_else(study: Study) -> None:
    assert study.used_for == "calibration"


def test_no_citation_stands_in_two_files() -> None:
    citations = [study.citation for study in LIBRARY.values()]
    assert len(set(citations)) == len(citations) == 16


def test_an_assumed_baseline_says_that_it_is_not_what_was_reported() -> None:
    assumed = [s for s in LIBRARY.values() if s.enrolled.baseline_status == "assumed"]
    assert {"transform12", "ds005917"}.isdisjoint(study.id for study in assumed)
    told = [study.id for study in assumed if "Not in the evidence notes" in study.enrolled.where]
    assert {study.id for study in assumed} - set(told) == {"lapidus2014"}


def test_the_line_of_the_longer_hamilton_scale_is_that_of_the_shorter_one_stretched() -> None:
    (scale,) = LIBRARY["berman2000"].scale
    short = measures()["HDRS-17"]
    for line, shorter in (
        (scale.slope, short.slope),
        (scale.intercept, short.intercept),
        (scale.rmse, short.rmse),
    ):
        assert line == pytest.approx(shorter * 25 / 17, abs=0.005)


def test_the_derived_baseline_of_the_crossover_is_that_of_both_first_arms() -> None:
    study = LIBRARY["ds005917"]
    first = [one for one in study.finding if one.day == 0]
    n = sum(study.people(one) for one in first)
    mean = sum(study.people(one) * one.value for one in first) / n
    within = sum((study.people(one) - 1) * one.spread.value**2 for one in first if one.spread)
    assert study.enrolled.baseline_mean == pytest.approx(mean, abs=0.05)
    assert study.enrolled.baseline_sd == pytest.approx((within / (n - 2)) ** 0.5, abs=0.05)


def test_the_baseline_of_the_nasal_study_follows_from_the_scale_it_reported() -> None:
    enrolled = LIBRARY["lapidus2014"].enrolled
    assert enrolled.baseline_mean == pytest.approx(5.5 + 1.28 * (1.40 + 0.48 * 42.7), abs=0.05)
    assert enrolled.baseline_sd == pytest.approx(1.28 * 0.48 * 8.5, abs=0.05)


def test_ratings_of_single_persons_agree_with_the_summary_of_their_trial() -> None:
    path = STUDIES / "data/ds005917-individuals.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    start = [float(row["madrs"]) for row in rows if row["visit"] == "b0"]
    assert len(start) == len({row["participant_id"] for row in rows}) == 22
    assert sum(start) / len(start) == pytest.approx(33.1, abs=0.5)
    assert all(f"`{name}`" in (path.parent / "README.md").read_text() for name in rows[0])


def test_the_studies_come_with_regrow() -> None:
    assert shipped() == STUDIES
    packed = '[tool.hatch.build.targets.wheel.force-include]\n"studies" = "regrow/studies/files"\n'
    assert packed in (ROOT / "pyproject.toml").read_text()


def test_studies_are_read_in_the_order_of_their_names_and_data_beside_them_is_not(
    tmp_path: Path,
) -> None:
    for name in ("zheng2019", "han2016", "berman2000"):
        shutil.copy(STUDIES / f"{name}.toml", tmp_path)
    (tmp_path / "README.md").write_text("Not a study.")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/not-a-study.toml").write_text("x = 1")
    assert [study.id for study in read_all(tmp_path)] == ["berman2000", "han2016", "zheng2019"]


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = SOUND.replace("34.5", "64.5").replace('"validation"', '"validating"')
    (tmp_path / "b-study.toml").write_text(bad)
    (tmp_path / "a-study.toml").write_text(SOUND.replace("= 81", "= 810"))
    (tmp_path / "c-study.toml").write_text(SOUND)
    with pytest.raises(UnsoundStudy) as caught:
        read_all(tmp_path)
    assert [(Path(p.file).name, p.line) for p in caught.value.problems] == [
        ("a-study.toml", line_of(SOUND, "= 81")),
        ("b-study.toml", line_of(bad, "validating")),
        ("b-study.toml", line_of(bad, "64.5")),
    ]
    assert caught.value.what == "2 files have 3 problems."


def test_an_overlap_with_no_study_is_told_where_it_stands(tmp_path: Path) -> None:
    text = SOUND.replace("used_for ", 'overlaps   = ["murough2013", "other2030"]\nused_for ')
    (tmp_path / "example2031.toml").write_text(text)
    (tmp_path / "other2030.toml").write_text(SOUND)
    with pytest.raises(UnsoundStudy) as caught:
        read_all(tmp_path)
    (problem,) = caught.value.problems
    assert problem.line == line_of(text, "overlaps")
    assert "'murough2013'" in problem.what
    assert "murrough2013" in problem.fix


def test_a_folder_without_a_study_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StudyError, match="There is no study in"):
            read_all(folder)
