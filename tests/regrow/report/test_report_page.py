"""The report as a page: whole, self-contained, honest."""

import itertools
import json
import re
from html.parser import HTMLParser

import pytest
from written_report import THERAPY, page, written

from regrow.evidence.reader import sources
from regrow.protocol.read import read
from regrow.report.folder import MARKER

FETCHING = {"script", "iframe", "object", "embed", "video", "audio", "img", "source"}
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def parsed() -> Page:
    found = Page()
    found.feed(page())
    return found


def test_every_tag_is_closed() -> None:
    assert parsed().open == []


def test_nothing_is_fetched() -> None:
    for tag, attributes in parsed().tags:
        assert tag not in FETCHING
        assert not str(attributes.get("src", "")).startswith(("http", "//"))
        if tag == "link":
            assert str(attributes["href"]).startswith("data:")
    assert "@import" not in page()
    assert not re.search(r"url\((?!#)", page())


def test_no_id_stands_twice() -> None:
    ids = [attributes["id"] for _, attributes in parsed().tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_headings_descend_one_step_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in parsed().tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_every_drawing_has_a_text_alternative() -> None:
    drawings = [attributes for tag, attributes in parsed().tags if tag == "svg"]
    assert len(drawings) > 20
    assert all(len(d["aria-label"] or "") > 30 and d["role"] == "img" for d in drawings)


def test_every_figure_has_its_numbers_as_a_table() -> None:
    figures = page().split("<figure>")[1:]
    assert all("<details>" in f.split("</figure>")[0] for f in figures)
    assert all("<table" in f.split("</figure>")[0] for f in figures)


@pytest.mark.parametrize(
    "said",
    [
        "The answer in five seconds",
        "calibrated on sixteen published studies",
        "What was assumed",
        "is hypothesis",
        "What this report is not",
        "risk of suicide",
        "How to reproduce it",
        "--patients=64",
        "Largest numerical error of the grid",
        "Two protocols side by side",
    ],
)
def test_the_page_says(said: str) -> None:
    assert said in page()


def test_only_sources_that_are_used_are_listed() -> None:
    explained = (written() / "explain-six-infusions-with-integration.json").read_text("utf-8")
    used = {source["id"] for source in json.loads(explained)["sources"]}
    for source in sources().values():
        if source.id in used:
            assert (source.doi or source.cite().split(".")[0]) in page()
    assert "perezruixo2021" in used
    assert "simons2022" not in used
    assert str(sources()["simons2022"].doi) not in page()


def test_the_folder_holds_what_the_page_names() -> None:
    names = {path.name for path in written().iterdir()}
    assert names >= {MARKER, "report.html", "summary.json", "data", "figures", "protocols"}
    kept = read(written() / "protocols" / "six-infusions-with-integration.toml")
    assert kept == read(THERAPY)


def test_every_figure_stands_alone_as_svg_and_png() -> None:
    figures = written() / "figures"
    drawn = {path.stem for path in figures.glob("*.svg")}
    assert drawn == {path.stem for path in figures.glob("*.png")}
    assert {"severity", "differences", "outcomes", "relapse"} <= drawn
    for kind in ("plasma", "pressure", "dissociation", "window", "synapses", "patients", "basis"):
        assert f"{kind}-six-infusions-with-integration" in drawn
    assert "plasma-seven-day-starter" not in drawn


def test_figures_hold_no_date() -> None:
    for path in (written() / "figures").glob("*.svg"):
        text = path.read_text("utf-8")
        assert "dc:date" not in text
        assert "<metadata>" not in text
