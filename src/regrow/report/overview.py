"""Everything that is said about a comparison of protocols, computed once.

The terminal table, the JSON and the report show the same overview, so they never disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from regrow.measures.catalogue import measures
from regrow.population import Population
from regrow.protocol.document import Protocol
from regrow.report.bands import Band, of_histogram, read_on
from regrow.report.labels import Label, labels
from regrow.report.side_effects import SideEffects, follow, shown_visits, side_effects
from regrow.report.window import Window, window_of
from regrow.simulate import SETS, Comparison, Result

MILESTONES = (0, 1, 7, 14, 28, 56, 90, 180, 365, 730, 1460, 2920)
ALWAYS_READ = ("HDRS-17", "QIDS-SR", "PHQ-9")
FEWEST_SETS = 32
"""Fewer sets of values than this say little about our ignorance."""


@dataclass(frozen=True, kw_only=True)
class ReadOut:
    """Severity on another scale."""

    measure: str
    certainty: str
    rmse: float
    band: Band


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one protocol does."""

    label: Label
    protocol: Protocol
    result: Result
    severity: Band
    change: Band
    read_outs: tuple[ReadOut, ...]
    window: Window
    side_effects: tuple[SideEffects, ...]

    @property
    def key_day(self) -> int:
        """The day of the headline: after the acute course, or the last day without one."""
        return self.result.summary.acute_end if self.gives_drug else int(self.result.days[-1])

    @property
    def gives_drug(self) -> bool:
        """Whether any dose of the plan holds a drug."""
        return any(dose.amount > 0.0 for dose in self.result.plan.doses)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What protocols do, side by side on the same virtual patients."""

    parts: tuple[Part, ...]
    differences: tuple[Band, ...]
    people: Population

    @property
    def days(self) -> int:
        """The last simulated day."""
        return int(self.parts[0].result.days[-1])

    @property
    def knowledge(self) -> str:
        """Whether numbers stood at their centre or were drawn over their spread."""
        return self.parts[0].result.knowledge

    @property
    def grid_error_points(self) -> float:
        """The largest numerical error of any protocol, MADRS points."""
        return max(part.result.grid_error_points for part in self.parts)

    def milestones(self) -> tuple[int, ...]:
        """Return the days that tables show: the usual ones, and the last."""
        return tuple(sorted({day for day in MILESTONES if day < self.days} | {self.days}))


def overview(
    files: Sequence[Path],
    protocols: Sequence[Protocol],
    comparison: Comparison,
    people: Population,
    *,
    read_as: Sequence[str] = (),
) -> Overview:
    """Return what is to be said about `comparison`; `read_as` names further scales."""
    named = labels(files, [protocol.title for protocol in protocols])
    return Overview(
        parts=tuple(
            _part(label, protocol, result, people, read_as)
            for label, protocol, result in zip(named, protocols, comparison.results, strict=True)
        ),
        differences=tuple(of_histogram(difference.madrs) for difference in comparison.differences),
        people=people,
    )


def sets_present(result: Result) -> int:
    """Return how many sets of values have at least one patient."""
    return int((result.summary.set_patients > 1).sum())


def ignorance_share(result: Result, day: int) -> float | None:
    """Return how much of the variance of the change is ignorance; None if nobody can tell."""
    if result.knowledge == "centre" or sets_present(result) < min(FEWEST_SETS, SETS):
        return None
    people, ignorance = result.summary.people_sd()[day], result.summary.ignorance_sd()[day]
    whole = float(people**2 + ignorance**2)
    return float(ignorance**2) / whole if whole > 0.0 else None


def relapse(result: Result) -> "np.ndarray[tuple[int], np.dtype[np.float64]] | None":
    """Return the share of responders who have relapsed by each day; None without a responder."""
    summary = result.summary
    return summary.relapse_share() if summary.responders_at_acute_end else None


def _part(
    label: Label, protocol: Protocol, result: Result, people: Population, read_as: Sequence[str]
) -> Part:
    known, summary = measures(), result.summary
    planned = [measure.what for measure in protocol.measure if measure.what in known]
    scales = dict.fromkeys((*ALWAYS_READ, *planned, *read_as))
    return Part(
        label=label,
        protocol=protocol,
        result=result,
        severity=of_histogram(summary.madrs),
        change=of_histogram(summary.change),
        read_outs=tuple(
            ReadOut(
                measure=name,
                certainty=known[name].crosswalk.certainty,
                rmse=known[name].rmse,
                band=read_on(known[name], summary.madrs),
            )
            for name in scales
            if name != "MADRS"
        ),
        window=window_of(result),
        side_effects=tuple(
            side_effects(follow(people, result.plan, visit)) for visit in shown_visits(result.plan)
        ),
    )
