"""By how much the naive comparator missed a finding, and how much of that is chance.

On the scale on which studies differ: MADRS points, the logit of a share, the log of a rate.
"""

import math
from typing import Literal

from regrow.validate.learn import AVERAGED, TIMED, hazard, points
from regrow.validate.naive import IMPROVED, Naive, change_of, hazard_of, share_of
from regrow.validate.situation import Seen

Group = Literal["arm", "comparison", "share", "time"]


def group_of(one: Seen) -> Group | None:
    """Return among which findings it is counted; None for one that nothing is learned from."""
    kind = one.finding.kind
    if one.at_baseline or kind == "hazard ratio":
        return None
    if kind in IMPROVED:
        return "share"
    if kind in TIMED:
        return "time"
    return "arm" if kind in AVERAGED else "comparison"


def missed(one: Seen, naive: Naive) -> tuple[float, float]:
    """Return observed less expected, and the standard deviation of chance alone."""
    kind = one.finding.kind
    if kind in IMPROVED:
        share = share_of(naive, kind, one.mine)
        count = round(one.finding.value * one.n)
        observed = (count + 0.5) / (one.n + 1.0)
        return _logit(observed) - _logit(share), 1.0 / math.sqrt(one.n * share * (1.0 - share))
    if kind in TIMED:
        events = max(0.5, one.n * (0.5 if kind != "relapse" else one.finding.value))
        return math.log(hazard(one) / hazard_of(naive, one.mine)), 1.0 / math.sqrt(events)
    change = change_of(naive, one.mine)
    if one.other is None:
        return points(one) - change, naive.sd / math.sqrt(one.n)
    expected = change - change_of(naive, one.other)
    chance = naive.sd * math.sqrt(2.0 / one.in_each)
    if kind == "difference":
        return points(one) - expected, chance
    return one.finding.value * naive.sd - expected, chance


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))
