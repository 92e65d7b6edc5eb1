"""A few predictions that are kept beside the draws: they tell when the equations have changed.

The draws of a posterior belong to the equations that they were fitted with. Should an equation
change, these predictions come out differently, and a test says so.
"""

from collections.abc import Sequence

import numpy as np

from regrow.model.values import Values
from regrow.studies.document import Study
from regrow.trial.predict import predict

STUDIES = ("ds005917", "transform12", "zheng2019")
"""One infusion with its control, nasal doses with a new tablet, six infusions."""
SETS = 8
PEOPLE = 64
DIGITS = 6


def witness(studies: Sequence[Study], sets: Sequence[Values]) -> dict[str, float]:
    """Return what the first sets expect of a few findings, on average."""
    return {
        f"{study.id}/{one.finding.id}": float(f"{np.mean(one.expected):.{DIGITS}g}")
        for study in studies
        if study.id in STUDIES
        for one in predict(study, sets[:SETS], people=PEOPLE).findings
    }
