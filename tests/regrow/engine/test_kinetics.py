"""The algebra of the kinetics: exposure, proportion, conservation, and the rates themselves."""

import math

import numpy as np
import pytest
from courses import VALUES, draws, infusion, largest_error, people, plan, walked
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_person import person

from regrow.engine.modes import Given, concentrations
from regrow.model import theta
from regrow.model.absorption import arrivals
from regrow.model.disposition import metabolite_rates, rates
from regrow.model.drug import vector
from regrow.model.elementary import exponential

DRUG = "racemic ketamine"
CROWD = people(32, seed=31)
PIECES = np.concatenate([[0.0], np.geomspace(0.02, 3000.0, 80)])
NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)


def course_parameters():
    return theta.course(
        VALUES, drug=DRUG, blinding="open", background="unchanged treatment",
        reference_trigger_h=1.0, who=CROWD.people,
    )  # fmt: skip


def area_under(route, *, mg, minutes=0.0, formulation=None):
    """Return the area (ng h/mL) under ketamine and norketamine in each patient of the crowd."""
    entering = arrivals(
        route=route, formulation=formulation, drug=DRUG, mg=mg, minutes=minutes, values=VALUES
    )
    edges = np.union1d(PIECES, [part.hours for part in entering])
    half = 0.5 * np.diff(edges)
    hours = (edges[:-1] + half)[:, None] + half[:, None] * NODES
    found = concentrations(
        [Given(hour=0.0, amount=mg, per_kg=False, arrivals=entering)],
        hours.ravel(),
        draws(CROWD),
        theta=course_parameters(),
        drug=vector(DRUG, VALUES),
    )
    by_time = (half[:, None] * WEIGHTS).ravel()
    return by_time @ found.venous, by_time @ found.norketamine


def bodies():
    z = draws(CROWD)
    return [person(z[:, i], VALUES, CROWD.people, DRUG).body for i in range(CROWD.patients)]


def test_exposure_in_a_vein_is_dose_over_clearance():
    """Clearance of a well-stirred liver: Qh CLi / (Qh + CLi); no dose is lost, none appears."""
    found, _ = area_under("intravenous infusion", mg=40.0, minutes=40.0)
    for area, q in zip(found, bodies(), strict=True):
        intrinsic = (q["kel"] + q["kmet"]) * q["Vh"]
        clearance = q["Qh"] * intrinsic / (q["Qh"] + intrinsic)
        assert area == pytest.approx(1000.0 * 40.0 / clearance, rel=1e-6)


def test_exposure_by_mouth_is_dose_times_bioavailability_over_clearance():
    found, _ = area_under("oral", mg=40.0, formulation="solution")
    for area, q in zip(found, bodies(), strict=True):
        intrinsic = (q["kel"] + q["kmet"]) * q["Vh"]
        past_the_liver = q["Qh"] / (q["Qh"] + intrinsic)
        clearance = q["Qh"] * intrinsic / (q["Qh"] + intrinsic)
        bioavailability = VALUES["racemic/gut_fraction"] * past_the_liver
        assert area == pytest.approx(1000.0 * 40.0 * bioavailability / clearance, rel=1e-6)


def test_what_becomes_norketamine_leaves_as_norketamine():
    _, found = area_under("intravenous infusion", mg=40.0, minutes=40.0)
    for area, q in zip(found, bodies(), strict=True):
        formed = 40.0 * q["kmet"] / (q["kel"] + q["kmet"])
        assert area == pytest.approx(1000.0 * formed / q["CLn"], rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(mg=st.floats(1.0, 300.0), times=st.floats(0.1, 4.0))
def test_twice_the_dose_is_twice_the_exposure(mg, times):
    once, nk_once = area_under("sublingual", mg=mg)
    more, nk_more = area_under("sublingual", mg=times * mg)
    np.testing.assert_allclose(more, times * once, rtol=1e-12)
    np.testing.assert_allclose(nk_more, times * nk_once, rtol=1e-12)


def test_two_half_infusions_in_a_row_act_as_one():
    days = [0.0, 0.05, *np.arange(1.0, 15.0)]
    once = walked(plan(infusion(0)), CROWD, days)
    halves = [infusion(0, mg=17.5, minutes=20.0, hour=9.0 + part / 3.0) for part in (0, 1)]
    twice = walked(plan(*halves), CROWD, days)
    for i in range(CROWD.patients):
        errors = largest_error(twice[:, :, i], once[:, :, i])
        assert errors.max() < 1e-3
        assert errors[:2].max() < 1e-8, "superposition is exact in the kinetics"


positive = st.floats(0.02, 30.0)


@settings(max_examples=300, deadline=None)
@given(
    b=st.tuples(positive, positive, positive),
    d=st.tuples(positive, positive, positive),
    leak=st.floats(1.05, 5.0),
    close=st.sampled_from([None, 1e-2, 1e-4, 1e-6]),
)
def test_the_rates_are_the_eigenvalues_of_the_matrix(b, d, leak, close):
    if close is not None:
        d = (d[0], d[0] * (1.0 + close), d[2])
    k = leak * sum(out / back for out, back in zip(b, d, strict=True))
    matrix = np.diag([k, *d])
    matrix[0, 1:], matrix[1:, 0] = -np.asarray(b), -1.0
    # a change of units makes the matrix symmetric: its eigenvalues are then found to the last digit
    symmetric = np.diag([k, *d])
    symmetric[0, 1:] = symmetric[1:, 0] = -np.sqrt(b)
    exact = np.linalg.eigvalsh(symmetric)
    found = np.array(rates(k, b, d))
    assert np.all(np.diff(found) >= 0.0)
    np.testing.assert_allclose(found, exact, rtol=1e-8, atol=1e-12 * k)
    loose = np.sort(np.linalg.eig(matrix).eigenvalues.real)
    np.testing.assert_allclose(found, loose, rtol=1e-5, atol=1e-8 * k)


@settings(max_examples=100, deadline=None)
@given(out=positive, back=positive, gone=positive)
def test_the_rates_of_norketamine_are_the_eigenvalues_of_its_matrix(out, back, gone):
    matrix = np.array([[out + gone, -back], [-out, back]])
    exact = np.sort(np.linalg.eig(matrix).eigenvalues.real)
    np.testing.assert_allclose(metabolite_rates(out + gone, out, back), exact, rtol=1e-9)


@settings(max_examples=500, deadline=None)
@given(x=st.floats(-80.0, 80.0))
def test_the_exponential_is_right_to_a_millionth_of_a_millionth(x):
    assert exponential(x) == pytest.approx(math.exp(x), rel=1e-12)
    assert exponential.py_func(x) == pytest.approx(math.exp(x), rel=1e-12)


@pytest.mark.parametrize("x", [-1e9, -80.0, 80.0, 1e9])
def test_the_exponential_holds_its_argument_within_eighty(x):
    assert exponential(x) == pytest.approx(math.exp(max(-80.0, min(80.0, x))), rel=1e-12)
