"""A study run again, as plain data for JSON."""

from typing import Any

from regrow import __version__, posterior
from regrow.report.encode import number
from regrow.report.findings import unit
from regrow.studies.document import Finding, Study
from regrow.trial.beside import Beside
from regrow.trial.rerun import Rerun


def trial(run: Rerun, *, file: str) -> dict[str, Any]:
    """Return what `regrow trial --json` prints."""
    return {
        "format": "regrow.trial/1",
        "version": __version__,
        "posterior": posterior.about()["version"],
        "file": file,
        "study": of_study(run.study),
        "patients_per_arm": run.people * len(run.sets),
        "sets_of_values": len(run.sets),
        "seed": run.seed,
        "findings": [of_finding(row.finding, row.n) | of_prediction(row) for row in run.rows],
    }


def of_study(study: Study) -> dict[str, Any]:
    """Return which study it is."""
    return {
        "id": study.id,
        "title": study.title,
        "citation": study.citation,
        "doi": study.doi,
        "design": study.design,
        "used_for": study.used_for,
    }


def of_finding(finding: Finding, n: int) -> dict[str, Any]:
    """Return what was found."""
    return {
        "id": finding.id,
        "kind": finding.kind,
        "arm": finding.arm,
        "versus": finding.versus,
        "measure": finding.measure,
        "day": number(finding.day),
        "until_day": number(finding.until_day),
        "since_day": number(finding.since_day),
        "n": n,
        "unit": unit(finding),
        "observed": number(finding.value),
        "counts": finding.used,
        "why_not": finding.why_not,
    }


def of_prediction(row: Beside) -> dict[str, Any]:
    """Return what was expected; null stands for a time that is not reached."""
    return {
        "predicted": number(row.median),
        "band_50": [number(end) for end in row.band_50],
        "band_95": [number(end) for end in row.band_95],
        "inside_50": row.inside_50,
        "inside_95": row.inside_95,
    }
