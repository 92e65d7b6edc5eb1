"""Figures of what a prediction rests on: points by certainty, and the numbers that move it most."""

import textwrap

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from regrow.evidence.records import CERTAINTIES
from regrow.report.figures.canvas import HATCHES, INK, Picture, Size, colour, sheet
from regrow.report.ground import MEANING, Ground
from regrow.report.words import signed

SHADES = (2, 0, 5, 1)
"""Colours from high to very low certainty."""
MOST_NUMBERS = 10
SMALLEST_SHOWN = 0.005
"""A part of a bar this small, as a share of the longest bar, cannot be seen."""
MOST_LETTERS = 44
MOST_LINES = 2


def basis(ground: Ground, name: str) -> Picture:
    """Return the change split by how certain the mechanisms behind it are."""
    days = list(dict.fromkeys((ground.best_day, ground.last_day)))
    points = [ground.points(day) for day in days]

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=0.62 if not size.narrow else 0.85)
        for row, split in enumerate(points):
            ends = {True: 0.0, False: 0.0}
            for k, certainty in enumerate(CERTAINTIES):
                better = -split[certainty]
                axes.barh(
                    row, better, left=ends[better >= 0.0], height=0.6, color=colour(SHADES[k]),
                    hatch=HATCHES[k], edgecolor="white", linewidth=0.5,
                )  # fmt: skip
                ends[better >= 0.0] += better
        best = max(sum(max(0.0, -p) for p in split.values()) for split in points)
        worst = max(sum(max(0.0, p) for p in split.values()) for split in points)
        axes.set_xlim(-1.04 * worst - 0.02 * best, 1.04 * max(best, 1.0))
        axes.set_yticks(range(len(days)), [f"day {day}" for day in days])
        axes.invert_yaxis()
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("Points of improvement, MADRS")
        patches = [
            Patch(
                facecolor=colour(SHADES[k]),
                hatch=HATCHES[k],
                edgecolor="white",
                label=f"{certainty}: {MEANING[certainty]}",
            )
            for k, certainty in enumerate(CERTAINTIES)
            if any(abs(split[certainty]) > SMALLEST_SHOWN * best for split in points)
        ]
        axes.legend(
            handles=patches, loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.2,
            ncols=1 if size.narrow else 2,
        )  # fmt: skip
        return paper

    return Picture(
        name=f"basis-{name}",
        title="What the change rests on",
        says="The mean change on the best day and on the last, split by how certain it is that the "
        "mechanism behind it works so in people.",
        heads=("certainty", *(f"day {day}, MADRS points" for day in days)),
        rows=tuple(
            (f"{certainty}: {MEANING[certainty]}", *(signed(split[certainty]) for split in points))
            for certainty in CERTAINTIES
        ),
        draw=draw,
    )


def movers(ground: Ground, name: str) -> Picture:
    """Return the numbers that would move the prediction most."""
    widest = [w for w in ground.rests_on.weights if w.width_points > 0.0][:MOST_NUMBERS]

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=1.3 if size.narrow else 1.15)
        for row, weight in enumerate(widest):
            ends = (weight.low_points, weight.high_points)
            for end, shade, hatch in zip(ends, (0, 1), ("", "///"), strict=True):
                axes.barh(
                    row, end, height=0.66, color=colour(shade), hatch=hatch, edgecolor="white",
                    linewidth=0.5,
                )  # fmt: skip
        most = 21 if size.narrow else MOST_LETTERS
        names = [_wrapped(weight.parameter.means, most) for weight in widest]
        axes.set_yticks(range(len(widest)), names, fontsize=8.5)
        axes.invert_yaxis()
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.grid(visible=False, axis="y")
        between = "\n" if size.narrow else " "
        axes.set_xlabel(f"Change on day {ground.rests_on.day},{between}MADRS points")
        patches = [
            Patch(facecolor=colour(0), edgecolor="white", label="if it is lower"),
            Patch(facecolor=colour(1), hatch="///", edgecolor="white", label="if it is higher"),
        ]
        paper.legend(handles=patches, loc="outside upper left", ncols=2)
        return paper

    return Picture(
        name=f"movers-{name}",
        title="The numbers that move it most",
        says="How far the mean severity would go if one number alone stood at the 16th or at the "
        "84th percentile of what is believed of it. Wide bars are what should be measured next.",
        heads=("number", "value", "if lower", "if higher", "from"),
        rows=tuple(
            (
                weight.parameter.means,
                f"{weight.parameter.value:g} {weight.parameter.unit}".strip(),
                signed(weight.low_points),
                signed(weight.high_points),
                weight.parameter.status
                if weight.parameter.status == "assumed"
                else weight.parameter.source,
            )
            for weight in widest
        ),
        draw=draw,
    )


def _wrapped(text: str, most: int) -> str:
    lines = textwrap.wrap(text, most)
    return "\n".join(lines[:MOST_LINES]) + ("…" if len(lines) > MOST_LINES else "")
