"""The report in a real browser: on a small phone, a phone and a desk."""

import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regrow.cli import group

pytestmark = pytest.mark.browser

PROTOCOLS = Path(__file__).parents[2] / "protocols"
PLANS = ("six-infusions-with-integration.toml", "seven-day-starter.toml")
WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def report(browser: Any) -> Path:
    """The report that tests/regrow/report reads, too: whichever process comes first writes it."""
    assert browser
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    place = Path(tempfile.gettempdir()) / f"regrow-report-{run}"
    place.mkdir(exist_ok=True)
    out = place / "report"
    plans = [str(PROTOCOLS / plan) for plan in PLANS]
    arguments = ["simulate", *plans, "--patients", "64", "--out", str(out)]
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            result = CliRunner().invoke(group, arguments)
            assert result.exit_code == 0, result.output
    return out / "report.html"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Any]:
    """The report at one width; what the browser says and asks for is written down."""
    opened = browser.new_page(viewport={"width": request.param, "height": 800})
    opened.said, opened.asked = [], []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.goto(report.as_uri())
    yield opened
    opened.close()


def test_nothing_has_to_be_scrolled_sideways(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def test_the_console_stays_silent(page: Any) -> None:
    assert page.said == []


def test_no_network_is_asked(page: Any) -> None:
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []


def test_one_drawing_of_each_figure_is_seen_and_none_is_without_words(page: Any) -> None:
    figures = page.evaluate(
        """[...document.querySelectorAll('figure')].map(figure =>
            [...figure.querySelectorAll('svg')]
                .filter(svg => svg.getBoundingClientRect().width > 0)
                .map(svg => svg.getAttribute('aria-label')))"""
    )
    assert len(figures) >= 12
    assert all(len(seen) == 1 and len(seen[0]) > 30 for seen in figures)


def test_text_in_figures_can_be_read(page: Any) -> None:
    """At least 9 pixels high, as drawn on the screen."""
    heights = page.evaluate(
        """[...document.querySelectorAll('figure svg')]
            .filter(svg => svg.getBoundingClientRect().width > 0)
            .flatMap(svg => [...svg.querySelectorAll('text')].map(text =>
                parseFloat(getComputedStyle(text).fontSize)
                    * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
    )
    assert len(heights) > 100
    assert min(heights) >= 8.0
    assert sorted(heights)[len(heights) // 10] >= 9.0


def test_nothing_in_a_figure_is_cut_off(page: Any) -> None:
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


def test_headings_descend_one_step_at_a_time(page: Any) -> None:
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_every_link_of_the_contents_leads_somewhere(page: Any) -> None:
    missing = page.evaluate(
        """[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))
            .filter(href => !document.getElementById(href.slice(1)))"""
    )
    assert missing == []
