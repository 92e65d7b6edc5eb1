"""How the commands talk: tables on standard output, progress on standard error."""

import contextlib
import shutil
import threading
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

PATIENCE_S = 2.0
"""Anything longer shows that it is at work."""
PAGE_WIDTH = 100
NARROWEST = 60


def console() -> Console:
    """Return where text goes; a file or a pipe gets plain text, a hundred columns wide."""
    out = Console(highlight=False, soft_wrap=False)
    if not out.is_terminal:
        return Console(highlight=False, width=PAGE_WIDTH, color_system=None)
    width = max(NARROWEST, min(shutil.get_terminal_size().columns, 120))
    return Console(highlight=False, width=width)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return a plain table: the first column names the row, the others hold numbers."""
    drawn = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for k, head in enumerate(heads):
        drawn.add_column(head, justify="right" if k else "left", no_wrap=True)
    for row in rows:
        drawn.add_row(*row)
    return drawn


class Teller:
    """Something to be told how far the work is."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def now(self, what: str) -> None:
        """Say what is being done; how long it takes is not known."""
        self._bar.reset(self._task, description=what, total=None)

    def count(self, done: int, total: int) -> None:
        """Say how much is done of how much."""
        self._bar.update(self._task, completed=done, total=total)


@contextlib.contextmanager
def progress(what: str) -> Iterator[Teller]:
    """Yield something to be told how far the work is; a bar appears after two seconds."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    teller = Teller(bar)
    teller.now(what)
    later = threading.Timer(PATIENCE_S, bar.start)
    later.daemon = True
    if bar.console.is_terminal:
        later.start()
    try:
        yield teller
    finally:
        later.cancel()
        if later.ident is not None:
            later.join()
        if bar.live.is_started:
            bar.stop()
