"""The naive comparator as a prediction with a spread, so that it is scored as the model is.

How far a study lies from what the comparator expects is learned by leaving out one study at a
time; what of that the chance of its own few people explains is taken off, and put on again for the
people of the study that is predicted.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from regrow.model.values import Values
from regrow.studies.document import Study
from regrow.trial.predict import Predicted, Prediction
from regrow.trial.published import MISFIT_LOGIT, MISFIT_POINTS
from regrow.validate.learn import AVERAGED, TIMED, learn
from regrow.validate.miss import Group, group_of, missed
from regrow.validate.naive import Naive, baseline, change_of, hazard_of, share_of
from regrow.validate.situation import Seen, seen, used

Floats = npt.NDArray[np.float64]
DRAWS = 256
EXACT: Values = {MISFIT_POINTS: 0.0, MISFIT_LOGIT: 0.0}
"""The comparator has no further error: its spread holds it."""
LEAST_SPREAD: Mapping[Group, float] = {"arm": 0.5, "comparison": 0.5, "share": 0.1, "time": 0.1}
"""Few studies may agree by chance; nothing simple is better than this (points, logit, log)."""


@dataclass(frozen=True, kw_only=True)
class Comparator:
    """What is expected, and how far studies lie from it, as in `missed`."""

    naive: Naive
    spread: Mapping[Group, float]


def comparator(studies: Sequence[Study]) -> Comparator:
    """Return the comparator that knows `studies`, by their findings that count.

    Raises ValidationError where they are too few.
    """
    training = used(studies)
    naive = learn(training)
    squares: dict[Group, list[float]] = {group: [] for group in LEAST_SPREAD}
    for study in studies:
        mine = [one for one in training if one.study == study.id]
        told = [(one, group) for one in mine if (group := group_of(one)) is not None]
        without = learn([one for one in training if one.study != study.id]) if told else naive
        for one, group in told:
            off, chance = missed(one, without)
            squares[group].append(off**2 - chance**2)
    spread = {
        group: max(least, math.sqrt(max(0.0, float(np.mean(squares[group])))))
        for group, least in LEAST_SPREAD.items()
        if squares[group]
    }
    # two arms that are each off by so much, or half of two
    spread.setdefault("comparison", spread.get("arm", 0.0) * math.sqrt(2.0))
    spread.setdefault("arm", spread["comparison"] / math.sqrt(2.0))
    return Comparator(naive=naive, spread=spread)


def expect(known: Comparator, study: Study) -> tuple[Prediction, tuple[Values, ...]]:
    """Return what the comparator expects of every finding of `study`, as the model's prediction.

    The second part stands for the model's sets of values.
    """
    findings = tuple(_predicted(one, known) for one in seen(study))
    return Prediction(study=study, findings=findings), (EXACT,) * DRAWS


def _predicted(one: Seen, known: Comparator) -> Predicted:
    kind = one.finding.kind
    if kind in (*AVERAGED, "difference", "standardised difference"):
        return _of_change(one, known)
    if kind in (*TIMED, "hazard ratio"):
        return _of_relapse(one, known)
    off = _off(known, "share")
    share = share_of(known.naive, kind, one.mine)
    odds = share / (1.0 - share) * np.exp(off)
    return Predicted(one.finding, odds / (1.0 + odds), np.sqrt(odds) / (1.0 + odds))


def _of_change(one: Seen, known: Comparator) -> Predicted:
    naive, scale = known.naive, one.scale
    if one.at_baseline:
        start = baseline(one) if one.finding.kind == "mean" else 0.0
        return Predicted(one.finding, np.full(DRAWS, start), np.full(DRAWS, scale.slope * naive.sd))
    change = change_of(naive, one.mine) + _off(known, group_of(one) or "arm")
    if one.other is None:
        start = baseline(one) if one.finding.kind == "mean" else 0.0
        spread = np.full(DRAWS, scale.slope * naive.sd)
        return Predicted(one.finding, start + scale.slope * change, spread)
    unit = scale.slope if one.finding.kind == "difference" else 1.0 / naive.sd
    spread = np.full(DRAWS, unit * naive.sd * math.sqrt(2.0 * one.n / one.in_each))
    return Predicted(one.finding, unit * (change - change_of(naive, one.other)), spread)


def _of_relapse(one: Seen, known: Comparator) -> Predicted:
    finding, off = one.finding, _off(known, "time")
    rate = hazard_of(known.naive, one.mine)
    assert finding.since_day is not None
    if finding.kind == "median time to relapse":
        return Predicted(finding, math.log(2.0) / (rate * np.exp(off)), np.full(DRAWS, 0.5))
    assert finding.day is not None
    days = finding.day - finding.since_day
    if finding.kind == "relapse":
        share = -np.expm1(-days * rate * np.exp(off))
        return Predicted(finding, share, np.sqrt(share * (1.0 - share)))
    assert one.other is not None
    other = hazard_of(known.naive, one.other)
    events = 0.5 * (-math.expm1(-days * rate) - math.expm1(-days * other))
    ratio = rate / other * np.exp(math.sqrt(2.0) * off)
    return Predicted(finding, ratio, np.full(DRAWS, 2.0 / math.sqrt(max(1e-3, events))))


def _off(known: Comparator, group: Group) -> Floats:
    """Return by how much studies may be off, evenly spread over a normal distribution."""
    normal = NormalDist()
    return known.spread[group] * np.array([normal.inv_cdf((k + 0.5) / DRAWS) for k in range(DRAWS)])
