"""A study is predicted as it was run: against the engine, and a contract for every kind."""

import functools

import numpy as np
import pytest
from trial_studies import EVERY_KIND, INFUSION, KETAMINE, every_kind, finding, study

from regrow.engine.course import make, walk
from regrow.engine.slots import LANES
from regrow.measures.catalogue import measures
from regrow.model.values import centre, drawn
from regrow.protocol.calendar import calendar
from regrow.studies.arms import arm_protocol
from regrow.studies.vocabulary import KINDS
from regrow.trial import sample
from regrow.trial.enrolment import people
from regrow.trial.places import of_study
from regrow.trial.predict import MADRS, Prediction, predict
from regrow.trial.rerun import rerun

SETS = drawn(3, seed=5)


@functools.cache
def predicted() -> Prediction:
    return predict(every_kind(), SETS, people=128, seed=1)


def test_there_is_a_finding_of_every_kind_to_test_with() -> None:
    assert set(EVERY_KIND) == set(KINDS)


@pytest.mark.parametrize(("arm", "off"), [("saline", 1e-3), ("ketamine", 0.1)])
def test_the_mean_of_many_people_is_that_of_the_engine(arm: str, off: float) -> None:
    """Chance cancels in pairs, but for those whom the drug takes to the end of the scale."""
    asked = study(finding("change", arm=arm, day=2.0), enrolled={"baseline_sd": 4.0})
    count = 4 * LANES
    (found,) = predict(asked, [centre()], people=count, seed=3).findings
    course = make(
        calendar(arm_protocol(asked, asked.the_arm(arm)), until_day=3),
        [centre()],
        people=people(asked),
        output_days=(0.0, 2.0),
        points_per_phq9=1.0 / measures()["PHQ-9"].slope,
    )
    madrs = walk(course, sample.draw(count, copies=1, seed=3).z, 0)[0][MADRS]
    assert found.expected[0] == pytest.approx((madrs[1] - madrs[0]).mean(), abs=off)


def test_the_drug_is_what_makes_the_difference() -> None:
    asked = study(finding("difference"), finding("change"), finding("change", arm="saline", id="s"))
    difference, with_drug, without = predict(asked, SETS, people=64).findings
    assert difference.expected == pytest.approx(with_drug.expected - without.expected)
    assert (difference.expected < -1.0).all()


def test_two_arms_that_were_given_the_same_differ_by_chance_alone() -> None:
    twin = {**KETAMINE, "id": "twin"}
    asked = study(finding("difference", versus="twin"), arm=[KETAMINE, twin])
    (found,) = predict(asked, SETS, people=128).findings
    assert found.expected == pytest.approx(0.0, abs=0.05)


def test_people_of_both_arms_make_a_comparison_as_uncertain_as_two_halves() -> None:
    between = study(
        finding("difference"), finding("change"), finding("change", arm="saline", id="s")
    )
    difference, one, other = predict(between, SETS, people=64).findings
    n = between.people(difference.finding)
    in_each = n / 2
    assert difference.sd**2 / n == pytest.approx(one.sd**2 / in_each + other.sd**2 / in_each)


def test_in_a_crossover_everybody_is_in_both_arms() -> None:
    asked = study(finding("difference"), design="crossover")
    (found,) = predict(asked, SETS, people=64).findings
    (parallel,) = predict(study(finding("difference")), SETS, people=64).findings
    assert asked.people(found.finding) == 20
    assert parallel.sd == pytest.approx(found.sd * np.sqrt(2.0))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_predicted_under_every_set(kind: str) -> None:
    (found,) = [one for one in predicted().findings if one.finding.kind == kind]
    assert found.expected.shape == found.sd.shape == (len(SETS),)
    assert not np.isnan(found.expected).any()
    assert np.isfinite(found.sd).all()
    if KINDS[kind].share:
        assert (found.expected >= 0.0).all()
        assert (found.expected <= 1.0).all()
    if KINDS[kind].positive:
        assert (found.expected > 0.0).all()


def test_a_set_of_values_is_answered_alike_alone_and_in_company() -> None:
    alone = predict(every_kind(), SETS[1:2], people=128, seed=1)
    for one, many in zip(alone.findings, predicted().findings, strict=True):
        assert one.expected[0] == many.expected[1]


def test_the_same_seed_meets_the_same_people() -> None:
    again, other = (predict(every_kind(), SETS, people=128, seed=seed) for seed in (1, 2))
    for one, two, three in zip(predicted().findings, again.findings, other.findings, strict=True):
        assert one.expected.tolist() == two.expected.tolist()
        assert one.expected.tolist() != three.expected.tolist()


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    many = drawn(40, seed=1)
    predict(study(finding()), many, people=32, progress=lambda *so_far: told.append(so_far))
    assert told == [(32, 40), (40, 40)]


def test_more_of_the_drug_is_not_less_of_a_change() -> None:
    twice = {**KETAMINE, "dose": [{**INFUSION, "schedule": "3 a week for 1 weeks"}]}
    (once,) = predict(study(finding(day=8)), SETS, people=64).findings
    (often,) = predict(study(finding(day=8), arm=[twice, KETAMINE | {"id": "other"}]),
                       SETS, people=64).findings  # fmt: skip
    assert (often.expected < once.expected).all()


def test_a_pooled_analysis_lies_closer_to_the_average_place() -> None:
    far = {**centre(), "contexts/place_drug": 1.44, "contexts/place_setting": 0.5625}
    (single,) = of_study([far], study(finding()))
    (pooled,) = of_study([far], study(finding(), design="pooled", trials=4))
    assert single["contexts/place_drug"] == 1.44
    assert pooled["contexts/place_drug"] == pytest.approx(1.2)
    assert pooled["contexts/place_setting"] == pytest.approx(0.75)


def test_a_study_run_again_stands_in_its_own_place() -> None:
    pooled = study(finding(), design="pooled", trials=4)
    far = {**centre(), "contexts/place_drug": 1.44}
    run = rerun(pooled, [far], people=32, seed=2)
    assert run.sets[0]["contexts/place_drug"] == pytest.approx(1.2)
    assert run.rows[0].finding.id == "change"
    (direct,) = predict(pooled, run.sets, people=32, seed=2).findings
    assert run.prediction.findings[0].expected.tolist() == direct.expected.tolist()
