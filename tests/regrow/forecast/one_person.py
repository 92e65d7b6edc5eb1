"""Small beliefs for the tests, and persons of whom everything is known because they were drawn."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from regrow.engine.slots import LANES
from regrow.forecast.belief import start
from regrow.forecast.crowd import fix
from regrow.forecast.ignorance import ignorance
from regrow.forecast.lived import lived
from regrow.forecast.log import Log
from regrow.forecast.reading import Reading
from regrow.forecast.walk import walked, way_through
from regrow.measures.catalogue import measures
from regrow.measures.lasting import lasting_sd
from regrow.model.traits import TRAITS, row
from regrow.model.values import centre, drawn
from regrow.protocol.calendar import Calendar, calendar
from regrow.protocol.read import read

PROTOCOLS = Path(__file__).parents[3] / "protocols"
SETS = drawn(16, seed=5)
NOTHING = Calendar(
    doses=(),
    therapy=(),
    practices=(),
    measures=(),
    setting="clinic",
    blinding="open",
    background="unchanged treatment",
    until_day=60,
)


def plan(name="six-infusions", days=90):
    return calendar(read(PROTOCOLS / f"{name}.toml"), until_day=days)


def small(calendar_, *, sets=SETS, persons=512, **more):
    return start(calendar_, sets=sets, persons=persons, **more)


def madrs(*pairs):
    return [Reading(float(day), "MADRS", float(value)) for day, value in pairs]


@dataclass(frozen=True)
class Drawn:
    """Persons of the model itself: who they are, how they fare, what is read of them."""

    z: np.ndarray
    severity: np.ndarray
    rng: np.random.Generator

    def readings(self, person, days, measure="MADRS"):
        scale = measures()[measure]
        lasting = lasting_sd(scale) * self.rng.standard_normal()
        noise = scale.noise_sd * self.rng.standard_normal(len(days))
        line = scale.intercept + scale.slope * self.severity[days, person] + lasting + noise
        shown = np.clip(line, scale.minimum, scale.maximum)
        return [Reading(float(d), measure, float(y)) for d, y in zip(days, shown, strict=True)]


def drawn_persons(calendar_, count, *, sets, baseline=(33.1, 8.0), days=91, seed=0):
    """Draw persons from the prior of a belief, and let them live (every block of 32 gives one)."""
    rng = np.random.default_rng(seed)
    known = ignorance(sets)
    which = rng.integers(0, len(sets), count)
    z = rng.standard_normal((len(TRAITS), LANES * count))
    fix(z, {})
    of = which.repeat(LANES)
    z[row("baseline_severity")] = np.clip(
        baseline[0] + baseline[1] * rng.standard_normal(of.size), 0.0, 60.0
    )
    z[row("natural_course")] = known.column("slow/natural_course_spread")[of] * rng.standard_normal(
        of.size
    )
    life = lived(calendar_, Log(), today=float(days))
    way = way_through(life, [float(day) for day in range(days)], known, ancestry=None)
    severity, _ = walked(way, z, which)
    sd, time = known.column("slow/fluctuation")[of], known.column("slow/fluctuation_time")[of]
    keep = np.exp(-1.0 / time)
    now = np.zeros(of.size)
    for day in range(days):
        severity[day] += now
        now = keep * now + sd * np.sqrt(1.0 - keep**2) * rng.standard_normal(of.size)
    return Drawn(z=z[:, ::LANES], severity=severity[:days, ::LANES], rng=rng)


def certain(**changed):
    """One set of values: the centre, with some numbers changed."""
    return [{**centre(), **{f"slow/{name}": value for name, value in changed.items()}}]
