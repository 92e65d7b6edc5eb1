"""Which numbers a prediction rests on: found by moving each one, not by a list of rules.

Every number of the model is moved, one at a time, over its prior (from the 16th to the 84th
percentile) or, where it is held fixed, by one per cent. If nothing in the simulated course or in
the first visit answers, the prediction does not rest on it. How far the mean MADRS moves says how
much it matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow import posterior
from regrow.engine.course import walk
from regrow.engine.march import OUTPUTS
from regrow.engine.slots import LANES
from regrow.evidence.reader import parameters
from regrow.evidence.records import Parameter
from regrow.model.values import centre, known, quantile
from regrow.population import Population, draw
from regrow.protocol.calendar import calendar
from regrow.protocol.document import Protocol
from regrow.report.side_effects import shown_visits
from regrow.simulate import MADRS, acute_end, course_of
from regrow.visit import Visit, simulate_visit

Floats = npt.NDArray[np.float64]

LOW, HIGH = 0.16, 0.84
"""One standard deviation to either side of the middle of a prior."""
NUDGE = 0.01
TOLERANCE = 1e-9
VISIT_FILES = ("acute", "racemic", "esketamine", "absorption", "binding")
VISIT_HOURS = 3.0
WHO = "population"


@dataclass(frozen=True, kw_only=True)
class Weight:
    """One number of a prediction: how far it moves severity on `day` and what it acts on."""

    parameter: Parameter
    low_points: float
    high_points: float
    moves_course: bool
    moves_visit: bool

    @property
    def width_points(self) -> float:
        """How far the mean MADRS moves over the prior; 0 for a number held fixed."""
        return abs(self.high_points - self.low_points)


@dataclass(frozen=True, kw_only=True)
class RestsOn:
    """The numbers behind one protocol, the widest first, and the day at which they were weighed."""

    day: int
    until: int
    weights: tuple[Weight, ...]
    who: tuple[Parameter, ...]

    def parameters(self) -> tuple[Parameter, ...]:
        """Return every number used, people included."""
        return (*(weight.parameter for weight in self.weights), *self.who)

    def sources(self) -> tuple[str, ...]:
        """Return the ids of their sources."""
        return tuple(sorted({parameter.source for parameter in self.parameters()}))


def rests_on(protocol: Protocol, *, until: int | None = None, seed: int = 0) -> RestsOn:
    """Return every number that a prediction for `protocol` rests on."""
    plan = calendar(protocol) if until is None else calendar(protocol, until_day=until)
    horizon = plan.until_day if until is None else until
    dosed = any(dose.amount > 0.0 for dose in plan.doses)
    day = acute_end(plan, horizon) if dosed else horizon
    people = draw(LANES, seed=seed)
    sets: list[Mapping[str, float]] = [posterior.middle()]
    for key, parameter in known().items():
        sets += [{**sets[0], key: value} for value in _moved(parameter)]
    days = [float(each) for each in range(horizon + 1)]
    course = course_of(plan, sets, people, days)
    _, _, draws = next(iter(people.chunks()))
    readings, _ = walk(course, np.ascontiguousarray(np.tile(draws, len(sets))), 0)
    found = readings.reshape(len(OUTPUTS), len(days), len(sets), LANES)
    usual, moved = found[:, :, :1], found[:, :, 1:]
    differ = np.abs(moved - usual) > TOLERANCE * (1.0 + np.abs(usual))
    answered = np.asarray(differ.any(axis=(0, 1, 3)))
    points = (moved[MADRS, day] - usual[MADRS, day]).mean(axis=-1)
    visits = _moves_visit(protocol, people)
    weights = [
        Weight(
            parameter=parameter,
            low_points=float(points[2 * k]) if parameter.prior else 0.0,
            high_points=float(points[2 * k + 1]) if parameter.prior else 0.0,
            moves_course=bool(answered[2 * k : 2 * k + 2].any()),
            moves_visit=key in visits,
        )
        for k, (key, parameter) in enumerate(known().items())
        if answered[2 * k : 2 * k + 2].any() or key in visits
    ]
    weights.sort(key=lambda weight: (-weight.width_points, weight.parameter.reference))
    return RestsOn(day=day, until=horizon, weights=tuple(weights), who=who())


def who() -> tuple[Parameter, ...]:
    """Return the numbers that say who the virtual patients are."""
    names = (
        "weight_median", "weight_log_sd", "age_mean", "age_sd", "baseline_mean", "baseline_sd",
    )  # fmt: skip
    return tuple(parameters(WHO)[name] for name in names)


def _moved(parameter: Parameter) -> tuple[float, float]:
    """Return a lower and a higher value of a number."""
    if parameter.reference in posterior.fitted():
        return posterior.quantile(parameter.reference, LOW), posterior.quantile(
            parameter.reference, HIGH
        )
    if parameter.prior is not None:
        return quantile(parameter, LOW), quantile(parameter, HIGH)
    step = NUDGE * (abs(parameter.value) or 1.0)
    return parameter.value - step, parameter.value + step


def _moves_visit(protocol: Protocol, people: Population) -> frozenset[str]:
    """Return the numbers that the first visit answers to."""
    plan = calendar(protocol)
    visits = shown_visits(plan)
    if not visits:
        return frozenset()

    def course(values: Mapping[str, float]) -> Floats:
        # the last visit, since tolerance acts on none but the later ones
        return _flat(
            simulate_visit(people, plan, visit=visits[-1], hours_after=VISIT_HOURS, values=values)
        )

    usual = course(centre())
    return frozenset(
        key
        for key, parameter in known().items()
        if key.split("/")[0] in VISIT_FILES
        and not np.allclose(
            course({**centre(), key: _moved(parameter)[1]}), usual, rtol=1e-9, atol=1e-12
        )
    )


def _flat(visit: Visit) -> Floats:
    effects = visit.effects
    parts: Sequence[Floats] = (
        visit.arterial_ng_per_ml,
        visit.norketamine_ng_per_ml,
        effects.nmda_block,
        effects.dissociation,
        effects.systolic_rise_mmhg,
        effects.diastolic_rise_mmhg,
        effects.heart_rate_rise_per_min,
        effects.sedation_probability,
        effects.nausea_probability,
    )
    return np.stack([part[::10] for part in parts])
