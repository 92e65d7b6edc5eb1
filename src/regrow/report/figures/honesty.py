"""Are bands as wide as they say? The share of findings inside central bands of every width."""

import math

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from regrow.report.figures.canvas import (
    SOFT,
    Picture,
    Size,
    fill,
    legend,
    line,
    sheet,
)  # fmt: skip
from regrow.report.words import percent
from regrow.validate.run import Validation
from regrow.validate.score import Score

Floats = npt.NDArray[np.float64]
WIDTHS = np.linspace(0.0, 1.0, 101)
IN_THE_TABLE = (10, 25, 50, 75, 90, 95)
CHANCE = 0.9


def honesty(view: Validation) -> Picture:
    """Return the share of findings inside the central band of each width."""
    count = [one for one in view.tested if one.counts]
    ours = inside([one.ours for one in count])
    naive = inside([one.naive for one in count])
    low, high = chance(len(count))

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=1.1)
        x = 100.0 * WIDTHS
        fill(axes, x, 100.0 * low, 100.0 * high, 7, 0.14)
        axes.plot([0, 100], [0, 100], color=SOFT, linewidth=1.0, linestyle=(0, (2, 2)))
        line(axes, x, 100.0 * ours, 0, "regrow")
        line(axes, x, 100.0 * naive, 1, "naive comparator")
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 101)
        axes.set_xlabel("Width of the central band, %")
        axes.set_ylabel("Findings inside, %")
        legend(axes, size)
        return paper

    return Picture(
        name="validation-honesty",
        title="Are the bands as wide as they say?",
        says=f"Of {len(count)} findings, how many lie inside the central band of each width. On "
        "the dotted line the bands are honest; below it too narrow, above it too wide. Grey: where "
        f"{percent(CHANCE)} of honest predictions lie with so few findings, if each were "
        "independent of the others; those of one study are not.",
        heads=("band", "inside, regrow", "inside, naive", "honest, by chance"),
        rows=tuple(
            (
                f"{width} %", percent(ours[width]), percent(naive[width]),
                f"{percent(low[width])} to {percent(high[width])}",
            )
            for width in IN_THE_TABLE
        ),
        draw=draw,
    )  # fmt: skip


def inside(scores: list[Score]) -> Floats:
    """Return the share of findings inside the central band of each of `WIDTHS`."""
    least = np.array([one.least_band for one in scores])
    # a rounding error must not push a finding out of the band whose very edge it is
    return np.asarray((least[:, None] <= WIDTHS + 1e-9).mean(axis=0))


def chance(n: int) -> tuple[Floats, Floats]:
    """Return between which shares honest predictions of `n` findings lie, nine times in ten."""
    counts = np.arange(n + 1)
    ways = np.array([math.comb(n, int(k)) for k in counts], dtype=np.float64)
    share = WIDTHS[:, None]
    up_to = np.cumsum(ways * share**counts * (1.0 - share) ** (n - counts), axis=1)
    ends = [(up_to < edge - 1e-12).sum(axis=1) / n for edge in (0.5 - CHANCE / 2, 0.5 + CHANCE / 2)]
    return np.minimum(ends[0], 1.0), np.minimum(ends[1], 1.0)
