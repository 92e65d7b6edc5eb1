"""What a prediction stands on, as plain data for JSON."""

from pathlib import Path
from typing import Any

from regrow import __version__, posterior
from regrow.evidence.records import Parameter
from regrow.report.encode import number
from regrow.report.ground import Ground, used_sources
from regrow.report.words import HOW_SURE


def explanation(ground: Ground, *, file: Path) -> dict[str, Any]:
    """Return what `regrow explain --json` prints."""
    return {
        "format": "regrow.explain/1",
        "version": __version__,
        "posterior": posterior.about()["version"],
        "warning": HOW_SURE,
        "file": str(file),
        "title": ground.protocol.title,
        "basis": [_basis(ground, day) for day in (ground.best_day, ground.last_day)],
        "weighed_on_day": ground.rests_on.day,
        "numbers": [
            _number(weight.parameter)
            | {
                "moves_madrs_points": {
                    "low": number(weight.low_points),
                    "high": number(weight.high_points),
                }
                if weight.parameter.prior
                else None,
                "acts_on": [
                    name
                    for name, acts in (
                        ("course", weight.moves_course),
                        ("visit", weight.moves_visit),
                    )
                    if acts
                ],
            }
            for weight in ground.rests_on.weights
        ],
        "people": [_number(parameter) for parameter in ground.rests_on.who],
        "assumed": [parameter.reference for parameter in ground.assumed()],
        "sources": [{"id": source.id, "cite": source.cite()} for source in used_sources((ground,))],
    }


def _basis(ground: Ground, day: int) -> dict[str, Any]:
    return {
        "day": day,
        "madrs_change_points": number(float(ground.basis.total[day])),
        "points_by_certainty": {
            name: number(points) for name, points in ground.points(day).items()
        },
    }


def _number(parameter: Parameter) -> dict[str, Any]:
    return {
        "number": parameter.reference,
        "means": parameter.means,
        "value": number(parameter.value),
        "unit": parameter.unit,
        "source": parameter.source,
        "where": parameter.where,
        "status": parameter.status,
        "trust": parameter.trust,
        "certainty": parameter.certainty,
    }
