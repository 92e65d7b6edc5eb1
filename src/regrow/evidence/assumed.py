"""The page that lists what is assumed.

python -m regrow.evidence.assumed docs/reference/assumed.md
"""

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from regrow.evidence import census, reader
from regrow.evidence.records import Parameter, Prior

HEAD = """\
# What is assumed

This page is written by `python -m regrow.evidence.assumed docs/reference/assumed.md`; a test fails
when it is out of date. It lists every number that nobody published in a form that was read: a
judgement, a number from memory, or a choice. The prior says how wide it is taken to be; "none" is a
convention that is held fixed.
"""


def page() -> str:
    """The page as Markdown."""
    assumed = [one for one in census.all_parameters() if one.status == "assumed"]
    parts = [HEAD, f"{len(assumed)} numbers are assumed.\n"]
    for file, entries in groupby(assumed, key=lambda one: one.file):
        parts.append(f"## {file}\n\n{_table(entries)}")
    parts.extend(f"## limits: {file}\n\n{_limits(file)}" for file in reader.limit_files())
    return "\n".join(parts)


def _table(entries: Iterable[Parameter]) -> str:
    rows = [
        "| number | what it means | value | prior | certainty | from |",
        "|---|---|---|---|---|---|",
    ]
    for one in entries:
        value = f"{one.value:g} {one.unit}".strip()
        origin = f"{one.source}, {one.where}" + (" (memory)" if one.trust == "memory" else "")
        cells = (f"`{one.name}`", one.means, value, describe(one.prior), one.certainty, origin)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _limits(file: str) -> str:
    rows = [
        f"| {limit['drug']} | {limit['route']} | {limit['where']} |"
        for limit in reader.limits(file)
        if limit.get("status") == "assumed"
    ]
    head = ("| drug | route | where the limit comes from |", "|---|---|---|")
    return "\n".join((*head, *rows)) + "\n"


def describe(prior: Prior | None) -> str:
    """`lognormal, SD 0.3: why`"""
    if prior is None:
        return "none"
    size = f"SD {prior.sd:g}" if prior.sd is not None else ""
    span = (
        f"{'-inf' if prior.low is None else f'{prior.low:g}'} to "
        f"{'inf' if prior.high is None else f'{prior.high:g}'}"
        if (prior.low, prior.high) != (None, None)
        else ""
    )
    return ", ".join(part for part in (prior.kind, size, span) if part) + f": {prior.reason}"


if __name__ == "__main__":
    if len(sys.argv) == 2:
        Path(sys.argv[1]).write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
