"""The sets of values behind a belief: what is not known of the model and of the place.

A person is treated somewhere, and how strongly the drug and the setting act there is not known
either: every set is given a place, drawn as trials differ.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from regrow.errors import ForecastError
from regrow.model.values import Values

PLACES = {
    "contexts/place_drug": "contexts/place_drug_spread",
    "contexts/place_setting": "contexts/place_setting_spread",
}


@dataclass(frozen=True)
class Ignorance:
    """Sets of values that are all still possible, told apart from others by their `key`."""

    sets: tuple[Values, ...] = field(compare=False, repr=False)
    key: str

    def column(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return one number of every set, for example "slow/fluctuation"."""
        return np.array([values[name] for values in self.sets])


def ignorance(sets: Sequence[Values], *, seed: int | None) -> Ignorance:
    """Return `sets`, each in a place drawn by `seed`; with no seed, in the place it names.

    Raises ForecastError where there is no set.
    """
    if not sets:
        raise ForecastError(
            "A belief without a set of values cannot begin.",
            why="At least one set says how the model works.",
            fix="Give at least one, for example those of regrow.posterior.sets.",
        )
    placed = tuple(sets) if seed is None else _placed(sets, seed)
    digest = hashlib.sha256()
    for values in placed:
        names = sorted(values)
        digest.update("\n".join(names).encode())
        digest.update(np.array([values[name] for name in names]).tobytes())
    return Ignorance(sets=placed, key=digest.hexdigest()[:16])


def _placed(sets: Sequence[Values], seed: int) -> tuple[Values, ...]:
    rng = np.random.default_rng([seed, len(sets)])
    z = rng.standard_normal((len(sets), len(PLACES)))
    return tuple(
        {
            **values,
            **{
                place: values[place] * float(np.exp(values[spread] * z[k, column]))
                for column, (place, spread) in enumerate(PLACES.items())
            },
        }
        for k, values in enumerate(sets)
    )
