"""The appraisal as a page of documentation, with every number, good or bad."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

import regrow
from regrow import posterior
from regrow.appraise.figures import BESIDE, COVERAGE, RANKS
from regrow.appraise.misspecified import Otherwise
from regrow.appraise.origins import Case
from regrow.appraise.page_people import of_people
from regrow.appraise.page_tables import beside, count, interval, percent
from regrow.appraise.rivals import LAST, MEAN
from regrow.appraise.run import ORIGINS, Appraisal
from regrow.appraise.summary import difference, of, summary
from regrow.appraise.uniform import Evenness

COMMAND = "python -m regrow.appraise docs/reference/forecast-quality.md"
EVEN_ENOUGH = 0.01
"""Rank tests fail below this, divided by how many were looked at."""
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
    yield from of_people(found)


def verdicts(found: Appraisal) -> tuple[str, ...]:
    """Return what the numbers come to, one sentence for each thing that was asked."""
    held = of(found.otherwise).inside_90
    sentences = [
        _verdict("Simulation-based calibration", found.known),
        _verdict("With sets of values that the forecast does not count with it", found.unknown),
        f"On persons of another model the 90 % band holds {percent(held)} of the readings: "
        f"{'above' if held > LEAST_COVERAGE else '**not above**'} the "
        f"{percent(LEAST_COVERAGE)} that was asked.",
    ]
    for rival in (LAST, MEAN):
        off = difference(found.people, rival)
        lower = "lower" if off.mean < 0.0 else "**higher**"
        sentences.append(
            f"On ds005917 the CRPS is {of(found.people).crps:.2f} against "
            f"{of(found.people, rival).crps:.2f} of the {rival}: {lower}, {off.words} "
            f"(difference {interval(off)})."
        )
    return tuple(sentences)


def _verdict(what: str, tests: Mapping[str, Evenness]) -> str:
    """Return whether ranks are even by both tests, allowing for how many were looked at."""
    name, p = min(
        ((name, min(one.chi_square_p, one.distance_p)) for name, one in tests.items()),
        key=lambda pair: pair[1],
    )
    limit = EVEN_ENOUGH / (2 * len(tests))
    return (
        f"{what} {'passes' if p >= limit else '**fails**'}: of {len(tests)} quantities and two "
        f"tests the least even ranks are those of {name} (p = {p:.3f}; it would fail below "
        f"{limit:.4f})."
    )


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
            f"{one.distance_p:.3f} | {percent(one.inside_50)} | {percent(one.inside_90)} |"
        )


def _virtual(found: Appraisal) -> Iterator[str]:
    yield "## Persons of the model itself: against simple forecasters"
    yield ""
    yield (
        f"{count(found.virtual)} persons, forecast after "
        f"{', '.join(map(str, ORIGINS))} readings. The model is right here by construction: this "
        "is the most that the forecast can gain."
    )
    yield ""
    yield from beside(found.virtual)
    yield from _of_severity(found.virtual)


def _otherwise(found: Appraisal) -> Iterator[str]:
    other = Otherwise()
    yield "## Persons of another model"
    yield ""
    yield (
        f"{count(found.otherwise)} persons whose severity walks at random "
        f"({other.walk_a_day:g} points a day) with jumps (every {other.jump_every:g} days, "
        f"{other.jump[1]:g} points), and drifts ({other.drift_a_day[1]:g} points a day). "
        f"{percent(other.responders)} respond ({other.size[0]:g} points an infusion), the others "
        f"hardly ({other.size_without_response[0]:g}). Each infusion gives a bump with a person's "
        f"own delay ({other.delay[0]:g} days) that fades on two time scales "
        f"({other.quick[0]:g} and {other.slow[0]:g} days). Readings err by {other.noise:g} points "
        "with heavy tails (Student t, "
        f"{other.noise_freedom:g} degrees of freedom) and are whole points. These numbers are "
        "inventions, wrong for the model on purpose; they come from no trial."
    )
    yield ""
    yield from beside(found.otherwise)
    yield from _of_severity(found.otherwise)
    flagged = np.mean([case.outside for case in found.otherwise])
    right = np.mean([case.outside for case in found.virtual])
    yield (
        f"The flag that a person lies outside what the model knows was up in "
        f"{percent(float(flagged))} of these forecasts, and in {percent(float(right))} of those "
        "of persons of the model."
    )
    yield ""


def _of_severity(cases: Sequence[Case]) -> Iterator[str]:
    true = summary([case.severity for case in cases if case.severity is not None])
    yield (
        f"Of the true severity behind the readings: CRPS {true.crps:.2f}, inside the 50 % band "
        f"{percent(true.inside_50)}, inside the 90 % band {percent(true.inside_90)}."
    )
    yield ""
