"""Leave-one-study-out as a page of documentation."""

from collections.abc import Iterator, Sequence

from regrow.calibrate.leave_out import LeftOut
from regrow.report.calibration_page import words_of
from regrow.validate.run import Tested, Validation
from regrow.validate.summary import Compared

INTRODUCTION = """\
# Each study predicted without itself

This page is written by `regrow calibrate --leave-one-out`. Each study of the calibration was
predicted from a fit that had never seen it, in a place of its own, with the chance of its own
sample size, beside the naive comparator (mean change of the other trials by context, fading in
time).
Pooled analyses of the same people were left out with each study; a pooled analysis itself is
predicted from the single trials that it holds, which is the one leak that remains.
"""

HEADS = ("inside 50 %", "inside 95 %", "RMSE", "CRPS")


def page(found: Validation, left: Sequence[LeftOut]) -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines(found, left)) + "\n"


def _lines(found: Validation, left: Sequence[LeftOut]) -> Iterator[str]:
    yield INTRODUCTION
    yield "## How good the predictions are"
    yield ""
    yield (
        "Bands should hold 50 and 95 of 100 findings. CRPS is the usual score of a forecast with "
        "its uncertainty (lower is better); over all kinds it is divided by a scale for each kind."
    )
    yield ""
    heads = ("findings", "n", *HEADS, *(f"naive: {head}" for head in HEADS), "CRPS better by")
    yield f"| {' | '.join(heads)} |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for one in found.compared:
        yield _summary(one)
    yield ""
    again = {one.study: one for one in left}
    for study in dict.fromkeys(tested.study.id for tested in found.tested):
        rows = [tested for tested in found.tested if tested.study.id == study]
        how = again[study]
        yield f"## {rows[0].study.citation}"
        yield ""
        yield (
            f"The fit without it was {how.how} (Pareto k {how.pareto_k:.2f}, worth "
            f"{how.effective:.0f} draws)."
        )
        yield ""
        yield "| finding | n | observed | predicted | 50 % band | 95 % band | inside 95 % | naive |"
        yield "|---|---:|---:|---:|---|---|---|---|"
        for tested in rows:
            yield _row(tested)
        yield ""


def _summary(one: Compared) -> str:
    cells = [one.name, str(one.ours.findings)]
    for each in (one.ours, one.naive):
        cells += [f"{100 * each.inside_50:.0f} %", f"{100 * each.inside_95:.0f} %"]
        cells += [f"{each.rmse:.3g}", f"{each.crps:.3g}"]
    return f"| {' | '.join(cells)} | {100 * one.crps_better:+.0f} % |"


def _row(tested: Tested) -> str:
    row, naive = tested.ours.row, tested.naive.row
    finding = row.finding
    counts = "" if tested.counts else " (does not count)"
    return (
        f"| {words_of(finding)}{counts} | {row.n} | {finding.value:.3g} | {row.median:.3g} | "
        f"{row.band_50[0]:.3g} to {row.band_50[1]:.3g} | "
        f"{row.band_95[0]:.3g} to {row.band_95[1]:.3g} | "
        f"{'yes' if row.inside_95 else '**no**'} | "
        f"{naive.median:.3g} ({naive.band_95[0]:.3g} to {naive.band_95[1]:.3g}) |"
    )
