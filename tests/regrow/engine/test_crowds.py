"""A patient's future does not depend on who else is simulated, in what order, or on the grid."""

import numpy as np
import pytest
from courses import MADRS, VALUES, draws, example, made, people, walked

from regrow.engine import course
from regrow.engine.slots import LANES
from regrow.model.values import drawn
from regrow.simulate import course_of, grid_error

DAYS = range(36)
CROWD = people(4096, seed=41)


@pytest.fixture(scope="module")
def plan():
    return example("six-infusions-with-integration", days=36)


@pytest.fixture(scope="module")
def crowd(plan):
    return walked(plan, CROWD, DAYS)


@pytest.mark.parametrize("number", [0, 15, 16, 1777, 4095])
def test_a_patient_alone_is_the_same_to_the_last_bit(plan, crowd, number):
    alone = np.repeat(draws(CROWD)[:, number : number + 1], LANES, axis=1)
    readings, _ = course.walk(made(plan, CROWD, DAYS), np.ascontiguousarray(alone), 0)
    for lane in range(LANES):
        assert np.array_equal(readings[:, :, lane], crowd[:, :, number])


@pytest.mark.parametrize("size", [32, 96, 1024])
def test_chunks_of_any_size_give_the_same_patients(plan, crowd, size):
    ready = made(plan, CROWD, DAYS)
    for first, count, z in CROWD.chunks(size=size):
        if first >= 2 * size and first < 4096 - size:
            continue  # the first and the last chunks are enough
        readings, _ = course.walk(ready, z, first)
        assert np.array_equal(readings[:, :, :count], crowd[:, :, first : first + count])


def test_the_order_of_patients_does_not_matter(plan, crowd):
    shuffled = np.random.default_rng(42).permutation(4096)
    z = np.ascontiguousarray(draws(CROWD)[:, shuffled])
    readings, _ = course.walk(made(plan, CROWD, DAYS), z, 0)
    assert np.array_equal(readings, crowd[:, :, shuffled])


def test_each_set_of_values_meets_its_own_patients_whatever_the_chunking(plan):
    ready = course.make(
        plan,
        drawn(5, seed=43),
        people=CROWD.people,
        output_days=DAYS,
        points_per_phq9=1.9,
    )
    z = np.ascontiguousarray(draws(CROWD)[:, :256])
    whole, whole_mg = course.walk(ready, z, 0)
    for first in (0, 64, 160):
        part, part_mg = course.walk(ready, np.ascontiguousarray(z[:, first : first + 64]), first)
        assert np.array_equal(part, whole[:, :, first : first + 64])
        assert np.array_equal(part_mg, whole_mg[:, first : first + 64])


def test_the_stated_error_of_the_grid_holds_for_other_patients(plan):
    stated = grid_error(plan, [drawn(1, seed=1)[0]], CROWD, [float(day) for day in DAYS])
    values = [drawn(1, seed=1)[0]]
    others = people(512, seed=44)
    coarse, _ = course.walk(course_of(plan, values, others, DAYS), draws(others), 0)
    fine, _ = course.walk(course_of(plan, values, others, DAYS, refine=4), draws(others), 0)
    error = np.abs(coarse[MADRS] - fine[MADRS]).max(axis=0)
    assert 0.0 < stated < 0.05, "points of MADRS"
    assert np.quantile(error, 0.9) <= stated
    assert error.max() < 0.05


def test_halving_every_step_moves_mood_less_than_the_grid_says(plan, crowd):
    first = people(32, seed=41)
    stated = grid_error(plan, [VALUES], first, [float(day) for day in DAYS])
    fine = walked(plan, first, DAYS, refine=2)
    coarse = walked(plan, first, DAYS)
    assert np.abs(fine[MADRS] - coarse[MADRS]).max() <= stated + 1e-12
    assert np.array_equal(coarse, crowd[:, :, :32])
