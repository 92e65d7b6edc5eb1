"""The calibration from start to end, in rounds that come closer to the posterior.

1. Ask the simulator at points spread over the priors; fit the surfaces; sample.
2. Ask it again around where the posterior seems to lie; fit again; sample again. Twice.
3. Ask it at draws of the posterior itself, and weigh each draw by how much the simulator's own
   likelihood differs from the surfaces' (Pareto-smoothed importance weights).

Each stage is a pure function of the one before and the seed: a calibration that was stopped finds
the simulator's answers of every stage in its folder, and ends with the same numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regrow.calibrate import infer, kept, surrogate
from regrow.calibrate.correct import Corrected, correct
from regrow.calibrate.design import Answers, Points, ask_all
from regrow.calibrate.fitted import FITTED
from regrow.calibrate.problem import Problem, problem
from regrow.calibrate.surrogate import Surface
from regrow.studies.document import Study

Floats = npt.NDArray[np.float64]
Say = Callable[[str], None]
Count = Callable[[int, int], None]

PLACES_SD = 0.5
"""How far the factors of places are spread where the simulator is first asked."""
EARLY_DRAWS = 300
"""Draws of every chain, and of its warm-up, while the posterior is only being found."""
WIDER = 1.2
"""Points around the posterior are spread this much wider than it is."""
WEIGHT_OF_EARLIER = 0.02
"""How much answers from earlier rounds count in the surfaces of a later one."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much work a calibration does: points asked in each round, draws taken."""

    first: int
    around: tuple[int, ...]
    draws: int
    warmup: int
    checked: int


QUICK = Effort(first=2000, around=(2000, 4000), draws=1000, warmup=600, checked=1024)
FULL = Effort(first=3000, around=(4000, 6000), draws=2000, warmup=800, checked=8000)


@dataclass(frozen=True)
class Fit:
    """What a calibration leaves: the problem, the last surfaces, the draws and their weights."""

    task: Problem
    surface: Surface
    spread: Surface
    draws: infer.Draws
    corrected: Corrected
    asked: Points
    answers: Answers
    weights: Floats
    seed: int
    effort: Effort


def calibrate(
    studies: Sequence[Study],
    *,
    effort: Effort,
    folder: Path,
    processes: int,
    seed: int,
    say: Say,
    count: Count,
) -> Fit:
    """Fit the model to `studies`; the simulator's answers are kept in `folder`."""
    task = problem(studies)
    rng = np.random.default_rng(seed)
    points = spread_over_priors(effort.first, len(studies), rng)
    say("Asking the simulator all over the priors")
    answers = ask_all(studies, points, folder=folder, processes=processes, progress=count)
    weights = np.ones(len(points))
    for number, more in enumerate(effort.around):
        say(f"Sampling, round {number + 1}")
        surface, spread = surfaces(task, points, answers, weights)
        draws = kept.sample(
            task,
            surface,
            spread,
            draws=EARLY_DRAWS,
            warmup=EARLY_DRAWS,
            seed=seed * 1000 + number,
            folder=folder,
            progress=count,
        )
        near = around(draws, more, rng)
        say(f"Asking the simulator around the posterior, round {number + 1}")
        found = ask_all(studies, near, folder=folder, processes=processes, progress=count)
        points, answers = joined(points, near), _both(answers, found)
        weights = np.concatenate([WEIGHT_OF_EARLIER * weights, np.ones(more)])
    say("Sampling the posterior")
    surface, spread = surfaces(task, points, answers, weights)
    draws = kept.sample(
        task,
        surface,
        spread,
        draws=effort.draws,
        warmup=effort.warmup,
        seed=seed * 1000 + 999,
        folder=folder,
        progress=count,
    )
    say("Weighing draws with the simulator")
    corrected = correct(
        task, draws, effort.checked, folder=folder, processes=processes, progress=count
    )
    return Fit(
        task=task,
        surface=surface,
        spread=spread,
        draws=draws,
        corrected=corrected,
        asked=points,
        answers=answers,
        weights=weights,
        seed=seed,
        effort=effort,
    )


def surfaces(
    task: Problem, points: Points, answers: Answers, weights: Floats
) -> tuple[Surface, Surface]:
    """Return the surfaces of the targets and of the spread between people."""
    count = len(task.targets)
    coefficients: list[Floats] = [np.empty(0)] * (2 * count)
    errors = np.empty(2 * count)
    both = np.concatenate([answers.value, answers.log_sd], axis=1)
    for k in np.unique(task.study_of):
        # the targets of one study see the same parameters and the same place
        mine = np.flatnonzero(np.tile(task.study_of == k, 2))
        found = surrogate.fit(points.seen_by(int(k)), both[:, mine], weights)
        errors[mine] = found.error
        for place, each in zip(mine, found.coefficients, strict=True):
            coefficients[place] = each
    whole = np.array(coefficients)
    return Surface(whole[:count], errors[:count]), Surface(whole[count:], errors[count:])


def spread_over_priors(number: int, studies: int, rng: np.random.Generator) -> Points:
    """Return points drawn from the priors."""
    return Points(
        z=rng.standard_normal((number, len(FITTED))),
        drug=PLACES_SD * rng.standard_normal((number, studies)),
        setting=PLACES_SD * rng.standard_normal((number, studies)),
    )


def around(draws: infer.Draws, number: int, rng: np.random.Generator) -> Points:
    """Return points spread a little wider than the posterior."""
    z, drug, setting = (draws.flat(name) for name in ("z", "drug", "setting"))
    chosen = rng.choice(len(z), size=number, replace=len(z) < number)

    def wider(values: Floats) -> Floats:
        middle, jitter = values.mean(axis=0), 0.2 * values.std(axis=0)
        moved = middle + WIDER * (values[chosen] - middle)
        return np.asarray(moved + jitter * rng.standard_normal(moved.shape))

    return Points(z=wider(z), drug=wider(drug), setting=wider(setting))


def joined(one: Points, other: Points) -> Points:
    """Return all points of both."""
    return Points(
        z=np.concatenate([one.z, other.z]),
        drug=np.concatenate([one.drug, other.drug]),
        setting=np.concatenate([one.setting, other.setting]),
    )


def _both(one: Answers, other: Answers) -> Answers:
    return Answers(
        value=np.concatenate([one.value, other.value]),
        log_sd=np.concatenate([one.log_sd, other.log_sd]),
    )
