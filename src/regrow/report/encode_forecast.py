"""The forecast of one person as plain data for JSON, and its days as CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from regrow import __version__, posterior
from regrow.forecast.bands import Band
from regrow.forecast.relapse import Relapse
from regrow.report import forecast_words as words
from regrow.report.encode import number, numbers
from regrow.report.followed import Followed, Other
from regrow.report.words import HOW_SURE, NOT_ADVICE

EDGES = ("mean", "low90", "low50", "median", "high50", "high90")


def forecast(view: Followed) -> dict[str, Any]:
    """Return what `regrow forecast --json` prints."""
    found = view.forecast
    return {
        "format": "regrow.forecast/1",
        "version": __version__,
        "posterior": posterior.about()["version"],
        "model": found.account.version,
        "seed": view.seed,
        "how_sure": HOW_SURE,
        "not_advice": NOT_ADVICE,
        "outside": found.outside,
        "warning": words.OUTSIDE if found.outside else None,
        "effective_persons": number(found.effective),
        "protocol": _plan(view.label.letter, view.protocol.title, view.label.file),
        "files": [str(file) for file in view.files],
        "start_date": None if view.began is None else view.began.isoformat(),
        "today": number(found.today),
        "until_day": view.until,
        "summary": list(words.summary(view)),
        "days": numbers(found.days),
        "severity_madrs_points": band(found.severity),
        "madrs_reading_points": band(found.madrs),
        "uncertainty_sd_points": {
            "person": numbers(found.spread.person),
            "ignorance": numbers(found.spread.ignorance),
            "measurement": numbers(found.spread.measurement),
        },
        "window": band(found.window) | {"open_probability": numbers(view.open)},
        "response": {
            "fall_at_least": found.definitions.response_fall,
            "probability": numbers(found.response),
        },
        "remission": {
            "madrs_at_most": found.definitions.remission_madrs,
            "probability": numbers(found.remission),
        },
        "relapse": _relapse(found.relapse),
        "next_readings": [
            {
                "measure": one.measure,
                "day": number(one.day),
                "sd_before_points": number(one.sd_before),
                "sd_after_points": number(one.sd_after),
            }
            for one in found.next_readings
        ],
        "levers": [
            {
                "what": one.what,
                "change_points": number(one.change),
                "low90": number(one.low),
                "high90": number(one.high),
            }
            for one in found.levers
        ],
        "rests_on": {
            "change_points": number(found.rests.change),
            "own_points": number(found.rests.own),
            "points_by_certainty": {k: number(v) for k, v in found.rests.points.items()},
            "share_by_certainty": {k: number(v) for k, v in found.rests.shares().items()},
        },
        "readings": _readings(view),
        "used": list(found.account.used),
        "missing": list(found.account.missing),
        "not_read": [*view.remarks, *words.not_interpreted(view)],
        "what_if": [_other(other) for other in view.others],
    }


def band(values: Band) -> dict[str, Any]:
    """Return a band, one entry per day."""
    return {name: numbers(getattr(values, name)) for name in EDGES}


def table(view: Followed) -> str:
    """Return every day of the forecast as CSV, and every other plan's difference beside it."""
    found = view.forecast
    columns: dict[str, Iterable[Any]] = {"day": numbers(found.days)}
    if view.began is not None:
        columns["date"] = [str(view.date(day)) for day in found.days]
    for name, values in (
        ("severity", found.severity), ("madrs_reading", found.madrs), ("window", found.window)
    ):  # fmt: skip
        columns |= {f"{name}_{edge}": entries for edge, entries in band(values).items()}
    columns |= {
        "window_open_probability": numbers(view.open),
        "response_probability": numbers(found.response),
        "remission_probability": numbers(found.remission),
    }
    for other in view.others:
        letter = other.label.letter.lower()
        columns |= {
            f"difference_{letter}_{edge}": entries
            for edge, entries in band(other.found.difference).items()
        }
        columns[f"response_probability_{letter}"] = numbers(other.found.response)
        columns[f"remission_probability_{letter}"] = numbers(other.found.remission)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def _plan(letter: str, title: str, file: str) -> dict[str, Any]:
    return {"letter": letter, "title": title, "file": file}


def _relapse(found: Relapse) -> dict[str, Any]:
    return {
        "in_response_today": number(found.in_response),
        "days": numbers(found.days),
        "probability": None if found.probability is None else numbers(found.probability),
        "median_days_from_today": number(found.median_days),
        "mean_days_without": number(found.mean_days),
    }


def _readings(view: Followed) -> list[dict[str, Any]]:
    return [
        {
            "day": number(one.reading.day),
            "measure": one.reading.measure,
            "value": number(one.reading.value),
            "expected": number(one.expected),
            "expected_sd": number(one.expected_sd),
            "percentile": number(one.percentile),
        }
        for one in view.belief.surprises
    ]


def _other(other: Other) -> dict[str, Any]:
    found = other.found
    return _plan(other.label.letter, other.protocol.title, other.label.file) | {
        "difference_points": band(found.difference),
        "lower_probability": numbers(found.better),
        "response_probability": numbers(found.response),
        "remission_probability": numbers(found.remission),
        "relapse": _relapse(found.relapse),
    }
