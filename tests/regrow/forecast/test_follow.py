"""The filter over what is linear, against algebra and brute force."""

import numpy as np
import pytest
from scipy import integrate, stats

from regrow.engine.tail import cut_above
from regrow.forecast.fluctuate import fluctuate
from regrow.forecast.follow import follow

DAYS = np.array([0.0, 1.0, 1.0, 4.0, 11.0, 30.0])
VALUES = np.array([62.0, 55.0, 28.0, 50.0, 27.0, 52.0])
LINE = np.array([[1.0, 0.0, 2.5], [1.0, 0.0, 2.5], [0.53, 0.3, 2.3]] * 2)
LASTING = np.array([-1, -1, 2] * 2)
SHAPE = (1.0 - np.exp(-DAYS / 14.0))[:, None]
TREATMENT = -np.array([0.0, 8.0, 8.0, 7.0, 5.0, 2.0])[:, None]
START_MEAN = np.array([60.0, 0.0, 0.0, 0.0])
START_SD = np.array([8.0, 4.0, 1.7, 3.0])[:, None]
TIME = np.array([14.0])


def followed(values, *, ends=None, line=LINE, treatment=TREATMENT, persons=1):
    readings, size = len(values), len(START_MEAN)
    shown, sd, density = (np.empty((readings, persons)) for _ in range(3))
    mean, covariance = np.empty((persons, size)), np.empty((persons, size, size))
    follow(
        np.repeat(treatment[:readings], persons, axis=1),
        np.zeros(persons, dtype=np.int64),
        SHAPE[:readings],
        DAYS[:readings],
        line[:readings],
        LASTING[:readings],
        np.asarray(values),
        np.zeros(readings, dtype=np.int64) if ends is None else np.asarray(ends),
        START_MEAN,
        START_SD,
        TIME,
        shown,
        sd,
        density,
        mean,
        covariance,
    )
    return shown, sd, density, mean, covariance


def from_nothing(one, other, sd=None):
    """The covariance of a fluctuation that starts as nothing on day 0."""
    apart, since = np.abs(one[:, None] - other), one[:, None] + other
    spread = (START_SD[3, 0] if sd is None else sd) ** 2
    return spread * (np.exp(-apart / TIME[0]) - np.exp(-since / TIME[0]))


def dense():
    """The same as one Gaussian: covariance of the readings, and with the state at the end."""
    readings = len(VALUES)
    slope = LINE[:, 0]
    static = np.zeros((readings, 3))
    static[:, 0], static[:, 1] = slope, slope * SHAPE[:, 0]
    static[LASTING == 2, 2] = 1.0
    prior = np.diag(START_SD[:3, 0] ** 2)
    fluctuation = from_nothing(DAYS, DAYS)
    covariance = static @ prior @ static.T + np.outer(slope, slope) * fluctuation
    covariance += np.diag(LINE[:, 2] ** 2)
    mean = LINE[:, 1] + slope * (START_MEAN[0] + TREATMENT[:, 0])
    last = from_nothing(DAYS[-1:], DAYS)[0]
    with_state = np.vstack([prior @ static.T, slope * last])
    return mean, covariance, with_state


def test_the_density_of_the_readings_is_that_of_one_gaussian():
    _, _, density, _, _ = followed(VALUES)
    mean, covariance, _ = dense()
    assert density.sum() == pytest.approx(
        stats.multivariate_normal(mean, covariance).logpdf(VALUES), abs=1e-6
    )


def test_the_state_after_the_readings_is_that_of_one_gaussian():
    _, _, _, state, spread = followed(VALUES)
    mean, covariance, with_state = dense()
    gain = with_state @ np.linalg.inv(covariance)
    assert state[0] == pytest.approx(START_MEAN + gain @ (VALUES - mean), abs=1e-5)
    prior = np.diag(START_SD[:, 0] ** 2)
    prior[3, 3] = from_nothing(DAYS[-1:], DAYS[-1:])[0, 0]
    assert spread[0] == pytest.approx(prior - gain @ with_state.T, abs=1e-5)


def test_a_reading_at_the_bottom_of_its_scale_counts_as_so_low_or_lower():
    shown, sd, density, _, _ = followed([0.0], ends=[-1])
    assert density[0, 0] == pytest.approx(stats.norm(shown[0, 0], sd[0, 0]).logcdf(0.0), rel=1e-9)


def test_a_reading_at_the_top_of_its_scale_counts_as_so_high_or_higher():
    shown, sd, density, mean, _ = followed([75.0], ends=[1])
    assert density[0, 0] == pytest.approx(stats.norm(shown[0, 0], sd[0, 0]).logsf(75.0), rel=1e-9)
    assert mean[0, 0] > followed([75.0])[3][0, 0]


@pytest.mark.parametrize("edge", [-30.0, -8.001, -7.999, -2.0, 0.0, 3.0])
def test_what_is_left_of_a_tail_is_that_of_the_truncated_normal(edge):
    log_share, mean, variance = cut_above.py_func(edge)
    left = stats.truncnorm(-np.inf, edge)
    assert log_share == pytest.approx(stats.norm.logcdf(edge), rel=2e-5)
    assert mean == pytest.approx(left.mean(), rel=1e-3)
    assert variance == pytest.approx(left.var(), rel=0.1, abs=1e-6)


@pytest.mark.parametrize("severity", [-10.0, 0.0, 6.0])
def test_near_the_floor_the_expected_reading_is_that_of_the_floored_severity(severity):
    treatment = np.array([[severity - START_MEAN[0]]])
    shown, sd, _, _, _ = followed([5.0], treatment=treatment)
    one = stats.norm(severity, START_SD[0, 0])
    mean = integrate.quad(lambda s: s * one.pdf(s), 0.0, 80.0)[0]
    square = integrate.quad(lambda s: s * s * one.pdf(s), 0.0, 80.0)[0]
    assert shown[0, 0] == pytest.approx(mean, abs=1e-6)
    wandered = from_nothing(DAYS[:1], DAYS[:1])[0, 0]
    assert sd[0, 0] ** 2 == pytest.approx(square - mean**2 + wandered + 2.5**2, rel=1e-6)


def test_a_path_of_fluctuation_has_the_mean_and_spread_that_the_readings_leave():
    persons = 40_000
    days = np.array([0.0, 1.0, 4.0, 9.0, 20.0])
    at, line = np.array([1, 1, 3]), np.array([[1.0, 2.5], [0.53, 2.3], [1.0, 2.5]])
    left = np.array([4.0, 3.0, -5.0])
    path = np.empty((len(days), persons))
    fluctuate(
        np.repeat(left[:, None], persons, axis=1),
        at,
        np.zeros(3, dtype=np.int64),
        line,
        days,
        np.zeros(persons, dtype=np.int64),
        np.array([3.0]),
        TIME,
        np.random.default_rng(1).standard_normal(path.shape),
        path,
    )
    prior = from_nothing(days, days, sd=3.0)
    read = np.zeros((3, len(days)))
    read[np.arange(3), at] = line[:, 0]
    gain = prior @ read.T @ np.linalg.inv(read @ prior @ read.T + np.diag(line[:, 1] ** 2))
    assert path.mean(axis=1) == pytest.approx(gain @ left, abs=0.06)
    assert np.cov(path) == pytest.approx(prior - gain @ read @ prior, abs=0.12)
