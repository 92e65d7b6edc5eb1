"""An overview as plain data for JSON: rounded, with units in the names, never NaN or Infinity."""

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from regrow import __version__, posterior
from regrow.report.bands import SHARE, Band, span_of
from regrow.report.overview import Overview, Part, ignorance_share, relapse, sets_present
from regrow.report.side_effects import LARGE_RISE_MMHG, STRONG_DISSOCIATION, SideEffects
from regrow.report.window import DEFINITION
from regrow.report.words import HOW_SURE

SIGNIFICANT = 6


def number(value: float | None) -> float | None:
    """Return `value` rounded to six digits; None for what is not a number."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{SIGNIFICANT}g}")


def numbers(values: Iterable[float]) -> list[float | None]:
    """Return every value rounded."""
    return [number(float(value)) for value in values]


def text(document: dict[str, Any]) -> str:
    """Return a document as JSON text; a NaN that slipped through is an error, not output."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def band(values: Band) -> dict[str, Any]:
    """Return a band, one entry per day."""
    return {
        "mean": numbers(np.atleast_1d(values.mean)),
        "low": numbers(np.atleast_1d(values.low)),
        "high": numbers(np.atleast_1d(values.high)),
    }


def one_band(values: Any) -> dict[str, Any]:
    """Return mean and band of one value per patient; nothing where there is none."""
    if not np.isfinite(values).all():
        return {"mean": None, "low": None, "high": None}
    span = span_of(values)
    return {"mean": number(span.mean), "low": number(span.low), "high": number(span.high)}


def simulation(view: Overview) -> dict[str, Any]:
    """Return what `regrow simulate --json` prints."""
    return {
        "format": "regrow.simulate/1",
        "version": __version__,
        "posterior": posterior.about()["version"],
        "warning": HOW_SURE,
        "patients": view.people.patients,
        "seed": view.people.seed,
        "knowledge": view.knowledge,
        "band_share": SHARE,
        "days": [int(day) for day in view.parts[0].result.days],
        "protocols": [_part(part) for part in view.parts],
        "differences": [
            {
                "protocol": part.label.letter,
                "against": view.parts[0].label.letter,
                "madrs_points": band(difference),
            }
            for part, difference in zip(view.parts[1:], view.differences, strict=True)
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    result, summary = part.result, part.result.summary
    relapsed, day = relapse(result), part.key_day
    return {
        "letter": part.label.letter,
        "title": part.label.title,
        "version": part.protocol.version,
        "file": part.label.file,
        "planned": {
            "doses": sum(dose.condition is None for dose in result.plan.doses),
            "doses_by_rule": sum(dose.condition is not None for dose in result.plan.doses),
            "therapy_sessions": len(result.plan.therapy),
            "practices": len(result.plan.practices),
        },
        "madrs_points": band(part.severity),
        "madrs_change_points": band(part.change),
        "read_outs": [
            {"measure": r.measure, "certainty": r.certainty, "rmse_points": number(r.rmse)}
            | {"points": band(r.band)}
            for r in part.read_outs
        ],
        "response": {
            "fall_at_least": summary.outcomes.response_fall,
            "share": numbers(summary.response_share()),
        },
        "remission": {
            "madrs_at_most": summary.outcomes.remission_madrs,
            "share": numbers(summary.remission_share()),
        },
        "relapse": {
            "acute_end_day": summary.acute_end,
            "responders_share": number(summary.responders_at_acute_end / summary.patients),
            "share_of_responders": None if relapsed is None else numbers(relapsed),
        },
        "window": {
            "definition": DEFINITION,
            "days_open": one_band(part.window.days_open),
            "sessions": [
                {
                    "kind": s.kind,
                    "planned": s.planned,
                    "minutes": number(s.minutes),
                    "share_in_window": number(s.share_in_window),
                }
                for s in part.window.sessions
            ],
            "share_of_sessions": number(part.window.share_of_sessions()),
            "share_of_minutes": number(part.window.share_of_minutes()),
        },
        "side_effects": [_side_effects(one) for one in part.side_effects],
        "lifetime_mg": number(summary.mean_mg()),
        "doses_given_per_patient": number(float(summary.doses_given.sum()) / summary.patients),
        "band_of_change": {
            "day": day,
            "people_sd_points": number(float(summary.people_sd()[day])),
            "ignorance_sd_points": number(float(summary.ignorance_sd()[day])),
            "ignorance_share_of_variance": number(ignorance_share(result, day)),
            "sets_of_values": sets_present(result),
        },
        "grid_error_points": number(result.grid_error_points),
    }


def _side_effects(one: SideEffects) -> dict[str, Any]:
    return {
        "visit": one.visit,
        "day": one.day,
        "patients": one.patients,
        "peak_venous_ng_per_ml": one_band(one.peak_venous_ng_per_ml),
        "peak_dissociation_share_of_greatest": one_band(one.peak_dissociation),
        "strong_dissociation": {
            "at_least": STRONG_DISSOCIATION,
            "share": number(one.strong_dissociation_share()),
        },
        "peak_systolic_rise_mmhg": one_band(one.peak_systolic_rise_mmhg),
        "large_systolic_rise": {
            "above_mmhg": LARGE_RISE_MMHG,
            "share": number(one.large_rise_share()),
        },
        "peak_sedation_probability": number(float(one.peak_sedation_probability.mean())),
        "nausea_probability": number(float(one.nausea_probability.mean())),
    }
