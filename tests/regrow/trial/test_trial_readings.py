"""What is read off people: fluctuation, errors that cancel in pairs, who stays, who is let in."""

import numpy as np
import pytest
from trial_studies import finding, study

from regrow.engine.slots import LANES
from regrow.model.values import centre
from regrow.trial import sample
from regrow.trial.enrolment import people, range_of_baseline
from regrow.trial.predict import predict
from regrow.trial.readings import carried_forward, fluctuating, scored
from regrow.trial.scales import reads

SD, TIME = 4.0, 5.0
SETS = [{"slow/fluctuation": SD, "slow/fluctuation_time": TIME}]
PEOPLE = sample.draw(64 * LANES, copies=16, seed=3)
DAYS = (0.0, 1.0, 4.0, 40.0)


def severity(level: float = 0.0, *, dropout: float = 0.0) -> np.ndarray:
    flat = np.full((len(DAYS), 1, PEOPLE.people), level)
    return fluctuating(flat, DAYS, SETS, PEOPLE, arm=0, dropout_per_day=dropout).severity


def test_nothing_fluctuates_at_the_baseline() -> None:
    assert (severity()[0] == 0.0).all()


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_fluctuation_grows_to_its_stated_spread(k: int) -> None:
    expected = SD**2 * (1.0 - np.exp(-2.0 * DAYS[k] / TIME))
    assert severity()[k].var() == pytest.approx(expected, rel=0.03)


def test_the_fluctuation_forgets_itself_over_its_time() -> None:
    first, then = severity()[1].ravel(), severity()[2].ravel()
    kept = (first * then).mean() / (first**2).mean()
    assert kept == pytest.approx(np.exp(-(DAYS[2] - DAYS[1]) / TIME), abs=0.02)


def test_pairs_of_chance_cancel() -> None:
    course = fluctuating(
        np.full((len(DAYS), 1, PEOPLE.people), 30.0), DAYS, SETS, PEOPLE, arm=0,
        dropout_per_day=0.0,
    )  # fmt: skip
    shown, _ = scored(course, reads("MADRS", study(finding())), PEOPLE, arm=0)
    assert shown.std() > 2.0
    assert shown.mean(axis=(1, 2, 3)) == pytest.approx(30.0, abs=1e-2)


def test_two_arms_have_chances_of_their_own() -> None:
    one, other = (PEOPLE.chance(arm, 2, 0) for arm in (0, 1))
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.03


def test_a_reading_scatters_around_its_middle_with_the_error_of_the_scale() -> None:
    scale = reads("HDRS-17", study(finding()))
    course = fluctuating(
        np.full((2, 1, PEOPLE.people), 30.0), (0.0, 1.0), SETS, PEOPLE, arm=0, dropout_per_day=0.0
    )
    shown, middle = scored(course, scale, PEOPLE, arm=0)
    assert (shown - middle).std() == pytest.approx(scale.noise_sd, rel=0.03)
    assert middle[0].mean() == pytest.approx(scale.intercept + scale.slope * 30.0, abs=0.05)


def test_who_has_left_keeps_the_last_reading() -> None:
    shown = np.array([30.0, 20.0, 10.0, 5.0]).reshape(4, 1, 1, 1) * np.ones((4, 1, 2, 1))
    here = np.array([[True, True], [True, True], [True, False], [True, False]])
    kept = carried_forward(shown, here)[:, 0, :, 0]
    assert kept[:, 0].tolist() == [30.0, 20.0, 10.0, 5.0]
    assert kept[:, 1].tolist() == [30.0, 20.0, 20.0, 20.0]


def test_the_stated_share_has_dropped_out_by_the_stated_day() -> None:
    who = people(study(finding(), enrolled={"dropout_share": 0.3, "dropout_by_day": 40.0}))
    course = fluctuating(
        np.zeros((len(DAYS), 1, PEOPLE.people)), DAYS, SETS, PEOPLE, arm=0,
        dropout_per_day=who["dropout_per_day"],
    )  # fmt: skip
    assert course.here[0].all()
    assert 1.0 - course.here[-1].mean() == pytest.approx(0.3, abs=0.02)


def test_simulated_readings_have_the_reported_baseline_and_spread() -> None:
    asked = study(finding("mean", day=0.0))
    (found,) = predict(asked, [centre()], people=4096).findings
    assert found.expected[0] == pytest.approx(30.0, abs=0.1)
    assert found.sd[0] == pytest.approx(5.0, rel=0.02)


def test_only_readings_in_range_are_let_in() -> None:
    asked = study(finding("mean", day=0.0), enrolled={"least": 28, "most": 36})
    (found,) = predict(asked, [centre()], people=1024).findings
    assert range_of_baseline(asked) == (28.0, 36.0)
    assert 28.0 < found.expected[0] < 36.0
    assert found.sd[0] < 2.6


def test_a_baseline_on_another_scale_is_turned_into_severity() -> None:
    asked = study(
        finding("mean", day=0.0, measure="HDRS-17"),
        enrolled={"measure": "HDRS-17", "baseline_mean": 21.0, "baseline_sd": 4.0},
    )
    (found,) = predict(asked, [centre()], people=2048).findings
    assert found.expected[0] == pytest.approx(21.0, abs=0.1)
    assert found.sd[0] == pytest.approx(4.0, rel=0.03)
