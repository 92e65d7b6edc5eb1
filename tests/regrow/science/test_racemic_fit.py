"""The racemate's kinetics are what the fit says, and nothing else."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import least_squares

from regrow.evidence.reader import parameters

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
import fit_racemic_kinetics as fit


@pytest.fixture(scope="module")
def fitted():
    found = least_squares(fit.residuals, np.zeros(len(fit.FITTED)))
    return fit.values(found.x)


@pytest.mark.parametrize("name", fit.FITTED)
def test_the_stated_value_is_the_fitted_one(name, fitted):
    assert parameters("racemic")[name].value == pytest.approx(fitted[name], rel=0.01)
