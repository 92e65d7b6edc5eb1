"""What a study would find: each of its findings predicted under each set of values.

The study is run as it was run: its arms, whom it let in, its definitions, who dropped out, whom
it followed on. The same virtual people go through every arm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine.course import make, walk
from regrow.engine.march import OUTPUTS
from regrow.engine.slots import LANES
from regrow.measures.catalogue import measures
from regrow.model.values import Values
from regrow.protocol.calendar import calendar
from regrow.studies.arms import arm_protocol
from regrow.studies.document import Arm, Finding, Study
from regrow.trial import enrolment, outcomes, readings, sample
from regrow.trial.scales import reads
from regrow.trial.schedule import reading_days
from regrow.trial.statistic import Statistic, statistic

Floats = npt.NDArray[np.float64]
MADRS = OUTPUTS.index("madrs")
SETS_AT_ONCE = 32
PEOPLE = 256
COPIES = 8


@dataclass(frozen=True)
class Predicted:
    """One finding, predicted: per set of values, what is expected and how people differ.

    `expected` is in the unit of the finding. `sd` is the spread between people of what is averaged
    (of both arms together for a difference), so that `sd / sqrt(n)` is the chance of a study.
    `share` is, for a median time, the share that has relapsed by the published median.
    """

    finding: Finding
    expected: Floats
    sd: Floats
    share: Floats | None = None


@dataclass(frozen=True)
class Prediction:
    """A whole study, predicted."""

    study: Study
    findings: tuple[Predicted, ...]


def predict(
    study: Study,
    sets: Sequence[Values],
    *,
    people: int = PEOPLE,
    copies: int = COPIES,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Prediction:
    """Predict every finding of `study` under every set of values.

    `people` virtual people (rounded up to a multiple of thirty-two) walk through every arm, each
    with `copies` different chances of fluctuation and error. Each set's factors of a place are
    those of this study.
    """
    chosen = sample.draw(-(-people // LANES) * LANES, copies=copies, seed=seed)
    parts = []
    for first in range(0, len(sets), SETS_AT_ONCE):
        parts.append(_predicted(study, sets[first : first + SETS_AT_ONCE], chosen))
        if progress is not None:
            progress(min(first + SETS_AT_ONCE, len(sets)), len(sets))
    return Prediction(
        study=study,
        findings=tuple(
            Predicted(
                finding=finding,
                expected=np.concatenate([part[k].expected for part in parts]),
                sd=np.concatenate([part[k].sd for part in parts]),
                share=_joined([part[k].share for part in parts]),
            )
            for k, finding in enumerate(study.finding)
        ),
    )


def _predicted(study: Study, sets: Sequence[Values], chosen: sample.Sample) -> list[Statistic]:
    """Return the statistic of every finding under a few sets."""
    arms = {arm.id: k for k, arm in enumerate(study.arm)}
    courses = {
        arm.id: _course(study, arm, k, sets, chosen)
        for k, arm in enumerate(study.arm)
        if any(arm.id in (f.arm, f.versus) for f in study.finding)
    }
    known: dict[tuple[str, str], outcomes.Watched] = {}

    def watched(arm: str, scale: str) -> outcomes.Watched:
        if (arm, scale) not in known:
            known[arm, scale] = _watched(study, courses[arm], arms[arm], scale, chosen)
        return known[arm, scale]

    return [statistic(finding, study, watched) for finding in study.finding]


def _course(
    study: Study, arm: Arm, number: int, sets: Sequence[Values], chosen: sample.Sample
) -> readings.Course:
    days = reading_days(study, arm.id)
    who = enrolment.people(study)
    until = int(np.ceil(days[-1])) + 1
    course = make(
        calendar(arm_protocol(study, arm), until_day=until),
        sets,
        people=who,
        output_days=days if len(days) > 1 else (*days, 1.0),
        points_per_phq9=1.0 / measures()["PHQ-9"].slope,
    )
    blocks = chosen.people // LANES
    # patient n lives in set (n // 32) mod sets: every block of people is laid out once per set
    z = np.repeat(chosen.z.reshape(len(chosen.z), blocks, 1, LANES), len(sets), axis=2)
    found, _ = walk(course, np.ascontiguousarray(z.reshape(len(chosen.z), -1)), 0)
    madrs = found[MADRS, : len(days)].reshape(len(days), blocks, len(sets), LANES)
    return readings.fluctuating(
        madrs.transpose(0, 2, 1, 3).reshape(len(days), len(sets), chosen.people),
        days,
        sets,
        chosen,
        arm=number,
        dropout_per_day=who.get("dropout_per_day", 0.0),
    )


def _watched(
    study: Study, course: readings.Course, number: int, scale: str, chosen: sample.Sample
) -> outcomes.Watched:
    enrolled, reading = study.enrolled, reads(scale, study)
    shown, middle = readings.scored(course, reading, chosen, arm=number)
    baseline = shown[0]
    if scale != enrolled.measure:
        first = readings.scored(course, reads(enrolled.measure, study), chosen, arm=number)
        baseline = first[0][0]
    least, most = enrolment.range_of_baseline(study)
    here = course.here
    if enrolled.missing == "last observation carried forward":
        shown, middle = (readings.carried_forward(each, here) for each in (shown, middle))
        here = np.ones_like(here)
    return outcomes.Watched(
        days=course.days,
        shown=shown,
        middle=middle,
        noise_sd=reading.noise_sd,
        here=here,
        let_in=(baseline >= least) & (baseline <= most),
    )


def _joined(parts: Sequence[Floats | None]) -> Floats | None:
    known = [part for part in parts if part is not None]
    return np.concatenate(known) if known else None
