"""Pieces of the page: tables and numbers as words."""

from collections.abc import Iterator, Sequence

from regrow.appraise.horizons import HORIZONS
from regrow.appraise.origins import OURS, Case
from regrow.appraise.rivals import LAST, MEAN, RIVALS
from regrow.appraise.summary import Difference, Summary, difference, of


def beside(cases: Sequence[Case]) -> Iterator[str]:
    """Yield the tables of everybody side by side, and of us by horizon."""
    yield (
        "| forecaster | predictions | CRPS | error | inside 50 % | inside 90 % | "
        f"CRPS of {OURS} less this | {OURS} is |"
    )
    yield "|---|---:|---:|---:|---:|---:|---|---|"
    yield f"| **{OURS}** | {cells(of(cases))} | | |"
    for rival in RIVALS:
        off = difference(cases, rival)
        yield f"| {rival} | {cells(of(cases, rival))} | {interval(off)} | {off.words} |"
    yield ""
    yield (
        f"| {OURS}, days ahead | predictions | CRPS | error | inside 50 % | inside 90 % | "
        "CRPS of the last value | of the mean |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for ahead in HORIZONS:
        part = [case for case in cases if case.horizon == ahead]
        if part:
            yield (
                f"| {ahead} | {cells(of(part))} | {of(part, LAST).crps:.2f} | "
                f"{of(part, MEAN).crps:.2f} |"
            )
    yield ""


def cells(one: Summary) -> str:
    """Return number, CRPS, error and coverage as cells of a table."""
    return (
        f"{one.forecasts} | {one.crps:.2f} | {one.mae:.2f} | {percent(one.inside_50)} | "
        f"{percent(one.inside_90)}"
    )


def interval(one: Difference) -> str:
    """Return a difference with its 95 % interval."""
    return f"{one.mean:+.2f} ({one.low:+.2f} to {one.high:+.2f})"


def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return f"{100.0 * share:.0f} %"


def count(cases: Sequence[Case]) -> int:
    """Return how many persons were predicted."""
    return len({case.person for case in cases})
