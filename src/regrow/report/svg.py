"""Figures as text: the same bytes for the same numbers, fit to stand inside a page."""

import html
import io
import re
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.figure import Figure

from regrow.report.figures.canvas import (
    COLOURS,
    INK,
    NARROW,
    RULE,
    SETTINGS,
    SOFT,
    WIDE,
    Picture,
    drawn,
)

THEMED = {colour: f"--figure-{k}" for k, colour in enumerate(COLOURS)} | {
    INK: "--ink",
    SOFT: "--soft",
    RULE: "--rule",
}
"""Colours that a page in the dark replaces by its own."""
DOTS_PER_INCH = 160


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One figure, drawn: as SVG for a page and for a phone, and as PNG."""

    picture: Picture
    wide: str
    narrow: str
    png: bytes


def drawing(picture: Picture) -> Drawing:
    """Draw a figure in every form."""
    wide = drawn(picture, WIDE)
    return Drawing(
        picture=picture, wide=svg(wide), narrow=svg(drawn(picture, NARROW)), png=png(wide)
    )


def svg(figure: Figure) -> str:
    """Return a figure as a stand-alone SVG file, without a date."""
    text = io.StringIO()
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(r"<metadata>.*?</metadata>\s*", "", text.getvalue(), flags=re.DOTALL)


def png(figure: Figure) -> bytes:
    """Return a figure as a PNG file on white."""
    data = io.BytesIO()
    figure.patch.set_alpha(1.0)
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        figure.savefig(
            data, format="png", dpi=DOTS_PER_INCH, facecolor="white", metadata={"Software": None}
        )
    return data.getvalue()


def inline(text: str, *, name: str, says: str) -> str:
    """Return an SVG file as an element of a page: named, themed, with ids of its own."""
    text = text[text.index("<svg") :]
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', text)
    text = re.sub(r"'DejaVu Sans'(, [^;\"]*)?", "inherit", text)
    text = re.sub(r"sans-serif, inherit|inherit, sans-serif", "inherit", text)
    for colour, variable in THEMED.items():
        text = text.replace(colour, f"var({variable}, {colour})")
    label = html.escape(says, quote=True)
    return text.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
