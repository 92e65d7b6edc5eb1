"""What a nurse would see during the standard infusion and a nasal dose."""

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pytest

from regrow import population
from regrow.errors import SimulationError
from regrow.patient import Patient
from regrow.protocol.read import read
from regrow.visit import simulate_visit

PROTOCOLS = Path(__file__).parents[3] / "protocols"
SIX = read(PROTOCOLS / "six-infusions.toml")
NASAL = read(PROTOCOLS / "esketamine-nasal.toml")


@pytest.fixture(scope="module")
def infusion():
    return simulate_visit(Patient(weight_kg=70), SIX)


@pytest.fixture(scope="module")
def crowd():
    return simulate_visit(population.draw(512, seed=5), SIX, hours_after=6)


def at(visit, minutes):
    return round(minutes * (len(visit.hours) - 1) / (60 * visit.hours[-1]))


def test_the_end_of_the_infusion_lies_between_130_and_260_ng_per_ml(infusion):
    assert 130 < infusion.venous_ng_per_ml[at(infusion, 40), 0] < 260


def test_norketamine_peaks_at_55_to_95_ng_per_ml_between_70_and_130_minutes(infusion):
    peak = infusion.norketamine_ng_per_ml[:, 0].argmax()
    assert 70 <= 60 * infusion.hours[peak] <= 130
    assert 55 < infusion.norketamine_ng_per_ml[peak, 0] < 95


def test_blood_pressure_peaks_at_30_to_45_minutes(crowd):
    mean = crowd.effects.systolic_rise_mmhg.mean(axis=1)
    assert 30 <= 60 * crowd.hours[mean.argmax()] <= 45


def test_the_mean_pressure_rise_is_that_of_published_cohorts(crowd):
    """Riva-Posse: largest mean change +3.3; Vankawala's meta-analysis: +12.6 (mean of maxima)."""
    assert 3.2 < crowd.effects.systolic_rise_mmhg.mean(axis=1).max() < 12.6


def test_some_patients_rise_three_times_as_high_as_the_mean(crowd):
    peaks = crowd.effects.systolic_rise_mmhg.max(axis=0)
    assert np.quantile(peaks, 0.95) > 2 * peaks.mean()


def test_blood_pressure_is_back_near_its_baseline_90_minutes_after_the_infusion(crowd):
    rise = crowd.effects.systolic_rise_mmhg.mean(axis=1)
    assert rise[at(crowd, 130)] < 0.25 * rise.max()


def test_dissociation_is_gone_two_hours_after_the_start(crowd):
    mean = crowd.effects.dissociation.mean(axis=1)
    assert mean[at(crowd, 120)] < 0.15 * mean.max()


def test_dissociation_is_weaker_at_later_visits():
    peaks = [
        simulate_visit(Patient(), SIX, visit=n, hours_after=2).effects.dissociation.max()
        for n in range(1, 7)
    ]
    assert all(later < earlier for earlier, later in itertools.pairwise(peaks))


def test_blood_pressure_shows_no_tolerance():
    first, last = (
        simulate_visit(Patient(), SIX, visit=n, hours_after=2).effects.systolic_rise_mmhg.max()
        for n in (1, 6)
    )
    assert first == pytest.approx(last)


def test_arterial_blood_leads_during_the_infusion_and_falls_faster_after_it(infusion):
    assert (
        infusion.arterial_ng_per_ml[at(infusion, 35), 0]
        > infusion.venous_ng_per_ml[at(infusion, 35), 0]
    )
    assert (
        infusion.arterial_ng_per_ml[at(infusion, 60), 0]
        < infusion.venous_ng_per_ml[at(infusion, 60), 0]
    )


@pytest.mark.parametrize(("mg", "label"), [(56.0, 0.50), (84.0, 0.61)])
def test_sedation_after_nasal_esketamine_is_that_of_the_label(mg, label):
    """49 to 61 % of patients have MOAA/S below 5."""
    people = population.draw(256, seed=2)
    visit = simulate_visit(people, NASAL, amount=mg, hours_after=3)
    share = visit.effects.sedation_probability.max(axis=0).mean()
    assert share == pytest.approx(label, abs=0.12)


def test_nausea_after_nasal_esketamine_is_near_that_of_the_first_week():
    """14 % in the first week of the long-term trial, 27 % over a whole treatment."""
    visit = simulate_visit(population.draw(256, seed=2), NASAL, amount=56.0, hours_after=3)
    assert 0.05 < visit.effects.nausea_probability.max(axis=0).mean() < 0.27


def test_an_older_patient_has_the_higher_esketamine_concentration():
    young, old = (
        simulate_visit(Patient(age_years=age), NASAL, hours_after=6).venous_ng_per_ml.sum()
        for age in (40, 75)
    )
    assert old > young


def test_the_same_mg_per_kg_gives_a_heavier_patient_more_milligrams():
    light, heavy = (simulate_visit(Patient(weight_kg=kg), SIX).doses[0].amount for kg in (50, 100))
    assert light == heavy  # per kilogram
    exposed = [
        simulate_visit(Patient(weight_kg=kg), SIX).exposures()["ketamine, venous"]
        for kg in (50, 100)
    ]
    assert exposed[1].auc_ng_h_per_ml[0] > exposed[0].auc_ng_h_per_ml[0]


def test_a_visit_that_is_not_planned_is_refused_with_the_visits_that_are():
    with pytest.raises(SimulationError, match="no visit 9") as refused:
        simulate_visit(Patient(), SIX, visit=9)
    assert "1 to 6" in refused.value.fix


def test_twice_the_dose_gives_twice_the_concentration():
    once = simulate_visit(Patient(), SIX, amount=0.25)
    twice = simulate_visit(Patient(), SIX, amount=0.5)
    np.testing.assert_allclose(twice.venous_ng_per_ml, 2 * once.venous_ng_per_ml, rtol=1e-9)


def test_effects_are_frozen_records():
    visit = simulate_visit(Patient(), SIX, hours_after=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        visit.number = 2
