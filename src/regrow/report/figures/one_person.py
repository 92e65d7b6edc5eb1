"""Figures of one person: where severity goes, and how another plan would differ."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regrow.measures.catalogue import measures
from regrow.report.figures.canvas import (
    BAND_ALPHA,
    INK,
    MIDDLE_ALPHA,
    SOFT,
    Picture,
    Size,
    days_along,
    fill,
    legend,
    line,
    sheet,
    table_of,
)
from regrow.report.followed import Followed, Other
from regrow.report.forecast_tables import days_of
from regrow.report.words import percent, plain, signed, spanned

MARKS = ("o", "s", "^", "D", "v", "P", "X")
READING_ALPHA = 0.2
LONGEST_NAME = 44
TICK = 0.035
"""How high a tick for a dose or a session is, as a share of the axes."""


def name_of(other: Other, size: Size) -> str:
    """Return what a legend calls another plan."""
    most = 20 if size.narrow else LONGEST_NAME
    title = other.label.title
    short = title if len(title) <= most else title[: most - 1].rstrip() + "…"
    return f"what if {other.label.letter}: {short}"


def trajectory(view: Followed) -> Picture:
    """Return severity before and after today, with bands, readings, doses and what-ifs."""
    found = view.forecast
    x = found.days

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=1.2)
        ahead = x >= found.today
        fill(axes, x, found.madrs.low90, found.madrs.high90, 7, READING_ALPHA)
        fill(axes, x, found.severity.low90, found.severity.high90, 0, BAND_ALPHA)
        fill(axes, x, found.severity.low50, found.severity.high50, 0, MIDDLE_ALPHA)
        line(axes, x, found.severity.mean, 0, f"{view.label.letter}: the plan as it stands")
        for k, other in enumerate(view.others, start=1):
            mean = found.severity.mean + other.found.difference.mean
            line(axes, x[ahead], mean[ahead], k, name_of(other, size))
        _readings(axes, view)
        _ticks(axes, view)
        _lines(axes, view)
        axes.set_ylim(0, _highest(view))
        axes.set_ylabel("Severity, MADRS points (0–60)")
        days_along(axes, view.until)
        legend(axes, size)
        return paper

    days = days_of(view)
    at = [found.at(day) for day in days]
    return Picture(
        name="trajectory",
        title="Severity, read and forecast",
        says="Line: mean of the versions of this person that agree with the readings; dark band: "
        "50 of 100, blue band: 90 of 100, grey band: where 90 of 100 MADRS readings would lie. "
        "Marks: what was read, every scale at the MADRS that it stands for. Ticks below, of the "
        "plan as it stands: doses (long) and therapy sessions (short), given or planned; dotted: "
        "a dose that waits for a rule. Lower is better.",
        heads=(
            "day", "severity", "50 of 100", "90 of 100", "a MADRS would show",
            *(f"what if {other.label.letter}" for other in view.others),
        ),
        rows=table_of(
            [f"{day:g}" for day in np.round(days, 2)],
            [plain(found.severity.mean[k], 1) for k in at],
            [spanned(found.severity.low50[k], found.severity.high50[k]) for k in at],
            [spanned(found.severity.low90[k], found.severity.high90[k]) for k in at],
            [spanned(found.madrs.low90[k], found.madrs.high90[k]) for k in at],
            *(
                [
                    plain(found.severity.mean[k] + other.found.difference.mean[k], 1)
                    for k in at
                ]
                for other in view.others
            ),
        ),
        draw=draw,
    )  # fmt: skip


def differences(view: Followed) -> Picture | None:
    """Return what would differ under the other plans; None where nobody asked."""
    if not view.others:
        return None
    found = view.forecast
    ahead = found.days >= found.today
    x = found.days[ahead]

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=0.95)
        axes.axhline(0.0, color=SOFT, linewidth=1.0)
        for k, other in enumerate(view.others, start=1):
            one = other.found.difference
            if len(view.others) <= 2:
                fill(axes, x, one.low90[ahead], one.high90[ahead], k, BAND_ALPHA)
                fill(axes, x, one.low50[ahead], one.high50[ahead], k, MIDDLE_ALPHA)
            line(axes, x, one.mean[ahead], k, name_of(other, size))
        axes.set_ylabel("Difference, MADRS points")
        days_along(axes, view.until)
        axes.set_xlim(math.floor(found.today), view.until)
        legend(axes, size, columns=1)
        return paper

    days = days_of(view)[1:]
    at = [found.at(day) for day in days]
    return Picture(
        name="what-if",
        title="What if: the difference to the plan as it stands",
        says="The same versions of this person, with the same ups and downs, under another plan "
        "from today on. Below zero is better. Bands: 50 and 90 of 100"
        + ("." if len(view.others) <= 2 else "; here in the table only.")
        + " A question to the model, never a recommendation.",
        heads=(
            "day",
            *(f"{o.label.letter} minus {view.label.letter} (90 of 100)" for o in view.others),
            *(f"lower under {o.label.letter}" for o in view.others),
        ),
        rows=table_of(
            [f"{day:g}" for day in days],
            *(
                [
                    f"{signed(o.found.difference.mean[k])} ("
                    f"{signed(o.found.difference.low90[k])} to "
                    f"{signed(o.found.difference.high90[k])})"
                    for k in at
                ]
                for o in view.others
            ),
            *([percent(o.found.better[k]) for k in at] for o in view.others),
        ),
        draw=draw,
    )


def _readings(axes: Axes, view: Followed) -> None:
    """Mark each reading at the MADRS that it stands for, one shape per scale."""
    readings = view.belief.readings
    for k, name in enumerate(dict.fromkeys(one.measure for one in readings)):
        scale = measures()[name]
        mine = [one for one in readings if one.measure == name]
        axes.plot(
            [one.day for one in mine],
            [min(60.0, max(0.0, (o.value - scale.intercept) / scale.slope)) for o in mine],
            linestyle="none",
            marker=MARKS[k % len(MARKS)],
            markersize=6.0,
            markerfacecolor=INK if name == "MADRS" else "none",
            markeredgecolor=INK,
            label=f"{name} read",
            clip_on=False,
            zorder=4,
        )


def _ticks(axes: Axes, view: Followed) -> None:
    """Put a tick at the bottom for every dose and session of the life as it was and is planned."""
    plan = view.forecast.future.plan
    bottom = axes.get_xaxis_transform()
    for dose in plan.doses:
        axes.plot(
            [dose.day] * 2, [0.0, 1.6 * TICK], transform=bottom, color=INK, linewidth=2.4,
            linestyle="-" if dose.condition is None else (0, (0.4, 0.4)),
        )  # fmt: skip
    for session in plan.therapy:
        axes.plot([session.day] * 2, [0.0, 0.7 * TICK], transform=bottom, color=SOFT, linewidth=1.4)


def _lines(axes: Axes, view: Followed) -> None:
    """Draw today, and the border of remission."""
    today, remission = view.forecast.today, view.forecast.definitions.remission_madrs
    axes.axvline(today, color=INK, linewidth=1.1, linestyle=(0, (4, 2)))
    beyond = today > 0.75 * view.until
    axes.annotate(
        "today", (today, 1.0), xycoords=axes.get_xaxis_transform(),
        xytext=(-3 if beyond else 3, -2), textcoords="offset points",
        ha="right" if beyond else "left", va="top", fontsize=8.5,
    )  # fmt: skip
    axes.axhline(remission, color=SOFT, linewidth=1.0, linestyle=(0, (2, 2)))
    axes.annotate(
        f"remission: {remission:g} or less", (view.until, remission),
        xytext=(-3, -4), textcoords="offset points", ha="right", va="top", color=SOFT,
        fontsize=8.5,
    )  # fmt: skip


def _highest(view: Followed) -> float:
    """Return where the axis of severity ends: nothing that was read or may come is cut off."""
    highest = max(
        float(view.forecast.madrs.high90.max()), float(view.forecast.severity.high90.max())
    )
    for one in view.belief.readings:
        scale = measures()[one.measure]
        highest = max(highest, min(60.0, (one.value - scale.intercept) / scale.slope))
    return min(62.0, 5.0 * math.ceil((highest + 3.0) / 5.0))
