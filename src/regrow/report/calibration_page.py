"""A calibration as a page of documentation: what was learned, what was not, the fit by study."""

from collections.abc import Iterator, Sequence

import numpy as np

from regrow.calibrate.check import Checked
from regrow.calibrate.diagnose import LEARNED, Diagnosis
from regrow.calibrate.rounds import Fit
from regrow.report.words import DASH
from regrow.studies.document import Finding, Study

INTRODUCTION = """\
# The calibration, study by study

This page is written by `regrow calibrate`. It shows what the model's numbers were fitted to, how
well it describes that, and what the data cannot say. How it is done, and what it is worth on trials
that it has not seen, stands in [the explanation](../explanation/calibration.md).
"""


def page(fit: Fit, found: Diagnosis, checked: Sequence[Checked], trust: Sequence[str]) -> str:
    """Return the page as Markdown."""
    return "\n".join([*_lines(fit, found, checked, trust)]) + "\n"


def _lines(
    fit: Fit, found: Diagnosis, checked: Sequence[Checked], trust: Sequence[str]
) -> Iterator[str]:
    yield INTRODUCTION
    task = fit.task
    yield f"Seed {fit.seed}; {len(task.studies)} studies, {len(task.targets)} fitted numbers."
    yield ""
    yield from (f"- {sentence}" for sentence in trust)
    name, error = found.worst_surface_error
    yield f"- Largest error of a surface, before weighing: {error:.2g} ({name})."
    yield ""
    yield "## What was learned"
    yield ""
    yield "Median and 90 % band. *Narrower* is the posterior's spread over the prior's."
    yield ""
    yield "| number | unit | prior | posterior | narrower | R-hat | ESS bulk | ESS tail |"
    yield "|---|---|---|---|---:|---:|---:|---:|"
    for one in found.parameters:
        yield (
            f"| `{one.name}` | {one.unit or DASH} | {_band(one.prior)} | {_band(one.posterior)} | "
            f"{one.narrower:.2f} | {one.r_hat:.3f} | {one.bulk_ess:.0f} | {one.tail_ess:.0f} |"
        )
    yield ""
    yield "## What is not identified"
    yield ""
    nothing = [f"`{one.name}`" for one in found.parameters if one.narrower > LEARNED]
    yield (
        "These numbers are hardly narrower after the fit than before it; what rests on them rests "
        f"on their priors: {', '.join(nothing) or 'none'}."
    )
    yield ""
    if found.entangled:
        yield "These pairs cannot be told apart by the data (correlation of the draws):"
        yield ""
        for a, b, how in found.entangled:
            yield f"- `{a}` and `{b}`: {how:+.2f}"
        yield ""
    yield "## The fit, study by study"
    yield ""
    yield (
        "*Fitted* is what the model expects after the fit, in the place that was inferred for the "
        "study (median, 90 % band). *Printed again* is what a study with this effective size would "
        "print (95 % band). *Factors* say how much more, or less, the drug and the setting seem to "
        "do in this study than in the average one."
    )
    drug, setting = fit.draws.flat("drug"), fit.draws.flat("setting")
    for k, study in enumerate(fit.task.studies):
        yield ""
        yield f"### {study.citation}"
        yield ""
        yield f"{study.title}. {study.population}."
        yield (f"Factors: drug {_factor(drug[:, k])}, setting {_factor(setting[:, k])}.")
        yield ""
        yield "| finding | effective n | observed | fitted | printed again | inside |"
        yield "|---|---:|---:|---|---|---|"
        for each in checked:
            if each.target.study == study.id:
                yield _row(study, each)
        for finding in study.finding:
            if not finding.used:
                shown = f"{words_of(finding)} | {DASH} | {finding.value:g}"
                yield f"| {shown} | not fitted: {finding.why_not} | | |"


def _row(study: Study, each: Checked) -> str:
    finding = next(one for one in study.finding if one.id == each.target.finding)
    words, unit = words_of(finding), ""
    observed, middle, low, high, least, most = (each.observed, *each.fitted, *each.again)
    if each.target.form == "log spread":
        words += ", spread between people"
    if each.target.form == "share":
        observed, middle, low, high, least, most = (
            100.0 * value for value in (observed, middle, low, high, least, most)
        )
        unit = " %"
        if finding.kind == "median time to relapse":
            words += f" (relapsed by {finding.value:g} d)"
    return (
        f"| {words} | {each.target.effective_n:.0f} | {observed:.3g}{unit} | "
        f"{middle:.3g} ({low:.3g} to {high:.3g}) | {least:.3g} to {most:.3g} | "
        f"{'yes' if each.inside else '**no**'} |"
    )


def words_of(finding: Finding) -> str:
    day = "" if finding.day is None else f", day {finding.day:g}"
    against = f" against {finding.versus}" if finding.versus else ""
    return f"{finding.kind}, {finding.arm}{against}, {finding.measure}{day}"


def _factor(logs: "np.typing.NDArray[np.float64]") -> str:
    low, middle, high = np.exp(np.quantile(logs, (0.05, 0.5, 0.95)))
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def _band(values: tuple[float, float, float]) -> str:
    low, middle, high = values
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"
