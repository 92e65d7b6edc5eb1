"""What remains after a step, and the filter of mood, are exact: compared with quadrature."""

import math

import numpy as np
import pytest
from courses import VALUES
from scipy.integrate import quad

from regrow.model.theta import decays

HALF_STEPS = np.array([1e-6, 1e-4, 1.0 / 576.0, 0.01, 0.0374, 0.0376, 0.1, 0.25, 0.5])
KEPT = decays(VALUES, HALF_STEPS)

PARABOLAS = (
    lambda s: (1.0 - s) * (1.0 - 2.0 * s),
    lambda s: 4.0 * s * (1.0 - s),
    lambda s: s * (2.0 * s - 1.0),
)
"""1 at the start, the middle and the end of a step, and 0 at the other two."""


@pytest.mark.parametrize(
    ("column", "half_life_days"),
    [
        (0, VALUES["slow/window_half_life"]),
        (1, VALUES["contexts/expectancy_half_life"]),
        (2, VALUES["slow/tone_time"] * math.log(2.0)),
        (3, VALUES["slow/skill_half_life"]),
    ],
    ids=["signal", "expectancy", "tone", "skill"],
)
def test_half_a_step_leaves_what_the_half_life_says(column, half_life_days):
    np.testing.assert_allclose(KEPT[:, column], 0.5 ** (HALF_STEPS / half_life_days), rtol=1e-14)


def test_mood_keeps_what_its_lag_says():
    lag_days = VALUES["slow/mood_lag"] / 24.0
    np.testing.assert_allclose(KEPT[:, 4], np.exp(-2.0 * HALF_STEPS / lag_days), rtol=1e-13)


@pytest.mark.parametrize("place", range(3), ids=["start", "middle", "end"])
@pytest.mark.parametrize("k", range(len(HALF_STEPS)))
def test_mood_weighs_its_target_as_the_exact_response_to_a_parabola(place, k):
    z = 2.0 * HALF_STEPS[k] * 24.0 / VALUES["slow/mood_lag"]
    exact, _ = quad(lambda s: z * math.exp(-z * (1.0 - s)) * PARABOLAS[place](s), 0.0, 1.0)
    assert KEPT[k, 5 + place] == pytest.approx(exact, rel=1e-9, abs=1e-14)


def test_a_target_that_never_moves_is_reached_and_kept():
    np.testing.assert_allclose(KEPT[:, 4:].sum(axis=1), 1.0, rtol=1e-13)
