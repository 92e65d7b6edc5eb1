"""Three figures of an appraisal: rank histograms, coverage by horizon, CRPS beside the rivals."""

import math
import textwrap
from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from regrow.appraise.horizons import HORIZONS
from regrow.appraise.origins import OURS, Case
from regrow.appraise.rivals import RIVALS
from regrow.appraise.run import Appraisal
from regrow.appraise.summary import difference, of
from regrow.appraise.uniform import BINS, Evenness
from regrow.report.figures.canvas import INK, SETTINGS, SOFT, WIDE, colour, style
from regrow.report.svg import svg

RANKS, COVERAGE, BESIDE = "forecast-ranks.svg", "forecast-coverage.svg", "forecast-crps.svg"
MARKS = ("o", "s", "^")
LEAST_SHOWN = -1.0
"""Shares by which the forecast is worse than this are cut off at the edge."""


def figures(found: Appraisal) -> dict[str, str]:
    """Return the figures as SVG by file name."""
    groups = {
        "persons of the model": found.virtual,
        "persons of another model": found.otherwise,
        "people of ds005917": found.people,
    }
    with mpl.rc_context(SETTINGS):  # type: ignore[arg-type]
        drawn = {
            RANKS: _ranks(found.known),
            COVERAGE: _coverage(groups),
            BESIDE: _beside(groups),
        }
    return {name: svg(figure) for name, figure in drawn.items()}


def _sheet(height: float) -> Figure:
    return Figure(figsize=(WIDE.width, height), layout="constrained", facecolor="white")


def _ranks(tests: Mapping[str, Evenness]) -> Figure:
    """One histogram per quantity, with where counts lie by chance in 95 of 100 bins."""
    paper = _sheet(4.6)
    columns = 4
    for k, (name, test) in enumerate(tests.items()):
        axes = paper.add_subplot(math.ceil(len(tests) / columns), columns, k + 1)
        count = sum(test.counts)
        mean, sd = count / BINS, math.sqrt(count / BINS * (1.0 - 1.0 / BINS))
        axes.axhspan(mean - 1.96 * sd, mean + 1.96 * sd, color=SOFT, alpha=0.2, linewidth=0)
        axes.bar(np.arange(BINS) + 0.5, test.counts, width=0.86, color=colour(0))
        axes.axhline(mean, color=INK, linewidth=0.8, linestyle="--")
        title = textwrap.fill(f"{name}, p\u00a0=\u00a0{test.chi_square_p:.2f}", 24)
        axes.set_title(title, fontsize=8.5)
        axes.set_xticks([0, BINS / 2, BINS], ["0", "½", "1"])
        axes.grid(visible=False)
        if k % columns == 0:
            axes.set_ylabel("persons")
    return paper


def _coverage(groups: Mapping[str, Sequence[Case]]) -> Figure:
    """Share of readings inside both bands, by how far ahead they lie."""
    paper = _sheet(3.7)
    axes = paper.add_subplot()
    for wanted in (0.5, 0.9):
        axes.axhline(wanted, color=INK, linewidth=0.8)
    for k, (name, cases) in enumerate(groups.items()):
        ahead = [one for one in HORIZONS if any(case.horizon == one for case in cases)]
        parts = [of([case for case in cases if case.horizon == one]) for one in ahead]
        x = [HORIZONS.index(one) + 0.08 * (k - 1) for one in ahead]
        for label, shares in (
            (name, [one.inside_90 for one in parts]),
            (None, [one.inside_50 for one in parts]),
        ):
            axes.plot(x, shares, color=colour(k), linestyle=style(k), marker=MARKS[k], label=label)
    axes.set_xticks(range(len(HORIZONS)), [one.replace(" days", " d") for one in HORIZONS])
    axes.set_ylim(0.0, 1.02)
    axes.set_xlabel("days from the last reading to the predicted one")
    axes.set_ylabel("share inside the 90 % band (top)\nand the 50 % band (below)")
    paper.legend(loc="outside upper left", ncols=3)
    return paper


def _beside(groups: Mapping[str, Sequence[Case]]) -> Figure:
    """By which share our CRPS is lower than that of each rival, with 95 % intervals."""
    paper = _sheet(3.9)
    axes = paper.add_subplot()
    axes.axvline(0.0, color=INK, linewidth=0.8)
    for k, (name, cases) in enumerate(groups.items()):
        found = [difference(cases, rival) for rival in RIVALS]
        y = np.arange(len(RIVALS)) + 0.22 * (k - 1)
        middle = [max(LEAST_SHOWN, one.better) for one in found]
        for place, one in zip(y, found, strict=True):
            low, high = max(LEAST_SHOWN, one.better_low), max(LEAST_SHOWN, one.better_high)
            axes.plot([low, high], [place, place], color=colour(k))
        axes.plot(middle, y, linestyle="", marker=MARKS[k], color=colour(k), label=name)
    axes.set_yticks(range(len(RIVALS)), RIVALS)
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    axes.set_xlabel(f"CRPS of {OURS} lower by (right of 0: {OURS} is better), 95 % interval")
    paper.legend(loc="outside upper left", ncols=3)
    return paper
