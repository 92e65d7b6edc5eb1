"""A calibration is reproducible, can be stopped, and finds what is known in closed form."""

import numpy as np
import pytest
from small_calibration import TEXT, TINY, folder, study

from regrow.calibrate import identity, infer, rounds, ship
from regrow.calibrate.check import check
from regrow.calibrate.design import Points, ask_all
from regrow.calibrate.diagnose import diagnose, weighted_quantiles
from regrow.calibrate.fitted import FITTED
from regrow.calibrate.inference_data import inference_data
from regrow.calibrate.problem import problem
from regrow.calibrate.surrogate import Surface, features
from regrow.studies.read import read_text


def quiet(*_):
    pass


def run(base, *, seed=3, count=quiet):
    return rounds.calibrate(
        [study()],
        effort=TINY,
        folder=folder(base),
        processes=1,
        seed=seed,
        say=quiet,
        count=count,
    )


@pytest.fixture(scope="module")
def fit(tmp_path_factory):
    return run(tmp_path_factory.mktemp("calibration"))


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def test_a_calibration_that_was_stopped_ends_with_the_same_numbers(fit, tmp_path):
    told = []

    def stop(done, total):
        told.append((done, total))
        if len(told) == 4:
            raise Stopped

    with pytest.raises(Stopped):
        run(tmp_path, count=stop)
    kept = len(list(folder(tmp_path).glob("*.npz")))
    assert kept > 0
    again = run(tmp_path)
    np.testing.assert_array_equal(again.draws.z, fit.draws.z)
    np.testing.assert_array_equal(again.corrected.weights, fit.corrected.weights)


def test_nothing_half_written_is_left_behind(fit, tmp_path):
    del fit
    points = Points(np.zeros((3, len(FITTED))), np.zeros((3, 1)), np.zeros((3, 1)))
    ask_all([study()], points, folder=tmp_path, processes=1)
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*"))


def test_answers_do_not_depend_on_how_the_points_are_parted(tmp_path):
    rng = np.random.default_rng(1)
    points = Points(rng.standard_normal((70, len(FITTED))), np.zeros((70, 1)), np.zeros((70, 1)))
    whole = ask_all([study()], points, folder=tmp_path / "a", processes=1)
    tail = ask_all([study()], points.some(60, 70), folder=tmp_path / "b", processes=1)
    np.testing.assert_allclose(whole.value[60:], tail.value, rtol=1e-9, atol=1e-9)


def test_a_linear_normal_problem_has_its_closed_form():
    task = problem([study()])
    inputs = len(FITTED) + 2
    width = features(np.zeros((1, inputs))).shape[1]
    value, spread = np.zeros((3, width)), np.zeros((3, width))
    # the change depends on the first number alone; the other two targets on nothing
    value[0, 0], value[0, 1] = -10.0, -3.0
    draws = infer.sample(
        task,
        Surface(value, np.zeros(3)),
        Surface(spread, np.zeros(3)),
        draws=1000,
        warmup=500,
        seed=2,
    )
    se = task.targets[0].se
    misfit = draws.flat("misfit_points")
    # given the misfit, the posterior of z0 is normal: average its moments over the misfit's draws
    variance = 1.0 / (1.0 + 9.0 / (se**2 + misfit**2))
    mean = variance * -3.0 * (-12.0 + 10.0) / (se**2 + misfit**2)
    z0 = draws.flat("z")[:, 0]
    assert z0.mean() == pytest.approx(mean.mean(), abs=0.08)
    assert z0.std() == pytest.approx(np.sqrt(variance.mean() + mean.var()), rel=0.08)
    others = draws.flat("z")[:, 1:]
    assert np.abs(others.mean(axis=0)).max() < 0.15
    assert others.std() == pytest.approx(1.0, rel=0.03)


def test_draws_are_shipped_in_proportion_to_their_weights(fit):
    weights = np.zeros(len(fit.corrected.which))
    weights[[3, 10]] = 0.75, 0.25
    rows = ship.columns(fit.draws, fit.corrected.which, weights, count=40, seed=0)
    z = fit.draws.flat("z")[fit.corrected.which]
    first = ship.numbers(z[[3]])[0]
    assert (np.isclose(rows[:, : len(FITTED)], first).all(axis=1)).sum() == 30


def test_every_fitted_number_is_diagnosed(fit):
    found = diagnose(fit)
    assert [one.name for one in found.parameters] == list(FITTED)
    assert all(np.isfinite(one.r_hat) and one.bulk_ess > 0 for one in found.parameters)


def test_every_target_is_checked_against_what_would_be_printed_again(fit):
    checked = check(fit)
    assert [one.target for one in checked] == list(fit.task.targets)
    for one in checked:
        assert one.again[0] <= one.again[1]
        assert 0.0 <= one.rank <= 1.0
        assert one.inside == (one.again[0] <= one.observed <= one.again[1])


def test_a_weighted_quantile_of_equal_weights_is_the_quantile():
    values = np.arange(1001.0)
    found = weighted_quantiles(values, np.ones(1001), (0.05, 0.5, 0.95))
    np.testing.assert_allclose(found, [50.0, 500.0, 950.0], atol=1.0)


def test_the_inference_data_names_parameters_studies_and_findings(fit):
    found = inference_data(fit)
    assert list(found.posterior.parameter.values) == list(FITTED)
    assert list(found.posterior.study.values) == ["nobody2031"]
    assert found.log_likelihood["finding"].sizes["target"] == 3


def test_a_comment_is_not_another_program():
    one = identity._meaning('"""What."""\nx = 1  # why\n')
    assert one == identity._meaning("x   =   1\n")
    assert one != identity._meaning("x = 2\n")


def test_another_number_in_a_study_is_another_calibration():
    other = read_text(TEXT.replace("value = 0.4", "value = 0.5"), "nobody2031.toml")
    assert identity.data([study()]) != identity.data([other])
