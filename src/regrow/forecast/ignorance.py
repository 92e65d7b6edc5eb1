"""The sets of values behind a belief: what is not known of the model, and of the person's place."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from regrow.errors import ForecastError
from regrow.model.values import Values


@dataclass(frozen=True)
class Ignorance:
    """Sets of values that are all still possible, told apart from others by their `key`.

    Each set holds the factors of one place (`contexts/place_drug`, `contexts/place_setting`): how
    strongly drug and setting act where the person is treated is not known either.
    """

    sets: tuple[Values, ...] = field(compare=False, repr=False)
    key: str

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Return one number of every set, for example "slow/fluctuation"."""
        return np.array([values[name] for values in self.sets])


def ignorance(sets: Sequence[Values]) -> Ignorance:
    """Return `sets` as what is not known.

    Raises ForecastError where there is no set.
    """
    if not sets:
        raise ForecastError(
            "A belief without a set of values cannot begin.",
            why="At least one set says how the model works.",
            fix="Give at least one, for example those of regrow.posterior.sets.",
        )
    digest = hashlib.sha256()
    for values in sets:
        names = sorted(values)
        digest.update("\n".join(names).encode())
        digest.update(np.array([values[name] for name in names]).tobytes())
    return Ignorance(sets=tuple(sets), key=digest.hexdigest()[:16])
