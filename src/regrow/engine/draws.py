"""The draws behind virtual patients: scrambled Sobol points, the same whatever the chunking.

Patient number n of a seed is point n of the sequence: a population of ten is the first ten of a
population of a million. Quasi-random points cut the variance of a mean score some hundredfold
against plain random numbers.

The direction numbers are SciPy's (tools/sobol_directions.py); the scrambling is the usual one, a
random lower-triangular matrix over the bits and a random shift (Matousek 1998), as in
`scipy.stats.qmc.Sobol`. SciPy's own class is not used here because importing it takes longer than
simulating ten thousand patients, and because it can only be walked from the start.
"""

import functools
from importlib import resources

import numpy as np
import numpy.typing as npt

from regrow.engine.normal import to_normal
from regrow.model.traits import TRAITS, row

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint32]

BITS = 27
BLOCK = 1024
"""Points are made in aligned blocks of this many: one XOR per point and dimension."""


@functools.cache
def _directions() -> Words:
    with resources.files("regrow.engine").joinpath("sobol_directions.npy").open("rb") as file:
        found: Words = np.load(file)
    return found


def scrambled(dimensions: int, seed: int) -> tuple[Words, Words]:
    """Return the scrambled direction numbers (dimensions x bits) and each dimension's shift."""
    rng = np.random.default_rng(seed)
    plain = _directions()[:dimensions]
    # bit 0 is the most significant: a lower-triangular matrix keeps every power-of-two balance
    places = np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    bits = (plain[:, :, None] >> places) & np.uint32(1)
    mix = np.tril(rng.integers(0, 2, size=(dimensions, BITS, BITS), dtype=np.uint32), -1)
    mix |= np.eye(BITS, dtype=np.uint32)
    mixed = np.einsum("dij,dkj->dki", mix, bits) & np.uint32(1)
    shift = rng.integers(0, 2**BITS, size=dimensions, dtype=np.uint32)
    return (mixed << places).sum(axis=2).astype(np.uint32), shift


def _combined(directions: Words, numbers: npt.NDArray[np.int64]) -> Words:
    """Return the XOR of the direction numbers that the Gray code of each number names."""
    gray = numbers ^ (numbers >> 1)
    found = np.zeros((len(directions), len(numbers)), dtype=np.uint32)
    for k in range(BITS):
        chosen = ((gray >> k) & 1).astype(bool)
        if chosen.any():
            found[:, chosen] ^= directions[:, k : k + 1]
    return found


class Draws:
    """Hands out any patients of a seed."""

    def __init__(self, seed: int) -> None:
        self._directions, self._shift = scrambled(len(TRAITS), seed)
        self._block = _combined(self._directions, np.arange(BLOCK)) ^ self._shift[:, None]

    def uniform(self, first: int, patients: int) -> Floats:
        """Return points between 0 and 1 (traits x patients), none of them 0 or 1."""
        begin = first // BLOCK * BLOCK
        starts = np.arange(begin, first + patients, BLOCK)
        # within an aligned block only the low bits change, so a block is one block shifted
        words = _combined(self._directions, starts)[:, :, None] ^ self._block[:, None, :]
        flat = words.reshape(len(words), -1)[:, first - begin : first - begin + patients]
        return np.asarray((flat + 0.5) / 2.0**BITS)

    def normal(self, first: int, patients: int) -> Floats:
        """Return the traits of patients `first` and on: standard normal (traits x patients).

        The row of `dropout` holds a waiting time instead: exponential with mean 1.
        """
        u = self.uniform(first, patients)
        z = np.empty_like(u)
        to_normal(u, z)
        waiting = row("dropout")
        z[waiting] = -np.log1p(-u[waiting])
        return z
