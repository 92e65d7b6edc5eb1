"""A study run again: each of its findings beside what was expected of a study of its size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regrow.model.values import Values
from regrow.studies.document import Study
from regrow.trial.beside import Beside, beside
from regrow.trial.places import of_study
from regrow.trial.predict import PEOPLE, Prediction, predict


@dataclass(frozen=True, kw_only=True)
class Rerun:
    """A study run again under `sets` of values, in the places that a study like it may be in.

    `rows` are its findings, in the order of the file. `people` walked through every arm, under
    every set.
    """

    study: Study
    prediction: Prediction
    sets: tuple[Values, ...]
    rows: tuple[Beside, ...]
    people: int
    seed: int


def rerun(
    study: Study,
    sets: Sequence[Values],
    *,
    people: int = PEOPLE,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Rerun:
    """Run `study` again in a place of its own under each of the `sets` of values."""
    placed = of_study(sets, study)
    prediction = predict(study, placed, people=people, seed=seed, progress=progress)
    return Rerun(
        study=study,
        prediction=prediction,
        sets=placed,
        rows=beside(prediction, placed, seed=seed),
        people=people,
        seed=seed,
    )
