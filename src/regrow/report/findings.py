"""How a finding and a prediction of it are written: its name, its unit, its numbers."""

import math

from regrow.report.words import percent, plain, signed
from regrow.studies.document import Finding
from regrow.trial.beside import Beside
from regrow.trial.published import SHARES

NOT_REACHED = "not reached"
POINTS = ("mean", "change", "difference")
SIGNED = ("change", "difference", "standardised difference")


def unit(finding: Finding) -> str:
    """Return the unit of a finding's value, as JSON names it."""
    if finding.kind in POINTS:
        return f"{finding.measure} points"
    if finding.kind in SHARES:
        return "share"
    if finding.kind == "median time to relapse":
        return "days"
    return "ratio" if finding.kind == "hazard ratio" else "standard deviations"


def what(finding: Finding) -> str:
    """Return what was found, on which measure: `change, MADRS points`."""
    if finding.kind in POINTS:
        return f"{finding.kind}, {finding.measure} points"
    if finding.kind == "standardised difference":
        return f"{finding.kind}, {finding.measure}"
    if finding.kind == "median time to relapse":
        return f"{finding.kind}, days"
    return finding.kind


def who(finding: Finding) -> str:
    """Return the arm, or the two arms that are compared."""
    return finding.arm if finding.versus is None else f"{finding.arm} against {finding.versus}"


def when(finding: Finding) -> str:
    """Return the day of a finding; minutes or hours on the first day."""
    if finding.day is None:
        return "–" if finding.since_day is None else f"from day {finding.since_day:g}"
    if 0.0 < finding.day < 0.5:
        minutes = 24.0 * 60.0 * finding.day
        return f"minute {minutes:.0f}" if minutes < 90.0 else f"hour {minutes / 60.0:.0f}"
    until = "" if finding.until_day is None else f" to {finding.until_day:g}"
    return f"day {finding.day:g}{until}"


def written(value: float, finding: Finding) -> str:
    """Return a value of a finding as people read it: shares in per cent, improvements negative."""
    if not math.isfinite(value):
        return NOT_REACHED
    if finding.kind in SHARES:
        return percent(value)
    if finding.kind == "median time to relapse":
        return plain(value)
    if finding.kind in SIGNED:
        return signed(value, 1 if finding.kind in POINTS else 2)
    return plain(value, 2 if finding.kind == "hazard ratio" else 1)


def banded(band: tuple[float, float], finding: Finding) -> str:
    """Return a band of values."""
    low, high = (written(end, finding) for end in band)
    if low == high:
        return low
    return f"{low.removesuffix(' %')} to {high}"


def where(row: Beside) -> str:
    """Say in words where a finding lies among what was expected."""
    if row.inside_50:
        return "inside 50 %"
    return "inside 95 %" if row.inside_95 else "outside"


STANDING = {
    "calibration": "This study is one to calibrate on: that its findings agree shows a fit, it is "
    "not a test.",
    "validation": "The model was not fitted to this study.",
}
"""What a comparison with a study means, by what the study is used for."""
