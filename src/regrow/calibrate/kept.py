"""Draws that were once taken are kept, so that a calibration that was stopped goes on."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from regrow.calibrate import infer
from regrow.calibrate.identity import SAMPLES, code
from regrow.calibrate.problem import Problem
from regrow.calibrate.surrogate import Surface
from regrow.calibrate.whole import whole


def sample(
    task: Problem,
    surface: Surface,
    spread: Surface,
    *,
    draws: int,
    warmup: int,
    seed: int,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> infer.Draws:
    """Return the draws of `infer.sample`, from `folder` where they have been taken before."""
    digest = hashlib.sha256(f"{code(SAMPLES)} {draws} {warmup} {seed}".encode())
    for array in (surface.coefficients, spread.coefficients):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(repr(task.targets).encode())
    file = folder / f"draws-{digest.hexdigest()[:24]}.npz"
    if not file.exists():
        taken = infer.sample(
            task, surface, spread, draws=draws, warmup=warmup, seed=seed, progress=progress
        )
        with whole(file) as draft, draft.open("wb") as handle:
            np.savez(handle, **{name: getattr(taken, name) for name in infer.KEPT})
    with np.load(file) as found:
        return infer.Draws(**{name: found[name] for name in infer.KEPT})
