"""A validation as plain data for JSON, and as rows of a table."""

import csv
import io
from typing import Any

from regrow import __version__, posterior
from regrow.report.encode import number
from regrow.report.encode_trial import of_finding, of_prediction, of_study
from regrow.report.validated import UNITS, studies
from regrow.report.validated import of_study as findings_of
from regrow.validate.run import Tested, Validation
from regrow.validate.score import Score, scale
from regrow.validate.summary import Summary


def validation(view: Validation) -> dict[str, Any]:
    """Return what `regrow validate --json` prints."""
    return {
        "format": "regrow.validate/1",
        "version": __version__,
        "posterior": posterior.about()["version"],
        "apart": view.apart,
        "trained_on": list(view.trained_on),
        "patients_per_arm": view.people * view.sets,
        "sets_of_values": view.sets,
        "seed": view.seed,
        "scale_of_points": number(scale("points")),
        "studies": [
            {
                "study": of_study(findings_of(view, name)[0].study),
                "findings": [_tested(one) for one in findings_of(view, name)],
            }
            for name in studies(view)
        ],
        "summary": [
            {
                "of": one.name,
                "unit": UNITS[one.name],
                "findings": one.ours.findings,
                "regrow": _summary(one.ours),
                "naive": _summary(one.naive),
                "crps_better_share": number(one.crps_better),
            }
            for one in view.compared
        ],
    }


def table(view: Validation) -> str:
    """Return every finding and both predictions as CSV, one row per finding."""
    text = io.StringIO()
    rows = [{"study": one.study.id} | _flat(_tested(one)) for one in view.tested]
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _tested(one: Tested) -> dict[str, Any]:
    row = one.ours.row
    return of_finding(row.finding, row.n) | {"regrow": _score(one.ours), "naive": _score(one.naive)}


def _score(one: Score) -> dict[str, Any]:
    return of_prediction(one.row) | {
        "error": number(one.error),
        "crps": number(one.crps),
        "scaled_crps": number(one.crps / one.scale),
        "log_score": number(one.log_score),
        "least_band": number(one.least_band),
    }


def _summary(found: Summary) -> dict[str, Any]:
    return {
        "inside_50_share": number(found.inside_50),
        "inside_95_share": number(found.inside_95),
        "rmse": number(found.rmse),
        "mae": number(found.mae),
        "crps": number(found.crps),
        "log_score": number(found.log_score),
    }


def _flat(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a tree of names as one row: `regrow.band_95` becomes two columns, low and high."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            found |= {f"{key}_{inner}": one for inner, one in _flat(value).items()}
        elif isinstance(value, list):
            found |= {f"{key}_low": value[0], f"{key}_high": value[1]}
        else:
            found[key] = value
    return found
