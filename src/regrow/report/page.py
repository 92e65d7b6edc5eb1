"""The report: one page that opens without a network and prints well."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from regrow import __version__
from regrow.protocol.prescription import show
from regrow.report import answer, svg
from regrow.report.ground import Ground, used_sources
from regrow.report.overview import Overview, Part, ignorance_share, sets_present
from regrow.report.pictures import Pictures
from regrow.report.side_effects import (
    LARGE_RISE_MMHG,
    MOST_PATIENTS,
    STRONG_DISSOCIATION,
    SideEffects,
)
from regrow.report.template import environment, figure, text
from regrow.report.window import DEFINITION
from regrow.report.words import (
    BAND,
    HOW_SURE,
    KNOWLEDGE,
    NOT_ADVICE,
    percent,
)

NUMBERS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight")


def html(
    view: Overview,
    grounds: tuple[Ground, ...],
    pictures: Pictures,
    drawings: Mapping[str, svg.Drawing],
    *,
    command: str,
) -> str:
    """Return the whole report as one page; `drawings` holds every picture by its name."""
    scales = tuple(dict.fromkeys(r.measure for part in view.parts for r in part.read_outs))
    assumed = {p.reference: p for each in grounds for p in each.assumed()}
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            view=view,
            grounds=grounds,
            pictures=pictures,
            figures={name: figure(drawing) for name, drawing in drawings.items()},
            command=command,
            version=__version__,
            style=Markup(text("report.css")),
            heading=_heading(view),
            same_visit=[_same_visit(view, k) for k in range(len(view.parts))],
            title=" and ".join(part.label.title for part in view.parts[:2])
            + (f" and {len(view.parts) - 2} more" if len(view.parts) > 2 else ""),
            days=view.milestones(),
            answers=[_answer(part, view.days) for part in view.parts],
            compared=answer.compared(view),
            important_change=answer.important_change(),
            ignorance=[_ignorance(part) for part in view.parts],
            prescriptions=[show(part.protocol) for part in view.parts],
            hypotheses=[
                (each.best_day, answer.hypothesis(dict(each.points(each.best_day))))
                for each in grounds
            ],
            assumed=sorted(assumed.values(), key=lambda p: p.reference),
            sources=used_sources(grounds, scales),
            counts=[len(each.rests_on.parameters()) for each in grounds],
            constants={
                "band": BAND,
                "window": DEFINITION,
                "how_sure": HOW_SURE,
                "not_advice": NOT_ADVICE,
                "knowledge": KNOWLEDGE[view.knowledge],
                "strong": percent(STRONG_DISSOCIATION),
                "large": f"{LARGE_RISE_MMHG:g} mmHg",
                "most": min(MOST_PATIENTS, view.people.patients),
            },
        )
    )


def _answer(part: Part, last: int) -> Mapping[str, Any]:
    return {
        "headline": answer.headline(part),
        "afterwards": answer.afterwards(part, last),
        "figures": answer.key_figures(part, last),
    }


def _heading(view: Overview) -> str:
    if len(view.parts) == 1:
        return view.parts[0].label.title
    return f"{NUMBERS[len(view.parts) - 2]} protocols side by side"


def _same_visit(view: Overview, k: int) -> str | None:
    """Return the letter of an earlier protocol with the same visits, if there is one."""
    mine = [(one.visit, _given(one)) for one in view.parts[k].side_effects]
    for earlier in view.parts[:k]:
        if mine and mine == [(one.visit, _given(one)) for one in earlier.side_effects]:
            return earlier.label.letter
    return None


def _given(effects: SideEffects) -> tuple[object, ...]:
    first = effects.doses[0].hour
    return tuple(
        (d.drug, d.route, d.formulation, d.amount, d.unit, d.minutes, d.hour - first)
        for d in effects.doses
    )


def _ignorance(part: Part) -> str:
    share = ignorance_share(part.result, part.key_day)
    if part.result.knowledge == "centre":
        return "Every number stands at its best guess; the bands are differences between people."
    if share is None:
        return (
            f"With {part.result.patients} patients only {sets_present(part.result)} draws of the "
            "numbers could be tried: too few to tell people from what we do not know."
        )
    return (
        f"Of the spread of the change on day {part.key_day}, {percent(1.0 - share)} is differences "
        f"between people and {percent(share)} is what we do not know about the numbers."
    )
