"""The parts of a report: labels, bands, the window, figures that are the same every time."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from written_report import PROTOCOLS, SINGLE, STARTER

from regrow import population
from regrow.measures.catalogue import measures
from regrow.protocol.read import read
from regrow.report import svg
from regrow.report.bands import read_on
from regrow.report.data import trajectories
from regrow.report.figures import over_days
from regrow.report.labels import labels
from regrow.report.overview import Overview, ignorance_share, overview
from regrow.report.window import OPEN_FROM, signal_at, window_of
from regrow.report.words import plain, signed, spanned
from regrow.simulate import side_by_side, simulate
from regrow.summary import BIN_POINTS, Histogram

PEOPLE = population.draw(64, seed=3)


def seen(*files: Path, days: int = 28) -> Overview:
    protocols = [read(file) for file in files]
    compared = side_by_side(PEOPLE, protocols, until=days)
    return overview(files, protocols, compared, PEOPLE)


def test_labels_never_clash() -> None:
    paths = [Path("a/x.toml"), Path("b/x.toml"), Path("y.toml"), Path("x-2.toml")]
    found = labels(paths, ["T", "T", "T", "Other"])
    assert [one.letter for one in found] == ["A", "B", "C", "D"]
    assert len({one.title for one in found}) == 4
    assert len({one.slug for one in found}) == 4
    assert found[3].title == "Other"


@pytest.mark.parametrize(
    ("value", "text"), [(-0.04, "0.0"), (-3.26, "−3.3"), (3.0, "+3.0"), (0.0, "0.0")]
)
def test_changes_are_written_with_a_sign_unless_they_round_to_nothing(
    value: float, text: str
) -> None:
    assert signed(value) == text


def test_a_range_below_zero_is_not_written_with_a_dash() -> None:
    assert spanned(3.0, 8.0) == "3–8"
    assert spanned(-8.0, -3.0) == "−8 to −3"
    assert plain(-0.2) == "0"


def test_another_scale_reads_every_patient_through_its_line() -> None:
    scores = np.array([[0.0, 10.0, 30.0, 59.0]])
    counted = Histogram(1, 0.0, 60.0)
    counted.add(scores)
    for measure in measures().values():
        each = np.clip(measure.intercept + measure.slope * scores, measure.minimum, measure.maximum)
        error = abs(measure.slope) * BIN_POINTS
        assert read_on(measure, counted).mean[0] == pytest.approx(each.mean(), abs=error)


def test_without_a_drug_the_window_never_opens() -> None:
    found = window_of(simulate(PEOPLE, read(STARTER), until=7))
    assert found.days_open.max() == 0.0


def test_the_window_of_the_reference_dose_is_open_for_its_half_life() -> None:
    """An average patient's signal starts near 1 and is open while above one half."""
    result = simulate(PEOPLE, read(SINGLE), until=28, knowledge="centre")
    half_life = result.sets[0]["slow/window_half_life"]
    start = signal_at(result, [0.1])[0]
    expected = np.maximum(0.0, half_life * np.log2(start / OPEN_FROM) + 0.1)
    opened = window_of(result).days_open
    several = start > 1.1 * OPEN_FROM
    assert several.any()
    assert opened[several] == pytest.approx(expected[several], abs=0.2)


def test_sessions_the_day_after_a_dose_fall_inside_more_often_than_sessions_weeks_later() -> None:
    result = simulate(PEOPLE, read(PROTOCOLS / "six-infusions-with-integration.toml"), until=85)
    shares = {s.kind: s.share_in_window for s in window_of(result).sessions}
    assert shares["integration"] > 0.5 > shares["CBT"]
    assert shares["preparation"] == 0.0


def test_ignorance_is_not_told_from_people_with_few_patients() -> None:
    few = simulate(PEOPLE, read(SINGLE), until=7)
    many = simulate(population.draw(2048), read(SINGLE), until=7)
    assert ignorance_share(few, 2) is None
    share = ignorance_share(many, 2)
    assert share is not None
    assert 0.0 < share < 0.9


def test_the_same_simulation_draws_the_same_figure() -> None:
    first, again = (svg.drawing(over_days.severity(seen(SINGLE, STARTER))) for _ in range(2))
    assert dataclasses.replace(first, picture=again.picture) == again


def test_a_table_row_is_one_patient_on_one_day() -> None:
    result = simulate(PEOPLE, read(SINGLE), until=3)
    table = trajectories(result.readings, first_patient=100)
    assert table.num_rows == 64 * 4
    row = table.slice(5 * 4 + 2, 1).to_pylist()[0]
    assert (row["patient"], row["day"]) == (105, 2)
    assert row["madrs"] == result.kept("madrs")[2, 5]
