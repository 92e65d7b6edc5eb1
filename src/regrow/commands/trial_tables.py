"""A study run again, as a table in the terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from regrow import __version__, posterior
from regrow.commands.terminal import table
from regrow.report.findings import STANDING, banded, what, when, where, written
from regrow.studies.document import Finding
from regrow.trial.beside import Beside
from regrow.trial.rerun import Rerun

HEADS = ("finding", "n", "found", "expected", "50 % band\n95 % band", "it lies")
LONGEST = 32
"""Longer names of arms do not leave room for the numbers."""


def show(run: Rerun, out: Console) -> None:
    """Print every finding beside what was expected."""
    study = run.study
    out.print(escape(study.title), style="bold")
    out.print(escape(study.citation))
    out.print(
        f"regrow {__version__}, posterior {posterior.about()['version']}: "
        f"{run.people} virtual patients in each arm under each of {len(run.sets)} sets of values, "
        f"seed {run.seed}."
    )
    out.print(STANDING[study.used_for], style="yellow")
    out.print()
    title = "What was found, and what a study of its size was expected to find"
    out.print(foldable(table(title, HEADS, [cells(row) for row in run.rows])))
    out.print()
    for line in _footnotes(run):
        out.print(escape(line))


def cells(row: Beside) -> list[str]:
    """Return one finding as a row of the table."""
    finding = row.finding
    lines = [f"{what(finding)}{'' if finding.used else ' *'}", *_who_and_when(finding)]
    return [
        escape("\n".join(_short(text) for text in lines)),
        str(row.n),
        written(finding.value, finding),
        written(row.median, finding),
        f"{banded(row.band_50, finding)}\n{banded(row.band_95, finding)}",
        where(row),
    ]


def foldable(drawn: Table) -> Table:
    """Return a table whose names, never whose numbers, give way on a narrow terminal."""
    drawn.columns[0].no_wrap = False
    return drawn


def _who_and_when(finding: Finding) -> list[str]:
    if finding.versus is not None:
        return [finding.arm, f"against {finding.versus}", when(finding)]
    together = f"{finding.arm}, {when(finding)}"
    return [together] if len(together) <= LONGEST else [finding.arm, when(finding)]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _footnotes(run: Rerun) -> Iterator[str]:
    count = [row for row in run.rows if row.finding.used]
    yield (
        f"Findings that count: {len(count)}; in the middle half of what was expected: "
        f"{sum(row.inside_50 for row in count)}; in the middle 95 %: "
        f"{sum(row.inside_95 for row in count)}."
    )
    yield (
        "Expected: the median. The bands hold what is not known of the model, how places differ, "
        "the model's own error, and the chance of so few people."
    )
    if any(row.finding.measure != "MADRS" for row in run.rows):
        yield "Other scales are read off severity by a line, with its error."
    for row in run.rows:
        if not row.finding.used:
            finding = row.finding
            yield f"* {finding.id} does not count: {finding.why_not}."
