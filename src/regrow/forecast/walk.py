"""Walk persons through a calendar, thirty-two of one set of values after the other.

The engine reads the same draws as in a simulation, with two differences: severity before
treatment and the natural course are given in points, and each block of thirty-two persons names
its set of values.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from regrow.engine.course import Course, make, room, walk
from regrow.engine.march import OUTPUTS
from regrow.engine.slots import LANES
from regrow.forecast.ignorance import Ignorance
from regrow.forecast.lived import Lived
from regrow.measures.catalogue import measures
from regrow.patient import Ancestry
from regrow.population import CHUNK, default_people
from regrow.protocol.calendar import Calendar, cut

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
SEVERITY, WINDOW = OUTPUTS.index("madrs"), OUTPUTS.index("window")
REMEMBERED = 32
"""Courses kept ready: a belief is asked about the same calendar again and again."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A life to be walked, and the days of the plan on which severity is wanted, in order."""

    calendar: Calendar
    shift_days: float
    days: tuple[float, ...]
    ignorance: Ignorance
    ancestry: Ancestry | None = None


def way_through(
    life: Lived, days: Iterable[float], ignorance: Ignorance, *, ancestry: Ancestry | None
) -> Way:
    """Return the way through `life` on which severity is wanted on `days` (at least one)."""
    wanted = sorted(set(days))
    # nothing after the last day counts; the engine needs some time to walk through
    end = int(np.floor(wanted[-1])) + 1
    return Way(
        calendar=cut(life.calendar, end),
        shift_days=life.shift_days,
        days=(*wanted, float(end)),
        ignorance=ignorance,
        ancestry=ancestry,
    )


@functools.lru_cache(maxsize=REMEMBERED)
def course_of(way: Way) -> Course:
    """Return the course of `way` under every set of values."""
    people = default_people() | {
        "baseline_mean_points": 0.0,
        "baseline_sd_points": 1.0,
        "natural_course_sd_points": 1.0,
    }
    return make(
        way.calendar,
        way.ignorance.sets,
        people=people,
        output_days=[day + way.shift_days for day in way.days],
        points_per_phq9=1.0 / measures()["PHQ-9"].slope,
        ancestry=way.ancestry,
    )


def walked(way: Way, z: Floats, set_of_block: Sequence[int] | Whole) -> tuple[Floats, Floats]:
    """Return severity and window (days x persons) of the persons drawn in `z`."""
    course = course_of(way)
    severity = np.empty((len(way.days), z.shape[1]))
    window = np.empty_like(severity)
    blocks = CHUNK // LANES
    space = room(course, CHUNK)
    for first in range(0, z.shape[1], CHUNK):
        chosen = set_of_block[first // LANES : first // LANES + blocks]
        part = np.ascontiguousarray(z[:, first : first + CHUNK])
        whole = part.shape[1] == CHUNK
        out, _ = walk(_under(course, chosen), part, 0, space if whole else None)
        severity[:, first : first + CHUNK] = out[SEVERITY]
        window[:, first : first + CHUNK] = out[WINDOW]
    return severity, window


def _under(course: Course, chosen: Sequence[int] | Whole) -> Course:
    """Return the course in which block k lives in the set `chosen[k]`."""
    return replace(
        course,
        plans=tuple(course.plans[k] for k in chosen),
        theta=tuple(course.theta[k] for k in chosen),
        drug=tuple(course.drug[k] for k in chosen),
        inputs=tuple(course.inputs[k] for k in chosen),
        decays=tuple(course.decays[k] for k in chosen),
    )
