"""When readings are taken in a study: the days that its findings are about."""

import numpy as np

from regrow.studies.document import Finding, Study

SUSTAINED_EVERY_DAYS = 1.0
RELAPSE_KINDS = ("relapse", "median time to relapse", "hazard ratio")
BEFORE = 0.0
"""The baseline reading: the moment before the first dose."""


def reading_days(study: Study, arm: str) -> tuple[float, ...]:
    """Return every day (after the first dose) on which people of `arm` are read, in order."""
    days = {BEFORE}
    for finding in study.finding:
        if arm in (finding.arm, finding.versus):
            days |= set(days_of(finding, study))
    return tuple(sorted(days))


def days_of(finding: Finding, study: Study) -> tuple[float, ...]:
    """Return the days whose readings decide `finding`, without the baseline."""
    days: set[float] = set()
    if finding.among_day is not None:
        days.add(finding.among_day)
    if finding.kind in RELAPSE_KINDS:
        days |= set(relapse_days(finding, study))
    elif finding.kind == "sustained response":
        days |= set(sustained_days(finding))
    elif finding.day is not None:
        days.add(finding.day)
    return tuple(sorted(days))


def sustained_days(finding: Finding) -> tuple[float, ...]:
    """Return the days on which a sustained response must hold."""
    assert finding.day is not None
    assert finding.until_day is not None
    between = np.arange(finding.day, finding.until_day, SUSTAINED_EVERY_DAYS)
    return (*(float(day) for day in between), float(finding.until_day))


def relapse_days(finding: Finding, study: Study) -> tuple[float, ...]:
    """Return the days on which people are looked at for a relapse."""
    assert finding.since_day is not None
    every = float(study.definitions.relapse_every_days)
    last = horizon(finding)
    # one more reading after the last day: a relapse on that day still has to be confirmed
    extra = study.definitions.relapse_readings - 1
    count = max(1, int(np.ceil((last - finding.since_day) / every - 1e-9)))
    return tuple(finding.since_day + every * k for k in range(1, count + 1 + extra))


def horizon(finding: Finding) -> float:
    """Return the day up to which relapses are counted."""
    assert finding.since_day is not None
    if finding.kind == "median time to relapse":
        # far enough that the median of a prediction twice as long is still seen
        return finding.since_day + 3.0 * finding.value
    assert finding.day is not None
    return finding.day
