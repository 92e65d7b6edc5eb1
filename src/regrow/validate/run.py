"""Validation: predictions of studies that the fit has never seen, beside a naive comparator's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from regrow.calibrate.leave_out import left_with
from regrow.calibrate.problem import problem
from regrow.errors import ValidationError
from regrow.model.values import Values
from regrow.studies.document import Study
from regrow.trial.beside import beside
from regrow.trial.predict import PEOPLE
from regrow.trial.rerun import Rerun, rerun
from regrow.validate.comparator import Comparator, comparator, expect
from regrow.validate.score import Score, score
from regrow.validate.summary import Compared, compared
from regrow.validate.unseen import must_be_unseen


@dataclass(frozen=True, kw_only=True)
class Tested:
    """One finding: how good the model's prediction was, and the comparator's."""

    study: Study
    ours: Score
    naive: Score

    @property
    def counts(self) -> bool:
        """Whether the study says that the finding counts."""
        return self.ours.row.finding.used


@dataclass(frozen=True, kw_only=True)
class Validation:
    """Every finding of some studies with its prediction, and how good they were together.

    `apart` says how the fit was kept from knowing the studies: it had never seen them, or each was
    predicted from a fit without it. `trained_on` names what fit and comparator knew at most.
    """

    apart: Literal["never seen", "left out"]
    tested: tuple[Tested, ...]
    compared: tuple[Compared, ...]
    trained_on: tuple[str, ...]
    sets: int
    people: int
    seed: int


def validate(
    studies: Sequence[Study],
    *,
    trained_on: Sequence[Study],
    sets: Sequence[Values],
    people: int = PEOPLE,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Validation:
    """Predict `studies` under `sets` of values that were fitted to `trained_on`, and score that.

    `progress` is told how many studies are done. Raises ValidationError for a study that the fit
    has seen, or where too few studies were fitted to compare with.
    """
    must_be_unseen(studies, trained_on)
    known = comparator(trained_on)
    tested: list[Tested] = []
    for k, study in enumerate(studies):
        if progress is not None:
            progress(k, len(studies))
        tested += judged(rerun(study, sets, people=people, seed=seed), known)
    if progress is not None:
        progress(len(studies), len(studies))
    return _validation(
        "never seen",
        tested,
        trained_on=trained_on,
        sets=len(sets),
        people=people,
        seed=seed,
    )


def leave_one_out(reruns: Sequence[Rerun], studies: Sequence[Study]) -> Validation:
    """Score predictions of `studies`, each run again under sets that were fitted without it.

    The comparator of each is taught without it, and without pooled analyses of the same people.
    """
    task = problem(studies)
    tested: list[Tested] = []
    for run in reruns:
        away = left_with(task, run.study.id)
        known = comparator([study for study in studies if study.id not in away])
        tested += judged(run, known)
    return _validation(
        "left out",
        tested,
        trained_on=studies,
        sets=len(reruns[0].sets),
        people=reruns[0].people,
        seed=reruns[0].seed,
    )


def judged(run: Rerun, known: Comparator) -> tuple[Tested, ...]:
    """Return how good the predictions of one study were, the model's and the comparator's."""
    study = run.study
    simple, exact = expect(known, study)
    return tuple(
        Tested(
            study=study,
            ours=score(mine, predicted, run.sets, study),
            naive=score(theirs, expected, exact, study),
        )
        for mine, predicted, theirs, expected in zip(
            run.rows,
            run.prediction.findings,
            beside(simple, exact, seed=run.seed),
            simple.findings,
            strict=True,
        )
    )


def _validation(
    apart: Literal["never seen", "left out"],
    tested: Sequence[Tested],
    *,
    trained_on: Sequence[Study],
    sets: int,
    people: int,
    seed: int,
) -> Validation:
    count = [(one.ours, one.naive) for one in tested if one.counts]
    if not count:
        raise ValidationError(
            "None of the findings counts.",
            why="Findings with used = false are shown, but nothing is learned from them.",
            fix="Give a study with at least one finding that counts.",
        )
    return Validation(
        apart=apart,
        tested=tuple(tested),
        compared=compared(count),
        trained_on=tuple(study.id for study in trained_on),
        sets=sets,
        people=people,
        seed=seed,
    )
