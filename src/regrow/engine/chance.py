"""The normal distribution, compiled: how likely a reading lies at or below a score."""

import math

import numpy as np
import numpy.typing as npt

from regrow.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
ROOT_HALF = math.sqrt(0.5)


@compiled
def _below(limit: Floats, middle: Floats, per_sd: float, out: Floats) -> None:
    for i in range(middle.shape[0]):
        out[i] = 0.5 * math.erfc((middle[i] - limit[i]) * per_sd)


def below(limit: Floats, middle: Floats, sd: float) -> Floats:
    """Return the chance that a reading around `middle` with error `sd` is at most `limit`.

    The arrays have one shape; without error the answer is 0 or 1.
    """
    if sd == 0.0:
        return np.asarray(middle <= limit, dtype=np.float64)
    out = np.empty(middle.size)
    _below(
        np.ascontiguousarray(limit, dtype=np.float64).reshape(-1),
        np.ascontiguousarray(middle, dtype=np.float64).reshape(-1),
        ROOT_HALF / sd,
        out,
    )
    return out.reshape(middle.shape)
