"""The forecast of one person in a real browser: on a phone and a desk, by day and by night."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regrow.cli import group

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("forecast in a browser")]

ROOT = Path(__file__).parents[2]
EXAMPLES, PROTOCOLS = ROOT / "docs/examples", ROOT / "protocols"


@pytest.fixture(scope="module")
def report(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert browser
    out = tmp_path_factory.mktemp("forecast") / "report"
    result = CliRunner().invoke(
        group,
        ["forecast", str(EXAMPLES / "readings.csv"), "--log", str(EXAMPLES / "log.csv"),
         "--protocol", str(PROTOCOLS / "six-infusions-with-integration.toml"),
         "--start", "2026-03-02", "--what-if", str(PROTOCOLS / "six-infusions.toml"),
         "--what-if", str(PROTOCOLS / "twice-weekly-with-maintenance.toml"), "--out", str(out)],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return out / "report.html"


@pytest.fixture(params=[(320, "light"), (390, "dark"), (390, "light"), (1280, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Any]:
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.said, opened.asked = [], []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.goto(report.as_uri())
    yield opened
    opened.close()


def test_a_forecast_is_read_without_scrolling_sideways_without_network_and_in_silence(
    page: Any,
) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []


def test_the_key_figures_stand_on_the_first_screen_of_a_desk(page: Any) -> None:
    bottom = page.evaluate("document.querySelector('.key').getBoundingClientRect().bottom")
    assert page.viewport_size["width"] < 1280 or bottom < 800


def test_each_figure_is_drawn_once_with_words_and_legible(page: Any) -> None:
    seen = page.evaluate(
        """[...document.querySelectorAll('figure')].map(figure =>
            [...figure.querySelectorAll('svg')]
                .filter(svg => svg.getBoundingClientRect().width > 0)
                .map(svg => [svg.getAttribute('aria-label').length,
                    Math.min(...[...svg.querySelectorAll('text')].map(text =>
                        parseFloat(getComputedStyle(text).fontSize)
                        * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))]))"""
    )
    assert len(seen) == 4
    for drawings in seen:
        ((words, height),) = drawings
        assert words > 60
        # readings of a scale and the line of remission are the smallest text
        assert height >= 7.5


def test_nothing_in_a_figure_of_a_forecast_is_cut_off(page: Any) -> None:
    cut = page.evaluate(
        """[...document.querySelectorAll('figure svg')]
            .filter(svg => svg.getBoundingClientRect().width > 0)
            .flatMap(svg => { const frame = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].filter(text => {
                    const box = text.getBoundingClientRect();
                    return box.left < frame.left - 2 || box.right > frame.right + 2
                        || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
                }).map(text => text.textContent); })"""
    )
    assert cut == []


def test_headings_and_links_of_a_forecast_lead_through_it(page: Any) -> None:
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    missing = page.evaluate(
        """[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))
            .filter(href => !document.getElementById(href.slice(1)))"""
    )
    assert missing == []
