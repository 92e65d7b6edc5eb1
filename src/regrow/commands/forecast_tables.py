"""The forecast of one person as text in the terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from regrow import __version__, posterior
from regrow.commands.terminal import table
from regrow.report import forecast_words as words
from regrow.report.followed import Followed
from regrow.report.forecast_tables import READ_HEADS, differing, expected, heads, read
from regrow.report.words import HOW_SURE, NOT_ADVICE


def show(view: Followed, out: Console) -> None:
    """Print the forecast: first what can be read in five seconds, then the numbers behind it."""
    out.print(
        f"regrow {__version__}, posterior {posterior.about()['version']}, seed {view.seed}: "
        f"{escape(words.heading(view))}."
    )
    out.print(HOW_SURE, style="yellow")
    if view.forecast.outside:
        out.print(f"\nWARNING: {words.OUTSIDE}", style="bold red")
    out.print()
    for sentence in words.summary(view):
        out.print(escape(sentence))
    out.print()
    out.print(table("What is to be expected", heads(view), expected(view)))
    for other in view.others:
        label = other.label
        title = escape(f"What if {label.letter}: {label.title} ({label.file}), from today on")
        out.print()
        out.print(table(title, heads(view), differing(view, other)))
    out.print()
    _listed(out, "What would change the forecast most", words.would_change(view))
    _listed(out, "What it rests on", (words.rests(view), words.why_uncertain(view)))
    _listed(out, "What was used", (*view.forecast.account.used, words.surprise(view)))
    _listed(out, "What was missing, and what was assumed instead", view.forecast.account.missing)
    _listed(out, "Not read", (*view.remarks, *words.not_interpreted(view)))
    if view.forecast.outside:
        out.print(table("Every reading beside what was expected", READ_HEADS, read(view)))
        out.print()
    for line in (
        *words.footnotes(view),
        *((words.QUESTIONS,) if view.others or view.forecast.levers else ()),
        NOT_ADVICE,
        f"Model: {view.forecast.account.version}.",
    ):
        out.print(escape(line))


def _listed(out: Console, title: str, lines: Iterable[str]) -> None:
    found = tuple(lines)
    if not found:
        return
    out.print(title, style="bold")
    for line in found:
        out.print(f"- {escape(line)}")
    out.print()
