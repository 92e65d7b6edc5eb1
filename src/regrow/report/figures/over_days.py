"""Figures over the days of all protocols: severity, outcomes, relapse, differences."""

import numpy as np
from matplotlib.figure import Figure

from regrow.report.bands import Band
from regrow.report.figures.canvas import (
    INK,
    SOFT,
    Picture,
    Size,
    banded,
    days_along,
    legend,
    line,
    sheet,
    table_of,
)
from regrow.report.overview import Overview, Part, relapse
from regrow.report.words import BAND, percent, plain, signed, spanned

MOST_BANDS = 2
"""More bands than this in one plot hide each other."""
LONGEST_NAME = 48


def name_of(part: Part, size: Size) -> str:
    """Return what a legend calls a protocol."""
    title = part.label.title
    most = 32 if size.narrow else LONGEST_NAME
    short = title if len(title) <= most else title[: most - 1].rstrip() + "…"
    return f"{part.label.letter}  {short}"


def cells(band: Band, days: tuple[int, ...], digits: int = 0) -> list[str]:
    """Return `23 (8–35)` for each day."""
    return [
        f"{plain(band.mean[d], digits)} ({spanned(band.low[d], band.high[d], digits)})"
        for d in days
    ]


def severity(view: Overview) -> Picture:
    """Return severity over the days, every protocol."""
    alone, days = len(view.parts) == 1, view.milestones()
    shown = view.parts if len(view.parts) <= MOST_BANDS else ()
    remission = view.parts[0].result.summary.outcomes.remission_madrs

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        for k, part in enumerate(view.parts):
            x, label = part.result.days, name_of(part, size)
            if part in shown:
                banded(axes, x, part.severity, k, label)
            else:
                line(axes, x, part.severity.mean, k, label)
        axes.axhline(remission, color=SOFT, linewidth=1.0, linestyle=(0, (2, 2)))
        axes.annotate(
            f"remission: {remission:g} or less",
            (view.days, remission),
            xytext=(-3, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            color=SOFT,
            fontsize=8.5,
        )
        axes.set_ylim(0, None)
        axes.set_ylabel("Severity, MADRS points (0–60)")
        days_along(axes, view.days)
        if not alone:
            legend(axes, size, columns=1)
        return paper

    return Picture(
        name="severity",
        title="Severity over the days",
        says="Mean severity of all virtual patients; lower is better. "
        + (BAND if shown else "The bands are in the table."),
        heads=("day", *(f"{p.label.letter}, MADRS points (band)" for p in view.parts)),
        rows=table_of(days, *(cells(p.severity, days) for p in view.parts)),
        draw=draw,
    )


def outcomes(view: Overview) -> Picture:
    """Return response and remission over the days."""
    alone, days = len(view.parts) == 1, view.milestones()
    defined = view.parts[0].result.summary.outcomes

    def draw(size: Size) -> Figure:
        paper, panels = sheet(size, panels=2, taller=0.92)
        for k, part in enumerate(view.parts):
            x, summary = part.result.days, part.result.summary
            line(panels[0], x, 100.0 * summary.response_share(), k, name_of(part, size))
            line(panels[1], x, 100.0 * summary.remission_share(), k, None)
        for axes, what in zip(panels, ("In response", "In remission"), strict=True):
            axes.set_ylim(0, 100)
            axes.set_ylabel(f"{what}, % of patients")
            days_along(axes, view.days)
        if not alone:
            if size.narrow:
                legend(panels[0], size)
            else:
                paper.legend(loc="outside upper left", ncols=1)
        return paper

    columns, heads = [], []
    for part in view.parts:
        summary = part.result.summary
        columns.append([percent(summary.response_share()[d]) for d in days])
        columns.append([percent(summary.remission_share()[d]) for d in days])
        heads += [f"{part.label.letter} in response", f"{part.label.letter} in remission"]
    return Picture(
        name="outcomes",
        title="Responders and remitters over time",
        says=f"Response: severity at least {percent(defined.response_fall)} below day 0. "
        f"Remission: at most {defined.remission_madrs:g} MADRS points. "
        "Both are counted anew each day.",
        heads=("day", *heads),
        rows=table_of(days, *columns),
        draw=draw,
    )


def still_well(view: Overview) -> Picture | None:
    """Return how many of the responders have not relapsed; None where nobody responded."""
    found = [
        (k, part, lost)
        for k, part in enumerate(view.parts)
        if (lost := relapse(part.result)) is not None
        and part.result.summary.acute_end < view.days
        and part.gives_drug
    ]
    if not found:
        return None
    alone, days = len(view.parts) == 1, view.milestones()

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=0.9)
        for k, part, lost in found:
            start = part.result.summary.acute_end
            label = name_of(part, size)
            line(axes, part.result.days[start:], 100.0 * (1.0 - lost[start:]), k, label)
        axes.axhline(50.0, color=SOFT, linewidth=1.0, linestyle=(0, (2, 2)))
        axes.annotate(
            "half have relapsed", (view.days, 50.0), xytext=(-3, 3), textcoords="offset points",
            ha="right", color=SOFT, fontsize=8.5,
        )  # fmt: skip
        axes.set_ylim(0, 103)
        axes.set_ylabel("Still in response, % of responders")
        days_along(axes, view.days)
        if not alone:
            legend(axes, size, columns=1)
        return paper

    counts = "; ".join(
        f"{part.label.letter}: {part.result.summary.responders_at_acute_end} of "
        f"{part.result.patients} patients on day {part.result.summary.acute_end}"
        for _, part, _ in found
    )
    return Picture(
        name="relapse",
        title="Time to relapse",
        says=f"Of those in response the day after the acute course ({counts}): how many have "
        "never lost it since.",
        heads=("day", *(f"{part.label.letter} still in response" for _, part, _ in found)),
        rows=table_of(
            days,
            *(
                [
                    percent(1.0 - lost[d]) if d >= part.result.summary.acute_end else "–"
                    for d in days
                ]
                for _, part, lost in found
            ),
        ),
        draw=draw,
    )


def differences(view: Overview) -> Picture | None:
    """Return every other protocol minus the first, patient by patient."""
    if not view.differences:
        return None
    first, days = view.parts[0], view.milestones()
    banded_ones = len(view.differences) <= MOST_BANDS
    x = first.result.days

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        for k, (part, band) in enumerate(zip(view.parts[1:], view.differences, strict=True), 1):
            label = f"{part.label.letter} minus {first.label.letter}"
            if banded_ones:
                banded(axes, x, band, k, label)
            else:
                line(axes, x, band.mean, k, label)
        axes.axhline(0.0, color=INK, linewidth=1.0)
        low, high = axes.get_ylim()
        axes.set_ylim(min(low, -1.0), max(high, 1.0))
        axes.set_ylabel("Difference, MADRS points\n(below 0: better)")
        days_along(axes, view.days)
        legend(axes, size, columns=4)
        return paper

    return Picture(
        name="differences",
        title="The difference in the same patients",
        says=f"Each virtual patient lives through every protocol; {first.label.letter} is taken "
        "off. Below the line of zero the other protocol is better. "
        + (BAND if banded_ones else ""),
        heads=(
            "day",
            *(f"{p.label.letter} minus {first.label.letter} (band)" for p in view.parts[1:]),
        ),
        rows=table_of(
            days,
            *(
                [f"{signed(b.mean[d])} ({signed(b.low[d])} to {signed(b.high[d])})" for d in days]
                for b in view.differences
            ),
        ),
        draw=draw,
    )


def middle(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[Band, Band]:
    """Return the median with the middle half, and with the band (days x patients)."""
    low, quarter, half, three, high = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
    return (
        Band(mean=np.asarray(half), low=np.asarray(quarter), high=np.asarray(three)),
        Band(mean=np.asarray(half), low=np.asarray(low), high=np.asarray(high)),
    )
