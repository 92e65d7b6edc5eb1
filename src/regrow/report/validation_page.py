"""A validation as one page that opens without a network and prints well."""

from collections.abc import Mapping

from markupsafe import Markup

from regrow import __version__, posterior
from regrow.report import svg
from regrow.report.template import environment, figure, text
from regrow.report.validated import (
    APART,
    HEADS,
    footnotes,
    not_counting,
    of_study,
    studies,
    table,
    verdict,
)
from regrow.report.words import NOT_ADVICE
from regrow.validate.run import Validation


def html(view: Validation, drawings: Mapping[str, svg.Drawing], *, command: str) -> str:
    """Return the whole page; `drawings` holds every picture by its name, in their order."""
    names = studies(view)
    return (
        environment()
        .get_template("validation.html.jinja")
        .render(
            view=view,
            heading=f"Validation on {len(names)} {'study' if len(names) == 1 else 'studies'}",
            verdict=verdict(view),
            apart=APART[view.apart],
            heads=HEADS,
            summary=table(view),
            footnotes=tuple(footnotes()),
            not_counting=tuple(not_counting(view)),
            pictures=[drawing.picture for drawing in drawings.values()],
            figures={name: figure(drawing) for name, drawing in drawings.items()},
            studies=[of_study(view, name)[0].study for name in names],
            command=command,
            version=__version__,
            posterior=posterior.about()["version"],
            style=Markup(text("report.css")),
            not_advice=NOT_ADVICE,
        )
    )
