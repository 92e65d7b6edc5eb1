"""How far a study may lie from the average place: a pooled analysis less than one trial."""

import math
from collections.abc import Sequence

from regrow.model.values import Values
from regrow.studies.document import Study

PLACES = ("contexts/place_drug", "contexts/place_setting")


def of_study(sets: Sequence[Values], study: Study) -> tuple[Values, ...]:
    """Return `sets` with the factors of their places (each that of one trial) as `study` has them.

    The mean of several trials differs from the average place by the root of their number less.
    """
    less = 1.0 / math.sqrt(study.trials)
    return tuple({**one, **{name: one[name] ** less for name in PLACES}} for one in sets)
