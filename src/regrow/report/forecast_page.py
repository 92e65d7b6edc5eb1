"""The forecast of one person as one page that opens without a network and prints well."""

from collections.abc import Mapping

from markupsafe import Markup

from regrow import __version__, posterior
from regrow.protocol.prescription import show
from regrow.report import forecast_tables as tables
from regrow.report import forecast_words as words
from regrow.report import svg
from regrow.report.answer import Figure, band_name
from regrow.report.followed import Followed
from regrow.report.ground import MEANING
from regrow.report.template import environment, figure, text
from regrow.report.words import HOW_SURE, NOT_ADVICE, percent, plain, signed, spanned


def html(view: Followed, drawings: Mapping[str, svg.Drawing], *, command: str) -> str:
    """Return the whole page; `drawings` holds every picture by its name, in their order."""
    return (
        environment()
        .get_template("forecast.html.jinja")
        .render(
            view=view,
            today=words.day_of(view, view.forecast.today),
            last=words.day_of(view, view.until),
            outside=words.OUTSIDE,
            how_sure=HOW_SURE,
            key=key_figures(view),
            summary=words.summary(view),
            not_interpreted=words.not_interpreted(view),
            pictures=[drawing.picture for drawing in drawings.values()],
            figures={name: figure(drawing) for name, drawing in drawings.items()},
            heads=tables.heads(view),
            expected=tables.expected(view),
            differing=[tables.differing(view, other) for other in view.others],
            footnotes=tuple(words.footnotes(view)),
            questions=words.QUESTIONS,
            would_change=tuple(words.would_change(view)),
            rests=words.rests(view),
            certainty=_certainty(view),
            why_uncertain=words.why_uncertain(view),
            used=(*view.forecast.account.used, words.surprise(view)),
            read_heads=tables.READ_HEADS,
            read=tables.read(view),
            prescription=show(view.protocol),
            command=command,
            version=__version__,
            posterior=posterior.about()["version"],
            style=Markup(text("report.css")),
            not_advice=NOT_ADVICE,
        )
    )


def key_figures(view: Followed) -> tuple[Figure, ...]:
    """Return the row of key figures: now, the last day, response, relapse, window."""
    found, last = view.forecast, view.forecast.at(view.until)
    at = found.at(found.today)
    relapse = found.relapse
    return (
        Figure(
            number=plain(found.severity.mean[at]),
            unit="MADRS points",
            what=f"now ({band_name(float(found.severity.mean[at]))})",
            band=f"90 of 100: {spanned(found.severity.low90[at], found.severity.high90[at])}",
        ),
        Figure(
            number=plain(found.severity.mean[last]),
            unit="MADRS points",
            what=f"on day {view.until}",
            band=f"90 of 100: {spanned(found.severity.low90[last], found.severity.high90[last])}",
        ),
        Figure(
            number=percent(found.response[at]),
            unit="chance",
            what="of being in response now",
            band=f"{percent(found.response[last])} on day {view.until}",
        ),
        Figure(
            number=percent(relapse.probability[-1])
            if relapse.probability is not None
            else "not told",
            unit="chance" if relapse.probability is not None else "",
            what=f"of a relapse by day {relapse.days[-1]:g}, if in response now"
            if relapse.probability is not None
            else "relapse: a response now is too unlikely",
            band=""
            if relapse.median_days is None
            else f"half within {plain(relapse.median_days)} days",
        ),
        Figure(
            number="open" if view.open[at] >= words.PROBABLE else "closed",
            unit="window now",
            what=f"chance that it is open: {percent(view.open[at])}",
        ),
    )


def _certainty(view: Followed) -> tuple[tuple[str, ...], ...]:
    found = view.forecast.rests
    shares = found.shares()
    rows = [
        (f"{name}: {MEANING[name]}", signed(found.points[name]), percent(shares[name]))
        for name in MEANING
    ]
    return (*rows, ("the person's own course, ups and downs", signed(found.own), ""))
