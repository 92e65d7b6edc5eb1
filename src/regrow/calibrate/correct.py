"""The last correction: draws are weighed by the simulator's own likelihood.

The surfaces are close to the simulator, not equal to it. Each checked draw gets the weight by which
its likelihood differs; the weights are Pareto-smoothed (Vehtari, Simpson, Gelman, Yao, Gabry,
J Mach Learn Res 2024), and their shape `k` says whether they can be trusted (below 0.7).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regrow.calibrate import infer
from regrow.calibrate.design import Answers, Points, ask_all
from regrow.calibrate.problem import Problem

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Corrected:
    """Checked draws (`which` of the flattened draws), their weights, and the shape of the tail."""

    which: npt.NDArray[np.int64]
    weights: Floats
    pareto_k: float
    answers: Answers
    log_ratio: Floats
    log_likelihood: Floats

    @property
    def effective(self) -> float:
        """How many equally weighted draws the checked ones are worth."""
        return float(1.0 / (self.weights**2).sum())


def correct(
    task: Problem,
    draws: infer.Draws,
    checked: int,
    *,
    folder: Path,
    processes: int,
    progress: Callable[[int, int], None] | None = None,
) -> Corrected:
    """Weigh `checked` draws, evenly spread over the chains, with the simulator."""
    import arviz

    total = len(draws.flat("z"))
    which = np.unique(np.linspace(0, total - 1, min(checked, total)).astype(np.int64))
    asked = sorted({int(k) for k in task.study_of})
    points = Points(
        z=draws.flat("z")[which],
        drug=draws.flat("drug")[which][:, asked],
        setting=draws.flat("setting")[which][:, asked],
    )
    studies = [task.studies[k] for k in asked]
    answers = ask_all(studies, points, folder=folder, processes=processes, progress=progress)
    exact = infer.log_likelihood(
        task,
        answers.value,
        answers.log_sd,
        draws.flat("misfit_points")[which],
        draws.flat("misfit_logit")[which],
        draws.flat("off")[which],
        np,
    )
    ratio = exact.sum(axis=1) - draws.flat("log_likelihood")[which].sum(axis=1)
    smoothed, k = arviz.psislw(ratio)
    return Corrected(
        which=which,
        weights=np.exp(smoothed) / np.exp(smoothed).sum(),
        pareto_k=float(k),
        answers=answers,
        log_ratio=ratio,
        log_likelihood=exact,
    )
