"""The simple forecasters, by examples worked by hand."""

import math

import pytest

from regrow.appraise.people import History
from regrow.appraise.rivals import (
    LAST,
    MEAN,
    MOVED,
    RIVALS,
    best_alpha,
    last_value,
    learn,
    linear_trend,
    moved,
    others_then,
    smoothing,
)
from regrow.errors import ForecastError


def history(*triples):
    days, scores, occasions = zip(*triples, strict=True)
    return History(days=days, scores=scores, occasions=occasions)


PAST = history((0.0, 30.0, "before"), (2.0, 20.0, "early"), (4.0, 25.0, "late"))
COHORT = [
    history((0.0, 30.0, "before"), (2.0, 20.0, "early"), (10.0, 26.0, "late")),
    history((0.0, 40.0, "before"), (2.0, 24.0, "early")),
    history((0.0, 26.0, "before"), (10.0, 20.0, "late")),
]


def named(rivals, name):
    return next(one for one in rivals if one.name == name)


def test_the_last_value_is_carried_forward():
    assert last_value(PAST, 100.0, "late") == 25.0


def test_a_line_goes_through_two_readings():
    assert linear_trend(PAST.until(2), 3.0, "late") == pytest.approx(15.0)


def test_a_line_of_least_squares_goes_between_three_readings():
    # slope (-2*5 + 0*-5 + 2*0) / 8 = -1.25 around day 2 and 25 points
    assert linear_trend(PAST, 6.0, "late") == pytest.approx(20.0)


def test_one_reading_has_no_slope():
    assert linear_trend(PAST.until(1), 50.0, "late") == 30.0


def test_smoothing_moves_by_its_share_of_the_way():
    # 30, then half of the way to 20, then half of the way to 25
    assert smoothing(0.5)(PAST, 9.0, "late") == pytest.approx(25.0)
    assert smoothing(1.0)(PAST, 9.0, "late") == last_value(PAST, 9.0, "late")


def test_the_best_smoothing_follows_people_who_stay_where_they_jump():
    stays = [history((0.0, 30.0, "a"), (1.0, 10.0, "b"), (2.0, 10.0, "c"), (3.0, 10.0, "d"))]
    assert best_alpha(stays) == 1.0


def test_the_best_smoothing_is_slow_where_readings_only_err():
    errs = [history(*((float(k), 20.0 + 5.0 * (-1) ** k, "x") for k in range(12)))]
    assert best_alpha(errs) < 0.5


def test_the_mean_of_the_others_is_taken_on_the_same_occasion():
    mean = others_then(COHORT)
    assert mean(PAST, 5.0, "early") == pytest.approx(22.0)
    assert mean(PAST, 5.0, "late") == pytest.approx(23.0)


def test_an_occasion_of_nobody_gets_the_mean_of_all_readings():
    assert others_then(COHORT)(PAST, 5.0, "never") == pytest.approx(186.0 / 7.0)


def test_the_last_value_moves_as_the_others_moved():
    # from before to late, two people changed by -4 and -6
    assert moved(COHORT)(PAST.until(1), 10.0, "late") == pytest.approx(25.0)
    assert moved(COHORT)(PAST, 10.0, "early") == 25.0


def test_the_spread_is_how_far_the_cohort_was_missed_so_far_ahead():
    pairs = [
        history((0.0, 30.0, "before"), (2.0, 30.0 + miss, "early")) for miss in (1, -1, 3, -3, 5)
    ]
    mean, sd = named(learn(pairs), LAST).expects(PAST.until(1), 2.0, "early")
    assert mean == 30.0
    assert sd == pytest.approx(math.sqrt((1 + 1 + 9 + 9 + 25) / 5))


def test_nobody_is_missed_by_a_mean_that_holds_the_own_reading():
    two = [
        history((0.0, 30.0, "before"), (2.0, 20.0, "early")),
        history((0.0, 30.0, "before"), (2.0, 24.0, "early")),
    ]
    rivals = learn(two)
    # each is missed by the other's 4 points, not by 2 from the mean of both
    assert named(rivals, MEAN).typical == pytest.approx(4.0)
    assert named(rivals, MOVED).typical == pytest.approx(4.0)


def test_a_horizon_with_few_misses_takes_the_spread_of_all():
    rival = named(learn(COHORT), LAST)
    assert rival.spread == {}
    assert rival.expects(PAST, 5.0, "late")[1] == rival.typical


def test_every_simple_forecaster_is_there_once():
    assert tuple(one.name for one in learn(COHORT)) == RIVALS


def test_nothing_is_learned_from_people_read_once():
    with pytest.raises(ForecastError, match="cannot learn"):
        learn([history((0.0, 30.0, "before")), history((0.0, 20.0, "before"))])
