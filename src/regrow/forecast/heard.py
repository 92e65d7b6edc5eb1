"""Readings as arrays, and what they say of every person of a crowd."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.forecast.course_alone import own_course
from regrow.forecast.crowd import USUAL_MADRS, Crowd
from regrow.forecast.follow import FIRST_LASTING, follow
from regrow.forecast.reading import Reading
from regrow.forecast.walk import Way, course_of, walked
from regrow.measures.catalogue import measures
from regrow.measures.lasting import lasting_sd

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Scales:
    """How each reading reads severity: a line, its noise, and what of it lasts.

    line: per reading slope, intercept and SD of the noise. ends: per reading -1 at the bottom of
    its scale, 1 at its top, 0 between. place: per reading the place of its scale among `names`, or
    -1 for a scale on which nothing lasts.
    """

    line: Floats
    ends: Whole
    place: Whole
    names: tuple[str, ...]
    lasting_sd: Floats


def scales_of(readings: Sequence[Reading]) -> Scales:
    """Return how each of the readings reads severity."""
    lasting = {name: lasting_sd(measures()[name]) for name in {one.measure for one in readings}}
    names = tuple(sorted(name for name, sd in lasting.items() if sd > 0.0))
    used = [measures()[one.measure] for one in readings]
    return Scales(
        line=np.array([[m.slope, m.intercept, m.noise_sd] for m in used]).reshape(-1, 3),
        ends=np.array([_end(one) for one in readings], dtype=np.int64),
        place=np.array(
            [names.index(one.measure) if one.measure in names else -1 for one in readings],
            dtype=np.int64,
        ),
        names=names,
        lasting_sd=np.array([lasting[name] for name in names]),
    )


def _end(reading: Reading) -> int:
    scale = measures()[reading.measure]
    return int(reading.value >= scale.maximum) - int(reading.value <= scale.minimum)


@dataclass(frozen=True, kw_only=True, eq=False)
class Heard:
    """What the readings say of every person of a crowd.

    expected, expected_sd, log_density: what each reading was expected to be given those before it,
    and how well it agrees with that (readings x persons). mean, covariance: severity before
    treatment, own course, what lasts per scale, and the fluctuation at the last reading (persons
    first).
    """

    expected: Floats
    expected_sd: Floats
    log_density: Floats
    mean: Floats
    covariance: Floats


def hear(
    crowd: Crowd,
    readings: Sequence[Reading],
    way: Way,
    *,
    severity_before: tuple[float, float],
) -> Heard:
    """Return what `readings` (in order of time) say of everyone; `way` names their days."""
    ignorance = way.ignorance
    scales = scales_of(readings)
    days = np.array([one.day for one in readings], dtype=np.float64)
    severity, _ = walked(way, crowd.z, crowd.set_of_block)
    treatment = severity[np.searchsorted(way.days, days)] - USUAL_MADRS
    began = float(course_of(way).grid.start_day[0]) - way.shift_days
    size = FIRST_LASTING + len(scales.names) + 1
    persons, sets = crowd.z.shape[1], len(ignorance.sets)
    start_mean, start_sd = np.zeros(size), np.zeros((size, sets))
    start_mean[0], start_sd[0] = severity_before
    start_sd[1] = ignorance.column("slow/natural_course_spread")
    start_sd[FIRST_LASTING:-1] = scales.lasting_sd[:, None]
    start_sd[-1] = ignorance.column("slow/fluctuation")
    found = Heard(
        expected=np.empty((len(readings), persons)),
        expected_sd=np.empty((len(readings), persons)),
        log_density=np.empty((len(readings), persons)),
        mean=np.empty((persons, size)),
        covariance=np.empty((persons, size, size)),
    )
    follow(
        treatment,
        crowd.set_of,
        own_course(days, ignorance, since=began),
        days,
        scales.line,
        np.where(scales.place < 0, -1, scales.place + FIRST_LASTING),
        np.array([one.value for one in readings], dtype=np.float64),
        scales.ends,
        start_mean,
        start_sd,
        ignorance.column("slow/fluctuation_time"),
        found.expected,
        found.expected_sd,
        found.log_density,
        found.mean,
        found.covariance,
    )
    return found
