r"""What readings say of one virtual person: an exact Gaussian filter over what is linear.

    y = a + b (severity + w) + lasting + noise
    severity = max(0, baseline + own course * shape(t) + treatment(t))
    dw = -w / tau dt + sd sqrt(2 / tau) dW

A virtual person (set of values and traits) fixes `treatment(t)`. Severity before treatment
(baseline), the own course, what a scale always shows too much or too little (lasting) and the
fluctuation w are Gaussian and enter linearly, so they are carried as a mean and a covariance
instead of being drawn: the density of the readings is then exact. Only the floor of severity is not
linear; the line through it is the statistical one (mean, slope and variance of max(0, s) under the
present Gaussian), which far above the floor is the exact Kalman filter. A reading at an end of its
scale says only that the score would have been so much or further out; what it leaves is matched by
a Gaussian of the same mean and variance.
"""

import math

import numpy as np
import numpy.typing as npt

from regrow.engine.compiled import compiled
from regrow.engine.tail import cut_above

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

BASELINE, OWN, FIRST_LASTING = 0, 1, 2
"""Places in the state; the fluctuation comes last."""


@compiled
def follow(
    treatment: Floats,
    set_of: Whole,
    shape: Floats,
    days: Floats,
    line: Floats,
    lasting: Whole,
    values: Floats,
    ends: Whole,
    start_mean: Floats,
    start_sd: Floats,
    fluctuation_time: Floats,
    expected: Floats,
    expected_sd: Floats,
    log_density: Floats,
    mean: Floats,
    covariance: Floats,
) -> None:
    """Follow every person through the readings, in order of time.

    treatment: readings x persons. shape: readings x sets. line: per reading slope, intercept and
    SD of the noise. lasting: per reading the place of its scale in the state, or -1. ends: per
    reading -1 at the bottom of its scale, 1 at its top, 0 between. start_mean: state; start_sd:
    state x sets. Writes what each person's next reading was expected to be, its SD and the log
    density of what was read (readings x persons), and the state after all (persons x state, persons
    x state x state).
    """
    size = start_mean.shape[0]
    w = size - 1
    h = np.zeros(size)
    ph = np.zeros(size)
    root = math.sqrt(2.0)
    for i in range(set_of.shape[0]):
        k = set_of[i]
        m = mean[i]
        p = covariance[i]
        for a in range(size):
            m[a] = start_mean[a]
            for b in range(size):
                p[a, b] = 0.0
            p[a, a] = start_sd[a, k] * start_sd[a, k]
        # nothing at first: severity before treatment is what it happened to be
        stationary = p[w, w]
        p[w, w] = 0.0
        now = 0.0
        for r in range(days.shape[0]):
            keep = math.exp(-(days[r] - now) / fluctuation_time[k])
            now = days[r]
            m[w] *= keep
            for a in range(w):
                p[a, w] *= keep
                p[w, a] *= keep
            p[w, w] = p[w, w] * keep * keep + stationary * (1.0 - keep * keep)
            # severity as a Gaussian, and the line through its floor
            g = shape[r, k]
            s = m[BASELINE] + g * m[OWN] + treatment[r, i]
            variance = (
                p[BASELINE, BASELINE] + 2.0 * g * p[BASELINE, OWN] + g * g * p[OWN, OWN] + 1e-12
            )
            sd = math.sqrt(variance)
            u = s / sd
            above = 0.5 * math.erfc(-u / root)
            density = math.exp(-0.5 * u * u) / math.sqrt(2.0 * math.pi)
            floored = s * above + sd * density
            curved = (s * s + variance) * above + s * sd * density - floored * floored
            curved = max(0.0, curved - above * above * variance)
            # the reading
            slope, intercept, noise = line[r, 0], line[r, 1], line[r, 2]
            for a in range(size):
                h[a] = 0.0
            h[BASELINE] = slope * above
            h[OWN] = slope * above * g
            h[w] = slope
            shown = intercept + slope * (floored + m[w])
            if lasting[r] >= 0:
                h[lasting[r]] = 1.0
                shown += m[lasting[r]]
            spread = noise * noise + slope * slope * curved
            for a in range(size):
                ph[a] = 0.0
                for b in range(size):
                    ph[a] += p[a, b] * h[b]
                spread += h[a] * ph[a]
            expected[r, i] = shown
            expected_sd[r, i] = math.sqrt(spread)
            off = (values[r] - shown) / math.sqrt(spread)
            left = 0.0
            if ends[r] == 0:
                log_density[r, i] = -0.5 * (off * off + math.log(2.0 * math.pi * spread))
            else:
                log_density[r, i], off, left = cut_above(-ends[r] * off)
                off *= -ends[r]
            for a in range(size):
                m[a] += ph[a] * off / math.sqrt(spread)
            for a in range(size):
                for b in range(size):
                    p[a, b] -= ph[a] * ph[b] * (1.0 - left) / spread
