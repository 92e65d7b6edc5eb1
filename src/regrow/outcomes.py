"""Response, remission, relapse: what counts as an outcome, said once.

Severity is the model's true MADRS score, without measurement error. Defaults are the usual ones;
a study may bring its own.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """How outcomes are defined.

    response: at least this fall from baseline, as a share. remission: at most this many points.
    relapse: a responder at the end of the acute course falls back below `response` for the first
    time.
    """

    response_fall: float = 0.5
    remission_madrs: float = 10.0

    def responded(self, madrs: Floats) -> Flags:
        """Return who has responded on which day (days x patients)."""
        return np.asarray(madrs <= (1.0 - self.response_fall) * madrs[0])

    def remitted(self, madrs: Floats) -> Flags:
        """Return who is in remission on which day (days x patients)."""
        return np.asarray(madrs <= self.remission_madrs)

    def relapse_day(self, madrs: Floats, acute_end: int) -> tuple[Flags, npt.NDArray[np.int64]]:
        """Return who responded at `acute_end` (an index), and the index of the day of relapse.

        The index is the number of days where no relapse happens within the simulation.
        """
        responded = self.responded(madrs)
        lost = ~responded[acute_end:]
        first = np.where(lost.any(axis=0), lost.argmax(axis=0) + acute_end, len(madrs))
        return responded[acute_end], first
