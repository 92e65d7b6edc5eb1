"""What a forecast says of one person, and that its parts agree."""

import dataclasses

import numpy as np
import pytest
from one_person import NOTHING, SETS, certain, madrs, plan, small

import regrow
from regrow.errors import ForecastError
from regrow.forecast.bands import spread
from regrow.forecast.belief import observe
from regrow.forecast.definitions import Definitions
from regrow.forecast.few import few
from regrow.forecast.futures import futures
from regrow.forecast.known import Known
from regrow.forecast.log import DoseLogged, Log
from regrow.forecast.prediction import forecast

SEVERAL = plan("six-infusions-with-integration", days=120)
READ = madrs((0, 34), (1, 26), (4, 24), (7, 20), (14, 14), (21, 13), (28, 15))


@pytest.fixture(scope="module")
def belief():
    return observe(small(SEVERAL, persons=1024), READ)[0]


@pytest.fixture(scope="module")
def found(belief):
    return forecast(belief, today=28, until=84, seed=1, count=2048)


def test_bands_are_nested(found):
    for band in (found.severity, found.madrs, found.window):
        assert (band.low90 <= band.low50).all()
        assert (band.low50 <= band.median).all()
        assert (band.median <= band.high50).all()
        assert (band.high50 <= band.high90).all()


def test_a_reading_is_less_certain_than_severity(found):
    wide = found.madrs.high90 - found.madrs.low90
    narrow = found.severity.high90 - found.severity.low90
    assert (wide > narrow).all()


def test_the_future_is_less_certain_than_the_past(found):
    sd = np.hypot(found.spread.person, found.spread.ignorance)
    assert sd[found.at(14)] < sd[found.at(28)] < sd[found.at(42)] < sd[found.at(84)]


def test_the_past_agrees_with_the_readings(found):
    inside = [
        found.madrs.low90[found.at(one.day)] <= one.value <= found.madrs.high90[found.at(one.day)]
        for one in READ
    ]
    assert all(inside)


def test_the_parts_of_the_uncertainty_add_up(found):
    whole = found.future.severity.var(axis=1)
    assert found.spread.person**2 + found.spread.ignorance**2 == pytest.approx(whole)
    assert (found.spread.measurement == 2.5).all()


def test_ignorance_is_what_differs_between_sets_and_not_who_lives_in_them():
    rng = np.random.default_rng(0)
    of = np.repeat(np.arange(40), 64)
    means = rng.normal(0.0, 3.0, 40)
    severity = (means[of] + rng.normal(0.0, 5.0, of.size))[None]
    parts = spread(severity, of, measurement_sd=2.5)
    assert parts.ignorance[0] == pytest.approx(means.std(ddof=1), rel=0.1)
    assert parts.person[0] == pytest.approx(5.0, rel=0.05)
    one_mean = spread(rng.normal(0.0, 5.0, (1, of.size)), of, measurement_sd=2.5)
    assert one_mean.ignorance[0] < 0.8


def test_probabilities_follow_from_the_severity_of_the_versions(found):
    day = found.at(60)
    severity, before = found.future.severity[day], found.future.persons.baseline
    assert found.response[day] == pytest.approx(np.mean(severity <= 0.5 * before))
    assert found.remission[day] == pytest.approx(np.mean(severity <= 10.0))
    assert found.remission[day] <= found.response[day] + 0.05


def test_a_relapse_is_looked_for_every_week_among_those_in_response_today(found):
    relapse = found.relapse
    assert relapse.days == pytest.approx(np.arange(35, 85, 7))
    assert relapse.in_response == found.response[found.at(28)]
    well = found.future.severity <= 0.5 * found.future.persons.baseline
    now = well[found.at(28)]
    lost = ~np.array([well[found.at(day)][now] for day in relapse.days])
    assert relapse.probability == pytest.approx(np.maximum.accumulate(lost).mean(axis=1))
    assert (np.diff(relapse.probability) >= 0.0).all()
    if relapse.median_days is not None:
        assert 0.0 < relapse.median_days <= 56.0
    assert 0.0 < relapse.mean_days <= 56.0


def test_a_relapse_of_somebody_not_in_response_is_not_told():
    ill, _ = observe(small(NOTHING, sets=certain()), madrs((0, 34), (3, 33), (10, 35), (20, 34)))
    relapse = forecast(ill, today=20, until=50, seed=0, count=512).relapse
    assert relapse.probability is None
    assert relapse.median_days is None
    assert relapse.in_response < 0.05


def test_other_definitions_give_other_outcomes(belief):
    strict = Definitions(response_fall=0.7, remission_madrs=5.0, relapse_every_days=14)
    usual = forecast(belief, today=28, until=60, seed=1, count=512)
    other = forecast(belief, today=28, until=60, seed=1, count=512, definitions=strict)
    assert other.response[-1] < usual.response[-1]
    assert other.remission[-1] < usual.remission[-1]
    assert len(other.relapse.days) == 2
    assert "70 %" in strict.sentences()[0]


def test_what_a_forecast_rests_on_adds_up_to_the_change(found):
    rests = found.rests
    assert sum(rests.points.values()) + rests.own == pytest.approx(rests.change)
    assert sum(rests.shares().values()) == pytest.approx(1.0)
    assert rests.change < 0.0


def test_a_forecast_without_treatment_rests_on_the_person_alone():
    quiet, _ = observe(small(NOTHING, sets=certain()), madrs((0, 34), (14, 30)))
    rests = forecast(quiet, today=14, until=40, seed=0, count=512).rests
    assert all(abs(points) < 1e-9 for points in rests.points.values())
    assert rests.own == pytest.approx(rests.change)
    assert set(rests.shares().values()) == {0.0}


def test_a_further_reading_makes_the_forecast_surer(found):
    assert found.next_readings
    for one in found.next_readings:
        assert one.sd_after <= one.sd_before
        assert one.day >= 28
    best = found.next_readings[0]
    assert best.sd_after == min(one.sd_after for one in found.next_readings)


def test_the_reading_promised_to_be_most_useful_is_worth_what_it_promised(belief):
    """The spread expected after a reading is what it is, on average, once it has been taken."""
    before = forecast(belief, today=42, until=56, seed=3, count=2048)
    one = next(n for n in before.next_readings if (n.measure, n.day) == ("MADRS", 42))
    shown = before.future.shown("MADRS", 42.0)
    after = []
    for value in np.quantile(shown, np.linspace(0.1, 0.9, 5)):
        then, _ = observe(belief, madrs((42, value)))
        future = futures(then, today=42, until=56, seed=3, count=2048)
        after.append(future.severity[-1].var())
    assert np.sqrt(np.mean(after)) == pytest.approx(one.sd_after, rel=0.15)


def test_more_practice_is_among_what_would_change_the_forecast(found):
    (practice,) = (lever for lever in found.levers if "practice" in lever.what)
    assert practice.change < 0.0
    assert practice.low <= practice.change <= practice.high


def test_a_coming_dose_a_week_earlier_or_later_is_among_what_would_change_the_forecast():
    monthly = plan("twice-weekly-with-maintenance", days=120)
    fixed = dataclasses.replace(
        monthly,
        doses=tuple(
            dataclasses.replace(d, condition=None)
            for d in monthly.doses
            if d.condition is None or d.day in (42, 63)
        ),
    )
    belief, _ = observe(small(fixed), READ)
    levers = forecast(belief, today=30, until=60, seed=0, count=512).levers
    words = " ".join(lever.what for lever in levers)
    assert "day 42 a week earlier, on day 35" in words
    assert "day 42 a week later, on day 49" in words


def test_the_inputs_used_and_missing_are_told(belief, found):
    assert found.account.used == ("7 readings of MADRS, from day 0 to day 28.",)
    missing = " ".join(found.account.missing)
    for words in (
        "Doses taken as given",
        "Sessions taken as held",
        "Practices taken",
        "Weight",
        "Age",
    ):
        assert words in missing
    log = Log(doses=(DoseLogged(day=4, given=False),))
    known = small(SEVERAL, who=Known(weight_kg=62.0, age_years=40.0, usual_madrs=33.0))
    told, _ = observe(known, madrs((7, 20)), given=log)
    account = forecast(told, today=7, until=20, seed=0, count=512).account
    assert "Weight: 62 kg." in account.used
    assert "1 entry of doses in the log." in account.used
    assert "Weight" not in " ".join(account.missing)
    assert belief.ignorance.key in found.account.version
    assert regrow.__version__ in found.account.version


def test_without_a_reading_before_the_first_dose_that_is_told():
    late, _ = observe(small(SEVERAL), madrs((7, 20)))
    missing = forecast(late, today=7, until=20, seed=0, count=512).account.missing
    assert any("before the first dose" in one for one in missing)


def test_the_same_seed_gives_the_same_forecast_and_another_seed_nearly_so(belief):
    one, same, other = (futures(belief, today=28, until=60, seed=s, count=4096) for s in (1, 1, 2))
    assert np.array_equal(one.severity, same.severity)
    difference = np.abs(np.median(one.severity, axis=1) - np.median(other.severity, axis=1))
    assert 0.0 < difference.max() < 1.0


def test_a_forecast_knows_nothing_of_later_readings(belief):
    with pytest.raises(ForecastError, match="of day 28"):
        futures(belief, today=20, until=60, seed=0)


@pytest.mark.parametrize("until", [28, 20, 4000])
def test_a_forecast_of_no_days_or_of_ten_years_is_refused(belief, until):
    with pytest.raises(ForecastError, match="cannot be made"):
        futures(belief, today=28, until=until, seed=0)


def test_a_day_that_is_not_in_the_forecast_is_refused(found):
    with pytest.raises(ForecastError, match=r"Day 30.5 is not"):
        found.at(30.5)


def test_today_may_lie_within_a_day():
    belief, _ = observe(small(SEVERAL), madrs((0, 34), (3.4, 25)))
    future = futures(belief, today=3.6, until=20, seed=0, count=512)
    assert future.at(3.6) == future.at(3.4) + 1


def test_a_few_of_the_persons_fare_as_they_did_among_all(belief):
    future = futures(belief, today=28, until=40, seed=1, count=1024)
    some = few(future, blocks=4)
    assert some.persons.count == 128
    assert len(some.persons.ignorance.sets) <= 4
    assert some.severity.mean(axis=1) == pytest.approx(future.severity.mean(axis=1), abs=3.0)


def test_any_scale_can_be_read_off_a_forecast(found):
    for measure in ("PHQ-9", "GAD-7", "HDRS-17"):
        shown = found.future.shown(measure)
        assert shown.shape == found.future.severity.shape
        assert (shown >= 0.0).all()


def test_a_scale_that_was_read_is_forecast_more_surely_than_one_that_was_not():
    quiet = small(NOTHING, sets=certain())
    phq9 = [
        dataclasses.replace(one, measure="PHQ-9", value=20.0)
        for one in madrs(*((day, 0) for day in range(0, 30, 3)))
    ]
    told, _ = observe(quiet, [*madrs(*((day, 33) for day in range(0, 30, 3))), *phq9])
    untold, _ = observe(quiet, madrs(*((day, 33) for day in range(0, 30, 3))))
    sd = [
        futures(one, today=27, until=30, seed=0, count=2048).shown("PHQ-9", 27.0).std()
        for one in (told, untold)
    ]
    assert sd[0] < 0.9 * sd[1]


def test_a_booster_by_rule_goes_to_those_who_need_it():
    """Rules look at each version of the person: who is well gets no dose."""
    by_rule = plan("twice-weekly-with-maintenance", days=120)
    assert any(dose.condition is not None for dose in by_rule.doses)
    none = dataclasses.replace(
        by_rule, doses=tuple(dose for dose in by_rule.doses if dose.condition is None)
    )
    belief, _ = observe(small(by_rule, sets=SETS), READ)
    ruled = futures(belief, today=28, until=100, seed=1, count=512)
    unruled = futures(belief, none, today=28, until=100, seed=1, count=512)
    helped = unruled.severity[-1] - ruled.severity[-1]
    assert (helped > 0.5).mean() > 0.05
    assert (np.abs(helped) < 1e-6).mean() > 0.05
