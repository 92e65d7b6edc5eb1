"""Virtual persons of a model that is wrong on purpose: how does the forecast fail?

Nothing here is taken from a trial or from the model of this package. Severity drifts and walks at
random, with sudden jumps; only some people respond at all; each infusion gives a bump that sets in
late, by a person's own delay, and fades on two time scales; effects of infusions add up to a
ceiling; readings err with heavy tails and are whole points. Therapy and practices do nothing.

    severity(t) = start + drift t + walk(t) + jumps(t) - ceiling (1 - exp(-sum of bumps / ceiling))
    bump(t)     = size G(t / delay) (fast exp(-t / quick) + (1 - fast) exp(-t / slow))

G is the gamma distribution of shape 3 whose mean is one delay.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.appraise.people import SCALE, Person
from regrow.appraise.virtual import FOLLOWED_UNTIL
from regrow.appraise.visits import irregular, occasion, plan
from regrow.forecast.reading import Reading
from regrow.measures.catalogue import measures

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """How the other model's people differ. Pairs are median and log SD, or mean and SD.

    Points are MADRS points; times are days. `jump_every` is the mean time between jumps.
    """

    start: tuple[float, float] = (32.0, 6.0)
    drift_a_day: tuple[float, float] = (0.0, 0.06)
    walk_a_day: float = 0.6
    jump_every: float = 40.0
    jump: tuple[float, float] = (0.0, 6.0)
    responders: float = 0.5
    size: tuple[float, float] = (9.0, 0.4)
    size_without_response: tuple[float, float] = (0.8, 0.5)
    delay: tuple[float, float] = (1.0, 0.6)
    quick: tuple[float, float] = (3.0, 0.4)
    slow: tuple[float, float] = (25.0, 0.6)
    fast_share: tuple[float, float] = (0.35, 0.9)
    ceiling_of_start: float = 0.8
    noise: float = 2.5
    noise_freedom: float = 4.0


def lives(count: int, *, seed: int, other: Otherwise) -> Floats:
    """Return the severity of `count` persons (days x persons, MADRS points) under the plan."""
    rng = np.random.default_rng([seed, 21])
    days = np.arange(FOLLOWED_UNTIL + 1, dtype=np.float64)

    def around(pair: tuple[float, float]) -> Floats:
        return np.asarray(pair[0] * np.exp(pair[1] * rng.standard_normal(count)))

    start = np.clip(other.start[0] + other.start[1] * rng.standard_normal(count), 20.0, 55.0)
    drift = other.drift_a_day[0] + other.drift_a_day[1] * rng.standard_normal(count)
    steps = other.walk_a_day * rng.standard_normal((len(days), count))
    jumps = rng.uniform(size=steps.shape) < 1.0 / other.jump_every
    sizes = other.jump[0] + other.jump[1] * rng.standard_normal(steps.shape)
    steps[0], jumps[0] = 0.0, False
    wander = np.cumsum(steps + jumps * sizes, axis=0)
    responds = rng.uniform(size=count) < other.responders
    size = np.where(responds, around(other.size), around(other.size_without_response))
    delay, quick, slow = around(other.delay), around(other.quick), around(other.slow)
    low, high = other.fast_share
    fast = rng.uniform(low, high, count)
    total = np.zeros_like(wander)
    for dose in plan().doses:
        t = np.maximum(0.0, days[:, None] - dose.day)
        u = 3.0 * t / delay
        onset = -np.expm1(-u) - u * np.exp(-u) * (1.0 + 0.5 * u)
        total += size * onset * (fast * np.exp(-t / quick) + (1.0 - fast) * np.exp(-t / slow))
    ceiling = other.ceiling_of_start * start
    fall = -ceiling * np.expm1(-total / ceiling)
    return np.asarray(np.clip(start + drift * days[:, None] + wander - fall, 0.0, 60.0))


def people(count: int, *, seed: int, other: Otherwise | None = None) -> tuple[Person, ...]:
    """Return persons of the other model, read on irregular days."""
    other = other or Otherwise()
    rng = np.random.default_rng([seed, 22])
    severity, scale = lives(count, seed=seed, other=other), measures()[SCALE]
    found = []
    for k in range(count):
        days = irregular(rng, until=FOLLOWED_UNTIL)
        true = severity[list(days), k]
        # a t distribution has a wider spread than its scale; this one errs by `noise` on average
        heavy = rng.standard_t(other.noise_freedom, len(days))
        heavy *= other.noise * np.sqrt((other.noise_freedom - 2.0) / other.noise_freedom)
        shown = np.clip(np.round(true + heavy), scale.minimum, scale.maximum)
        found.append(
            Person(
                name=f"other {k}",
                readings=tuple(
                    Reading(float(day), SCALE, float(value))
                    for day, value in zip(days, shown, strict=True)
                ),
                occasions=tuple(occasion(day) for day in days),
                plans=(plan(),) * len(days),
                severity=tuple(float(one) for one in true),
            )
        )
    return tuple(found)
