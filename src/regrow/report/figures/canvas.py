"""The paper figures are drawn on: sizes, colours, line styles, and the same SVG every time.

Colours are those of Okabe and Ito, which colour-blind people can tell apart; every line also has a
style of its own. Each figure is drawn twice, wide and narrow, so that a phone shows readable text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regrow.report.bands import Band

Floats = npt.NDArray[np.float64]

INK, SOFT, RULE = "#1c2430", "#5b6675", "#c9d0d9"
COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#aa4499", "#56b4e9", "#b8860b", "#332288", "#777777",
)  # fmt: skip
STYLES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)), (0, (8, 2)))
HATCHES = ("", "///", "\\\\", "xx")
BAND_ALPHA, MIDDLE_ALPHA = 0.16, 0.28
SHORT = 13
"""Names up to this long stand two abreast on a phone."""

SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "regrow",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.5,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "grid.alpha": 0.6,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "legend.handlelength": 2.8,
    "hatch.linewidth": 0.6,
    "hatch.color": "#ffffff",
}


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a figure is drawn, inches."""

    name: str
    width: float
    height: float

    @property
    def narrow(self) -> bool:
        """Whether this is the size for a phone."""
        return self.name == "narrow"


WIDE = Size(name="wide", width=7.4, height=3.7)
NARROW = Size(name="narrow", width=3.6, height=3.4)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One figure: what it shows in words, its numbers as a table, and how it is drawn."""

    name: str
    title: str
    says: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draw: Callable[[Size], Figure]


def sheet(size: Size, *, panels: int = 1, taller: float = 1.0) -> tuple[Figure, list[Axes]]:
    """Return a figure with panels side by side, or below each other on a phone."""
    rows, columns = (panels, 1) if size.narrow else (1, panels)
    height = size.height * taller * (1.0 if rows == 1 else 0.85 * rows)
    paper = Figure(figsize=(size.width, height), layout="constrained")
    paper.patch.set_alpha(0.0)
    axes = [paper.add_subplot(rows, columns, k + 1) for k in range(panels)]
    for each in axes:
        each.patch.set_alpha(0.0)
    return paper, axes


def colour(k: int) -> str:
    """Return the colour of line `k`."""
    return COLOURS[k % len(COLOURS)]


def style(k: int) -> Any:
    """Return the line style of line `k`."""
    return STYLES[k % len(STYLES)]


def line(axes: Axes, x: Floats, y: Floats, k: int, label: str | None, width: float = 2.0) -> None:
    """Draw line `k` in its colour and style."""
    axes.plot(x, y, color=colour(k), linestyle=style(k), label=label, linewidth=width)


def fill(axes: Axes, x: Floats, low: Floats, high: Floats, k: int, alpha: float) -> None:
    """Draw the band of line `k`."""
    axes.fill_between(x, low, high, color=colour(k), alpha=alpha, linewidth=0.0)


def banded(axes: Axes, x: Floats, band: Band, k: int, label: str | None) -> None:
    """Draw a mean and its band, with a thin edge so that bands that overlap can be told apart."""
    fill(axes, x, band.low, band.high, k, BAND_ALPHA)
    for edge in (band.low, band.high):
        axes.plot(x, edge, color=colour(k), linestyle=style(k), linewidth=0.7, alpha=0.6)
    line(axes, x, band.mean, k, label)


def days_along(axes: Axes, last: int, label: str = "Day of the plan") -> None:
    """Mark the days: every week, four weeks or half year, as they fit."""
    axes.set_xlim(0, last)
    for step in (1, 7, 14, 28, 56, 91, 182, 365, 730):
        if last / step <= 9:
            axes.set_xticks(np.arange(0, last + 1, step))
            break
    axes.set_xlabel(label)


def legend(axes: Axes, size: Size, columns: int = 2) -> None:
    """Put the names of the lines above the axes, where they hide nothing."""
    handles, labels = axes.get_legend_handles_labels()
    abreast = 2 if max(map(len, labels), default=0) <= SHORT else 1
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=abreast if size.narrow else min(columns, max(1, len(handles))),
        borderaxespad=0.2,
        columnspacing=1.6,
        labelspacing=0.35,
    )


def drawn(picture: Picture, size: Size) -> Figure:
    """Draw a figure under the settings of this report."""
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        return picture.draw(size)


def table_of(days: Sequence[int | str], *columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table: the day, then one cell per column."""
    return tuple(zip((str(day) for day in days), *columns, strict=True))
