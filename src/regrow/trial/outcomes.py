"""What a study counts: response, remission, relapse, by the study's own definitions.

Everyone is judged by what is read off them, as in the study, not by the model's true severity. The
error of the reading that decides is not drawn but integrated out: a person counts with the chance
of being counted. Arrays are days x sets x people x copies.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.chance import below
from regrow.studies.document import Definitions, Finding, Study
from regrow.trial.schedule import relapse_days, sustained_days

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEAST_PEOPLE = 1e-9
"""Where nobody is left, a share of nobody is nothing."""


@dataclass(frozen=True)
class Watched:
    """What was read off the people of one arm on one scale.

    `shown` are readings; `middle` is what they scatter around, with `noise_sd`.
    """

    days: tuple[float, ...]
    shown: Floats
    middle: Floats
    noise_sd: float
    here: Flags
    let_in: Flags

    def at(self, day: float) -> int:
        """Return the place of `day` among the readings."""
        return self.days.index(day)

    def present(self, day: float) -> Floats:
        """Return who was let in and is still there on `day` (sets x people x copies, 0 or 1)."""
        return np.asarray(self.let_in * self.here[self.at(day)][None, :, None], dtype=np.float64)

    def at_most(self, limit: Floats, day: float) -> Floats:
        """Return the chance that the reading of `day` is at most `limit`."""
        middle = self.middle[self.at(day)]
        return below(np.broadcast_to(limit, middle.shape), middle, self.noise_sd)


def responds(watched: Watched, day: float, definitions: Definitions) -> Floats:
    """Return the chance of having improved by the share that the study calls a response."""
    left = 1.0 - definitions.response_fall_percent / 100.0
    return watched.at_most(left * watched.shown[0], day)


def remits(watched: Watched, day: float, definitions: Definitions) -> Floats:
    """Return the chance of being at or below the score that the study calls remission."""
    assert definitions.remission_at_most is not None
    return watched.at_most(np.asarray(definitions.remission_at_most), day)


def among(watched: Watched, finding: Finding, study: Study) -> Floats:
    """Return how much each person belongs to those whom the finding is about.

    That is everyone who was let in, or those in response or remission on a day.
    """
    if finding.among is None or finding.among_day is None:
        return np.asarray(watched.let_in, dtype=np.float64)
    which = responds if finding.among == "response" else remits
    return np.asarray(
        watched.present(finding.among_day) * which(watched, finding.among_day, study.definitions)
    )


def sustains(watched: Watched, finding: Finding, definitions: Definitions) -> Floats:
    """Return the chance of a response at every reading of a stretch of days."""
    held = [responds(watched, day, definitions) for day in sustained_days(finding)]
    return np.asarray(np.multiply.reduce(held))


def ill_again(watched: Watched, day: float, definitions: Definitions) -> Floats:
    """Return the chance of a reading that counts as a relapse, if the next ones confirm it."""
    if definitions.relapse == "severity at least":
        assert definitions.relapse_at_least is not None
        return np.asarray(1.0 - watched.at_most(np.asarray(definitions.relapse_at_least), day))
    return np.asarray(1.0 - responds(watched, day, definitions))


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
    """Return how long people stay without a relapse (Kaplan-Meier: who leaves is censored).

    Everyone walks along the readings with the chance of having been ill at the last 0, 1, 2, ...
    of them; enough in a row are a relapse, dated to the first of them.
    """
    assert finding.since_day is not None
    definitions = study.definitions
    looked = relapse_days(finding, study)
    confirm = definitions.relapse_readings
    who = among(watched, finding, study)
    in_a_row = [who, *(np.zeros_like(who) for _ in range(confirm - 1))]
    days: list[float] = [finding.since_day]
    share: list[Floats] = [np.ones(who.shape[0])]
    for k, day in enumerate(looked):
        here = watched.here[watched.at(day)][None, :, None]
        ill = ill_again(watched, day, definitions)
        at_risk = (sum(in_a_row) * here).sum(axis=(1, 2))
        relapses = (in_a_row[-1] * ill * here).sum(axis=(1, 2))
        in_a_row = [sum(in_a_row) * (1.0 - ill), *(part * ill for part in in_a_row[:-1])]
        if k >= confirm - 1:
            share.append(share[-1] * (1.0 - relapses / np.maximum(LEAST_PEOPLE, at_risk)))
            days.append(looked[k - confirm + 1])
    return Survival(days=tuple(days), share=np.array(share))


def counted(chance: Floats, who: Floats) -> tuple[Floats, Floats]:
    """Return the share of `who` that is counted, and its SD between people, per set."""
    there = np.maximum(LEAST_PEOPLE, who.sum(axis=(1, 2)))
    share = np.clip((chance * who).sum(axis=(1, 2)) / there, 0.0, 1.0)
    return share, np.sqrt(share * (1.0 - share))


def averaged(scores: Floats, who: Floats) -> tuple[Floats, Floats]:
    """Return the mean of `scores` over `who`, and the SD between people, per set."""
    there = np.maximum(LEAST_PEOPLE, who.sum(axis=(1, 2)))
    mean = (who * scores).sum(axis=(1, 2)) / there
    square = (who * (scores - mean[:, None, None]) ** 2).sum(axis=(1, 2)) / there
    return mean, np.sqrt(square)


def hazard_ratio(treated: Survival, control: Survival, day: float) -> Floats:
    """Return the ratio of the cumulative hazards by `day`."""
    least = 1e-3
    hazards = [-np.log(np.clip(one.by(day), least, 1.0 - least)) for one in (treated, control)]
    return np.asarray(hazards[0] / hazards[1])
