"""The posterior predictive check: each fitted number beside what the fitted model says of it.

Here each study keeps the place that was inferred for it: the check asks whether the model can
describe what it was fitted to. Whether it can predict is another question (`leave_out.py`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.calibrate.infer import Scales
from regrow.calibrate.rounds import Fit
from regrow.calibrate.targets import Target

Floats = npt.NDArray[np.float64]
REPLICATES = 4000


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One target, on the scale of its finding (points, share, spread in points, ratio).

    `fitted` is the median and the 90 % band of what the model expects; `again` the 95 % band of
    what a study of this size would print; `rank` the share of such prints below the finding.
    """

    target: Target
    observed: float
    fitted: tuple[float, float, float]
    again: tuple[float, float]
    rank: float

    @property
    def inside(self) -> bool:
        """Whether the finding lies inside the band of what would be printed again."""
        return self.again[0] <= self.observed <= self.again[1]


def check(fit: Fit) -> tuple[Checked, ...]:
    """Return every target beside its posterior prediction."""
    rng = np.random.default_rng([fit.seed, 7])
    corrected = fit.corrected
    picked = rng.choice(len(corrected.which), size=REPLICATES, p=corrected.weights)
    which = corrected.which[picked]
    value, log_sd = corrected.answers.value[picked], corrected.answers.log_sd[picked]
    points, logit = (fit.draws.flat(name)[which] for name in ("misfit_points", "misfit_logit"))
    return tuple(
        _checked(target, value[:, k], np.exp(log_sd[:, k]), points, logit, rng)
        for k, target in enumerate(fit.task.targets)
    )


def _checked(
    target: Target,
    value: Floats,
    sd: Floats,
    points: Floats,
    logit: Floats,
    rng: np.random.Generator,
) -> Checked:
    scales = Scales.chosen()
    chance, n = rng.standard_normal(len(value)), target.effective_n
    if target.form == "share":
        expected = 1.0 / (1.0 + np.exp(-value))
        share = 1.0 / (1.0 + np.exp(-(value + logit * chance)))
        printed = rng.binomial(max(1, round(n)), share) / max(1, round(n))
        observed = target.observed
    else:
        se = sd / np.sqrt(n) if target.se is None else np.full_like(value, target.se)
        extra = {
            "points": points,
            "smd": points / scales.smd_points,
            "log spread": np.full_like(value, scales.spread),
            "log ratio": np.zeros_like(value),
        }[target.form]
        drawn = value + chance * np.hypot(se, extra)
        logs = target.form in ("log spread", "log ratio")
        expected, printed = (np.exp(value), np.exp(drawn)) if logs else (value, drawn)
        observed = float(np.exp(target.observed)) if logs else target.observed
    low, middle, high = np.quantile(expected, (0.05, 0.5, 0.95))
    least, most = np.quantile(printed, (0.025, 0.975), method="inverted_cdf")
    below = np.mean(printed < observed) + 0.5 * np.mean(printed == observed)
    return Checked(
        target=target,
        observed=observed,
        fitted=(float(middle), float(low), float(high)),
        again=(float(least), float(most)),
        rank=float(below),
    )
