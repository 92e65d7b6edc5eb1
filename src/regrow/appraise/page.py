"""The appraisal as a page of documentation, with every number, good or bad."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

import regrow
from regrow import posterior
from regrow.appraise import ds005917
from regrow.appraise.figures import BESIDE, COVERAGE, RANKS
from regrow.appraise.horizons import HORIZONS
from regrow.appraise.misspecified import Otherwise
from regrow.appraise.origins import OURS, Case
from regrow.appraise.rivals import LAST, MEAN, RIVALS
from regrow.appraise.run import INTERVALS, ORIGINS, Appraisal
from regrow.appraise.summary import Difference, Summary, difference, of, summary
from regrow.appraise.uniform import Evenness

COMMAND = "python -m regrow.appraise docs/reference/forecast-quality.md"
EVEN_ENOUGH = 0.01
"""A rank test fails below this, divided by the number of quantities that were looked at."""
LEAST_COVERAGE = 0.8
"""What the 90 % band has to hold on persons of another model."""

HEAD = f"""\
# How good the forecast is

This page is written by `{COMMAND}`; nothing in it
is chosen by hand. Four simple forecasters stand beside the forecast, and a fifth, harder one: last
value carried forward, the mean of other people at that moment of their treatment, a line through
the person's readings, exponential smoothing, and the last value moved by the mean change of the
others. Each has a spread of its own, from how far it missed other people's readings as far ahead.

*CRPS* is the usual score of a forecast with its uncertainty, in MADRS points: lower is better.
*Error* is the mean distance of the forecast's median from what was read. Bands should hold 50 and
90 of 100 readings. The forecast is told apart from another where the 95 % interval of the
difference (people drawn anew, in pairs) lies on one side of 0.
"""


def page(found: Appraisal) -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Appraisal) -> Iterator[str]:
    yield HEAD
    yield (
        f"regrow {regrow.__version__}, posterior {posterior.about()['version']}, values "
        f"`{found.key}`, seed {found.seed}."
    )
    yield ""
    yield "## In short"
    yield ""
    yield from (f"- {sentence}" for sentence in verdicts(found))
    yield ""
    yield f"![How much lower the CRPS is than that of simple forecasters](../images/{BESIDE})"
    yield ""
    yield f"![Share of readings inside the bands, by horizon](../images/{COVERAGE})"
    yield ""
    yield from _ranks(found)
    yield from _virtual(found)
    yield from _otherwise(found)
    yield from _people(found)


def verdicts(found: Appraisal) -> tuple[str, ...]:
    """Return what the numbers come to, one sentence for each thing that was asked."""
    worst = min(found.known.items(), key=lambda pair: pair[1].chi_square_p)
    limit = EVEN_ENOUGH / len(found.known)
    passes = worst[1].chi_square_p >= limit
    held = of(found.otherwise).inside_90
    sentences = [
        f"Simulation-based calibration {'passes' if passes else '**fails**'}: of "
        f"{len(found.known)} quantities the least even ranks are those of {worst[0]} "
        f"(p = {worst[1].chi_square_p:.3f}; it would fail below {limit:.4f}).",
        f"On persons of another model the 90 % band holds {_percent(held)} of the readings: "
        f"{'above' if held > LEAST_COVERAGE else '**not above**'} the "
        f"{_percent(LEAST_COVERAGE)} that was asked.",
    ]
    for rival in (LAST, MEAN):
        off = difference(found.people, rival)
        sentences.append(
            f"On ds005917 the CRPS is {of(found.people).crps:.2f} against "
            f"{of(found.people, rival).crps:.2f} of the {rival}: {off.words} "
            f"(difference {_interval(off)})."
        )
    return tuple(sentences)


def _ranks(found: Appraisal) -> Iterator[str]:
    yield "## Persons of the model itself: ranks"
    yield ""
    yield (
        f"{found.persons} persons are drawn as a belief has them before any reading, read on "
        "irregular days (on MADRS, or on MADRS and PHQ-9), and forecast. Where the truth lies "
        "among the draws of its forecast must be spread evenly."
    )
    yield ""
    yield f"![Rank histograms](../images/{RANKS})"
    yield ""
    yield from _evenness(found.known)
    yield ""
    yield (
        f"The same with {found.persons // 2} persons from sets of values that the forecast does "
        "not count with, since it looks at some of the posterior's draws only:"
    )
    yield ""
    yield from _evenness(found.unknown)
    yield ""


def _evenness(tests: Mapping[str, Evenness]) -> Iterator[str]:
    yield "| quantity | chi-square (14) | p | distance | p | inside 50 % | inside 90 % |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, one in tests.items():
        yield (
            f"| {name} | {one.chi_square:.1f} | {one.chi_square_p:.3f} | {one.distance:.3f} | "
            f"{one.distance_p:.3f} | {_percent(one.inside_50)} | {_percent(one.inside_90)} |"
        )


def _virtual(found: Appraisal) -> Iterator[str]:
    yield "## Persons of the model itself: against simple forecasters"
    yield ""
    yield (
        f"{_persons(found.virtual)} persons, forecast after "
        f"{', '.join(map(str, ORIGINS))} readings. The model is right here by construction: this "
        "is the most that the forecast can gain."
    )
    yield ""
    yield from _beside(found.virtual)
    yield from _of_severity(found.virtual)


def _otherwise(found: Appraisal) -> Iterator[str]:
    other = Otherwise()
    yield "## Persons of another model"
    yield ""
    yield (
        f"{_persons(found.otherwise)} persons whose severity walks at random "
        f"({other.walk_a_day:g} points a day) with jumps (every {other.jump_every:g} days, "
        f"{other.jump[1]:g} points), and drifts ({other.drift_a_day[1]:g} points a day). "
        f"{_percent(other.responders)} respond ({other.size[0]:g} points an infusion), the others "
        f"hardly ({other.size_without_response[0]:g}). Each infusion gives a bump with a person's "
        f"own delay ({other.delay[0]:g} days) that fades on two time scales "
        f"({other.quick[0]:g} and {other.slow[0]:g} days). Readings err by {other.noise:g} points "
        "with heavy tails (Student t, "
        f"{other.noise_freedom:g} degrees of freedom) and are whole points. These numbers are "
        "inventions, wrong for the model on purpose; they come from no trial."
    )
    yield ""
    yield from _beside(found.otherwise)
    yield from _of_severity(found.otherwise)
    flagged = np.mean([case.outside for case in found.otherwise])
    right = np.mean([case.outside for case in found.virtual])
    yield (
        f"The flag that a person lies outside what the model knows was up in "
        f"{_percent(float(flagged))} of these forecasts, and in {_percent(float(right))} of those "
        "of persons of the model."
    )
    yield ""


def _people(found: Appraisal) -> Iterator[str]:
    middle = posterior.middle()
    much = middle["contexts/active_saline"] - middle["contexts/saline_control"]
    yield "## People: ds005917"
    yield ""
    yield (
        f"{_persons(found.people)} people, one infusion of ketamine and one of saline; each later "
        "rating is predicted from the earlier ones, and the simple forecasters learn from all the "
        "others."
    )
    yield ""
    yield (
        "The sets of values come from a fit that never saw this study."
        if found.unseen
        else "**The sets of values come from a fit that saw the means of this study**: a fit "
        "without it is not shipped yet."
    ) + f" Values `{found.key_without}`."
    yield ""
    yield (
        "What this does not show: people did not know the order of the infusions, the forecast "
        f"does; the {ds005917.assumed_interval()} days between the infusions are assumed; only "
        "MADRS is read, as HDRS-17 came from the same interview; the line between the two scales, "
        "the error of MADRS and the mean severity before treatment were derived from this data."
    )
    yield ""
    yield from _beside(found.people)
    pits = np.array([case.scores[OURS].pit for case in found.people])
    fifths = np.histogram(pits, bins=5, range=(0.0, 1.0))[0]
    yield (
        f"Share of ratings in each fifth of their forecast, from the lowest: "
        f"{', '.join(_percent(float(one) / len(pits)) for one in fifths)}."
    )
    yield ""
    yield "### By occasion"
    yield ""
    yield from _by_known(found.people)
    yield "### What had to be chosen"
    yield ""
    yield (
        "A plan has one blinding; each rating is predicted under that of the infusion that it "
        "follows. The other infusion then promises too much or too little: after calibration "
        f"ketamine promises {much:.1f} points more than saline at the visit, half of it gone "
        f"after {middle['contexts/expectancy_half_life']:.1f} days."
    )
    yield ""
    yield "| choice | CRPS | error | inside 50 % | inside 90 % |"
    yield "|---|---:|---:|---:|---:|"
    yield _choice(f"as above, {INTERVALS[0]} days between", of(found.people))
    yield _choice("blinding of the ketamine arm throughout", of(found.active))
    for days, cases in found.intervals.items():
        yield _choice(f"{days} days between", of(cases))
    yield ""
    yield "### Person by person"
    yield ""
    yield "| person | predictions | CRPS | last value | mean of the others |"
    yield "|---|---:|---:|---:|---:|"
    for name in dict.fromkeys(case.person for case in found.people):
        yield of_person(name, found.people)


def of_person(name: str, cases: Sequence[Case]) -> str:
    """Return the row of one person of ds005917."""
    mine = [case for case in cases if case.person == name]
    scores = " | ".join(f"{of(mine, who).crps:.2f}" for who in (OURS, LAST, MEAN))
    return f"| {name} | {len(mine)} | {scores} |"


def _beside(cases: Sequence[Case]) -> Iterator[str]:
    yield (
        "| forecaster | predictions | CRPS | error | inside 50 % | inside 90 % | "
        f"CRPS of {OURS} less this | {OURS} is |"
    )
    yield "|---|---:|---:|---:|---:|---:|---|---|"
    yield f"| **{OURS}** | {_cells(of(cases))} | | |"
    for rival in RIVALS:
        off = difference(cases, rival)
        yield f"| {rival} | {_cells(of(cases, rival))} | {_interval(off)} | {off.words} |"
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
                f"| {ahead} | {_cells(of(part))} | {of(part, LAST).crps:.2f} | "
                f"{of(part, MEAN).crps:.2f} |"
            )
    yield ""


def _by_known(cases: Sequence[Case]) -> Iterator[str]:
    yield "| readings known | predictions | CRPS | last value | mean of the others |"
    yield "|---:|---:|---:|---:|---:|"
    for known in sorted({case.known for case in cases}):
        part = [case for case in cases if case.known == known]
        scores = " | ".join(f"{of(part, who).crps:.2f}" for who in (OURS, LAST, MEAN))
        yield f"| {known} | {len(part)} | {scores} |"
    yield ""


def _of_severity(cases: Sequence[Case]) -> Iterator[str]:
    true = summary([case.severity for case in cases if case.severity is not None])
    yield (
        f"Of the true severity behind the readings: CRPS {true.crps:.2f}, inside the 50 % band "
        f"{_percent(true.inside_50)}, inside the 90 % band {_percent(true.inside_90)}."
    )
    yield ""


def _choice(name: str, one: Summary) -> str:
    return (
        f"| {name} | {one.crps:.2f} | {one.mae:.2f} | {_percent(one.inside_50)} | "
        f"{_percent(one.inside_90)} |"
    )


def _cells(one: Summary) -> str:
    return (
        f"{one.forecasts} | {one.crps:.2f} | {one.mae:.2f} | {_percent(one.inside_50)} | "
        f"{_percent(one.inside_90)}"
    )


def _interval(one: Difference) -> str:
    return f"{one.mean:+.2f} ({one.low:+.2f} to {one.high:+.2f})"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _persons(cases: Sequence[Case]) -> int:
    return len({case.person for case in cases})
