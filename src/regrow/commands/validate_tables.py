"""A validation as tables in the terminal."""

from rich.console import Console
from rich.markup import escape

from regrow import __version__, posterior
from regrow.commands.terminal import table
from regrow.commands.trial_tables import HEADS as TRIAL_HEADS
from regrow.commands.trial_tables import cells, foldable
from regrow.report.validated import (
    APART,
    footnotes,
    not_counting,
    of_study,
    studies,
    verdict,
)
from regrow.report.validated import table as summary_rows
from regrow.report.words import DASH, plain
from regrow.validate.run import Tested, Validation

FINDINGS = (*TRIAL_HEADS, "CRPS\nnaive")
SUMMARY = (
    "", "find-\nings", "inside\n50 %", "inside\n95 %", "RMSE", "MAE", "CRPS", "log\nscore",
    "CRPS\nlower by",
)  # fmt: skip
"""As `HEADS` of the page, on two lines."""


def show(view: Validation, out: Console) -> None:
    """Print every finding beside its prediction, then how good the predictions were."""
    out.print(
        f"regrow {__version__}, posterior {posterior.about()['version']}: {view.people} virtual "
        f"patients in each arm under each of {view.sets} sets of values, seed {view.seed}."
    )
    out.print(APART[view.apart], style="yellow")
    for name in studies(view):
        mine = of_study(view, name)
        title = escape(f"{mine[0].study.title} ({mine[0].study.citation})")
        out.print()
        out.print(foldable(table(title, FINDINGS, [_row(one) for one in mine])))
    out.print()
    out.print(table("How good the predictions were", SUMMARY,
                    summary_rows(view)))  # fmt: skip
    out.print()
    out.print(verdict(view), style="bold")
    for line in (*footnotes(), *(f"* {text}" for text in not_counting(view))):
        out.print(escape(line))


def _row(one: Tested) -> list[str]:
    scores = [plain(each.crps, 2) for each in (one.ours, one.naive)]
    return [*cells(one.ours.row), "\n".join(scores) if one.counts else DASH]
