"""Findings become targets on the scale on which they are compared."""

import math

import numpy as np
import pytest
from small_calibration import study

from regrow.calibrate.fitted import FITTED, numbers, sets_of
from regrow.calibrate.targets import effective_n, outputs, targets
from regrow.evidence.reader import parameters
from regrow.model.values import centre, known
from regrow.trial.predict import predict

CHOSEN = parameters("calibration")


def test_a_change_with_a_spread_gives_two_targets_and_a_share_gives_one():
    assert [(t.finding, t.form) for t in targets(study())] == [
        ("change", "points"),
        ("change", "log spread"),
        ("response", "share"),
    ]


def test_two_findings_about_the_same_people_count_less():
    one = study()
    alone = 40 / (1.0 + CHOSEN["repeated_readings"].value)
    assert effective_n(one.finding[0], one) == pytest.approx(alone)


def test_a_finding_from_memory_counts_less_than_one_that_was_read():
    one = study()
    read, remembered = (effective_n(finding, one) for finding in one.finding)
    assert remembered == pytest.approx(read * CHOSEN["weight_from_memory"].value)


def test_the_standard_error_is_the_spread_over_the_root_of_the_effective_number():
    one = study()
    change = targets(one)[0]
    assert change.se == pytest.approx(9.0 / math.sqrt(change.effective_n))


def test_outputs_stand_on_the_scales_of_their_targets():
    one = study()
    prediction = predict(one, [centre()], people=64)
    value, log_sd = outputs(targets(one), prediction)
    change, response = prediction.findings
    share = response.expected[0]
    assert value[:, 0] == pytest.approx(
        [change.expected[0], math.log(change.sd[0]), math.log(share / (1.0 - share))]
    )
    assert log_sd[0, 0] == pytest.approx(math.log(change.sd[0]))


def test_at_zero_every_fitted_number_stands_at_its_median():
    at_zero = numbers(np.zeros((1, len(FITTED))))[0]
    for name, value in zip(FITTED, at_zero, strict=True):
        prior = known()[name].prior
        if prior.kind != "uniform":
            assert value == pytest.approx(known()[name].value), name


def test_more_z_is_more_of_the_number():
    low, high = numbers(np.array([[-1.0] * len(FITTED), [1.0] * len(FITTED)]))
    assert (high > low).all()


def test_a_place_multiplies_the_drug_and_the_setting():
    (one,) = sets_of(
        numbers(np.zeros((1, len(FITTED)))),
        centre(),
        drug=np.log([1.5]),
        setting=np.log([0.5]),
    )
    assert one["contexts/place_drug"] == pytest.approx(1.5)
    assert one["contexts/place_setting"] == pytest.approx(0.5)
