"""Each finding of a validation as a row: what was expected, what was found, and naively so."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullLocator

from regrow.report.figures.canvas import INK, Picture, Size, colour, sheet
from regrow.report.findings import banded, what, when, where, who, written
from regrow.trial.scales import MADRS
from regrow.validate.run import Tested, Validation


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Findings that share an axis."""

    name: str
    title: str
    kinds: tuple[str, ...]
    axis: str
    factor: float = 1.0
    logarithmic: bool = False


PANELS = (
    Panel(name="changes", title="Changes and differences", kinds=("change", "difference"),
          axis="Points of the study's scale\n(to the left: better)"),
    Panel(name="scores", title="Mean scores", kinds=("mean",), axis="Points of the study's scale"),
    Panel(name="standardised", title="Standardised differences",
          kinds=("standardised difference",), axis="Standard deviations\n(to the left: better)"),
    Panel(name="shares", title="Response, remission and relapse",
          kinds=("response", "remission", "sustained response", "relapse"),
          axis="% of people", factor=100.0),
    Panel(name="times", title="Median time to relapse", kinds=("median time to relapse",),
          axis="Days", logarithmic=True),
    Panel(name="ratios", title="Ratios of hazards", kinds=("hazard ratio",),
          axis="Ratio of hazards", logarithmic=True),
)  # fmt: skip
HEADS = ("finding", "n", "found", "expected", "50 % band", "95 % band", "it lies", "naive")
ROW_INCHES = 0.27
REST_WIDE, REST_NARROW = 1.3, 2.1
"""Inches for the legend and the axis."""
LONGEST = 44
TALLER_ON_A_PHONE = 1.7
"""There, the name of a row stands above it."""
MARKS = (("o", 6.0, "found"), ("X", 8.0, "found, outside 95 %"), ("s", 4.5, "naive comparator"))
THICK, THIN = 6.0, 1.4
WIDE_SHARE = 0.02
"""How far beyond the outermost mark an axis goes, as a share of its length."""


def forests(view: Validation) -> tuple[Picture, ...]:
    """Return one figure for each kind of axis; every finding that counts is a row."""
    shown = ((panel, [one for one in view.tested if _on(panel, one)]) for panel in PANELS)
    return tuple(_forest(panel, rows) for panel, rows in shown if rows)


def _on(panel: Panel, one: Tested) -> bool:
    return one.counts and one.ours.row.finding.kind in panel.kinds


def _forest(panel: Panel, rows: Sequence[Tested]) -> Picture:
    def draw(size: Size) -> Figure:
        lines = list(_lines(rows))
        rest, taller = (REST_NARROW, TALLER_ON_A_PHONE) if size.narrow else (REST_WIDE, 1.0)
        height = rest + ROW_INCHES * taller * len(lines)
        paper, (axes,) = sheet(size, taller=height / size.height)
        low, high = _ends(panel, rows)
        for y, line in enumerate(lines):
            if isinstance(line, str):
                axes.text(0.0, y, line, transform=axes.get_yaxis_transform(), va="center",
                          fontweight="bold", fontsize=8.5)  # fmt: skip
            else:
                _row(axes, y, line, panel, high)
        names = ["" if isinstance(line, str) else _name(line) for line in lines]
        if size.narrow:
            for y, name in enumerate(names):
                axes.text(0.0, y - 0.42, name, transform=axes.get_yaxis_transform(),
                          va="center", fontsize=8.5, color=INK)  # fmt: skip
            axes.set_yticks([])
        else:
            axes.set_yticks(range(len(lines)), names, fontsize=8.5)
            axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(lines) - 0.4, -0.8)
        if panel.logarithmic:
            axes.set_xscale("log")
            axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
            axes.xaxis.set_major_formatter("{x:g}")
            axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xlim(low, high)
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(panel.axis)
        paper.legend(handles=_marks(), loc="outside upper left", ncols=1 if size.narrow else 3)
        return paper

    return Picture(
        name=f"validation-{panel.name}",
        title=panel.title,
        says="Each row is one finding: what a study of its size was expected to find (thick: the "
        "middle half, thin: 95 %) and what was found. A hollow square is what the naive "
        "comparator expected.",
        heads=HEADS,
        rows=tuple(cells(one) for one in rows),
        draw=draw,
    )


def cells(one: Tested) -> tuple[str, ...]:
    """Return one finding as a row of a table."""
    row, finding = one.ours.row, one.ours.row.finding
    return (
        f"{one.study.id}: {what(finding)}, {who(finding)}, {when(finding)}",
        str(row.n),
        written(row.found, finding),
        written(row.median, finding),
        banded(row.band_50, finding),
        banded(row.band_95, finding),
        where(row),
        f"{written(one.naive.row.median, finding)} ({banded(one.naive.row.band_95, finding)})",
    )


def _lines(rows: Sequence[Tested]) -> Iterator[str | Tested]:
    """Yield every study's name, followed by its findings."""
    last = None
    for one in rows:
        if one.study.id != last:
            yield one.study.id
        last = one.study.id
        yield one


def _name(one: Tested) -> str:
    finding = one.ours.row.finding
    kind = f"{finding.kind}, " if finding.kind in ("remission", "relapse") else ""
    measure = f"{finding.measure}, " if finding.measure != MADRS else ""
    text = f"{kind}{when(finding)}, {measure}{who(finding)}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _row(axes: Axes, y: int, one: Tested, panel: Panel, edge: float) -> None:
    row = one.ours.row

    def at(*values: float) -> list[float]:
        return [min(panel.factor * value, edge) for value in values]

    shape, points, _ = MARKS[0] if row.inside_95 else MARKS[1]
    square, small, _ = MARKS[2]
    axes.plot(at(*row.band_95), [y, y], color=colour(0), linewidth=THIN, solid_capstyle="butt")
    axes.plot(at(*row.band_50), [y, y], color=colour(0), linewidth=THICK, solid_capstyle="butt")
    # a band without width is a tick; in a wide one the median is a gap
    gap = "white" if row.band_50[1] > row.band_50[0] else colour(0)
    axes.plot(at(row.median), [y], marker="|", color=gap, markersize=THICK, markeredgewidth=THIN)
    axes.plot(
        at(one.naive.row.median),
        [y + 0.27],
        marker=square,
        markersize=small,
        markerfacecolor="none",
        markeredgecolor=colour(1),
        clip_on=False,
    )
    axes.plot(
        at(row.found), [y], marker=shape, markersize=points, color=INK, markeredgecolor="white",
        markeredgewidth=0.8, clip_on=False, zorder=5,
    )  # fmt: skip


def _ends(panel: Panel, rows: Sequence[Tested]) -> tuple[float, float]:
    """Return both ends of the axis; what is not reached lies on its edge."""
    if panel.name == "shares":
        return -2.0, 102.0
    values = [
        value
        for one in rows
        for value in (*one.ours.row.band_95, one.ours.row.found, one.naive.row.median)
        if math.isfinite(value)
    ]
    if panel.logarithmic:
        return min(values) / 1.3, max(values) * 1.3
    low, high = min(*values, 0.0), max(*values, 0.0)
    margin = WIDE_SHARE * (high - low)
    return low - margin, high + margin


def _marks() -> list[Line2D]:
    """Return what the legend names."""
    found = [
        Line2D([], [], color=INK, linestyle="none", markeredgecolor="white"),
        Line2D([], [], color=INK, linestyle="none", markeredgecolor="white"),
        Line2D([], [], linestyle="none", markerfacecolor="none", markeredgecolor=colour(1)),
    ]
    for mark, (shape, points, label) in zip(found, MARKS, strict=True):
        mark.set(marker=shape, markersize=points, label=label)
    return [
        Line2D([], [], color=colour(0), linewidth=THICK, label="expected: middle 50 %"),
        Line2D([], [], color=colour(0), linewidth=THIN, label="expected: 95 %"),
        *found,
    ]
