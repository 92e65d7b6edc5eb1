"""A fast stand-in for the simulator: each target as a smooth surface over what is fitted.

    output(x) = b0 + sum_i b_i x_i + sum_{i<=j} b_ij x_i x_j + sum_i c_i x_i^3

Every target sees the fitted parameters and the two factors of its own study's place. The surface
is fitted by least squares to the simulator's answers, with weights that make it best where the
posterior lies; its error there is measured on answers that it has not seen, and what is left of it
is taken out afterwards by weighing draws with the simulator itself.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
RIDGES = (1e-6, 1e-4, 1e-2)
"""How much coefficients are held back, in units of the features' own weight: tried in turn."""


@dataclass(frozen=True)
class Surface:
    """Coefficients (targets x features) of every target's surface, and its error (per target)."""

    coefficients: Floats
    error: Floats


def features(x: Floats) -> Floats:
    """Return the terms of the surface (points x features) of `x` (points x inputs)."""
    i, j = np.triu_indices(x.shape[1])
    return np.concatenate([np.ones((len(x), 1)), x, x[:, i] * x[:, j], x**3], axis=1)


def fit(inputs: Floats, answers: Floats, weights: Floats) -> Surface:
    """Fit one surface per column of `answers`, all over the same inputs.

    inputs: points x inputs; answers: points x outputs; weights: points. A fifth of the points is
    kept aside to choose how much coefficients are held back and to measure the error, then used as
    well.
    """
    aside = np.arange(len(answers)) % 5 == 4
    basis = features(inputs)
    tried = _solve(basis[~aside], answers[~aside], weights[~aside])
    errors = []
    for coefficients in tried:
        missed = answers[aside] - basis[aside] @ coefficients
        errors.append(np.sqrt(np.average(missed**2, weights=weights[aside], axis=0)))
    best = np.argmin(errors, axis=0)
    solved = _solve(basis, answers, weights)
    outputs = range(answers.shape[1])
    return Surface(
        coefficients=np.array([solved[best[k]][:, k] for k in outputs]),
        error=np.array([errors[best[k]][k] for k in outputs]),
    )


def _solve(basis: Floats, answers: Floats, weights: Floats) -> list[Floats]:
    """Return the coefficients (features x outputs) for each of `RIDGES`."""
    scaled = basis * weights[:, None]
    normal, right = scaled.T @ basis, scaled.T @ answers
    found: list[Floats] = []
    for ridge in RIDGES:
        held = np.full(len(normal), ridge * weights.sum())
        held[0] = 0.0  # the level is never held back
        found.append(np.asarray(np.linalg.solve(normal + np.diag(held), right)))
    return found
