"""What a validation says, in sentences and tables, for the terminal and the page."""

from collections.abc import Iterator

from regrow.report.words import DASH, percent, plain
from regrow.validate.run import Tested, Validation
from regrow.validate.score import scale
from regrow.validate.summary import Compared, Summary

UNITS = {
    "points": "MADRS points",
    "shares": "share of people",
    "standardised differences": "standard deviations",
    "times and ratios": "natural logarithm",
    "all": "scaled",
}
"""In what the errors and the CRPS of each kind are."""
HEADS = (
    "", "findings", "inside 50 %", "inside 95 %", "RMSE", "MAE", "CRPS", "log score",
    "CRPS lower by",
)  # fmt: skip
BANDS = (
    "The bands hold what is not known of the model, how places differ, the model's own error, and "
    "the chance of so few people."
)
COMPARATOR = (
    "The naive comparator expects the mean of the calibration studies in the same context (drug or "
    "not, blinding, new antidepressant or not), fading exponentially since the last visit; it is "
    "given the spread with which it misses studies that it does not know."
)
APART = {
    "never seen": "The model was never fitted to these studies.",
    "left out": "Each study is predicted from a fit that was made without it.",
}


def verdict(view: Validation) -> str:
    """Return the sentence that says how good the predictions were."""
    whole = view.compared[-1]
    better = whole.crps_better
    how = "lower" if better >= 0.0 else "higher"
    return (
        f"Of {whole.ours.findings} findings, {percent(whole.ours.inside_50)} lie in the middle "
        f"half of what was expected, and {percent(whole.ours.inside_95)} in the middle 95 %. The "
        f"CRPS is {percent(abs(better))} {how} than that of the naive comparator."
    )


def table(view: Validation) -> tuple[tuple[str, ...], ...]:
    """Return coverage, errors and scores, the model above the comparator, by kind and over all."""
    return tuple(row for one in view.compared for row in _rows(one))


def footnotes() -> Iterator[str]:
    """Yield what a reader must know to read the tables."""
    yield BANDS
    yield COMPARATOR
    yield (
        "RMSE, MAE and CRPS (lower is better) are in MADRS points, shares of people, standard "
        "deviations, and the natural logarithm of times and ratios. A higher log score is better; "
        "only its difference to the comparator's on the same findings means something."
    )
    yield (
        "Over all kinds, errors and CRPS are divided by a fixed scale: "
        f"{scale('points'):g} MADRS points, and one for everything else."
    )


def not_counting(view: Validation) -> Iterator[str]:
    """Yield every finding that does not count, and why."""
    for one in view.tested:
        if not one.counts:
            finding = one.ours.row.finding
            yield f"{one.study.id}/{finding.id} does not count: {finding.why_not}."


def studies(view: Validation) -> tuple[str, ...]:
    """Return the studies that were predicted, by name."""
    return tuple(dict.fromkeys(one.study.id for one in view.tested))


def of_study(view: Validation, study: str) -> tuple[Tested, ...]:
    """Return the findings of one study."""
    return tuple(one for one in view.tested if one.study.id == study)


def _rows(one: Compared) -> Iterator[tuple[str, ...]]:
    yield (one.name, *_cells(one.ours), percent_of(one.crps_better))
    yield ("   naive", *_cells(one.naive), DASH)


def _cells(found: Summary) -> tuple[str, ...]:
    return (
        str(found.findings),
        percent(found.inside_50),
        percent(found.inside_95),
        *(plain(value, 2) for value in (found.rmse, found.mae, found.crps, found.log_score)),
    )


def percent_of(share: float) -> str:
    """Return a share that may be negative."""
    return f"{plain(100.0 * share)} %"
