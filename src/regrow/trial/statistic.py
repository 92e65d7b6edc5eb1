"""A finding computed from what was read off simulated people, as the study computed it."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regrow.studies.document import Finding, Study
from regrow.trial import outcomes
from regrow.trial.outcomes import Watched
from regrow.trial.schedule import RELAPSE_KINDS

Floats = npt.NDArray[np.float64]
Watch = Callable[[str, str], Watched]
"""Returns what was read off an arm on a scale."""


class Statistic(NamedTuple):
    """A finding under each set: what is expected, the SD between people, and see `Predicted`."""

    expected: Floats
    sd: Floats
    share: Floats | None = None


def statistic(finding: Finding, study: Study, watched: Watch) -> Statistic:
    """Return `finding` under each set of values."""
    if finding.kind in RELAPSE_KINDS:
        return _of_relapse(finding, study, watched)
    if finding.versus is not None:
        return _of_difference(finding, study, watched)
    assert finding.day is not None
    mine = watched(finding.arm, finding.measure)
    who = _present(mine, finding, study)
    now = mine.shown[mine.at(finding.day)]
    if finding.kind == "mean":
        return Statistic(*outcomes.averaged(now, who))
    if finding.kind == "change":
        return Statistic(*outcomes.averaged(now - mine.shown[0], who))
    if finding.kind == "sustained response":
        held = outcomes.sustains(mine, finding, study.definitions)
        return Statistic(*outcomes.counted(held, who))
    which = outcomes.responds if finding.kind == "response" else outcomes.remits
    return Statistic(*outcomes.counted(which(mine, finding.day, study.definitions), who))


def _of_relapse(finding: Finding, study: Study, watched: Watch) -> Statistic:
    course = outcomes.survival(watched(finding.arm, finding.measure), finding, study)
    assert finding.since_day is not None
    if finding.kind == "median time to relapse":
        relapsed = 1.0 - course.by(finding.since_day + finding.value)
        return Statistic(
            course.median() - finding.since_day, np.sqrt(relapsed * (1.0 - relapsed)), relapsed
        )
    assert finding.day is not None
    relapsed = 1.0 - course.by(finding.day)
    if finding.kind == "relapse":
        return Statistic(relapsed, np.sqrt(relapsed * (1.0 - relapsed)))
    assert finding.versus is not None
    other = outcomes.survival(watched(finding.versus, finding.measure), finding, study)
    # the log of a ratio of hazards errs by about 2 / sqrt(events), events of both arms together
    events = 0.5 * (relapsed + 1.0 - other.by(finding.day))
    return Statistic(
        outcomes.hazard_ratio(course, other, finding.day), 2.0 / np.sqrt(np.maximum(1e-3, events))
    )


def _of_difference(finding: Finding, study: Study, watched: Watch) -> Statistic:
    assert finding.versus is not None
    assert finding.day is not None
    changes, spreads, ends = [], [], []
    for arm in (finding.arm, finding.versus):
        seen = watched(arm, finding.measure)
        who = _present(seen, finding, study)
        now = seen.shown[seen.at(finding.day)]
        mean, sd = outcomes.averaged(now - seen.shown[0], who)
        changes.append(mean)
        spreads.append(sd)
        ends.append(outcomes.averaged(now, who)[1])
    difference, spread = changes[0] - changes[1], np.hypot(*spreads)
    if study.design != "crossover":
        # the people of a comparison are those of both arms: each arm has half of them
        spread = spread * np.sqrt(2.0)
    if finding.kind == "difference":
        return Statistic(difference, spread)
    # a standardised difference divides by the spread of the scores themselves
    pooled = np.hypot(*ends) / np.sqrt(2.0)
    return Statistic(difference / pooled, spread / pooled)


def _present(watched: Watched, finding: Finding, study: Study) -> Floats:
    assert finding.day is not None
    return np.asarray(outcomes.among(watched, finding, study) * watched.present(finding.day))
