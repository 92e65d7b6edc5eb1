"""Scores against closed forms, and tests of evenness against what must be."""

import numpy as np
import pytest
import scipy.stats
import scoringrules

from regrow.appraise.origins import OURS, Case
from regrow.appraise.score import Score, of_draws, of_normal
from regrow.appraise.summary import difference, summary
from regrow.appraise.uniform import BINS, chi_square_p, evenness, kolmogorov_p

EVEN = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize("read", [12.0, 20.0, 31.5])
def test_the_score_of_a_normal_is_that_of_the_library(read):
    score = of_normal(20.0, 4.0, read)
    assert score.crps == pytest.approx(scoringrules.crps_normal(read, 20.0, 4.0))
    assert score.pit == pytest.approx(scipy.stats.norm.cdf(read, 20.0, 4.0))


@pytest.mark.parametrize("read", [12.0, 20.0, 31.5])
def test_many_draws_of_a_normal_score_as_the_normal(read):
    draws = scipy.stats.norm.ppf(EVEN, 20.0, 4.0)
    many, closed = of_draws(draws, read), of_normal(20.0, 4.0, read)
    assert many.crps == pytest.approx(closed.crps, abs=0.01)
    assert many.pit == pytest.approx(closed.pit, abs=1e-3)
    assert many.error == pytest.approx(closed.error, abs=1e-3)
    assert (many.inside_50, many.inside_90) == (closed.inside_50, closed.inside_90)


def test_a_forecast_without_doubt_scores_its_error():
    score = of_draws(np.full(100, 20.0), 26.0)
    assert score.crps == pytest.approx(6.0)
    assert score.error == -6.0
    assert score.pit == 1.0
    assert not score.inside_90


def test_draws_equal_to_what_was_read_lie_half_below_it():
    assert of_draws(np.array([10.0, 20.0, 20.0, 30.0]), 20.0).pit == 0.5


@pytest.mark.parametrize(("off", "half", "most"), [(2.6, True, True), (2.8, False, True)])
def test_half_of_a_normal_lies_within_two_thirds_of_its_spread(off, half, most):
    score = of_normal(20.0, 4.0, 20.0 - off)
    assert (score.inside_50, score.inside_90) == (half, most)


@pytest.mark.parametrize("statistic", [3.0, 14.0, 30.0])
def test_the_tail_of_chi_square_is_that_of_the_library(statistic):
    expected = scipy.stats.chi2.sf(statistic, BINS - 1)
    assert chi_square_p(statistic, BINS - 1) == pytest.approx(expected)


@pytest.mark.parametrize("distance", [0.04, 0.08, 0.12])
def test_the_tail_of_the_distance_is_that_of_the_library(distance):
    assert kolmogorov_p(distance, 200) == pytest.approx(
        scipy.stats.kstwo.sf(distance, 200), abs=0.01
    )


def test_even_ranks_pass():
    found = evenness(EVEN[::100])
    assert found.chi_square_p > 0.9
    assert found.distance_p > 0.9
    assert sum(found.counts) == 200
    assert found.inside_90 == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    "ranks", [0.25 + 0.5 * EVEN[::50], EVEN[::50] ** 1.5, np.sin(np.pi * EVEN[::50] / 2) ** 2]
)
def test_bands_too_wide_or_too_narrow_or_aside_fail(ranks):
    found = evenness(ranks)
    assert found.chi_square_p < 0.01
    assert found.distance_p < 0.01


def score(crps):
    return Score(crps=crps, error=0.0, pit=0.5, inside_50=True, inside_90=True)


def case(person, ours, other):
    return Case(
        person=person,
        occasion="then",
        known=1,
        ahead=7.0,
        scores={OURS: score(ours), "other": score(other)},
        severity=None,
        outside=False,
    )


def test_a_difference_that_everybody_shares_is_certain():
    found = difference([case(name, 3.0, 4.0) for name in "abcdef"], "other")
    assert (found.mean, found.low, found.high) == pytest.approx((-1.0, -1.0, -1.0))
    assert found.better == pytest.approx(0.25)
    assert found.words == "better"


def test_a_difference_of_one_person_among_many_is_not_told_apart():
    cases = [case(name, 4.0, 4.0) for name in "abcde"] + [case("f", 9.0, 4.0)] * 10
    found = difference(cases, "other")
    assert found.low == 0.0
    assert found.words == "not told apart"


def test_many_readings_of_one_person_do_not_make_it_surer():
    few = [case("a", 3.0, 4.0), case("b", 5.0, 4.0), case("c", 3.5, 4.0), case("d", 4.0, 4.0)]
    once, often = difference(few, "other"), difference(few * 20, "other")
    assert (often.low, often.high) == pytest.approx((once.low, once.high))


def test_a_summary_is_the_mean_of_its_scores():
    found = summary([score(1.0), score(3.0)])
    assert (found.forecasts, found.crps, found.inside_90) == (2, 2.0, 1.0)
