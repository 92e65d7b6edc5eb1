"""How good predictions were together: coverage and mean scores, of each kind and of all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from regrow.validate.score import GROUPS, Score


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Coverage, errors and scores of some findings, in the unit of their group.

    `scaled_crps` is divided by the scale of each finding's group.
    """

    findings: int
    inside_50: float
    inside_95: float
    rmse: float
    mae: float
    crps: float
    scaled_crps: float
    log_score: float


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The model beside the naive comparator on the same findings; `name` is the group, or all."""

    name: str
    ours: Summary
    naive: Summary

    @property
    def crps_better(self) -> float:
        """By which share the model's CRPS is lower than the comparator's."""
        return 1.0 - self.ours.scaled_crps / self.naive.scaled_crps


def summary(scores: Sequence[Score], *, scaled: bool) -> Summary:
    """Return the means over `scores`; errors and CRPS divided by their scales where `scaled`."""
    errors = [one.error_apart / (one.scale if scaled else 1.0) for one in scores]
    return Summary(
        findings=len(scores),
        inside_50=fmean(one.row.inside_50 for one in scores),
        inside_95=fmean(one.row.inside_95 for one in scores),
        rmse=math.sqrt(fmean(error**2 for error in errors)),
        mae=fmean(map(abs, errors)),
        crps=fmean(one.crps / (one.scale if scaled else 1.0) for one in scores),
        scaled_crps=fmean(one.crps / one.scale for one in scores),
        log_score=fmean(one.log_score for one in scores),
    )


def compared(pairs: Sequence[tuple[Score, Score]]) -> tuple[Compared, ...]:
    """Return the model beside the comparator (`pairs`) of each group there is, then of all."""
    parts = []
    for group in GROUPS:
        mine = [pair for pair in pairs if pair[0].group == group]
        if mine:
            parts.append(_compared(group, mine, scaled=False))
    return (*parts, _compared("all", pairs, scaled=True))


def _compared(name: str, pairs: Sequence[tuple[Score, Score]], *, scaled: bool) -> Compared:
    ours, naive = ([pair[k] for pair in pairs] for k in (0, 1))
    return Compared(
        name=name, ours=summary(ours, scaled=scaled), naive=summary(naive, scaled=scaled)
    )
