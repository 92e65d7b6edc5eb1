"""The engine agrees with the coupled system, solved to 1e-10 without any of its shortcuts."""

import dataclasses

import numpy as np
import pytest
from courses import MADRS, VALUES, draws, example, largest_error, people, walked
from reference import OUTPUTS, solve
from reference_person import person, reference_hours

from regrow.engine import course, march
from regrow.engine.plan import StressEvent
from regrow.patient import Patient
from regrow.population import of

EXAMPLES = {
    "six-infusions": 40,
    "esketamine-nasal": 40,
    "six-infusions-with-integration": 40,
    "sublingual-at-home": 50,
    "intramuscular-psychotherapy": 40,
    "oral-daily": 15,
    "practices-and-therapy": 60,
    "midazolam-control": 20,
}
PROMISED = 1e-3
SMALL = people(4, seed=20)


def drug_of(plan):
    return plan.doses[0].drug if plan.doses else "racemic ketamine"


def test_the_reference_reports_what_the_engine_reports():
    assert march.OUTPUTS == OUTPUTS


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_daily_reading_of_every_state_is_right_to_a_thousandth(name, record_property):
    plan = example(name, days=EXAMPLES[name])
    days = range(EXAMPLES[name] + 1)
    found = walked(plan, SMALL, days)
    z = draws(SMALL)
    errors = []
    for i in range(SMALL.patients):
        who = person(z[:, i], VALUES, SMALL.people, drug_of(plan))
        errors.append(largest_error(found[:, :, i], solve(plan, VALUES, who, days)))
    worst = dict(zip(OUTPUTS, np.max(errors, axis=0).tolist(), strict=True))
    record_property("largest relative error", max(worst.values()))
    assert max(worst.values()) < PROMISED, worst
    assert worst["ketamine_ng_per_ml"] < 1e-5, "the kinetics are solved exactly"
    assert worst["norketamine_ng_per_ml"] < 1e-5, "the kinetics are solved exactly"


def test_it_is_right_for_the_most_and_the_least_sensitive_of_a_thousand():
    crowd = people(1024, seed=21)
    z = draws(crowd)
    plan = example("esketamine-nasal", days=10)
    days = range(11)
    found = walked(plan, crowd, days)
    one = [person(z[:, i], VALUES, crowd.people, drug_of(plan)) for i in range(1024)]
    by_sensitivity = np.argsort([who.sensitivity for who in one])
    for i in (by_sensitivity[0], by_sensitivity[-1]):
        exact = solve(plan, VALUES, one[i], days)
        assert largest_error(found[:, :, i], exact).max() < PROMISED


@pytest.mark.parametrize("name", ["six-infusions", "esketamine-nasal", "sublingual-at-home"])
def test_concentrations_are_right_hour_by_hour(name):
    plan = example(name, days=5)
    days = [0.0, *(3.0 + np.array([0.2, 0.5, 1.0, 2.0, 4.0, 9.0]) / 24.0), 5.0]
    found = walked(plan, SMALL, days)
    z = draws(SMALL)
    for i in range(SMALL.patients):
        who = person(z[:, i], VALUES, SMALL.people, drug_of(plan))
        exact = solve(plan, VALUES, who, days)
        assert largest_error(found[:2, :, i], exact[:2]).max() < 1e-5


def test_the_trigger_of_the_reference_infusion_is_one():
    assert course.reference_trigger_h(VALUES) == pytest.approx(reference_hours(VALUES), rel=1e-4)


def test_hard_days_and_a_new_antidepressant_are_the_same_in_both():
    plan = dataclasses.replace(
        example("six-infusions", days=20), background="new oral antidepressant"
    )
    days = range(21)
    found = walked(plan, SMALL, days, events=[StressEvent(day=6.5, days=4.0, size=0.8)])
    z = draws(SMALL)
    for i in range(2):
        who = person(z[:, i], VALUES, SMALL.people, drug_of(plan))
        exact = solve(plan, VALUES, who, days, events=[(6.5, 4.0, 0.8)])
        assert largest_error(found[:, :, i], exact).max() < PROMISED


def cost_of_the_split(plan, population, patient, days):
    """Return by how much MADRS moves when each trigger is added at the start of its dose."""
    who = person(draws(population)[:, patient], VALUES, population.people, drug_of(plan))
    return np.abs(
        solve(plan, VALUES, who, days, split=True)[MADRS] - solve(plan, VALUES, who, days)[MADRS]
    )


@pytest.mark.parametrize("name", ["single-infusion", "six-infusions"])
def test_adding_each_trigger_at_the_start_of_its_dose_costs_a_typical_patient_little(name):
    """The two-layer split that the engine does without: under 0.3 points from a day after on."""
    plan = example(name, days=30)
    error = cost_of_the_split(plan, of([Patient()]), 0, range(31))
    assert 0.0 < error.max() < 0.3


def test_the_split_would_be_wrong_by_points_on_the_day_of_the_dose():
    plan = example("single-infusion", days=3)
    hours = np.array([0.0, 1.0, 2.0, 4.0]) / 24.0
    error = cost_of_the_split(plan, of([Patient()]), 0, [*hours, 1.0, 2.0, 3.0])
    assert error[1:4].max() > 1.0


def test_the_split_costs_anybody_less_than_a_point_from_a_day_after_on():
    plan = example("six-infusions", days=20)
    for patient in range(SMALL.patients):
        assert cost_of_the_split(plan, SMALL, patient, range(21)).max() < 1.0
