"""The page of a validation in a real browser: on a phone and at a desk."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regrow.cli import group

# all in one process: the page is written once
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("validation in a browser")]

ROOT = Path(__file__).parents[2]
WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def report(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The validation of the study that the manual makes up."""
    assert browser
    place = tmp_path_factory.mktemp("validation")
    manual = (ROOT / "docs/reference/studies.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    (place / "example2031.toml").write_text(example, "utf-8")
    arguments = ["validate", str(place / "example2031.toml"), "--patients", "64"]
    result = CliRunner().invoke(group, [*arguments, "--out", str(place / "report")])
    assert result.exit_code == 0, result.output
    return place / "report" / "report.html"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Any]:
    """The page at one width; what the browser says is written down."""
    opened = browser.new_page(viewport={"width": request.param, "height": 800})
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.goto(report.as_uri())
    yield opened
    opened.close()


def test_nothing_of_it_has_to_be_scrolled_sideways(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    assert page.said == []


def test_every_row_of_its_figures_can_be_read(page: Any) -> None:
    """Text is at least eight pixels high, and none is cut off."""
    texts = page.evaluate(
        """[...document.querySelectorAll('figure svg')]
            .filter(svg => svg.getBoundingClientRect().width > 0)
            .flatMap(svg => { const frame = svg.getBoundingClientRect();
                const scale = frame.width / svg.viewBox.baseVal.width;
                return [...svg.querySelectorAll('text')].map(text => {
                    const box = text.getBoundingClientRect();
                    return [text.textContent,
                        parseFloat(getComputedStyle(text).fontSize) * scale,
                        box.left < frame.left - 2 || box.right > frame.right + 2
                            || box.top < frame.top - 2 || box.bottom > frame.bottom + 2];
                }); })"""
    )
    assert len(texts) > 40
    assert [text for text, height, _ in texts if height < 8.0] == []
    assert [text for text, _, cut in texts if cut] == []
