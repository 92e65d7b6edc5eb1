"""Sets of values: the centre, draws from the priors, and mechanisms switched off."""

from pathlib import Path

import numpy as np
import pytest

from regrow import population
from regrow.basis import basis
from regrow.model.values import CERTAINTIES, centre, drawn, known, peeled, uncertain, without
from regrow.protocol.read import read

PROTOCOLS = Path(__file__).parents[3] / "protocols"


def test_every_parameter_that_waits_for_calibration_has_a_prior_with_a_reason():
    for key, parameter in known().items():
        if key.startswith("slow/") and parameter.status == "assumed" and key != "slow/tone_effect":
            assert parameter.prior is not None, key
            assert len(parameter.prior.reason) > 10, key


def test_the_same_seed_draws_the_same_sets():
    assert drawn(8, seed=1) == drawn(8, seed=1)
    assert drawn(8, seed=1) != drawn(8, seed=2)


@pytest.mark.parametrize("key", uncertain())
def test_the_draws_of_a_parameter_spread_around_its_centre(key):
    values = np.array([each[key] for each in drawn(64, seed=5)])
    prior = known()[key].prior
    assert len(set(values)) > 32
    if prior.kind == "uniform":
        assert prior.low <= values.min() < values.max() <= prior.high
    else:
        assert values.min() < known()[key].value < values.max()
        assert np.median(values) == pytest.approx(
            known()[key].value, abs=0.1 * values.std() + 1e-12
        )


def test_what_has_no_prior_never_moves():
    fixed = set(known()) - set(uncertain())
    for each in drawn(4, seed=0):
        assert all(each[key] == known()[key].value for key in fixed)


def test_switching_a_certainty_off_leaves_the_others():
    off = without(centre(), ["very low"])
    assert off["slow/use_in_therapy"] == 0.0
    assert off["slow/fast_effect"] == centre()["slow/fast_effect"]


def test_kinetics_are_never_switched_off():
    bare = dict(peeled(centre()))["high"]
    changed = {key.split("/")[0] for key, value in bare.items() if value != centre()[key]}
    assert changed <= {"slow", "contexts", "practices"}


@pytest.mark.parametrize("name", ["six-infusions", "practices-and-therapy", "saline-control"])
def test_the_parts_of_the_basis_add_up_to_the_change(name):
    people = population.draw(256, seed=1)
    found = basis(people, read(PROTOCOLS / f"{name}.toml"), until=30)
    assert tuple(found.points) == CERTAINTIES
    np.testing.assert_allclose(sum(found.points.values()), found.total, atol=0.06)


def test_at_the_centre_of_belief_little_of_integration_rests_on_hypothesis():
    people = population.draw(256, seed=1)
    protocol = read(PROTOCOLS / "six-infusions-with-integration.toml")
    found = basis(people, protocol, until=60)
    assert found.shares(60)["very low"] < 0.15
    assert sum(found.shares(60).values()) == pytest.approx(1.0)
