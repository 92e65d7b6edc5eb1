"""The calibration problem as arrays: targets, which study each belongs to, how studies differ."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.calibrate.design import wanted
from regrow.calibrate.fitted import FITTED
from regrow.calibrate.targets import Target
from regrow.studies.document import Study

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """What is fitted to what."""

    studies: tuple[Study, ...]
    targets: tuple[Target, ...]
    study_of: Ints
    pooling: Floats

    def rows(self, form: str) -> Ints:
        """Return the places of the targets of one form."""
        found = [k for k, target in enumerate(self.targets) if target.form == form]
        return np.array(found, dtype=np.int64)

    def without(self, studies: Collection[str]) -> tuple["Problem", Ints]:
        """Return the problem without some studies' findings, and which targets stay.

        The places of the studies left out are still there, and unknown.
        """
        stay = [k for k, target in enumerate(self.targets) if target.study not in studies]
        left = Problem(
            studies=self.studies,
            targets=tuple(self.targets[k] for k in stay),
            study_of=self.study_of[stay],
            pooling=self.pooling,
        )
        return left, np.array(stay, dtype=np.int64)


def problem(studies: Sequence[Study]) -> Problem:
    """Return the problem that `studies` pose."""
    targets = wanted(studies)
    places = {study.id: k for k, study in enumerate(studies)}
    return Problem(
        studies=tuple(studies),
        targets=targets,
        study_of=np.array([places[target.study] for target in targets], dtype=np.int64),
        # a pooled analysis of many trials lies closer to the average place than one trial does
        pooling=np.array([1.0 / math.sqrt(study.trials) for study in studies]),
    )


def row(name: str) -> int:
    """Return the place of a parameter among the fitted ones."""
    return FITTED.index(name)
