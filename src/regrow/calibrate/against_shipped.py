"""A new calibration beside the posterior that ships: is the difference more than chance?"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow import posterior
from regrow.calibrate.ship import COLUMNS
from regrow.model.values import known

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """By how much one fitted number moved: in SDs of the posterior, and in Monte Carlo errors."""

    name: str
    sds: float
    errors: float


def shifts(rows: Floats, effective: float) -> tuple[Shift, ...]:
    """Return the shifts of new draws (draws x `COLUMNS`, worth `effective` independent ones)."""
    shipped = posterior.sets(posterior.most())
    worth = min(len(shipped), posterior.about()["effective_draws_after_weighing"])
    found = []
    for name in sorted(posterior.fitted() & set(COLUMNS)):
        new = _on_its_scale(name, rows[:, COLUMNS.index(name)])
        old = _on_its_scale(name, np.array([one[name] for one in shipped]))
        moved = float(new.mean() - old.mean())
        error = math.hypot(
            new.std() / math.sqrt(min(len(new), effective)), old.std() / math.sqrt(worth)
        )
        found.append(Shift(name=name, sds=moved / float(old.std()), errors=moved / error))
    return tuple(found)


def root_mean_square(found: tuple[Shift, ...]) -> float:
    """Return the root mean square of the shifts in Monte Carlo errors: about 1 by chance."""
    return math.sqrt(sum(one.errors**2 for one in found) / len(found))


def _on_its_scale(name: str, values: Floats) -> Floats:
    prior = known()[name].prior
    return np.log(values) if prior is not None and prior.kind == "lognormal" else values
