"""Surfaces give back what is smooth, and say how far they are off where it is not."""

import numpy as np

from regrow.calibrate.surrogate import features, fit

RNG = np.random.default_rng(5)
X = RNG.standard_normal((400, 6))


def test_a_quadratic_is_given_back_exactly():
    truth = 3.0 - 2.0 * X[:, 0] + X[:, 1] * X[:, 2] + 0.5 * X[:, 5] ** 2
    surface = fit(X, truth[:, None], np.ones(len(X)))
    np.testing.assert_allclose(features(X) @ surface.coefficients[0], truth, atol=1e-3)
    assert surface.error[0] < 1e-3


def test_the_error_is_that_of_points_it_has_not_seen():
    noise = 0.3 * RNG.standard_normal(len(X))
    surface = fit(X, (X[:, 0] + noise)[:, None], np.ones(len(X)))
    assert 0.25 < surface.error[0] < 0.45


def test_the_surface_is_best_where_the_weights_are():
    steep = np.exp(X[:, :1])
    near = np.exp(-0.5 * ((X[:, 0] - 1.5) / 0.3) ** 2) + 1e-4
    even, local = (fit(X, steep, w).coefficients[0] for w in (np.ones(len(X)), near))
    where = np.abs(X[:, 0] - 1.5) < 0.3
    off = [np.abs(features(X[where]) @ c - steep[where, 0]).mean() for c in (even, local)]
    assert off[1] < 0.5 * off[0]


def test_there_is_a_term_for_every_input_every_pair_and_every_cube():
    assert features(X).shape[1] == 1 + 6 + 6 * 7 // 2 + 6
