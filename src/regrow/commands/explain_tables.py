"""What a prediction rests on, as text in the terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from regrow.report.ground import MEANING, Ground, used_sources
from regrow.report.rests_on import Weight
from regrow.report.words import DASH, HOW_SURE, SEVERITY, signed


def show(view: Ground, out: Console) -> None:
    """Print everything behind the prediction."""
    out.print(escape(view.protocol.title), style="bold")
    out.print(f"{HOW_SURE}\n", style="yellow")
    for line in basis_lines(view):
        out.print(line)
    for certainty, weights in view.by_certainty().items():
        if weights:
            count = len(weights)
            out.print(
                f"\nCertainty {certainty}: {count} number{'s' if count != 1 else ''}, "
                f"{MEANING[certainty]}",
                style="bold",
            )
            out.print(_numbers(weights))
    out.print("\nWho the virtual patients are", style="bold")
    for number in view.rests_on.who:
        out.print(escape(f"  {number.means}: {number.cite()}"))
    out.print()
    for line in _footnotes(view):
        out.print(escape(line))
    out.print("\nSources", style="bold")
    for source in used_sources((view,)):
        out.print(escape(f"  {source.id}: {source.cite()}"))


def basis_lines(view: Ground) -> Iterator[str]:
    """Yield how the change splits by certainty, on the best day and on the last."""
    for name, day in (("Best day", view.best_day), ("Last day", view.last_day)):
        yield f"{name}, day {day}: mean change {signed(view.basis.total[day])} {SEVERITY}, of which"
        for certainty, points in view.points(day).items():
            yield f"  {signed(points):>6}  rests on {certainty} certainty: {MEANING[certainty]}"


def _numbers(weights: tuple[Weight, ...]) -> Table:
    drawn = Table(box=None, pad_edge=False, padding=(0, 1))
    drawn.add_column("moves", justify="right", no_wrap=True)
    drawn.add_column("what", ratio=4)
    drawn.add_column("value", ratio=2)
    drawn.add_column("from", ratio=2)
    for weight in weights:
        one = weight.parameter
        moves = DASH
        if not weight.moves_course:
            moves = "visit only"
        elif one.prior:
            moves = f"{signed(weight.low_points)} {signed(weight.high_points)}"
        drawn.add_row(
            moves,
            escape(one.means),
            escape(f"{one.value:g} {one.unit}".strip()),
            escape(one.status if one.status == "assumed" else f"{one.source}, {one.trust}"),
        )
    return drawn


def _footnotes(view: Ground) -> Iterator[str]:
    day, total = view.rests_on.day, len(view.rests_on.parameters())
    yield (
        f"Moves: how far the mean MADRS of day {day} goes when that number alone stands at the "
        f"16th and the 84th percentile of its prior; {DASH}: held fixed; visit only: it acts "
        "on the hours of a visit, not on severity."
    )
    trusts = ", ".join(f"{count} {trust}" for trust, count in sorted(view.trusts().items()))
    yield f"{total} numbers: {trusts}. {len(view.assumed())} are assumed."
    yield "A number is listed when moving it changes the simulated course or the last visit."
