"""A summary of any number of patients, in bounded memory.

Scores are counted in a histogram per day, so that a million patients need no more memory than a
thousand, and the result does not depend on the order or the size of the chunks. A quantile is
exact to the width of a bin.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regrow.engine import tally
from regrow.engine.slots import LANES
from regrow.outcomes import Outcomes

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

BIN_POINTS = 0.05


def _zeros(*shape: int) -> Counts:
    return np.zeros(shape, dtype=np.int64)


@dataclass
class Histogram:
    """How often each score was seen on each day."""

    days: int
    low: float
    high: float
    counts: Counts = field(init=False)
    total: Counts = field(init=False)
    patients: int = 0

    def __post_init__(self) -> None:
        self.counts = _zeros(self.days, round((self.high - self.low) / BIN_POINTS))
        self.total = _zeros(self.days, 2)

    def add(self, scores: Floats) -> None:
        """Count the scores of more patients (days x patients)."""
        tally.histogram(scores, self.low, 1.0 / BIN_POINTS, self.counts, self.total)
        self.patients += scores.shape[1]

    def merge(self, other: Histogram) -> None:
        """Add what another histogram has counted."""
        self.counts += other.counts
        self.total += other.total
        self.patients += other.patients

    def mean(self) -> Floats:
        """Return the mean of each day."""
        return np.asarray(self.total[:, 0] / tally.FIXED_POINT / self.patients)

    def sd(self) -> Floats:
        """Return the standard deviation of each day."""
        variance = self.total[:, 1] / tally.SQUARE_POINT / self.patients - self.mean() ** 2
        return np.asarray(np.sqrt(np.maximum(0.0, variance)))

    def quantile(self, share: float) -> Floats:
        """Return the score below which `share` of patients lie, per day."""
        reached = np.cumsum(self.counts, axis=1) >= share * self.patients
        return np.asarray(self.low + BIN_POINTS * (reached.argmax(axis=1) + 0.5))


@dataclass
class Summary:
    """What a protocol does to a population, day by day."""

    days: Floats
    acute_end: int
    sets: int
    doses: int
    outcomes: Outcomes = field(default_factory=Outcomes)
    patients: int = 0
    madrs: Histogram = field(init=False)
    change: Histogram = field(init=False)
    responded: Counts = field(init=False)
    remitted: Counts = field(init=False)
    relapsed: Counts = field(init=False)
    once: Counts = field(init=False)
    micrograms: int = 0
    doses_given: Counts = field(init=False)
    set_patients: Counts = field(init=False)
    set_change: Counts = field(init=False)
    set_change_squared: Counts = field(init=False)

    def __post_init__(self) -> None:
        days = len(self.days)
        self.madrs = Histogram(days, 0.0, 60.0)
        self.change = Histogram(days, -60.0, 60.0)
        self.responded, self.remitted, self.relapsed = _zeros(days), _zeros(days), _zeros(days)
        self.once = _zeros(2)
        self.doses_given = _zeros(self.doses)
        self.set_patients = _zeros(self.sets)
        self.set_change = _zeros(self.sets, days)
        self.set_change_squared = _zeros(self.sets, days)

    def empty(self) -> Summary:
        """Return a summary of nobody, to be filled elsewhere and merged."""
        return Summary(
            days=self.days,
            acute_end=self.acute_end,
            sets=self.sets,
            doses=self.doses,
            outcomes=self.outcomes,
        )

    def add(self, madrs: Floats, given_mg: Floats, first_patient: int) -> None:
        """Add more patients: scores (days x patients) and doses (doses x patients)."""
        self.patients += madrs.shape[1]
        self.madrs.add(madrs)
        self.change.add(madrs - madrs[0])
        tally.outcomes(
            madrs,
            1.0 - self.outcomes.response_fall,
            self.outcomes.remission_madrs,
            self.acute_end,
            self.responded,
            self.remitted,
            self.relapsed,
            self.once,
        )
        tally.by_set(
            madrs,
            first_patient,
            LANES,
            self.set_patients,
            self.set_change,
            self.set_change_squared,
        )
        self.micrograms += int(np.rint(given_mg * 1000.0).sum())
        self.doses_given += (given_mg > 0.0).sum(axis=1)

    def merge(self, other: Summary) -> None:
        """Add what another summary has counted."""
        self.patients += other.patients
        self.madrs.merge(other.madrs)
        self.change.merge(other.change)
        self.micrograms += other.micrograms
        for mine, theirs in (
            (self.responded, other.responded),
            (self.remitted, other.remitted),
            (self.relapsed, other.relapsed),
            (self.once, other.once),
            (self.doses_given, other.doses_given),
            (self.set_patients, other.set_patients),
            (self.set_change, other.set_change),
            (self.set_change_squared, other.set_change_squared),
        ):
            mine += theirs

    @property
    def ever_responded(self) -> int:
        """How many patients were in response on some day."""
        return int(self.once[0])

    @property
    def responders_at_acute_end(self) -> int:
        """How many patients were in response at the end of the acute course."""
        return int(self.once[1])

    def response_share(self) -> Floats:
        """Return the share of patients in response, per day."""
        return np.asarray(self.responded / self.patients)

    def remission_share(self) -> Floats:
        """Return the share of patients in remission, per day."""
        return np.asarray(self.remitted / self.patients)

    def relapse_share(self) -> Floats:
        """Return the share of responders at the end of the acute course relapsed by each day."""
        return np.asarray(np.cumsum(self.relapsed) / max(1, self.responders_at_acute_end))

    def mean_mg(self) -> float:
        """Return the mean total dose per patient, mg."""
        return self.micrograms / 1000.0 / self.patients

    def ignorance_sd(self) -> Floats:
        """Return the SD of the true mean change between sets of values: what we do not know.

        The means of the sets also differ because each holds other people; the variance that comes
        from that is taken out (analysis of variance with unequal groups).
        """
        n = self.set_patients[self.set_patients > 1].astype(np.float64)
        if len(n) < 2:
            return np.zeros(len(self.days))
        once = self.set_change[self.set_patients > 1] / tally.FIXED_POINT
        twice = self.set_change_squared[self.set_patients > 1] / tally.SQUARE_POINT
        within = (twice - once**2 / n[:, None]).sum(axis=0) / (n - 1.0).sum()
        means = once / n[:, None]
        grand = once.sum(axis=0) / n.sum()
        between = (n[:, None] * (means - grand) ** 2).sum(axis=0) / (len(n) - 1.0)
        size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1.0)
        return np.asarray(np.sqrt(np.maximum(0.0, (between - within) / size)))

    def people_sd(self) -> Floats:
        """Return the SD of the change between people, our ignorance taken out, per day."""
        return np.asarray(
            np.sqrt(np.maximum(0.0, self.change.sd() ** 2 - self.ignorance_sd() ** 2))
        )
