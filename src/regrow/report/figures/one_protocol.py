"""Figures over the days of one protocol: single patients, the window, synapses."""

import math

import numpy as np
from matplotlib.figure import Figure

from regrow import posterior
from regrow.engine.plan import day_of
from regrow.report.bands import of_patients
from regrow.report.figures.canvas import (
    BAND_ALPHA,
    INK,
    MIDDLE_ALPHA,
    SOFT,
    Picture,
    Size,
    banded,
    colour,
    days_along,
    fill,
    legend,
    line,
    sheet,
    table_of,
)
from regrow.report.figures.over_days import cells, middle
from regrow.report.overview import Overview, Part
from regrow.report.window import OPEN_FROM, signal_at
from regrow.report.words import plain, spanned

A_FEW = (0.1, 0.3, 0.5, 0.7, 0.9)
"""The single patients shown: by how their change ranks on the key day, from best to worst."""
PER_DAY = 8
MOST_MOMENTS = 2000


def patients(view: Overview, part: Part) -> Picture:
    """Return the band of severity with a few single patients in it."""
    scores, x = part.result.kept("madrs"), part.result.days
    day = min(part.key_day, len(scores) - 1)
    ranked = np.argsort(scores[day] - scores[0], kind="stable")
    chosen = [int(ranked[int(share * (len(ranked) - 1))]) for share in A_FEW]
    half, _ = middle(scores)
    days = view.milestones()

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        fill(axes, x, part.severity.low, part.severity.high, 0, BAND_ALPHA)
        fill(axes, x, half.low, half.high, 0, MIDDLE_ALPHA)
        axes.plot(x, part.severity.mean, color=colour(0), linewidth=3.0, label="mean")
        for k, patient in enumerate(chosen, start=1):
            line(axes, x, scores[:, patient], k, f"patient {k}", width=1.1)
        axes.set_ylim(0, None)
        axes.set_ylabel("Severity, MADRS points (0–60)")
        days_along(axes, view.days)
        legend(axes, size, columns=3)
        return paper

    return Picture(
        name=f"patients-{part.label.slug}",
        title="Single patients",
        says="No patient is the mean. Light: 90 of 100 patients; darker: the middle half; thin "
        f"lines: five virtual patients, from one of the best (1) to one of the worst (5) on day "
        f"{day}.",
        heads=("day", "mean (band)", *(f"patient {k}" for k in range(1, len(chosen) + 1))),
        rows=table_of(
            days,
            cells(part.severity, days),
            *([plain(scores[d, patient]) for d in days] for patient in chosen),
        ),
        draw=draw,
    )


def window(view: Overview, part: Part) -> Picture:
    """Return how open the window is, with the doses and the sessions."""
    gain = posterior.middle()["slow/window_gain"]
    per_day = max(1, min(PER_DAY, MOST_MOMENTS // view.days))
    moments = np.arange(0.0, view.days, 1.0 / per_day)
    openness = 1.0 + gain * signal_at(part.result, moments)
    half, _ = middle(openness)
    plan, days = part.result.plan, view.milestones()
    doses = [day_of(d.day, d.hour, plan) for d in plan.doses if not d.condition and d.amount > 0.0]
    checks = [day_of(d.day, d.hour, plan) for d in plan.doses if d.condition and d.amount > 0.0]
    sessions = {
        kind: [day_of(t.day, t.hour, plan) for t in plan.therapy if t.kind == kind]
        for kind in dict.fromkeys(t.kind for t in plan.therapy)
    }
    rows = [
        ("dose", doses, "v", INK),
        ("dose, if its rule holds", checks, "1", SOFT),
        *((kind, at, "osD"[k % 3], colour(k + 1)) for k, (kind, at) in enumerate(sessions.items())),
    ]
    rows = [row for row in rows if row[1]]

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=1.1)
        top = max(2.0, float(half.high.max())) * 1.05
        axes.axhspan(1.0 + gain * OPEN_FROM, top, color=colour(2), alpha=0.08, linewidth=0.0)
        fill(axes, moments, half.low, half.high, 0, MIDDLE_ALPHA)
        line(axes, moments, half.mean, 0, "median patient")
        axes.annotate(
            "open", (view.days, 1.0 + gain * OPEN_FROM), xytext=(-3, 3), ha="right",
            textcoords="offset points", color=INK, fontsize=8.5,
        )  # fmt: skip
        step = (top - 1.0) / 14.0
        for k, (label, at, marker, shade) in enumerate(rows):
            axes.plot(
                at, np.full(len(at), 1.0 - step * (k + 1)), linestyle="none", marker=marker,
                color=shade, markersize=4.5, label=label, clip_on=False,
            )  # fmt: skip
        axes.set_ylim(1.0 - step * (len(rows) + 1), top)
        ticks = [tick for tick in axes.get_yticks() if 1.0 < tick <= top]
        axes.set_yticks([1.0, *ticks], ["1 closed", *(f"{tick:g}" for tick in ticks)])
        axes.set_ylabel("Window, times usual")
        days_along(axes, view.days)
        legend(axes, size, columns=3)
        return paper

    shown = [min(math.floor(day * per_day), len(moments) - 1) for day in days]
    after = [np.quantile(openness[k : k + per_day], 0.5, axis=1).max() for k in shown]
    return Picture(
        name=f"window-{part.label.slug}",
        title="The window, the doses and the sessions",
        says="How open to change the brain is predicted to be, relative to no treatment. Line: the "
        "median patient; band: the middle half of the patients; shaded from below: open. Marks "
        "under the curve: what is planned when.",
        heads=("day", "median patient, highest of the day, times usual"),
        rows=table_of(days, [plain(float(value), 1) for value in after]),
        draw=draw,
    )


def synapses(view: Overview, part: Part) -> Picture:
    """Return labile and consolidated synapses."""
    labile = of_patients(100.0 * part.result.kept("labile_synapses"))
    kept = of_patients(100.0 * part.result.kept("consolidated_synapses"))
    x, days = part.result.days, view.milestones()

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        banded(axes, x, kept, 0, "consolidated: lasting")
        banded(axes, x, labile, 1, "labile: new, lost unless used")
        axes.set_ylim(0, None)
        axes.set_ylabel("Synapses, % of the healthy number")
        days_along(axes, view.days)
        legend(axes, size)
        return paper

    return Picture(
        name=f"synapses-{part.label.slug}",
        title="Synapses",
        says="New connections are labile; those that are used consolidate and stay. Mean, and the "
        "band that holds 90 of 100 patients. No scan measures this: it is the model's own.",
        heads=("day", "labile, % (band)", "consolidated, % (band)"),
        rows=table_of(
            days,
            *(
                [f"{plain(b.mean[d], 1)} ({spanned(b.low[d], b.high[d], 1)})" for d in days]
                for b in (labile, kept)
            ),
        ),
        draw=draw,
    )
