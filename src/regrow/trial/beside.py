"""Each finding of a study beside its prediction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.model.values import Values
from regrow.studies.document import Finding
from regrow.trial.predict import Prediction
from regrow.trial.published import SHARES, published

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What was found, and what a study of this size was expected to print.

    `band_50` and `band_95` hold ignorance, the differences between places, the model's own error
    and the chance of the study's sample. `draws` are what they were read off.
    """

    finding: Finding
    n: int
    median: float
    band_50: tuple[float, float]
    band_95: tuple[float, float]
    draws: Floats

    @property
    def found(self) -> float:
        """What was found; a share as the count of people that it was rounded from."""
        value = self.finding.value
        return round(value * self.n) / self.n if self.finding.kind in SHARES else value

    @property
    def inside_50(self) -> bool:
        """Whether the finding lies in the middle half of what was expected."""
        return self.band_50[0] <= self.found <= self.band_50[1]

    @property
    def inside_95(self) -> bool:
        """Whether the finding lies in the middle 95 % of what was expected."""
        return self.band_95[0] <= self.found <= self.band_95[1]


def beside(prediction: Prediction, sets: Sequence[Values], *, seed: int) -> tuple[Beside, ...]:
    """Put every finding of a study beside its prediction under `sets`."""
    found = []
    for k, predicted in enumerate(prediction.findings):
        n = prediction.study.people(predicted.finding)
        draws = published(predicted, n, sets, rng=np.random.default_rng([seed, k])).ravel()
        # a share is printed as a count: a band between two counts would leave out the likely ones
        cuts = np.quantile(draws, [0.025, 0.25, 0.5, 0.75, 0.975], method="inverted_cdf")
        low, lower, median, upper, high = (float(cut) for cut in cuts)
        found.append(
            Beside(
                finding=predicted.finding,
                n=n,
                median=median,
                band_50=(lower, upper),
                band_95=(low, high),
                draws=draws,
            )
        )
    return tuple(found)
