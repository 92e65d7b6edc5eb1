"""What a belief is after readings, however they came."""

import itertools

import numpy as np
import pytest
from one_person import NOTHING, SETS, certain, drawn_persons, madrs, plan, small
from scipy import stats

from regrow.errors import ForecastError, PatientError
from regrow.evidence.reader import parameters
from regrow.forecast.belief import observe, start
from regrow.forecast.course_alone import own_course
from regrow.forecast.crowd import USUAL_MADRS, fix
from regrow.forecast.ignorance import ignorance
from regrow.forecast.known import Known
from regrow.forecast.lived import lived
from regrow.forecast.log import DoseLogged, Log, PracticeLogged, SessionLogged
from regrow.forecast.reading import Reading
from regrow.forecast.surprise import RARE
from regrow.forecast.walk import course_of, walked, way_through
from regrow.measures.catalogue import measures
from regrow.model.traits import TRAITS, row

SIX = plan()
SOME = [*madrs((0, 34), (1, 26), (4, 24), (14, 15)), Reading(7.0, "PHQ-9", 12.0)]


def same(one, other):
    return np.array_equal(one.weights, other.weights) and np.array_equal(
        one.heard.mean, other.heard.mean
    )


def mean_baseline(belief):
    return float(belief.weights @ belief.heard.mean[:, 0])


def test_the_order_of_the_readings_does_not_matter():
    at_once, _ = observe(small(SIX), SOME)
    for order in itertools.islice(itertools.permutations(SOME), 0, 120, 37):
        belief = small(SIX)
        for reading in order:
            belief, _ = observe(belief, reading)
        assert same(belief, at_once)


def test_the_order_of_the_log_does_not_matter():
    skipped = Log(doses=(DoseLogged(day=4, given=False),))
    practised = Log(doses=(DoseLogged(day=9, amount=0.3, unit="mg/kg"),))
    first, _ = observe(observe(small(SIX), SOME, given=skipped)[0], given=practised)
    second, _ = observe(observe(small(SIX), given=practised)[0], SOME, given=skipped)
    assert same(first, second)
    assert not same(first, observe(small(SIX), SOME)[0])


def test_the_same_seed_gives_the_same_belief_and_another_seed_another():
    assert same(observe(small(SIX), SOME)[0], observe(small(SIX), SOME)[0])
    assert not same(observe(small(SIX), SOME)[0], observe(small(SIX, seed=1), SOME)[0])


def test_without_treatment_a_belief_is_one_gaussian():
    values = certain()
    belief, _ = observe(small(NOTHING, sets=values), madrs((0, 40), (3, 36), (20, 38)))
    days = np.array([0.0, 3.0, 20.0])
    shape = own_course(days, ignorance(values), since=0.0)[:, 0]
    slow = {name.removeprefix("slow/"): value for name, value in values[0].items()}
    read = np.stack([np.ones(3), shape], axis=1)
    prior = np.diag([8.0**2, slow["natural_course_spread"] ** 2])
    apart, since = np.abs(days[:, None] - days), days[:, None] + days
    covariance = read @ prior @ read.T + 2.5**2 * np.eye(3)
    tau = slow["fluctuation_time"]
    covariance += slow["fluctuation"] ** 2 * (np.exp(-apart / tau) - np.exp(-since / tau))
    usual = parameters("population")["baseline_mean"].value
    gain = prior @ read.T @ np.linalg.inv(covariance)
    expected = np.array([usual, 0.0]) + gain @ (np.array([40.0, 36.0, 38.0]) - usual)
    assert belief.weights == pytest.approx(1.0 / 512)
    # the floor of severity lies four SDs away
    assert belief.heard.mean[:, :2] == pytest.approx(np.tile(expected, (512, 1)), abs=1e-3)


@pytest.mark.parametrize("name", ["six-infusions-with-integration", "oral-daily"])
def test_what_treatment_does_hangs_neither_on_severity_nor_on_the_own_course(name):
    known = ignorance(SETS[:1])
    way = way_through(lived(plan(name), Log(), today=60.0), [3.0, 14.0, 40.0], known, ancestry=None)
    z = np.random.default_rng(0).standard_normal((len(TRAITS), 64))
    fix(z, {})
    high, _ = walked(way, z, [0, 0])
    z[row("baseline_severity")] = 40.0
    z[row("natural_course")] = own = np.linspace(-3.0, 6.0, 64)
    lower, _ = walked(way, z, [0, 0])
    shape = own_course(np.array(way.days), known, since=course_of(way).grid.start_day[0])
    expected = high - 55.0 + 40.0 + shape * own
    free = (expected > 0.5) & (expected < 59.5)
    assert free.mean() > 0.9
    assert lower[free] == pytest.approx(expected[free], abs=2e-3)


def test_an_effect_that_is_cut_off_where_treatment_is_measured_leaves_no_severity():
    """Treatment is measured from 55 points down: hardly anybody has more to lose."""
    belief, _ = observe(small(SIX), SOME)
    way = way_through(lived(SIX, Log(), today=14.0), [14.0], belief.ignorance, ancestry=None)
    severity, _ = walked(way, belief.crowd.z, belief.crowd.set_of_block)
    assert (severity[0] <= 0.0).any()
    assert (severity < 60.0).all()
    mean, sd = Known().severity_before()
    left = stats.norm(mean - USUAL_MADRS, sd).expect(lambda s: max(0.0, s), lb=0.0)
    assert left < 0.02


def test_what_is_known_of_a_person_is_not_drawn():
    belief = small(SIX, who=Known(weight_kg=60.0, age_years=50.0))
    assert np.unique(belief.crowd.z[row("weight")]).size == 1
    assert np.unique(belief.crowd.z[row("age")]).size == 1
    assert mean_baseline(small(SIX, who=Known(usual_madrs=40.0))) == pytest.approx(40.0)


def test_what_was_logged_is_no_longer_uncertain():
    several = plan("six-infusions-with-integration")
    log = Log(
        sessions=(SessionLogged(day=1, kind="integration"),),
        practices=(PracticeLogged(practice="mindfulness", share=0.5, from_day=0, until_day=7),),
    )
    belief, _ = observe(small(several), SOME, given=log)
    assert (belief.crowd.z[row("adherence")] == 0.0).all()
    assert (belief.crowd.z[row("attendance")] == 0.0).all()


def test_a_patient_outside_the_model_is_refused_when_described():
    with pytest.raises(PatientError, match="weight_kg"):
        Known(weight_kg=5.0)


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        ((3.0, "MADRAS", 20.0), "MADRAS"),
        ((3.0, "MADRS", 61.0), "outside 0 to 60"),
        ((3.0, "MADRS", float("nan")), "outside"),
        ((-1.0, "MADRS", 20.0), "before the protocol"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(reading, says):
    with pytest.raises(ForecastError, match=says):
        Reading(*reading)


def test_one_scale_twice_at_one_moment_is_refused():
    with pytest.raises(ForecastError, match="read twice on day 4"):
        observe(small(SIX), madrs((4, 20), (4, 22)))


def test_two_scales_at_one_moment_and_two_readings_a_day_are_fine():
    belief, lesson = observe(small(SIX), [*madrs((4, 20), (4.2, 18)), Reading(4.0, "PHQ-9", 10.0)])
    assert len(belief.readings) == len(lesson.surprises) == 3


def test_more_sets_than_blocks_of_persons_are_refused():
    with pytest.raises(ForecastError, match="at least 512"):
        start(SIX, sets=SETS, persons=256)
    with pytest.raises(ForecastError, match="without a set"):
        start(SIX, sets=[])


def test_a_scale_that_always_shows_too_much_is_learned_as_such():
    scale = measures()["PHQ-9"]
    days = range(0, 60, 5)
    belief, _ = observe(
        small(NOTHING, sets=certain()),
        [
            *madrs(*((day, 30) for day in days)),
            *(Reading(float(day), "PHQ-9", 30 * scale.slope + 3.0) for day in days),
        ],
    )
    lasting = float(belief.weights @ belief.heard.mean[:, 2])
    assert 2.0 < lasting < 3.0


def test_few_likely_persons_are_drawn_anew():
    truth = drawn_persons(SIX, 1, sets=SETS, seed=3)
    readings = truth.readings(0, list(range(0, 60, 2)))
    belief, lesson = observe(small(SIX, persons=1024), readings)
    assert lesson.rounds > 0
    assert belief.effective > 80


def test_a_crowd_drawn_anew_believes_the_same():
    """A crowd twenty times as large needs no renewal, and is the measure of the small one."""
    truth = drawn_persons(SIX, 1, sets=SETS, seed=3)
    readings = truth.readings(0, [0, 1, 4, 7, 9, 11, 14, 18, 21, 28, 35, 42])
    large, _ = observe(small(SIX, persons=32768), readings)
    assert large.rounds == 0
    found = []
    for seed in range(4):
        few, lesson = observe(small(SIX, persons=1024, seed=seed), readings)
        assert lesson.rounds > 0
        found.append(few.weights @ few.crowd.z[row("sensitivity")])
    z = large.crowd.z[row("sensitivity")]
    mean = large.weights @ z
    sd = np.sqrt(large.weights @ (z - mean) ** 2)
    assert np.mean(found) == pytest.approx(mean, abs=0.25 * sd)


def test_a_reading_far_from_all_that_is_possible_is_told():
    belief, lesson = observe(small(SIX), madrs((0, 34), (1, 33), (4, 58)))
    assert lesson.outside
    assert belief.outside
    assert lesson.surprises[-1].percentile > 0.9975
    assert not observe(small(SIX), SOME)[1].outside


def test_readings_that_keep_running_one_way_are_outside_though_none_is_rare():
    belief, _ = observe(small(NOTHING, sets=certain()), madrs((0, 25), (3, 34.5), (9, 42.5)))
    assert all(one.chance > RARE for one in belief.surprises)
    assert belief.outside


def test_a_surprise_is_told_beside_what_was_expected():
    _, lesson = observe(small(SIX, sets=certain()), madrs((0, 34)))
    (one,) = lesson.surprises
    assert one.expected == pytest.approx(parameters("population")["baseline_mean"].value, abs=0.1)
    assert one.expected_sd == pytest.approx(np.sqrt(8.0**2 + 2.5**2), rel=1e-3)
    assert 0.5 < one.percentile < 0.6
    assert lesson.effective_before == pytest.approx(512)
