"""What a naive onlooker sees of a finding: what was given, under which blinding, how long ago."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regrow.engine.plan import day_of
from regrow.protocol.calendar import calendar
from regrow.studies.arms import arm_protocol
from regrow.studies.document import Finding, Study
from regrow.trial.scales import Reads, reads
from regrow.trial.schedule import BEFORE

NEW_ANTIDEPRESSANT = "new oral antidepressant"


@dataclass(frozen=True, kw_only=True)
class Context:
    """Whether the drug was given, what people knew, whether a new antidepressant was begun."""

    drug: bool
    blinding: str
    new_antidepressant: bool


@dataclass(frozen=True, kw_only=True)
class Given:
    """What one arm had been given by a day: its context, and how long ago the last visit was.

    `goes_on` says whether the drug was still given after the clock of a relapse had started.
    """

    context: Context
    days_since_visit: float
    goes_on: bool


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A finding with what was given to its arm, and to the arm it is compared with.

    `scale` reads severity; the mean baseline is in MADRS points. `in_each` is how many people each
    arm of a comparison has, `n` how many the finding is about.
    """

    study: str
    finding: Finding
    n: int
    in_each: float
    scale: Reads
    baseline_points: float
    mine: Given
    other: Given | None

    @property
    def at_baseline(self) -> bool:
        """Whether it was read before anything was given."""
        return self.finding.day == BEFORE


def seen(study: Study) -> tuple[Seen, ...]:
    """Return every finding of `study` with what was given."""
    enrolled = study.enrolled
    at_start = reads(enrolled.measure, study)
    points = (enrolled.baseline_mean - at_start.intercept) / at_start.slope
    halves = 1.0 if study.design == "crossover" else 0.5
    return tuple(
        Seen(
            study=study.id,
            finding=finding,
            n=study.people(finding),
            in_each=study.people(finding) * (1.0 if finding.versus is None else halves),
            scale=reads(finding.measure, study),
            baseline_points=points,
            mine=_given(study, finding.arm, finding),
            other=None if finding.versus is None else _given(study, finding.versus, finding),
        )
        for finding in study.finding
    )


def used(studies: Sequence[Study]) -> tuple[Seen, ...]:
    """Return every finding of `studies` that counts."""
    return tuple(one for study in studies for one in seen(study) if one.finding.used)


def last_day(finding: Finding) -> float:
    """Return the day on which everything about `finding` had happened."""
    if finding.until_day is not None:
        return finding.until_day
    if finding.day is not None:
        return finding.day
    assert finding.since_day is not None
    return finding.since_day + finding.value


def _given(study: Study, arm_id: str, finding: Finding) -> Given:
    arm, by = study.the_arm(arm_id), last_day(finding)
    plan = calendar(arm_protocol(study, arm), until_day=math.ceil(by) + 1)
    visits = [(day_of(dose.day, dose.hour, plan), dose.amount > 0.0) for dose in plan.doses]
    before = [(day, drug) for day, drug in visits if day <= by]
    since = finding.since_day
    return Given(
        context=Context(
            drug=any(drug for _, drug in before),
            blinding=arm.blinding,
            new_antidepressant=arm.background == NEW_ANTIDEPRESSANT,
        ),
        days_since_visit=by - max((day for day, _ in before), default=0.0),
        goes_on=since is not None and any(drug and day > since for day, drug in before),
    )
