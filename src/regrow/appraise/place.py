"""What other people of the same place say of it: how strongly drug and setting act there.

A forecast of one person knows nothing of others treated beside that person, while a mean of those
others does. To tell the two apart, the sets of values (each holds the factors of one place) are
weighed by how well they predicted everybody else's readings, and the forecast counts with those.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regrow.appraise.people import Person
from regrow.engine.slots import LANES
from regrow.forecast.belief import observe, start
from regrow.model.values import Values

Floats = npt.NDArray[np.float64]
BLOCKS = 3
"""Virtual persons for each set of values, in blocks of thirty-two."""
NEVER = 1e-9


def agreement(person: Person, sets: Sequence[Values], *, seed: int) -> Floats:
    """Return the log of how likely each of `sets` is after the person's readings, all of them."""
    belief = start(
        person.plans[-1], who=person.who, sets=sets, persons=BLOCKS * LANES * len(sets), seed=seed
    )
    belief, _ = observe(belief, person.readings)
    share = np.bincount(belief.crowd.set_of, weights=belief.weights, minlength=len(sets))
    return np.asarray(np.log(np.maximum(share, NEVER)))


def sets_by_others(
    agreed: Sequence[Floats], left_out: int, sets: Sequence[Values], count: int
) -> tuple[tuple[Values, ...], float]:
    """Return `count` of `sets`, as often as everybody's readings but one person's make them likely.

    The second part is how many equally likely sets that is worth.
    """
    log = np.sum([one for k, one in enumerate(agreed) if k != left_out], axis=0)
    weights = np.exp(log - log.max())
    weights /= weights.sum()
    points = (np.arange(count) + 0.5) / count
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), points), len(sets) - 1)
    return tuple(sets[k] for k in chosen), float(1.0 / (weights**2).sum())
