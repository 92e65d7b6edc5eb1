"""What a study would print: densities against brute force, draws against densities, bands."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from trial_studies import EVERY_KIND, finding, study

from regrow.model.values import Values
from regrow.trial.beside import Beside, beside
from regrow.trial.predict import Predicted, Prediction
from regrow.trial.published import (
    MISFIT_LOGIT,
    MISFIT_POINTS,
    SHARES,
    TIMES,
    log_density,
    misfits,
    published,
)

N = 24
EXPECTED = {
    **dict.fromkeys(EVERY_KIND, (-11.0, -8.0, -14.0)),
    "mean": (20.0, 24.0, 17.0),
    "standardised difference": (-1.0, -0.6, -1.3),
    **dict.fromkeys(SHARES, (0.2, 0.45, 0.7)),
    "median time to relapse": (8.0, 15.0, 11.0),
    "hazard ratio": (0.4, 1.1, 0.6),
}
SDS = {**dict.fromkeys(EVERY_KIND, 9.0), "standardised difference": 1.4, "hazard ratio": 3.0}


def predicted(kind: str, **said: object) -> Predicted:
    return Predicted(
        finding(kind, **said), np.array(EXPECTED[kind]), np.full(len(EXPECTED[kind]), SDS[kind])
    )


def sets(points: float = 2.0, logit: float = 0.6, count: int = 3) -> Sequence[Values]:
    return ({MISFIT_POINTS: points, MISFIT_LOGIT: logit},) * count


def normal(value: float, mean: float, sd: float) -> float:
    return math.exp(-0.5 * ((value - mean) / sd) ** 2) / (sd * math.sqrt(2.0 * math.pi))


def test_the_density_of_points_is_the_mean_of_the_sets_normals() -> None:
    sd = math.sqrt(9.0**2 / N + 2.0**2)
    by_hand = np.mean([normal(-12.0, mean, sd) for mean in EXPECTED["change"]])
    assert log_density(predicted("change"), N, sets(), -12.0) == pytest.approx(math.log(by_hand))


def test_the_density_of_a_time_is_per_day() -> None:
    sd = math.sqrt(2.0 / N)
    by_hand = np.mean(
        [normal(math.log(10.0), math.log(mean), sd) / 10.0
         for mean in EXPECTED["median time to relapse"]]
    )  # fmt: skip
    found = log_density(predicted("median time to relapse"), N, sets(), 10.0)
    assert found == pytest.approx(math.log(by_hand))


@pytest.mark.parametrize("n", [7, 60, 2000])
@pytest.mark.parametrize("misfit", [0.0, 0.3, 2.0])
def test_the_probability_of_a_count_agrees_with_brute_force(n: int, misfit: float) -> None:
    share = predicted("response")
    count = round(0.4 * n)
    off = np.linspace(-9.0, 9.0, 200_001)
    weight = np.exp(-0.5 * off**2) / np.exp(-0.5 * off**2).sum()
    ways = math.lgamma(n + 1) - math.lgamma(count + 1) - math.lgamma(n - count + 1)
    total = 0.0
    for expected in EXPECTED["response"]:
        eta = math.log(expected / (1.0 - expected)) + misfit * off
        log = ways - count * np.logaddexp(0, -eta) - (n - count) * np.logaddexp(0, eta)
        total += float((np.exp(log) * weight).sum()) / 3.0
    found = log_density(share, n, sets(logit=misfit), count / n)
    assert found == pytest.approx(math.log(total), abs=1e-6)


@pytest.mark.parametrize("kind", SHARES)
def test_the_probabilities_of_all_counts_add_up_to_one(kind: str) -> None:
    total = sum(math.exp(log_density(predicted(kind), N, sets(), k / N)) for k in range(N + 1))
    assert total == pytest.approx(1.0)


@pytest.mark.parametrize("kind", sorted(set(EVERY_KIND) - set(SHARES)))
def test_a_density_integrates_to_one(kind: str) -> None:
    positive = kind in TIMES
    # the times seen are far below the last day of looking
    one = predicted(kind, **({"value": 1000.0} if kind == "median time to relapse" else {}))
    x = np.geomspace(1e-3, 1e3, 20_000) if positive else np.linspace(-80.0, 80.0, 40_001)
    density = np.exp([log_density(one, N, sets(), float(value)) for value in x])
    assert np.trapezoid(density, x) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_draws_follow_the_density(kind: str) -> None:
    """The share of draws below the median of one set is what the density says."""
    one = predicted(kind, **({"value": 1000.0} if kind == "median time to relapse" else {}))
    draws = published(one, N, sets(), rng=np.random.default_rng(1), copies=20_000).ravel()
    limit = round(EXPECTED[kind][0] * N) / N if kind in SHARES else EXPECTED[kind][0]
    if kind in SHARES:
        below = sum(
            math.exp(log_density(one, N, sets(), k / N)) for k in range(round(limit * N) + 1)
        )
    else:
        least = 1e-3 if kind in TIMES else -80.0
        x = np.linspace(least, limit, 4001)
        below = np.trapezoid(np.exp([log_density(one, N, sets(), float(v)) for v in x]), x)
    assert (draws <= limit).mean() == pytest.approx(below, abs=0.01)


def test_more_people_make_a_print_more_certain_but_the_misfit_stays() -> None:
    spread = [
        published(predicted("change"), n, sets()[:1] * 3, rng=np.random.default_rng(2),
                  copies=4000)[:, 0].std()
        for n in (10, 1_000_000)
    ]  # fmt: skip
    assert spread[0] == pytest.approx(math.sqrt(8.1 + 4.0), rel=0.05)
    assert spread[1] == pytest.approx(2.0, rel=0.05)


def test_sets_that_no_calibration_made_have_the_misfit_of_the_prior() -> None:
    points, logit = misfits([{}, {MISFIT_POINTS: 5.0, MISFIT_LOGIT: 0.0}])
    assert points[0] == 1.0
    assert logit[0] == 0.3
    assert (points[1], logit[1]) == (5.0, 0.0)


def test_a_median_that_is_never_reached_leaves_a_density_that_is_not_nothing() -> None:
    never = Predicted(finding("median time to relapse"), np.full(3, np.inf), np.full(3, 0.4))
    assert -30.0 < log_density(never, N, sets(), 9.0) < 0.0


def row(kind: str, **said: object) -> Beside:
    asked = study(finding(kind, **said), finding("mean", id="other"))
    other = Predicted(asked.finding[1], np.array(EXPECTED["mean"]), np.full(3, 9.0))
    both = Prediction(study=asked, findings=(predicted(kind, **said), other))
    return beside(both, sets(), seed=4)[0]


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_the_bands_of_every_kind_hold_their_share_of_draws(kind: str) -> None:
    found = row(kind)
    for band, share in ((found.band_50, 0.5), (found.band_95, 0.95)):
        inside = ((found.draws >= band[0]) & (found.draws <= band[1])).mean()
        assert inside >= share
    assert found.band_95[0] <= found.band_50[0] <= found.median
    assert found.median <= found.band_50[1] <= found.band_95[1]


def test_a_finding_is_inside_up_to_the_ends_of_its_band() -> None:
    low, high = row("change").band_95
    assert row("change", value=low).inside_95
    assert row("change", value=high).inside_95
    assert not row("change", value=high + 0.01).inside_95
    assert not row("change", value=low - 0.01).inside_50


def test_a_share_is_compared_as_the_count_it_was_rounded_from() -> None:
    """0.45 of 20 people in the arm is 9 of them; 0.44 was printed for 9 of 20 as well."""
    assert row("response", value=0.44).found == 9 / 20
    assert row("response", value=0.44, n=9).found == 4 / 9


def test_a_band_may_end_where_nothing_is_reached() -> None:
    asked = study(finding("median time to relapse"))
    never = Predicted(asked.finding[0], np.array([9.0, np.inf, np.inf]), np.full(3, 0.5))
    (found,) = beside(Prediction(study=asked, findings=(never,)), sets(), seed=1)
    assert math.isfinite(found.band_95[0])
    assert found.band_95[1] == math.inf
