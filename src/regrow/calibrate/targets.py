"""What the fit must hit: each used finding on the scale on which it is compared.

Means, changes and differences are compared in points; proportions as counts, on the logit scale;
spreads between people and ratios on the log scale. A finding counts with an effective sample size:
smaller where other findings are about the same people, where it is quoted from memory, or where
the pooled trials are also fitted on their own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from regrow.evidence.reader import parameters
from regrow.studies.document import Finding, Study
from regrow.trial.predict import Predicted, Prediction

Floats = npt.NDArray[np.float64]
Form = Literal["points", "share", "smd", "log ratio", "log spread"]

POINTS = ("mean", "change", "difference")
SHARES = ("response", "remission", "sustained response", "relapse", "median time to relapse")
LEAST_SHARE = 2e-3
Z_95 = 1.96


@dataclass(frozen=True, kw_only=True)
class Target:
    """One number to be hit. `se` is None where the spread between people must be predicted."""

    study: str
    finding: str
    form: Form
    observed: float
    effective_n: float
    se: float | None

    @property
    def name(self) -> str:
        """How diagnostics call it."""
        spread = ", spread" if self.form == "log spread" else ""
        return f"{self.study}/{self.finding}{spread}"


def targets(study: Study) -> tuple[Target, ...]:
    """Return what of `study` is fitted."""
    found = []
    for finding in study.finding:
        if not finding.used:
            continue
        found.append(_value(finding, study))
        spread = finding.spread
        if spread is not None and spread.kind == "SD" and finding.kind in ("mean", "change"):
            assert spread.value is not None
            n = effective_n(finding, study)
            found.append(
                Target(
                    study=study.id,
                    finding=finding.id,
                    form="log spread",
                    observed=math.log(spread.value),
                    effective_n=n,
                    se=1.0 / math.sqrt(2.0 * max(1.0, n - 1.0)),
                )
            )
    return tuple(found)


def effective_n(finding: Finding, study: Study) -> float:
    """Return the sample size with which a finding counts."""
    chosen = parameters("calibration")
    same_people = sum(
        1
        for other in study.finding
        if other.used and other.arm == finding.arm and other.versus == finding.versus
    )
    n = study.people(finding) / (1.0 + chosen["repeated_readings"].value * max(0, same_people - 1))
    if finding.trust == "memory":
        n *= chosen["weight_from_memory"].value
    if study.overlaps:
        n *= chosen["weight_of_overlap"].value
    return n


def _value(finding: Finding, study: Study) -> Target:
    n = effective_n(finding, study)
    shrunk = math.sqrt(study.people(finding) / n)
    se, observed = None, finding.value
    form: Form = "points"
    if finding.kind in SHARES:
        form = "share"
        if finding.kind == "median time to relapse":
            observed = 0.5
    elif finding.kind == "standardised difference":
        form = "smd"
    elif finding.kind == "hazard ratio":
        form, observed = "log ratio", math.log(finding.value)
    spread = finding.spread
    if spread is not None and form != "share":
        if spread.kind == "SD" and finding.kind in ("mean", "change"):
            assert spread.value is not None
            se = spread.value / math.sqrt(n)
        elif spread.kind == "SE":
            assert spread.value is not None
            se = spread.value * shrunk
        elif spread.kind == "95% CI":
            assert spread.low is not None
            assert spread.high is not None
            ends = (spread.low, spread.high)
            low, high = (math.log(e) for e in ends) if form == "log ratio" else ends
            se = (high - low) / (2.0 * Z_95) * shrunk
    return Target(
        study=study.id,
        finding=finding.id,
        form=form,
        observed=observed,
        effective_n=n,
        se=se,
    )


def outputs(wanted: Sequence[Target], prediction: Prediction) -> tuple[Floats, Floats]:
    """Return, per target and set, the prediction on its scale, and the log of people's spread."""
    by_id = {one.finding.id: one for one in prediction.findings}
    found = [_output(target, by_id[target.finding]) for target in wanted]
    spreads = [np.log(np.maximum(1e-3, by_id[target.finding].sd)) for target in wanted]
    return np.array(found), np.array(spreads)


def _output(target: Target, predicted: Predicted) -> Floats:
    if target.form == "log spread":
        return np.asarray(np.log(np.maximum(1e-3, predicted.sd)))
    if target.form == "log ratio":
        return np.asarray(np.log(predicted.expected))
    if target.form == "share":
        share = predicted.share if predicted.share is not None else predicted.expected
        share = np.clip(share, LEAST_SHARE, 1.0 - LEAST_SHARE)
        return np.asarray(np.log(share / (1.0 - share)))
    return predicted.expected
