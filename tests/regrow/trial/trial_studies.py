"""Studies that nobody did, for the tests; and how their findings are written."""

from collections.abc import Mapping
from typing import Any

from regrow.studies.document import Finding, Study

INFUSION = {
    "drug": "racemic ketamine", "route": "intravenous infusion", "amount": "0.5 mg/kg",
    "over": "40 min", "schedule": "day 0",
}  # fmt: skip
NOTHING = {**INFUSION, "amount": "0 mg/kg"}
KETAMINE = {
    "id": "ketamine", "title": "One infusion", "n": 20, "setting": "trial",
    "blinding": "active drug in saline-controlled trial", "dose": [INFUSION],
}  # fmt: skip
SALINE = {
    "id": "saline", "title": "One infusion of saline", "n": 20, "setting": "trial",
    "blinding": "saline control", "dose": [NOTHING],
}  # fmt: skip
PRINTED = {"where": "made up", "trust": "read"}
LATER = {"since_day": 2, "among": "response", "among_day": 2}
EVERY_KIND: Mapping[str, Mapping[str, Any]] = {
    "mean": {"arm": "ketamine", "day": 1, "value": 22.0},
    "change": {"arm": "ketamine", "day": 1, "value": -10.0},
    "difference": {"arm": "ketamine", "versus": "saline", "day": 1, "value": -8.0},
    "standardised difference": {"arm": "ketamine", "versus": "saline", "day": 1, "value": -0.9},
    "response": {"arm": "ketamine", "day": 1, "value": 0.4},
    "remission": {"arm": "ketamine", "day": 1, "value": 0.3},
    "sustained response": {"arm": "ketamine", "day": 2, "until_day": 4, "value": 0.2},
    "relapse": {"arm": "ketamine", "day": 16, "value": 0.6, **LATER},
    "median time to relapse": {"arm": "ketamine", "value": 9.0, **LATER},
    "hazard ratio": {"arm": "ketamine", "versus": "saline", "day": 16, "value": 0.7, **LATER},
}
"""One finding of every kind, as a study file says it."""


def finding(kind: str = "change", **said: Any) -> Finding:
    """A finding of a kind; `said` replaces what it usually says."""
    return Finding.model_validate(
        {"id": kind.replace(" ", "-"), "kind": kind, "measure": "MADRS", **PRINTED}
        | EVERY_KIND[kind]
        | said
    )


def study(*findings: Finding, name: str = "nobody2031", **said: Any) -> Study:
    """A study of one infusion against saline with these findings; `said` replaces its tables."""
    enrolled = {
        "measure": "MADRS", "baseline_mean": 30.0, "baseline_sd": 5.0,
        "baseline_status": "reported", "where": "made up",
    } | said.pop("enrolled", {})  # fmt: skip
    definitions = {
        "remission_at_most": 10, "relapse": "response lost", "relapse_every_days": 7,
    } | said.pop("definitions", {})  # fmt: skip
    tables = {
        "title": "A study that nobody did",
        "citation": f"Nobody 2031 ({name})",
        "used_for": "validation",
        "design": "parallel",
        "population": "made up",
        "enrolled": enrolled,
        "definitions": definitions,
        "arm": [KETAMINE, SALINE],
        "finding": [one.model_dump() for one in findings],
    }
    return Study.model_validate({**tables, **said}).named(name)


def every_kind(**said: Any) -> Study:
    """A study with one finding of every kind."""
    return study(*(finding(kind) for kind in EVERY_KIND), **said)
