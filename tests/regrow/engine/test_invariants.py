"""What must hold for every patient, whatever happens to them."""

import numpy as np
import pytest
from courses import (
    CONSOLIDATED,
    LABILE,
    MADRS,
    SIGNAL,
    VALUES,
    draws,
    example,
    infusion,
    largest_error,
    people,
    plan,
    walked,
)  # fmt: skip
from hypothesis import given, settings
from hypothesis import strategies as st

from regrow.engine import course
from regrow.engine.march import OUTPUTS
from regrow.engine.plan import StressEvent
from regrow.patient import Patient
from regrow.protocol.calendar import PracticePlan, TherapyEvent

CROWD = people(256, seed=51)
patients = st.builds(
    Patient,
    weight_kg=st.floats(40.0, 160.0),
    age_years=st.floats(18.0, 90.0),
    baseline_madrs=st.floats(5.0, 60.0),
    stress=st.floats(0.3, 3.0),
    sensitivity=st.floats(0.0, 10.0),
    synapse_loss=st.floats(0.3, 4.0),
    expectancy=st.floats(0.0, 5.0),
    adherence=st.floats(0.0, 1.25),
    natural_course_points=st.floats(-10.0, 10.0),
)


@given(who=patients)
@settings(max_examples=25, deadline=None)
def test_without_dose_or_practice_nothing_changes(who):
    still = Patient(**{**vars(who), "natural_course_points": 0.0})
    found = walked(plan(until_day=60), still, range(61))[:, :, 0]
    assert np.abs(found - found[:, :1]).max() < 1e-9
    assert found[MADRS, 0] == pytest.approx(who.baseline_madrs)
    assert found[SIGNAL].max() == 0.0


@given(
    who=patients,
    days=st.lists(st.integers(0, 20), max_size=6, unique=True),
    mg=st.floats(1.0, 400.0),
    stress=st.floats(0.0, 3.0),
)
@settings(max_examples=40, deadline=None)
def test_states_stay_in_their_ranges(who, days, mg, stress):
    practice = PracticePlan(
        practice="cycling", minutes=45.0, times_a_week=4.0, intensity="vigorous", adherence=1.0,
        from_day=2, until_day=25,
    )  # fmt: skip
    session = TherapyEvent(day=3, hour=9.0, kind="CBT", minutes=50.0)
    calendar = plan(
        *(infusion(day, mg=mg) for day in sorted(days)), practices=[practice], therapy=[session]
    )
    hard = StressEvent(day=5.0, days=9.0, size=stress)
    found = dict(zip(OUTPUTS, walked(calendar, who, range(31), events=[hard]), strict=True))
    assert all(np.isfinite(readings).all() for readings in found.values())
    assert found["ketamine_ng_per_ml"].min() >= 0.0
    assert found["norketamine_ng_per_ml"].min() >= 0.0
    assert found["plasticity_signal"].min() >= 0.0
    assert found["window"].min() >= 1.0
    assert found["labile_synapses"].min() >= 0.0
    assert found["consolidated_synapses"].min() >= 0.0
    together = found["labile_synapses"] + found["consolidated_synapses"]
    assert together.max() <= 1.0
    assert 0.0 <= found["skill"].min() <= found["skill"].max() <= 1.0
    assert 0.0 <= found["madrs"].min() <= found["madrs"].max() <= 60.0


@pytest.mark.parametrize("unlucky", [{"synapse_loss": 10.0}, {"stress": 5.0}])
def test_the_hardest_lives_that_a_patient_may_have_are_followed_without_harm(unlucky):
    try:
        who = Patient(**unlucky)
    except Exception:  # a limit below this is as good an answer
        pytest.skip("the limits of a patient exclude this")
    found = walked(example("six-infusions", days=60), who, range(61))[:, :, 0]
    fine = walked(example("six-infusions", days=60), who, range(61), refine=4)[:, :, 0]
    assert 0.0 <= found[LABILE].min() <= found[LABILE].max() <= 1.0
    assert largest_error(found, fine).max() < 5e-3


@given(
    who=patients,
    day=st.integers(0, 25),
    lasts=st.floats(0.5, 15.0),
    size=st.floats(0.0, 3.0),
)
@settings(max_examples=40, deadline=None)
def test_more_stress_never_helps(who, day, lasts, size):
    calendar = plan(infusion(0), infusion(3), infusion(14))
    readings = [
        walked(calendar, who, range(31), events=[StressEvent(float(day), lasts, much)])[:, :, 0]
        for much in (0.0, size)
    ]
    assert np.all(readings[1][MADRS] >= readings[0][MADRS] - 1e-9)
    synapses = [found[LABILE] + found[CONSOLIDATED] for found in readings]
    assert np.all(synapses[1] <= synapses[0] + 1e-9)


def test_once_labile_synapses_fall_a_longer_gap_never_leaves_more():
    found = walked(plan(infusion(0), until_day=60), CROWD, range(61))[LABILE]
    for each in found.T:
        falling = each[each.argmax() :]
        at_rest = each[0]
        above = falling[falling > at_rest + 1e-3]
        assert np.all(np.diff(above) <= 0.0)


def test_a_longer_gap_before_the_next_dose_never_leaves_more_labile_synapses_after_it():
    """Four days after the second of two doses, three to twenty-one days apart."""
    left = [
        walked(plan(infusion(0), infusion(gap), until_day=gap + 5), CROWD, [0.0, gap + 4.0])[LABILE]
        for gap in (3, 5, 7, 10, 14, 21)
    ]
    assert np.all(np.diff([each[1] for each in left], axis=0) <= 0.0)


def test_more_of_the_drug_given_to_one_who_does_not_respond_changes_nothing():
    deaf = Patient(sensitivity=0.0, expectancy=0.0)
    found = walked(plan(infusion(0), infusion(4)), deaf, range(31))[:, :, 0]
    assert np.abs(found[MADRS] - found[MADRS, 0]).max() < 1e-9
    assert found[0].max() > 1.0


def test_who_has_left_receives_nothing_more():
    calendar = plan(infusion(0), infusion(7), infusion(14))
    ready = course.make(
        calendar, [VALUES], people={**CROWD.people, "dropout_per_day": 0.1},
        output_days=range(20), points_per_phq9=1.9,
    )  # fmt: skip
    _, given_mg = course.walk(ready, draws(CROWD), 0)
    assert np.all(np.diff((given_mg > 0.0).astype(int), axis=0) <= 0)
    stayed = (given_mg > 0.0).mean(axis=1)
    np.testing.assert_allclose(stayed, np.exp(-0.1 * np.array([0.0, 7.0, 14.0])), atol=0.02)
