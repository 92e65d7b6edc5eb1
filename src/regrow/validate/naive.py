r"""The naive comparator: what a reader of the trials would expect without any model.

    change(t) = A_context exp(-t / tau)        t: days since the last visit; one tau for all
    share(t)  = P_kind,context exp(-t / tau)   of people in response or remission
    relapse within T days = 1 - exp(-h T)      h: by whether the drug goes on

A context is whether the drug was given, the blinding, and whether a new antidepressant was begun.
One that was never seen takes the mean over those in which the drug was (or was not) given, too. A
difference is that of the two arms' expectations. The dose, the number of visits, therapy, and whom
a study let in make no difference.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from regrow.trial.published import SHARES
from regrow.validate.situation import Context, Given, Seen

IMPROVED = tuple(kind for kind in SHARES if kind != "relapse")
LEAST_SHARE = 0.01
Levels = Sequence[tuple[Context, float]]


@dataclass(frozen=True, kw_only=True)
class Naive:
    """What the comparator has learned: changes and their SD in MADRS points, times in days."""

    tau: float
    change: Levels
    share: Mapping[str, Levels]
    hazard: Mapping[bool, float]
    sd: float


def change_of(naive: Naive, given: Given) -> float:
    """Return the change that is expected of an arm, MADRS points."""
    return level(naive.change, given.context) * math.exp(-given.days_since_visit / naive.tau)


def share_of(naive: Naive, kind: str, given: Given) -> float:
    """Return the share of an arm that is expected in response or remission."""
    everything = [pair for levels in naive.share.values() for pair in levels]
    found = level(naive.share.get(kind, everything), given.context)
    found *= math.exp(-given.days_since_visit / naive.tau)
    return min(1.0 - LEAST_SHARE, max(LEAST_SHARE, found))


def hazard_of(naive: Naive, given: Given) -> float:
    """Return the rate of relapse that is expected of an arm, per day."""
    known = naive.hazard
    return known.get(given.goes_on, math.exp(fmean(map(math.log, known.values()))))


def level(levels: Levels, context: Context) -> float:
    """Return what was seen in `context`, or else in those most like it."""
    same = [value for other, value in levels if other == context]
    alike = [value for other, value in levels if other.drug == context.drug]
    return fmean(same or alike or [value for _, value in levels])


def baseline(one: Seen) -> float:
    """Return the mean score before anything was given, on the measure of the finding."""
    return one.scale.intercept + one.scale.slope * one.baseline_points
