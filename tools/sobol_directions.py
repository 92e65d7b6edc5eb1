"""Write the direction numbers of the Sobol sequence that the engine uses.

    python tools/sobol_directions.py

They are read off SciPy's own generator through its public interface: point 2^k of the sequence in
Gray-code order is the XOR of direction numbers k and k - 1. Run again only to add dimensions.
"""

from pathlib import Path

import numpy as np
from scipy.stats.qmc import Sobol

DIMENSIONS, BITS = 64, 27
TARGET = Path(__file__).parents[1] / "src/regrow/engine/sobol_directions.npy"


def directions() -> np.ndarray:
    """Return the direction numbers (dimensions x bits) as integers of `BITS` bits."""
    found = np.zeros((DIMENSIONS, BITS), dtype=np.uint32)
    points = Sobol(DIMENSIONS, scramble=False, bits=BITS)
    at = 0
    for k in range(BITS):
        points.fast_forward(2**k - at)
        x = (points.random(1)[0] * 2**BITS).astype(np.uint32)
        at = 2**k + 1
        found[:, k] = x ^ found[:, k - 1] if k else x
    return found


if __name__ == "__main__":
    np.save(TARGET, directions())
    print(f"wrote {TARGET}")
