"""The page and its figures, from an appraisal made up for the test."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from regrow.appraise.__main__ import main
from regrow.appraise.figures import BESIDE, COVERAGE, RANKS, figures
from regrow.appraise.origins import OURS, Case
from regrow.appraise.page import page, verdicts
from regrow.appraise.rivals import RIVALS
from regrow.appraise.run import Appraisal
from regrow.appraise.score import of_normal
from regrow.appraise.uniform import evenness
from regrow.appraise.virtual import QUANTITIES

EVEN = (np.arange(300) + 0.5) / 300
WRITTEN = Path(__file__).parents[3] / "docs/reference/forecast-quality.md"


def cases(*, ours_off=0.0, rivals_off=6.0):
    mine, other = of_normal(20.0, 4.0, 20.0 + ours_off), of_normal(20.0, 4.0, 20.0 + rivals_off)
    return tuple(
        Case(
            person=f"person {k % 6}",
            occasion="then",
            known=1 + k % 3,
            ahead=float(2 + 5 * (k % 5)),
            scores={OURS: mine} | dict.fromkeys(RIVALS, other),
            severity=mine,
            outside=False,
        )
        for k in range(60)
    )


MADE_UP = Appraisal(
    persons=300,
    seed=0,
    key="one",
    key_without="other",
    unseen=True,
    known=dict.fromkeys(QUANTITIES, evenness(EVEN)),
    unknown=dict.fromkeys(QUANTITIES, evenness(EVEN)),
    virtual=cases(),
    otherwise=cases(),
    people=cases(),
    active=cases(),
    intervals={21: cases()},
    place=cases(),
    sets_of_place=4.0,
)


def test_good_numbers_are_called_good():
    text = page(MADE_UP)
    assert "Simulation-based calibration passes" in text
    assert "above the 80 % that was asked" in text
    assert "last value carried forward: lower, better" in text
    assert "a fit that never saw this study" in text


def test_bad_numbers_are_called_bad():
    bad = replace(
        MADE_UP,
        known={**MADE_UP.known, "own course": evenness(EVEN**2)},
        otherwise=cases(ours_off=12.0),
        people=cases(ours_off=12.0),
        unseen=False,
    )
    calibration, unknown, coverage, last, mean = verdicts(bad)
    assert "**fails**" in calibration
    assert "own course" in calibration
    assert "passes" in unknown
    assert "**not above**" in coverage
    assert "**higher**, worse" in last
    assert "**higher**, worse" in mean
    assert "a fit that saw the means of this study" in page(bad)


def test_every_figure_is_on_the_page_and_is_a_drawing():
    text, drawn = page(MADE_UP), figures(MADE_UP)
    assert set(drawn) == {RANKS, COVERAGE, BESIDE}
    for name, svg in drawn.items():
        assert f"(../images/{name})" in text
        assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert figures(MADE_UP) == drawn


def test_the_page_that_ships_has_every_part():
    def heads(text):
        return [line for line in text.splitlines() if line.startswith("#")]

    assert heads(WRITTEN.read_text()) == heads(page(MADE_UP))


@pytest.mark.parametrize("target", ["nowhere/page.md", "docs/page.md"])
def test_a_page_without_a_folder_is_refused_before_anything_is_done(tmp_path, target):
    (tmp_path / "docs").mkdir()
    result = CliRunner().invoke(main, [str(tmp_path / target), "--images", str(tmp_path / "no")])
    assert result.exit_code == 1
    assert "There is no folder" in result.output
    assert not list(tmp_path.rglob("*.md"))
