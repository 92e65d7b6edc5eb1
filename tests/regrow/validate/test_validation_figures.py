"""The figures and the page of a validation: every finding a row, words beside colours."""

import dataclasses
import functools
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from invented import known, sets, study
from scipy.stats import binom

from regrow.report import svg
from regrow.report.figures.canvas import NARROW, WIDE, Picture, drawn
from regrow.report.figures.forest import PANELS, forests
from regrow.report.figures.honesty import CHANCE, WIDTHS, chance, honesty, inside
from regrow.report.validated import footnotes, verdict
from regrow.report.validation_page import html
from regrow.studies.vocabulary import KINDS
from regrow.validate.run import Validation, validate


@functools.cache
def view() -> Validation:
    return validate([study()], trained_on=known(), sets=sets(), people=32, seed=1)


def pictures() -> tuple[Picture, ...]:
    return (*forests(view()), honesty(view()))


@functools.cache
def page() -> str:
    drawings = {picture.name: svg.drawing(picture) for picture in pictures()}
    return html(view(), drawings, command="regrow validate nobody2031.toml")


def test_every_kind_of_finding_has_an_axis() -> None:
    assert {kind for panel in PANELS for kind in panel.kinds} == set(KINDS)


def test_every_finding_that_counts_is_one_row() -> None:
    rows = [row for picture in forests(view()) for row in picture.rows]
    assert len(rows) == len(view().tested) == 10
    assert all(len(row) == len(picture.heads) for picture in pictures() for row in picture.rows)


def test_whether_a_finding_lies_inside_is_said_in_words() -> None:
    rows = [row for picture in forests(view()) for row in picture.rows]
    assert {row[6] for row in rows} <= {"inside 50 %", "inside 95 %", "outside"}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
def test_the_legend_names_every_mark(size: object) -> None:
    text = svg.svg(drawn(forests(view())[0], size))  # type: ignore[arg-type]
    for said in ("expected: middle 50 %", "expected: 95 %", "found", "found, outside 95 %",
                 "naive comparator", "nobody2031"):  # fmt: skip
        assert f">{said}<" in text


def test_the_same_validation_draws_the_same_figures() -> None:
    for picture in pictures():
        first, again = svg.drawing(picture), svg.drawing(picture)
        assert dataclasses.replace(first, picture=again.picture) == again


@pytest.mark.parametrize("n", [7, 15, 60])
def test_the_band_of_chance_is_that_of_the_binomial_distribution(n: int) -> None:
    low, high = chance(n)
    for edge, found in ((0.5 - CHANCE / 2, low), (0.5 + CHANCE / 2, high)):
        assert found[1:-1] == pytest.approx(binom.ppf(edge, n, WIDTHS[1:-1]) / n)


def test_the_share_inside_grows_with_the_width_up_to_everything() -> None:
    share = inside([one.ours for one in view().tested])
    assert (np.diff(share) >= 0.0).all()
    assert share[-1] == 1.0


def test_the_share_inside_agrees_with_the_table() -> None:
    scores = [one.ours for one in view().tested]
    whole = view().compared[-1].ours
    assert inside(scores)[50] == pytest.approx(whole.inside_50)
    assert inside(scores)[95] == pytest.approx(whole.inside_95)


class Tags(HTMLParser):
    """Which tags are open, and what of the world a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br", "img", "hr"):
            self.open.append(tag)
        self.fetched += [str(value) for name, value in attrs if name == "src"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing() -> None:
    tags = Tags()
    tags.feed(page())
    assert tags.open == tags.fetched == []
    ids = re.findall(r'\bid="([^"]+)"', page())
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "said", ["Validation on 1 study", "naive comparator", "never fitted", "Nobody 2031",
             "How to reproduce it", "regrow validate nobody2031.toml", "findings.csv"],
)  # fmt: skip
def test_the_page_says(said: str) -> None:
    assert said in page()


def test_the_page_gives_the_verdict_and_explains_the_numbers() -> None:
    assert verdict(view()) in page()
    assert all(line.replace("'", "&#39;") in page() for line in footnotes())


def test_a_worse_prediction_than_the_naive_one_is_not_called_better() -> None:
    (whole,) = view().compared[-1:]
    worse = dataclasses.replace(whole, ours=whole.naive, naive=whole.ours)
    swapped = dataclasses.replace(view(), compared=(*view().compared[:-1], worse))
    assert {("lower" in verdict(one)) for one in (view(), swapped)} == {True, False}
