"""The part of the page on the people of ds005917."""

from collections.abc import Iterator, Sequence
from statistics import fmean

import numpy as np

from regrow import posterior
from regrow.appraise import ds005917
from regrow.appraise.origins import OURS, Case
from regrow.appraise.page_tables import beside, count, interval, percent
from regrow.appraise.rivals import LAST, MEAN
from regrow.appraise.run import Appraisal
from regrow.appraise.summary import Summary, difference, of


def of_people(found: Appraisal) -> Iterator[str]:
    """Yield the part of the page that speaks of people."""
    middle = posterior.middle()
    much = middle["contexts/active_saline"] - middle["contexts/saline_control"]
    yield "## People: ds005917"
    yield ""
    yield (
        f"{count(found.people)} people, one infusion of ketamine and one of saline; each later "
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
    yield from beside(found.people)
    pits = np.array([case.scores[OURS].pit for case in found.people])
    fifths = np.histogram(pits, bins=5, range=(0.0, 1.0))[0]
    yield (
        f"Share of ratings in each fifth of their forecast, from the lowest: "
        f"{', '.join(percent(float(one) / len(pits)) for one in fifths)}."
    )
    yield ""
    yield "### By occasion, and by how much is known"
    yield ""
    yield from _by_occasion(found.people)
    yield from _by_known(found.people)
    yield from _place(found)
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
    yield _choice(f"as above, {ds005917.assumed_interval()} days between", of(found.people))
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


def _by_occasion(cases: Sequence[Case]) -> Iterator[str]:
    yield f"| {OURS} | predictions | CRPS | expected less read | last value | mean of the others |"
    yield "|---|---:|---:|---:|---:|---:|"
    for occasion in sorted({case.occasion for case in cases}):
        part = [case for case in cases if case.occasion == occasion]
        off = fmean(case.scores[OURS].error for case in part)
        yield (
            f"| {occasion} | {len(part)} | {of(part).crps:.2f} | {off:+.1f} | "
            f"{of(part, LAST).crps:.2f} | {of(part, MEAN).crps:.2f} |"
        )
    yield ""


def _place(found: Appraisal) -> Iterator[str]:
    before, after = difference(found.people, MEAN), difference(found.place, MEAN)
    yield "### What the mean of the others knows that the forecast does not"
    yield ""
    yield (
        "The mean is taken over people of the same study, and so knows how strongly drug and "
        "setting acted in this place; the forecast of one person averages over places. If it may "
        "learn the place from the others too (sets of values weighed by how well they predicted "
        f"everybody else, worth {found.sets_of_place:.0f} sets), its CRPS is "
        f"{of(found.place).crps:.2f} and its 90 % band holds "
        f"{percent(of(found.place).inside_90)}; against the mean the difference is then "
        f"{interval(after)} instead of {interval(before)}. By readings known:"
    )
    yield ""
    yield from _by_known(found.place)


def _by_known(cases: Sequence[Case]) -> Iterator[str]:
    yield "| readings known | predictions | CRPS | last value | mean of the others |"
    yield "|---:|---:|---:|---:|---:|"
    for known in sorted({case.known for case in cases}):
        part = [case for case in cases if case.known == known]
        scores = " | ".join(f"{of(part, who).crps:.2f}" for who in (OURS, LAST, MEAN))
        yield f"| {known} | {len(part)} | {scores} |"
    yield ""


def _choice(name: str, one: Summary) -> str:
    return (
        f"| {name} | {one.crps:.2f} | {one.mae:.2f} | {percent(one.inside_50)} | "
        f"{percent(one.inside_90)} |"
    )
