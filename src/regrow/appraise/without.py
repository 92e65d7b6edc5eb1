"""Sets of values from a fit that never saw a study, where such a fit is kept."""

import csv
from importlib import resources

from regrow import posterior
from regrow.model.values import Values, drawn


def sets_without(study: str, count: int) -> tuple[tuple[Values, ...], bool]:
    """Return `count` sets of values, and whether they come from a fit without `study`.

    Where no such fit is kept they are those of the whole posterior.
    """
    kept = resources.files("regrow.evidence") / "posterior" / f"without-{study}.csv"
    if not kept.is_file():
        return posterior.sets(count), False
    with kept.open(encoding="utf-8") as file:
        rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)][:count]
    # what trials do not touch keeps its prior, as in the whole posterior
    rest = drawn(len(rows), seed=0, fixed=posterior.fitted())
    return tuple({**other, **row} for other, row in zip(rest, rows, strict=True)), True
