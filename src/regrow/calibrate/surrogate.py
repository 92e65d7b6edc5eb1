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
RIDGES = (1e-6, 1e-4, 1e-3, 1e-2, 1e-1)
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
    """Fit one surface per target.

    inputs: targets x points x inputs; answers: points x targets; weights: points. A fifth of the
    points is kept aside to measure the error, then used as well.
    """
    coefficients, errors = [], []
    aside = np.arange(answers.shape[0]) % 5 == 4
    for k in range(answers.shape[1]):
        basis = features(inputs[k])
        tried = []
        for ridge in RIDGES:
            first = _solve(basis[~aside], answers[~aside, k], weights[~aside], ridge)
            missed = answers[aside, k] - basis[aside] @ first
            tried.append((float(np.sqrt(np.average(missed**2, weights=weights[aside]))), ridge))
        error, best = min(tried)
        errors.append(error)
        coefficients.append(_solve(basis, answers[:, k], weights, best))
    return Surface(np.array(coefficients), np.array(errors))


def _solve(basis: Floats, answer: Floats, weights: Floats, ridge: float) -> Floats:
    scaled = basis * weights[:, None]
    normal = scaled.T @ basis
    held = ridge * weights.sum() * np.ones(len(normal))
    held[0] = 0.0  # the level is never held back
    normal[np.diag_indices_from(normal)] += held
    return np.asarray(np.linalg.solve(normal, scaled.T @ answer))
