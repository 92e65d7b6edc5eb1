"""The draws behind virtual patients: scrambled Sobol points, the same whatever the chunking.

Patient number n of a seed is point n of the sequence: a population of ten is the first ten of a
population of a million. Quasi-random points cut the variance of a mean score some hundredfold
against plain random numbers.
"""

import warnings

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr, ndtri
from scipy.stats.qmc import Sobol

from regrow.model.traits import TRAITS, row

Floats = npt.NDArray[np.float64]
_EDGE = 1e-9


class Draws:
    """Hands out the patients of a seed in order."""

    def __init__(self, seed: int) -> None:
        self._points = Sobol(len(TRAITS), scramble=True, rng=seed)

    def next(self, patients: int) -> Floats:
        """Return the next patients: one row per trait, standard normal, one column per patient.

        The row of `dropout` holds a waiting time instead: exponential with mean 1.
        """
        with warnings.catch_warnings():
            # any prefix of the sequence is fine here: balance matters to the last digit only
            warnings.filterwarnings("ignore", message="The balance properties")
            u = self._points.random(patients).T
        z = np.ascontiguousarray(ndtri(np.clip(u, _EDGE, 1.0 - _EDGE)))
        waiting = row("dropout")
        z[waiting] = -log_ndtr(-z[waiting])
        return z
