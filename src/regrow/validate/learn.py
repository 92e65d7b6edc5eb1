"""How the naive comparator learns from findings: least squares weighted by the number of people."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regrow.errors import ValidationError
from regrow.model.values import centre
from regrow.validate.naive import IMPROVED, Levels, Naive, baseline
from regrow.validate.situation import Context, Given, Seen

Floats = npt.NDArray[np.float64]
TAUS = np.geomspace(0.5, 1000.0, 100)
"""The time constants that are tried, days."""
AVERAGED = ("mean", "change")
CHANGES = (*AVERAGED, "difference")
TIMED = ("relapse", "median time to relapse")


def learn(training: Sequence[Seen]) -> Naive:
    """Fit the comparator to findings.

    Raises ValidationError where they hold no change, no share or no relapse.
    """
    changes = [one for one in training if one.finding.kind in CHANGES and not one.at_baseline]
    improved = [one for one in training if one.finding.kind in IMPROVED]
    relapses = [one for one in training if one.finding.kind in TIMED]
    for found, name in ((changes, "change"), (improved, "response"), (relapses, "relapse")):
        if not found:
            raise ValidationError(
                f"Among the studies to compare with, none has a {name}.",
                why="A prediction is put beside what those studies alone would suggest.",
                fix="Leave more studies to calibrate on: at least two with a change of severity, "
                "two with a response or remission, and two with a relapse.",
            )
    tau, change = _decaying(changes)
    kinds = sorted({one.finding.kind for one in improved})
    return Naive(
        tau=tau,
        change=change,
        share={
            kind: _shares([one for one in improved if one.finding.kind == kind], tau)
            for kind in kinds
        },
        hazard={
            goes_on: _mean_hazard([one for one in relapses if one.mine.goes_on == goes_on])
            for goes_on in sorted({one.mine.goes_on for one in relapses})
        },
        sd=_sd_between_people(changes),
    )


def points(one: Seen) -> float:
    """Return a mean, change or difference as a change or difference in MADRS points."""
    value = one.finding.value - (baseline(one) if one.finding.kind == "mean" else 0.0)
    return value / one.scale.slope


def hazard(one: Seen) -> float:
    """Return the mean rate at which people relapsed, per day."""
    finding = one.finding
    if finding.kind == "median time to relapse":
        return math.log(2.0) / finding.value
    assert finding.day is not None
    assert finding.since_day is not None
    least = 0.5 / one.n
    left = min(1.0 - least, max(least, 1.0 - finding.value))
    return -math.log(left) / (finding.day - finding.since_day)


def _decaying(changes: Sequence[Seen]) -> tuple[float, Levels]:
    """Return the time constant and the amplitudes with the least weighted sum of squares."""
    contexts = _contexts([given for one in changes for given in (one.mine, one.other) if given])
    observed = np.array([points(one) for one in changes])
    # a difference errs as both of its arms do
    root = np.sqrt([one.in_each / (1.0 if one.other is None else 2.0) for one in changes])

    def tried(tau: float) -> tuple[float, Floats]:
        rows = np.zeros((len(changes), len(contexts)))
        for row, one in zip(rows, changes, strict=True):
            row[contexts.index(one.mine.context)] += math.exp(-one.mine.days_since_visit / tau)
            if one.other is not None:
                row[contexts.index(one.other.context)] -= math.exp(
                    -one.other.days_since_visit / tau
                )
        found = np.linalg.lstsq(rows * root[:, None], observed * root, rcond=None)[0]
        return float((((observed - rows @ found) * root) ** 2).sum()), found

    best = min((float(tau) for tau in TAUS), key=lambda tau: tried(tau)[0])
    return best, tuple(zip(contexts, (float(level) for level in tried(best)[1]), strict=True))


def _shares(improved: Sequence[Seen], tau: float) -> Levels:
    """Return the share just after a visit in each context, one kind of improvement."""
    found = []
    for context in _contexts([one.mine for one in improved]):
        here = [one for one in improved if one.mine.context == context]
        left = np.array([math.exp(-one.mine.days_since_visit / tau) for one in here])
        value, n = np.array([one.finding.value for one in here]), np.array([one.n for one in here])
        found.append((context, float((n * left * value).sum() / (n * left**2).sum())))
    return tuple(found)


def _mean_hazard(relapses: Sequence[Seen]) -> float:
    logs, n = [math.log(hazard(one)) for one in relapses], [one.n for one in relapses]
    return math.exp(float(np.average(logs, weights=n)))


def _sd_between_people(changes: Sequence[Seen]) -> float:
    """Return the mean SD of changes and scores, MADRS points."""
    known = [
        (one.finding.spread.value / one.scale.slope, one.n)
        for one in changes
        if one.finding.kind in AVERAGED
        and one.finding.spread is not None
        and one.finding.spread.kind == "SD"
        and one.finding.spread.value is not None
    ]
    if not known:
        return centre()["contexts/smd_points"]
    return float(np.average([sd for sd, _ in known], weights=[n for _, n in known]))


def _contexts(given: Sequence[Given]) -> list[Context]:
    return list(dict.fromkeys(one.context for one in given))
