"""Leave one study out: fit without it, then predict it as a trial that the fit has never seen."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regrow.calibrate import kept
from regrow.calibrate.correct import Corrected, correct
from regrow.calibrate.problem import Ints, Problem
from regrow.calibrate.rounds import Fit
from regrow.calibrate.ship import as_sets, columns
from regrow.calibrate.surrogate import Surface
from regrow.model.values import Values

SETS = 256


@dataclass(frozen=True)
class LeftOut:
    """A study, and sets of values from a fit without it (each with a new place)."""

    study: str
    sets: tuple[Values, ...]
    corrected: Corrected


def leave_out(
    fit: Fit,
    study: str,
    *,
    draws: int,
    warmup: int,
    checked: int,
    folder: Path,
    processes: int,
    progress: Callable[[int, int], None] | None = None,
) -> LeftOut:
    """Fit without `study`, on the surfaces of the whole fit; weigh the draws with the simulator.

    Pooled analyses of the same people are left out with it. (A pooled analysis itself is predicted
    from the single trials that it holds: the one leak that remains.)
    """
    task, stay = fit.task.without(left_with(fit.task, study))
    sampled = kept.sample(
        task,
        _rows(fit.surface, stay),
        _rows(fit.spread, stay),
        draws=draws,
        warmup=warmup,
        seed=fit.seed * 1000 + 500,
        folder=folder,
        progress=progress,
    )
    corrected = correct(
        task, sampled, checked, folder=folder, processes=processes, progress=progress
    )
    rows = columns(sampled, corrected.which, corrected.weights, count=SETS, seed=fit.seed)
    return LeftOut(study=study, sets=as_sets(rows), corrected=corrected)


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
