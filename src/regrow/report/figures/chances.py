"""Figures of one person: the chances of response, remission and relapse over time."""

import math

import numpy as np
from matplotlib.figure import Figure

from regrow.report.figures.canvas import (
    INK,
    Picture,
    Size,
    days_along,
    legend,
    line,
    sheet,
    table_of,
)
from regrow.report.figures.one_person import name_of
from regrow.report.followed import Followed
from regrow.report.forecast_tables import days_of, relapsed
from regrow.report.forecast_words import definitions
from regrow.report.words import percent


def chances(view: Followed) -> Picture:
    """Return how likely response and remission are on each day."""
    found = view.forecast
    x = found.days
    ahead = x >= found.today

    def draw(size: Size) -> Figure:
        paper, panels = sheet(size, panels=2, taller=0.92)
        for axes, own, what in (
            (panels[0], found.response, "response"),
            (panels[1], found.remission, "remission"),
        ):
            first = axes is panels[0]
            own_name = f"{view.label.letter}: the plan as it stands"
            line(axes, x, 100.0 * own, 0, own_name if first else None)
            for k, other in enumerate(view.others, start=1):
                values = other.found.response if first else other.found.remission
                line(axes, x[ahead], 100.0 * values[ahead], k,
                     name_of(other, size) if first else None)  # fmt: skip
            axes.axvline(found.today, color=INK, linewidth=1.1, linestyle=(0, (4, 2)))
            axes.set_ylim(0, 100)
            axes.set_ylabel(f"In {what}, chance in %")
            days_along(axes, view.until)
        if size.narrow:
            legend(panels[0], size)
        else:
            paper.legend(loc="outside upper left", ncols=1)
        return paper

    days = days_of(view)
    at = [found.at(day) for day in days]
    columns = [[percent(found.response[k]) for k in at], [percent(found.remission[k]) for k in at]]
    heads = [f"{view.label.letter} in response", f"{view.label.letter} in remission"]
    for other in view.others:
        columns.append([percent(other.found.response[k]) for k in at])
        columns.append([percent(other.found.remission[k]) for k in at])
        heads += [f"{other.label.letter} in response", f"{other.label.letter} in remission"]
    return Picture(
        name="chances",
        title="Chance of response and of remission",
        says=f"{' '.join(definitions(view)[:2])} Counted anew each day. Upright line: today.",
        heads=("day", *heads),
        rows=table_of([f"{day:g}" for day in np.round(days, 2)], *columns),
        draw=draw,
    )


def relapse(view: Followed) -> Picture | None:
    """Return how likely a response of today is lost by each day; None where that cannot be told."""
    own = view.forecast.relapse
    if own.probability is None:
        return None
    today = view.forecast.today
    told = [(k, other) for k, other in enumerate(view.others, start=1)
            if other.found.relapse.probability is not None]  # fmt: skip

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size, taller=0.9)
        x = np.concatenate([[today], own.days])
        line(
            axes,
            x,
            _from_nothing(own.probability),
            0,
            f"{view.label.letter}: the plan as it stands",
        )
        for k, other in told:
            line(axes, x, _from_nothing(other.found.relapse.probability), k, name_of(other, size))
        axes.set_ylim(0, 100)
        axes.set_ylabel("Relapsed, chance in %")
        days_along(axes, view.until)
        axes.set_xlim(math.floor(today), view.until)
        legend(axes, size, columns=1)
        return paper

    days = days_of(view)[1:]
    return Picture(
        name="relapse",
        title="Chance of a relapse, if in response today",
        says=f"Of the versions of this person that are in response today "
        f"({percent(own.in_response)}), how many have lost it by each day. "
        f"{definitions(view)[2]}",
        heads=("day", view.label.letter, *(other.label.letter for _, other in told)),
        rows=table_of(
            [f"{day:g}" for day in days],
            relapsed(own, days),
            *(relapsed(other.found.relapse, days) for _, other in told),
        ),
        draw=draw,
    )


def _from_nothing(probability: np.ndarray | None) -> np.ndarray:
    """Return per cent, with none today."""
    assert probability is not None
    return 100.0 * np.concatenate([[0.0], probability])
