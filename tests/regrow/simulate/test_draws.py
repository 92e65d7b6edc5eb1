"""The draws behind virtual patients: even, independent of how they are asked for, and normal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats.qmc import Sobol

from regrow.engine import draws
from regrow.engine.draws import BITS, Draws
from regrow.engine.normal import to_normal
from regrow.model.traits import TRAITS, row


def test_without_scrambling_the_points_are_scipys():
    ours = draws._combined(draws._directions()[:8], np.arange(4096)) / 2**BITS
    theirs = Sobol(8, scramble=False, bits=BITS).random(4096)
    np.testing.assert_array_equal(ours.T, theirs)


@given(st.integers(0, 200_000), st.integers(1, 3000), st.integers(0, 2**31))
@settings(max_examples=25, deadline=None)
def test_any_stretch_of_patients_is_the_same_stretch(first, count, seed):
    source = Draws(seed)
    whole = source.uniform(first // 2, first - first // 2 + count)
    np.testing.assert_array_equal(source.uniform(first, count), whole[:, first - first // 2 :])


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_every_interval_of_a_power_of_two_holds_one_point(seed):
    points = Draws(seed).uniform(0, 1024)
    for trait in points:
        assert sorted((trait * 1024).astype(int)) == list(range(1024))


def test_the_mean_of_a_smooth_quantity_varies_far_less_than_with_random_draws():
    quasi = [Draws(seed).normal(0, 1024)[:6].sum(axis=0) for seed in range(20)]
    plain = [np.random.default_rng(seed).normal(size=(6, 1024)).sum(axis=0) for seed in range(20)]
    assert np.var([q.mean() for q in quasi]) < np.var([p.mean() for p in plain]) / 100


def test_the_normal_quantile_is_scipys():
    u = np.concatenate([np.linspace(1e-12, 1 - 1e-12, 20_001), 10.0 ** -np.arange(1.0, 300.0)])
    z = np.empty((1, len(u)))
    to_normal(u[None], z)
    np.testing.assert_allclose(z[0], ndtri(u), rtol=1e-14, atol=1e-15)


def test_the_row_of_dropout_is_a_waiting_time_with_mean_one():
    waiting = Draws(3).normal(0, 8192)[row("dropout")]
    assert waiting.min() > 0
    assert waiting.mean() == pytest.approx(1.0, abs=0.01)


def test_there_is_a_direction_for_every_trait():
    assert len(draws._directions()) >= len(TRAITS)
