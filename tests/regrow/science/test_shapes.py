"""The known shapes: what one infusion, six infusions, saline and a practice alone do to mood.

Trials of the same plan differ by several points; the ranges below are theirs, not the model's.
"""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from regrow import population, posterior
from regrow.model import practices
from regrow.model.values import centre
from regrow.patient import Patient
from regrow.protocol.calendar import Calendar, PracticePlan, TherapyEvent, calendar
from regrow.protocol.read import read
from regrow.simulate import simulate, simulate_under

PROTOCOLS = Path(__file__).parents[3] / "protocols"
PEOPLE = population.draw(2048, seed=11)
BLIND = "active drug in saline-controlled trial"


def mean_change(name, *, days, blinding=None):
    plan = calendar(read(PROTOCOLS / f"{name}.toml"), until_day=days)
    if blinding:
        plan = dataclasses.replace(plan, blinding=blinding)
    return simulate(PEOPLE, plan, until=days, keep=0).mean_change()


def plan_of(*, practice=(), therapy=(), days=84):
    return Calendar(
        doses=(),
        therapy=tuple(therapy),
        practices=tuple(practice),
        measures=(),
        setting="clinic",
        blinding="open",
        background="unchanged treatment",
        until_day=days,
    )


@pytest.fixture(scope="module")
def single():
    return mean_change("single-infusion", days=30, blinding=BLIND)


@pytest.fixture(scope="module")
def six():
    return mean_change("six-infusions", days=60, blinding=BLIND)


def test_one_infusion_takes_nine_to_seventeen_points_by_day_one_or_two(single):
    """-9.2 in ds005917 on day 2, -16.5 in Murrough 2013 on day 1."""
    assert -17.0 < single[1:3].min() < -9.0


def test_about_half_of_one_infusion_is_gone_by_day_ten(single):
    assert 0.35 < single[10] / single[1:3].min() < 0.75


def test_one_infusion_is_all_but_gone_after_a_month(single):
    assert abs(single[30]) < 0.35 * abs(single[1:3].min())


def test_six_infusions_in_two_weeks_take_about_twice_as_much_as_one(six, single):
    """-18 in Singh 2016 on day 15 with four to six infusions; 71 % respond in Murrough 2013b."""
    assert -28.0 < six[14] < -17.0
    assert 1.4 < six[14] / single[1:3].min() < 2.4


def test_six_infusions_fade_over_a_month(six):
    assert six[28] < 0.3 * six[14]
    assert abs(six[42]) < 0.5 * abs(six[14])


def test_saline_stays_near_flat():
    """Trials with saline move by 0 to 6 points; in the mean of many people, then by nothing."""
    plan = calendar(read(PROTOCOLS / "saline-control.toml"), until_day=30)
    once = dataclasses.replace(plan, doses=plan.doses[:1])
    change = simulate(PEOPLE, once, until=30, keep=0).mean_change()
    assert -6.0 < change[1:4].min() < -0.5
    assert np.abs(change[20:]).max() < 0.35 * np.abs(change[1:4]).max()


def test_dissociative_anaesthetic_concentrations_do_not_trigger_more():
    from regrow.model.trigger import weight

    best = 200.0
    assert weight(best, best) == pytest.approx(1.0)
    assert weight(10 * best, best) < 0.05
    assert weight(0.2 * best, best) < weight(0.5 * best, best) < 1.0


@pytest.mark.parametrize("practice", practices.PRACTICES)
def test_a_practice_alone_reproduces_its_published_shrunk_effect(practice):
    """After twelve weeks, at the amount at which the effect is stated, done as planned."""
    values = centre()
    weekly = values[f"practices/{practices.slug(practice)}_minutes"]
    plan = PracticePlan(
        practice=practice,
        minutes=weekly / 7.0,
        times_a_week=7.0,
        intensity="moderate",
        adherence=1.0,
        from_day=0,
        until_day=84,
    )
    change = simulate(Patient(), plan_of(practice=[plan]), until=84).mean_change()[84]
    extra = 0.35 if practice in practices.CHALLENGE else 0.0  # a hypothesis on top: use
    published = values[f"practices/{practices.slug(practice)}_smd"] * values["contexts/smd_points"]
    assert change == pytest.approx(published, abs=0.05 + 0.08 * abs(published) + extra)


def test_cbt_alone_reproduces_its_shrunk_effect():
    """-0.45 SMD after 14 weekly sessions."""
    sessions = [TherapyEvent(day=7 * k, hour=9.0, kind="CBT", minutes=50.0) for k in range(14)]
    plan = plan_of(therapy=sessions, days=98)
    change = simulate(Patient(), plan, until=98).mean_change()[98]
    assert change == pytest.approx(-0.45 * centre()["contexts/smd_points"], abs=0.8)


def test_practices_together_have_diminishing_returns():
    values = centre()
    alone, all_of_them = [], []
    for practice in practices.AEROBIC + practices.MINDFUL + practices.SLEEP + practices.SOCIAL:
        weekly = values[f"practices/{practices.slug(practice)}_minutes"]
        plan = PracticePlan(
            practice=practice,
            minutes=weekly / 7.0,
            times_a_week=7.0,
            intensity="moderate",
            adherence=1.0,
            from_day=0,
            until_day=84,
        )
        all_of_them.append(plan)
        alone.append(simulate(Patient(), plan_of(practice=[plan]), until=84).mean_change()[84])
    together = simulate(Patient(), plan_of(practice=all_of_them), until=84).mean_change()[84]
    assert together > 0.6 * sum(alone)
    cap = values["contexts/practices_together"] * values["contexts/smd_points"]
    assert together == pytest.approx(-cap, rel=0.15)


def test_a_practice_that_is_not_done_changes_nothing():
    plan = PracticePlan(
        practice="yoga",
        minutes=30.0,
        times_a_week=4.0,
        intensity="moderate",
        adherence=0.8,
        from_day=0,
        until_day=84,
    )
    idle = simulate(Patient(adherence=0.0), plan_of(practice=[plan]), until=84)
    assert np.abs(idle.mean_change()).max() < 1e-6


def test_that_therapy_teaches_more_in_the_window_is_still_only_a_hypothesis():
    """Thirty-six people in two small trials: nothing at all stays well inside what is possible."""
    low, high = (posterior.quantile("slow/skill_window_gain", share) for share in (0.1, 0.9))
    assert low < 0.0 < high


def test_without_that_hypothesis_skill_does_not_depend_on_the_dose():
    values = {**posterior.middle(), "slow/skill_window_gain": 0.0}
    six = calendar(read(PROTOCOLS / "six-infusions-with-integration.toml"), until_day=28)
    sober = dataclasses.replace(six, doses=())
    with_drug = simulate_under(Patient(), six, until=28, values=values).kept("skill")
    without = simulate_under(Patient(), sober, until=28, values=values).kept("skill")
    np.testing.assert_allclose(with_drug, without, atol=0.02)
