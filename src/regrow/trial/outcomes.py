"""What a study counts: response, remission, relapse, by the study's own definitions.

Everyone is judged by what was read off them, as in the study, not by the model's true severity.
Arrays are days x sets x people x copies.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.studies.document import Definitions, Finding, Study
from regrow.trial.schedule import relapse_days, sustained_days

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Watched:
    """What was read off the people of one arm on one scale."""

    days: tuple[float, ...]
    shown: Floats
    here: Flags
    let_in: Flags

    def at(self, day: float) -> int:
        """Return the place of `day` among the readings."""
        return self.days.index(day)

    def present(self, day: float) -> Flags:
        """Return who was let in and is still there on `day` (sets x people x copies)."""
        return np.asarray(self.let_in & self.here[self.at(day)][None, :, None])


def responds(watched: Watched, day: float, definitions: Definitions) -> Flags:
    """Return who has improved by the share that the study calls a response."""
    left = 1.0 - definitions.response_fall_percent / 100.0
    return np.asarray(watched.shown[watched.at(day)] <= left * watched.shown[0])


def remits(watched: Watched, day: float, definitions: Definitions) -> Flags:
    """Return who is at or below the score that the study calls remission."""
    assert definitions.remission_at_most is not None
    return np.asarray(watched.shown[watched.at(day)] <= definitions.remission_at_most)


def among(watched: Watched, finding: Finding, study: Study) -> Flags:
    """Return whom the finding is about: everyone, or those in response or remission on a day."""
    if finding.among is None or finding.among_day is None:
        return watched.let_in
    which = responds if finding.among == "response" else remits
    return np.asarray(
        watched.present(finding.among_day) & which(watched, finding.among_day, study.definitions)
    )


def sustains(watched: Watched, finding: Finding, definitions: Definitions) -> Flags:
    """Return who was in response at every reading of a stretch of days."""
    held = [responds(watched, day, definitions) for day in sustained_days(finding)]
    return np.asarray(np.logical_and.reduce(held))


def ill_again(watched: Watched, day: float, definitions: Definitions) -> Flags:
    """Return whose reading counts as a relapse, if the next ones confirm it."""
    if definitions.relapse == "severity at least":
        return np.asarray(watched.shown[watched.at(day)] >= definitions.relapse_at_least)
    return ~responds(watched, day, definitions)


@dataclass(frozen=True)
class Survival:
    """The share without a relapse after each day of looking (days x sets)."""

    days: tuple[float, ...]
    share: Floats

    def by(self, day: float) -> Floats:
        """Return the share without a relapse by `day`, on a straight line between readings."""
        return np.array([np.interp(day, self.days, column) for column in self.share.T])

    def median(self) -> Floats:
        """Return the day by which half have relapsed; infinity where fewer have by the end."""
        found = []
        for column in self.share.T:
            below = np.flatnonzero(column < 0.5)
            if not len(below):
                found.append(np.inf)
                continue
            k = int(below[0])
            high, low = column[k - 1], column[k]
            step = self.days[k] - self.days[k - 1]
            found.append(self.days[k - 1] + step * (high - 0.5) / (high - low))
        return np.array(found)


def survival(watched: Watched, finding: Finding, study: Study) -> Survival:
    """Return how long people stay without a relapse (Kaplan-Meier: who leaves is censored)."""
    assert finding.since_day is not None
    definitions = study.definitions
    looked = relapse_days(finding, study)
    confirm = definitions.relapse_readings
    ill = [ill_again(watched, day, definitions) for day in looked]
    well = among(watched, finding, study)
    days: list[float] = [finding.since_day]
    share: list[Floats] = [np.ones(well.shape[0])]
    for k in range(len(looked) - confirm + 1):
        at_risk = well & watched.present(looked[k])
        relapses = at_risk & np.logical_and.reduce(ill[k : k + confirm])
        there = np.maximum(1, at_risk.sum(axis=(1, 2)))
        share.append(share[-1] * (1.0 - relapses.sum(axis=(1, 2)) / there))
        days.append(looked[k])
        well = well & ~relapses
    return Survival(days=tuple(days), share=np.array(share))


def counted(flags: Flags, who: Flags) -> tuple[Floats, Floats]:
    """Return the share of `who` in which `flags` holds, and its SD between people, per set."""
    there = np.maximum(1, who.sum(axis=(1, 2)))
    share = (flags & who).sum(axis=(1, 2)) / there
    return share, np.sqrt(share * (1.0 - share))


def averaged(scores: Floats, who: Flags) -> tuple[Floats, Floats]:
    """Return the mean of `scores` over `who`, and the SD between people, per set."""
    there = np.maximum(1, who.sum(axis=(1, 2)))
    mean = np.where(who, scores, 0.0).sum(axis=(1, 2)) / there
    square = np.where(who, (scores - mean[:, None, None]) ** 2, 0.0).sum(axis=(1, 2)) / there
    return mean, np.sqrt(square)


def hazard_ratio(treated: Survival, control: Survival, day: float) -> Floats:
    """Return the ratio of the cumulative hazards by `day`."""
    least = 1e-3
    hazards = [-np.log(np.clip(one.by(day), least, 1.0 - least)) for one in (treated, control)]
    return np.asarray(hazards[0] / hazards[1])
