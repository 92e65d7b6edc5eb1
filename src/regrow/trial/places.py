"""How places differ: each trial or clinic has its own factors for the drug and for the setting."""

import math
from collections.abc import Sequence

from regrow.model.values import Values

FACTORS = ("contexts/place_drug", "contexts/place_setting")


def averaged(sets: Sequence[Values], trials: int) -> tuple[Values, ...]:
    """Return `sets` with the factors of the average of so many trials.

    The log of a factor varies between single trials; an average of n varies less, by sqrt(n).
    """
    if trials == 1:
        return tuple(sets)
    power = 1.0 / math.sqrt(trials)
    return tuple({**one, **{name: one[name] ** power for name in FACTORS}} for one in sets)
