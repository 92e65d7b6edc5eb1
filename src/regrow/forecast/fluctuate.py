r"""The ups and downs of one person: drawn from what the readings leave possible.

Given severity without them, they are a chain in time, read with noise. A filter forwards and a
draw backwards give a path that agrees with the readings and runs on freely after the last.
"""

import math

import numpy as np
import numpy.typing as npt

from regrow.engine.compiled import compiled
from regrow.engine.tail import cut_above

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@compiled
def fluctuate(
    left: Floats,
    at: Whole,
    ends: Whole,
    line: Floats,
    days: Floats,
    set_of: Whole,
    sd: Floats,
    time: Floats,
    chance: Floats,
    path: Floats,
) -> None:
    """Write a `path` of fluctuation (days x persons, MADRS points) for every person.

    left: what of each reading (readings x persons) is neither severity nor lasting: slope times
    fluctuation, plus noise. at: per reading the place of its day in `days`, in order. ends: per
    reading -1 at the bottom of its scale, 1 at its top, 0 between. line: per reading slope and SD
    of the noise. sd, time: per set. chance: standard normal numbers (days x
    persons).
    """
    moments = days.shape[0]
    middle = np.empty(moments)
    variance = np.empty(moments)
    for i in range(set_of.shape[0]):
        stationary = sd[set_of[i]] * sd[set_of[i]]
        tau = time[set_of[i]]
        m, v = 0.0, 0.0  # at first nothing comes and goes: see `follow`
        r = 0
        for t in range(moments):
            if t > 0:
                keep = math.exp(-(days[t] - days[t - 1]) / tau)
                m *= keep
                v = v * keep * keep + stationary * (1.0 - keep * keep)
            while r < at.shape[0] and at[r] == t:
                slope, noise = line[r, 0], line[r, 1]
                spread = slope * slope * v + noise * noise
                off = (left[r, i] - slope * m) / math.sqrt(spread)
                uncertain = 0.0
                if ends[r] != 0:
                    _, off, uncertain = cut_above(-ends[r] * off)
                    off *= -ends[r]
                m += slope * v * off / math.sqrt(spread)
                v -= slope * v * slope * v * (1.0 - uncertain) / spread
                r += 1
            middle[t], variance[t] = m, v
        later = middle[moments - 1] + math.sqrt(variance[moments - 1]) * chance[moments - 1, i]
        path[moments - 1, i] = later
        for back in range(1, moments):
            t = moments - 1 - back
            keep = math.exp(-(days[t + 1] - days[t]) / tau)
            ahead = variance[t] * keep * keep + stationary * (1.0 - keep * keep)
            gain = variance[t] * keep / ahead
            m = middle[t] + gain * (later - keep * middle[t])
            v = max(0.0, variance[t] - gain * keep * variance[t])
            later = m + math.sqrt(v) * chance[t, i]
            path[t, i] = later
