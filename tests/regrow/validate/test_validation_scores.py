"""Scores against closed forms, and what they are averaged in."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from invented import FINDINGS, study

from regrow.trial.beside import Beside
from regrow.trial.predict import Predicted
from regrow.trial.published import MISFIT_LOGIT, MISFIT_POINTS
from regrow.validate.score import GROUPS, Score, group_of, least_band, scale, score
from regrow.validate.summary import compared, summary

RNG = np.random.default_rng(8)
SETS = ({MISFIT_POINTS: 0.0, MISFIT_LOGIT: 0.0},)


def scored(kind: str, draws: np.ndarray, *, measure: str = "MADRS", expected: float = 0.5) -> Score:
    """The score of `draws` for the invented finding of a kind."""
    made = study(kind, measure=measure)
    (finding,) = made.finding
    n = made.people(finding)
    cuts = np.quantile(draws, [0.025, 0.25, 0.5, 0.75, 0.975], method="inverted_cdf")
    low, lower, median, upper, high = cuts
    row = Beside(
        finding=finding, n=n, median=float(median), band_50=(float(lower), float(upper)),
        band_95=(float(low), float(high)), draws=draws,
    )  # fmt: skip
    predicted = Predicted(finding, np.array([expected]), np.array([6.0]))
    return score(row, predicted, SETS, made)


def crps_of_normal(value: float, mean: float, sd: float) -> float:
    """Gneiting and Raftery 2007, equation 21."""
    z, unit = (value - mean) / sd, NormalDist()
    return sd * (z * (2.0 * unit.cdf(z) - 1.0) + 2.0 * unit.pdf(z) - 1.0 / math.sqrt(math.pi))


def test_the_crps_of_a_normal_prediction_has_its_closed_form() -> None:
    found = scored("change", RNG.normal(-13.0, 4.0, 40_000))
    assert found.crps == pytest.approx(crps_of_normal(-10.0, -13.0, 4.0), rel=0.02)
    assert found.error == pytest.approx(-3.0, abs=0.1)


def test_a_prediction_without_spread_is_off_by_its_distance() -> None:
    assert scored("change", np.full(10, -14.0)).crps == pytest.approx(4.0)


def test_points_of_another_scale_are_scored_in_points_of_madrs() -> None:
    draws = np.full(10, -14.0)
    made = scored("change", draws, measure="HDRS-17")
    slope = made.error / made.error_apart
    assert made.error == pytest.approx(-4.0)
    assert made.crps == pytest.approx(4.0 / slope)
    assert slope == pytest.approx(0.62, abs=0.1)


def test_times_are_scored_by_their_logarithm() -> None:
    found = scored("median time to relapse", np.full(10, 18.0))
    assert found.crps == pytest.approx(math.log(2.0))
    assert found.error == pytest.approx(9.0)
    assert found.error_apart == pytest.approx(math.log(2.0))


def test_a_time_that_is_not_reached_counts_as_three_times_the_published_one() -> None:
    found = scored("median time to relapse", np.full(10, np.inf))
    assert found.crps == pytest.approx(math.log(3.0))
    assert found.error == math.inf


def test_the_log_score_is_that_of_the_prediction_not_of_its_draws() -> None:
    one, other = (scored("change", RNG.normal(-5.0, sd, 100), expected=-12.0) for sd in (1.0, 9.0))
    sd = 6.0 / math.sqrt(30.0)
    assert one.log_score == other.log_score
    assert one.log_score == pytest.approx(math.log(NormalDist(-12.0, sd).pdf(-10.0)))


def test_the_narrowest_band_reaches_just_to_the_finding() -> None:
    draws = np.arange(1.0, 101.0)
    assert least_band(draws, 50.5) == pytest.approx(0.0)
    assert least_band(draws, 75.0) == pytest.approx(0.48)
    assert least_band(draws, 1.0) == pytest.approx(0.98)
    assert least_band(draws, 0.0) == 1.0
    assert least_band(draws, 101.0) == 1.0


@pytest.mark.parametrize("width", [0.5, 0.95])
def test_the_narrowest_band_agrees_with_the_printed_ones(width: float) -> None:
    draws = RNG.binomial(24, 0.3, 4000) / 24.0
    ends = np.quantile(draws, [0.5 - width / 2, 0.5 + width / 2], method="inverted_cdf")
    for count in range(25):
        value = count / 24.0
        assert (least_band(draws, value) <= width) == (ends[0] <= value <= ends[1])


def test_every_kind_has_a_group_and_every_group_a_scale() -> None:
    assert {group_of(kind) for kind in FINDINGS} == set(GROUPS)
    assert [scale(group) for group in GROUPS] == [9.0, 1.0, 1.0, 1.0]


def test_a_summary_counts_and_averages() -> None:
    scores = [scored("change", np.full(10, value)) for value in (-10.0, -14.0, -7.0)]
    found = summary(scores, scaled=False)
    assert found.findings == 3
    assert found.inside_50 == found.inside_95 == pytest.approx(1 / 3)
    assert found.rmse == pytest.approx(math.sqrt(25 / 3))
    assert found.mae == found.crps == pytest.approx(7 / 3)
    assert found.scaled_crps == pytest.approx(7 / 27)


def test_errors_over_all_kinds_are_divided_by_their_scales() -> None:
    points = scored("change", np.full(10, -19.0))
    share = scored("response", np.full(10, 0.5))
    found = summary([points, share], scaled=True)
    assert found.mae == pytest.approx((9.0 / 9.0 + 0.1) / 2.0)
    assert found.crps == found.scaled_crps == pytest.approx((1.0 + 0.1) / 2.0)


def test_half_the_crps_is_half_better() -> None:
    ours, naive = (scored("change", np.full(10, value)) for value in (-12.0, -14.0))
    points, whole = compared([(ours, naive)])
    assert (points.name, whole.name) == ("points", "all")
    assert points.crps_better == whole.crps_better == pytest.approx(0.5)


def test_the_spread_of_a_prediction_is_not_for_free() -> None:
    """With the same median, the narrower prediction scores better when it is right."""
    narrow, wide = (scored("change", RNG.normal(-10.0, sd, 4000)) for sd in (1.0, 6.0))
    assert narrow.crps < wide.crps
