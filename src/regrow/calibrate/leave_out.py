"""Leave one study out: fit without it, then predict it as a trial that the fit has never seen.

Where the draws of the whole fit can be weighed as if the study had never been (Pareto-smoothed
importance sampling, as in leave-one-out cross-validation by Vehtari, Gelman, Gabry, Stat Comput
2017), that is done; where the study holds too much weight for that, the fit is made again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from regrow.calibrate import kept
from regrow.calibrate.correct import correct
from regrow.calibrate.problem import Floats, Ints, Problem
from regrow.calibrate.rounds import Fit
from regrow.calibrate.ship import as_sets, columns
from regrow.calibrate.surrogate import Surface
from regrow.model.values import Values

SETS = 256
GOOD_K = 0.7
FEWEST_DRAWS = 150.0
"""Weighed draws must be worth this many, or the fit is made again."""
DRAWS = 300
CHECKED = 384


@dataclass(frozen=True)
class LeftOut:
    """A study, and draws (draws x `ship.COLUMNS`) of a fit without it, each with its own place.

    `how` is "weighed" or "fitted again"; `pareto_k` the tail of the weights; `effective` how many
    equally weighted draws they are worth.
    """

    study: str
    rows: Floats
    how: str
    pareto_k: float
    effective: float

    @property
    def sets(self) -> tuple[Values, ...]:
        """Return the draws as sets of values."""
        return as_sets(self.rows)


def leave_out(
    fit: Fit,
    study: str,
    *,
    folder: Path,
    processes: int,
    progress: Callable[[int, int], None] | None = None,
) -> LeftOut:
    """Return what would be known without `study`.

    Pooled analyses of the same people are left out with it. (A pooled analysis itself is predicted
    from the single trials that it holds: the one leak that remains.)
    """
    gone = left_with(fit.task, study)
    found = _weighed(fit, study, gone)
    if found.pareto_k < GOOD_K and found.effective > FEWEST_DRAWS:
        return found
    task, stay = fit.task.without(gone)
    sampled = kept.sample(
        task,
        _rows(fit.surface, stay),
        _rows(fit.spread, stay),
        draws=DRAWS,
        warmup=DRAWS,
        seed=fit.seed * 1000 + 500,
        folder=folder,
        progress=progress,
    )
    corrected = correct(
        task, sampled, CHECKED, folder=folder, processes=processes, progress=progress
    )
    rows = columns(sampled, corrected.which, corrected.weights, count=SETS, seed=fit.seed)
    return LeftOut(
        study=study,
        rows=rows,
        how="fitted again",
        pareto_k=corrected.pareto_k,
        effective=corrected.effective,
    )


def _weighed(fit: Fit, study: str, gone: tuple[str, ...]) -> LeftOut:
    import arviz

    corrected = fit.corrected
    theirs = [k for k, target in enumerate(fit.task.targets) if target.study in gone]
    said = corrected.log_likelihood[:, theirs].sum(axis=1)
    smoothed, k = arviz.psislw(np.log(np.maximum(1e-300, corrected.weights)) - said)
    weights = np.exp(smoothed - smoothed.max())
    weights /= weights.sum()
    rows = columns(fit.draws, corrected.which, weights, count=SETS, seed=fit.seed)
    return LeftOut(
        study=study,
        rows=rows,
        how="weighed",
        pareto_k=float(k),
        effective=float(1.0 / (weights**2).sum()),
    )


def _rows(surface: Surface, stay: Ints) -> Surface:
    return Surface(surface.coefficients[stay], surface.error[stay])


def left_with(task: Problem, study: str) -> tuple[str, ...]:
    """Return `study` and the pooled analyses that share people with it."""
    shared = {one.id: one.overlaps for one in task.studies}
    pooled = [
        one.id
        for one in task.studies
        if one.trials > 1 and (study in one.overlaps or one.id in shared[study])
    ]
    return (study, *pooled)
