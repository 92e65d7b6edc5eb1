"""The posterior that ships belongs to the studies, the priors and the equations that ship."""

import numpy as np
import pytest

from regrow import posterior
from regrow.calibrate import identity
from regrow.calibrate.against_shipped import root_mean_square, shifts
from regrow.calibrate.fitted import FITTED
from regrow.calibrate.ship import COLUMNS, SHIPPED
from regrow.calibrate.witness import witness
from regrow.errors import SimulationError
from regrow.model.values import known
from regrow.studies.library import read_all, shipped

STUDIES = [one for one in read_all(shipped()) if one.used_for == "calibration"]
ABOUT = posterior.about()


def test_it_was_fitted_to_the_studies_and_priors_that_ship():
    assert ABOUT["studies"] == [study.id for study in STUDIES]
    assert ABOUT["data"] == identity.data(STUDIES), "run `regrow calibrate` and ship the result"


def test_it_was_fitted_with_the_equations_that_ship():
    found = witness(STUDIES, posterior.sets(8))
    assert found.keys() == ABOUT["witness"].keys()
    for name, value in ABOUT["witness"].items():
        assert found[name] == pytest.approx(value, rel=2e-3, abs=2e-3), name


def test_its_chains_agreed_and_its_weights_could_be_trusted():
    assert ABOUT["largest_r_hat"] < 1.01
    assert min(ABOUT["smallest_bulk_ess"], ABOUT["smallest_tail_ess"]) > 400
    assert ABOUT["divergences"] < 10
    assert ABOUT["pareto_k"] < 0.7


def test_every_fitted_number_is_in_every_draw_and_plausible():
    sets = posterior.sets(SHIPPED)
    assert len(sets) == posterior.most() == SHIPPED
    assert posterior.fitted() == set(FITTED)
    for name in FITTED:
        values = np.array([one[name] for one in sets])
        assert np.isfinite(values).all()
        prior = known()[name].prior
        if prior.kind == "lognormal":
            assert (values > 0.0).all(), name


def test_fewer_sets_are_the_first_of_more():
    assert posterior.sets(8) == posterior.sets(32)[:8]


@pytest.mark.parametrize("count", [0, SHIPPED + 1])
def test_more_sets_than_ship_are_refused(count):
    with pytest.raises(SimulationError, match="sets of values"):
        posterior.sets(count)


def test_the_middle_lies_inside_the_draws_and_is_an_average_place():
    middle = posterior.middle()
    assert middle["contexts/place_drug"] == middle["contexts/place_setting"] == 1.0
    for name in FITTED:
        assert posterior.quantile(name, 0.02) < middle[name] < posterior.quantile(name, 0.98)


def test_numbers_that_no_trial_touches_keep_their_priors():
    sets = posterior.sets(SHIPPED)
    name = "practices/walking_or_jogging_smd"
    values = np.array([one[name] for one in sets])
    assert values.mean() == pytest.approx(known()[name].value, abs=0.02)
    assert values.std() == pytest.approx(known()[name].prior.sd, rel=0.1)


def test_what_reports_say_of_the_number_of_studies_is_true():
    from regrow.report.words import HOW_SURE

    assert "sixteen published studies" in HOW_SURE
    assert len(ABOUT["studies"]) == 16


def test_the_shipped_draws_do_not_differ_from_themselves():
    sets = posterior.sets(SHIPPED)
    rows = np.array([[one[name] for name in COLUMNS] for one in sets])
    assert root_mean_square(shifts(rows, 500.0)) == pytest.approx(0.0, abs=1e-9)


def test_a_number_that_moved_by_an_sd_is_told():
    sets = posterior.sets(SHIPPED)
    rows = np.array([[one[name] for name in COLUMNS] for one in sets])
    place = COLUMNS.index("slow/fluctuation")
    logs = np.log(rows[:, place])
    rows[:, place] = np.exp(logs + logs.std())
    (moved,) = (one for one in shifts(rows, 500.0) if abs(one.sds) > 1e-6)
    assert moved.name == "slow/fluctuation"
    assert moved.sds == pytest.approx(1.0)
    assert moved.errors > 5.0
