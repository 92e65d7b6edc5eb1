"""How much of a person's own course has shown by a day: severity drifts without any treatment."""

import numpy as np
import numpy.typing as npt

from regrow.forecast.ignorance import Ignorance

Floats = npt.NDArray[np.float64]


def own_course(days: Floats, ignorance: Ignorance, *, since: float) -> Floats:
    """Return the share of the natural course that severity shows (days x sets).

    The engine lets the course unfold as 1 - exp(-t / tau) from `since` on, and mood follow it with
    its lag: the response of a first-order lag to that curve.
    """
    tau = ignorance.column("slow/natural_course_time")
    lag = ignorance.column("slow/mood_lag") / 24.0
    t = np.maximum(0.0, days[:, None] - since)
    return np.asarray(1.0 - (tau * np.exp(-t / tau) - lag * np.exp(-t / lag)) / (tau - lag))
