"""A summary of any number of patients, in bounded memory.

Scores are counted in a histogram per day, so that a million patients need no more memory than a
thousand, and the result does not depend on the order or the size of the chunks. A quantile is
exact to the width of a bin.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regrow.outcomes import Outcomes

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

BIN_POINTS = 0.05
FIXED_POINT = 2.0**20
"""Sums are kept as integers of this many parts, so that adding up in another order changes nothing."""


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
        bins = round((self.high - self.low) / BIN_POINTS)
        self.counts = np.zeros((self.days, bins), dtype=np.int64)
        self.total = np.zeros((self.days, 2), dtype=np.int64)

    def add(self, scores: Floats) -> None:
        """Count the scores of more patients (days x patients)."""
        bins = self.counts.shape[1]
        index = np.clip(((scores - self.low) / BIN_POINTS).astype(np.int64), 0, bins - 1)
        index += (np.arange(self.days) * bins)[:, None]
        self.counts += np.bincount(index.ravel(), minlength=self.counts.size).reshape(
            self.counts.shape
        )
        self.total[:, 0] += np.rint(scores * FIXED_POINT).astype(np.int64).sum(axis=1)
        self.total[:, 1] += np.rint(scores**2 * 2.0**10).astype(np.int64).sum(axis=1)
        self.patients += scores.shape[1]

    def mean(self) -> Floats:
        """Return the mean of each day."""
        return np.asarray(self.total[:, 0] / FIXED_POINT / self.patients)

    def sd(self) -> Floats:
        """Return the standard deviation of each day."""
        variance = self.total[:, 1] / 2.0**10 / self.patients - self.mean() ** 2
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
    outcomes: Outcomes = field(default_factory=Outcomes)
    patients: int = 0
    madrs: Histogram = field(init=False)
    change: Histogram = field(init=False)
    responded: Counts = field(init=False)
    remitted: Counts = field(init=False)
    ever_responded: int = 0
    responders_at_acute_end: int = 0
    relapsed_by: Counts = field(init=False)
    mg_total: float = 0.0
    doses_given: Counts = field(init=False)
    change_by_set: Floats = field(init=False)
    patients_by_set: Counts = field(init=False)

    def __post_init__(self) -> None:
        days = len(self.days)
        self.madrs = Histogram(days, 0.0, 60.0)
        self.change = Histogram(days, -60.0, 60.0)
        self.responded = np.zeros(days, dtype=np.int64)
        self.remitted = np.zeros(days, dtype=np.int64)
        self.relapsed_by = np.zeros(days, dtype=np.int64)
        self.doses_given = np.zeros(0, dtype=np.int64)
        self.change_by_set = np.zeros((self.sets, days))
        self.patients_by_set = np.zeros(self.sets, dtype=np.int64)

    def add(self, madrs: Floats, given_mg: Floats, set_of_patient: Counts) -> None:
        """Add more patients: scores (days x patients), doses (doses x patients), their sets."""
        self.patients += madrs.shape[1]
        self.madrs.add(madrs)
        change = madrs - madrs[0]
        self.change.add(change)
        responded = self.outcomes.responded(madrs)
        self.responded += responded.sum(axis=1)
        self.ever_responded += int(responded.any(axis=0).sum())
        self.remitted += self.outcomes.remitted(madrs).sum(axis=1)
        responders, day = self.outcomes.relapse_day(madrs, self.acute_end)
        self.responders_at_acute_end += int(responders.sum())
        self.relapsed_by += np.cumsum(
            np.bincount(day[responders], minlength=len(self.days) + 1)[: len(self.days)]
        )
        self.mg_total += float(given_mg.sum())
        if not len(self.doses_given):
            self.doses_given = np.zeros(len(given_mg), dtype=np.int64)
        self.doses_given += (given_mg > 0.0).sum(axis=1)
        for k in range(self.sets):
            mine = set_of_patient == k
            self.change_by_set[k] += change[:, mine].sum(axis=1)
            self.patients_by_set[k] += int(mine.sum())

    def response_share(self) -> Floats:
        """Return the share of patients in response, per day."""
        return np.asarray(self.responded / self.patients)

    def remission_share(self) -> Floats:
        """Return the share of patients in remission, per day."""
        return np.asarray(self.remitted / self.patients)

    def relapse_share(self) -> Floats:
        """Return the share of responders at the end of the acute course who have relapsed by a day."""
        return np.asarray(self.relapsed_by / max(1, self.responders_at_acute_end))

    def mean_mg(self) -> float:
        """Return the mean total dose per patient, mg."""
        return self.mg_total / self.patients

    def ignorance_sd(self) -> Floats:
        """Return the SD of the mean change between sets of values: what we do not know, per day."""
        present = self.patients_by_set > 0
        if present.sum() < 2:
            return np.zeros(len(self.days))
        means = self.change_by_set[present] / self.patients_by_set[present, None]
        return np.asarray(means.std(axis=0, ddof=1))

    def people_sd(self) -> Floats:
        """Return the SD of the change between people, our ignorance taken out, per day."""
        return np.asarray(
            np.sqrt(np.maximum(0.0, self.change.sd() ** 2 - self.ignorance_sd() ** 2))
        )
