"""Virtual people of the model and of another one, and what is found of them."""

from functools import partial

import numpy as np
import pytest

from regrow.appraise import misspecified, virtual
from regrow.appraise.misspecified import Otherwise
from regrow.appraise.origins import OURS, rolling
from regrow.appraise.ours import ours
from regrow.appraise.rivals import RIVALS, learn
from regrow.appraise.uniform import evenness
from regrow.appraise.visits import irregular, plan
from regrow.model.values import drawn

SETS = drawn(16, seed=5)
SMALL = 512


@pytest.fixture(scope="module")
def ranks():
    truth = virtual.drawn(120, sets=SETS, seed=3)
    return virtual.ranks(truth, sets=SETS, seed=4, persons=SMALL)


@pytest.mark.xdist_group("appraise")
@pytest.mark.parametrize("name", virtual.QUANTITIES)
def test_the_truth_lies_anywhere_among_its_forecasts(ranks, name):
    found = evenness(ranks[name])
    assert found.chi_square_p > 0.001
    assert found.distance_p > 0.001


@pytest.mark.xdist_group("appraise")
def test_persons_whose_readings_err_more_than_is_thought_are_found_out():
    truth = virtual.drawn(120, sets=SETS, seed=3)
    rng = np.random.default_rng(8)
    for scale, scores in truth.shown.items():
        top = 60.0 if scale == virtual.SCALE else 27.0
        scores += 3.0 * rng.standard_normal(scores.shape) * top / 12.0
        np.clip(scores, 0.0, top, out=scores)
    found = virtual.ranks(truth, sets=SETS, seed=4, persons=SMALL)
    for name in (virtual.BEFORE, virtual.READ_SOON):
        assert evenness(found[name]).chi_square_p < 0.001


def test_readings_come_on_irregular_days_within_their_gaps():
    days = irregular(np.random.default_rng(1), until=56)
    gaps = np.diff(days)
    assert days[-1] <= 56
    assert gaps.min() >= 2
    assert gaps.max() <= 10
    assert len(set(gaps)) > 1


def test_the_same_seed_draws_the_same_persons_of_the_other_model():
    one, two = (misspecified.people(3, seed=7) for _ in range(2))
    assert [person.readings for person in one] == [person.readings for person in two]
    assert one[0].readings != misspecified.people(3, seed=8)[0].readings


def test_without_chance_and_response_the_other_model_stands_still():
    still = Otherwise(
        drift_a_day=(0.0, 0.0),
        walk_a_day=0.0,
        jump=(0.0, 0.0),
        size=(0.0, 0.0),
        size_without_response=(0.0, 0.0),
    )
    severity = misspecified.lives(20, seed=1, other=still)
    assert severity == pytest.approx(np.broadcast_to(severity[0], severity.shape))


def test_one_bump_of_the_other_model_has_its_closed_form():
    one = Otherwise(
        start=(30.0, 0.0),
        drift_a_day=(0.0, 0.0),
        walk_a_day=0.0,
        jump=(0.0, 0.0),
        responders=1.0,
        size=(8.0, 0.0),
        delay=(1.0, 0.0),
        quick=(3.0, 0.0),
        slow=(25.0, 0.0),
        fast_share=(0.5, 0.5),
        ceiling_of_start=1e6,
    )
    first, second = sorted({dose.day for dose in plan().doses})[:2]
    day = second - first
    severity = misspecified.lives(1, seed=1, other=one)[second, 0]
    onset = 1.0 - np.exp(-3.0 * day) * (1.0 + 3.0 * day + 4.5 * day**2)
    fading = 0.5 * np.exp(-day / 3.0) + 0.5 * np.exp(-day / 25.0)
    assert severity == pytest.approx(30.0 - 8.0 * onset * fading, rel=1e-4)


@pytest.mark.xdist_group("appraise")
def test_persons_of_another_model_stay_in_the_bands_that_are_asked():
    people = misspecified.people(60, seed=2)
    rivals = learn([one.history for one in people[20:]])
    forecaster = partial(ours, sets=SETS, seed=1, persons=SMALL)
    cases = [
        case
        for person in people[:20]
        for case in rolling(person, forecaster=forecaster, rivals=rivals, origins=(2, 4))
    ]
    assert np.mean([case.scores[OURS].inside_90 for case in cases]) > 0.8
    assert set(cases[0].scores) == {OURS, *RIVALS}


def test_only_later_readings_are_predicted_and_only_earlier_ones_known():
    (person, *_) = misspecified.people(3, seed=2)
    rivals = learn([one.history for one in misspecified.people(8, seed=3)])
    asked = []

    def forecaster(one, first):
        asked.append(first)
        return ours(one, first, sets=SETS, seed=1, persons=SMALL)

    count = len(person.readings)
    cases = rolling(person, forecaster=forecaster, rivals=rivals)
    assert asked == list(range(1, count))
    assert len(cases) == count * (count - 1) // 2
    assert all(case.ahead > 0.0 for case in cases)
