"""One verb for one patient and for many: what must hold whatever the size."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from regrow import population
from regrow.errors import PatientError, SimulationError
from regrow.patient import Patient
from regrow.protocol.calendar import Calendar, Condition, DoseEvent, calendar
from regrow.protocol.read import read
from regrow.simulate import Chunk, side_by_side, simulate

PROTOCOLS = Path(__file__).parents[3] / "protocols"
SIX = read(PROTOCOLS / "six-infusions.toml")
SINGLE = read(PROTOCOLS / "single-infusion.toml")
ALL = sorted(PROTOCOLS.glob("*.toml"))


def infusion(day, *, visit, condition=None, phase="acute", amount=0.5):
    return DoseEvent(
        day=day,
        hour=9.0,
        visit=visit,
        drug="racemic ketamine",
        route="intravenous infusion",
        formulation=None,
        amount=amount,
        unit="mg/kg",
        minutes=40.0,
        condition=condition,
        phase=phase,
        supervised=True,
    )


def plan(*doses, days=60):
    return Calendar(
        doses=doses,
        therapy=(),
        practices=(),
        measures=(),
        setting="clinic",
        blinding="saline control",
        background="unchanged treatment",
        until_day=days,
    )


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_example_protocol_simulates(path):
    result = simulate(population.draw(64, seed=1), read(path), until=60)
    assert np.isfinite(result.readings).all()
    assert (result.kept("madrs") >= 0).all()
    assert (result.kept("madrs") <= 60).all()
    assert result.grid_error_points < 0.05


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_states_stay_in_their_ranges_over_the_whole_spread_of_belief(path):
    result = simulate(
        population.draw(1024, seed=0), read(path), until=45, knowledge="posterior", keep=1024
    )
    labile, consolidated = result.kept("labile_synapses"), result.kept("consolidated_synapses")
    assert labile.min() > -1e-3
    assert consolidated.min() >= 0.0
    assert (labile + consolidated).max() <= 1.0 + 1e-3
    assert result.kept("skill").min() >= 0.0
    assert result.kept("skill").max() <= 1.0
    assert result.kept("window").min() >= 1.0
    assert result.grid_error_points < 0.3


def test_the_number_of_threads_changes_nothing():
    people = population.draw(9000, seed=4)
    one, two = (simulate(people, SIX, until=30, threads=n) for n in (1, 2))
    np.testing.assert_array_equal(one.summary.madrs.counts, two.summary.madrs.counts)
    np.testing.assert_array_equal(one.readings, two.readings)
    np.testing.assert_array_equal(one.mean_change(), two.mean_change())


def test_a_small_population_is_the_beginning_of_a_large_one():
    few, many = (simulate(population.draw(n, seed=4), SIX, until=14) for n in (50, 6000))
    np.testing.assert_array_equal(few.readings, many.readings[:, :, :50])


def test_another_seed_gives_other_people():
    first, second = (simulate(population.draw(16, seed=n), SIX, until=3) for n in (1, 2))
    assert not np.array_equal(first.kept("madrs"), second.kept("madrs"))


def test_two_patients_together_fare_as_each_alone():
    light, heavy = Patient(weight_kg=52), Patient(weight_kg=120, stress=1.3)
    both = simulate(population.of([light, heavy]), SIX, until=20)
    for k, patient in enumerate((light, heavy)):
        alone = simulate(patient, SIX, until=20)
        np.testing.assert_array_equal(both.readings[:, :, k], alone.readings[:, :, 0])


def test_a_patient_has_the_severity_and_weight_that_were_asked_for():
    result = simulate(Patient(weight_kg=90, baseline_madrs=41), SIX, until=14)
    assert result.kept("madrs")[0, 0] == pytest.approx(41.0)
    assert result.given_mg[0, 0] == pytest.approx(45.0)


def test_the_histogram_gives_the_mean_and_the_quantiles_of_the_patients():
    result = simulate(population.draw(2000, seed=9), SIX, until=20, keep=2000)
    scores = result.kept("madrs")
    np.testing.assert_allclose(result.summary.madrs.mean(), scores.mean(axis=1), atol=1e-5)
    np.testing.assert_allclose(result.summary.madrs.sd(), scores.std(axis=1), atol=2e-3)
    for share in (0.05, 0.5, 0.95):
        expected = np.quantile(scores, share, axis=1, method="inverted_cdf")
        np.testing.assert_allclose(result.summary.madrs.quantile(share), expected, atol=0.06)


def test_outcomes_are_counted_as_they_are_defined():
    result = simulate(population.draw(1000, seed=9), SIX, until=60, keep=1000)
    scores, summary = result.kept("madrs"), result.summary
    responded = scores <= 0.5 * scores[0]
    np.testing.assert_array_equal(summary.responded, responded.sum(axis=1))
    np.testing.assert_array_equal(summary.remitted, (scores <= 10).sum(axis=1))
    assert summary.ever_responded == responded.any(axis=0).sum()
    after = responded[summary.acute_end :, responded[summary.acute_end]]
    assert summary.responders_at_acute_end == after.shape[1]
    for day in (20, 30, 60):
        lost = (~after[: day - summary.acute_end + 1]).any(axis=0).mean()
        assert summary.relapse_share()[day] == pytest.approx(lost)


def test_side_by_side_compares_the_same_people():
    comparison = side_by_side(population.draw(500, seed=2), [SIX, SIX, SINGLE], until=30)
    same, other = comparison.differences
    assert same.madrs.mean() == pytest.approx(np.zeros(31))
    difference = comparison.results[2].kept("madrs") - comparison.results[0].kept("madrs")
    np.testing.assert_allclose(other.madrs.mean(), difference.mean(axis=1), atol=1e-5)


def test_a_sink_receives_every_patient_once_and_in_order():
    seen: list[Chunk] = []
    side_by_side(population.draw(9000, seed=2), [SIX, SINGLE], until=3, sink=seen.append)
    for protocol in (0, 1):
        chunks = [chunk for chunk in seen if chunk.protocol == protocol]
        numbers = [
            chunk.first_patient + k for chunk in chunks for k in range(chunk.readings.shape[2])
        ]
        assert numbers == list(range(9000))


def test_progress_ends_with_everybody():
    told: list[tuple[int, int]] = []
    side_by_side(
        population.draw(5000), [SINGLE], until=2, progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (5000, 5000)


def test_the_spread_of_knowledge_widens_the_band_and_is_told_apart():
    people = population.draw(4096, seed=3)
    known, unknown = (simulate(people, SIX, until=30, knowledge=k) for k in ("centre", "posterior"))
    assert known.summary.ignorance_sd().max() == 0.0
    assert 1.0 < unknown.summary.ignorance_sd()[14] < 10.0
    both = unknown.summary.people_sd()[14] ** 2 + unknown.summary.ignorance_sd()[14] ** 2
    assert both == pytest.approx(unknown.summary.change.sd()[14] ** 2)


def test_sets_that_do_not_differ_show_no_ignorance():
    from regrow.model.values import centre

    comparison = side_by_side(
        population.draw(4096, seed=3), [SIX], until=14, sets=[centre() for _ in range(16)]
    )
    assert comparison.results[0].summary.ignorance_sd()[14] < 0.25


def test_the_result_is_an_xarray_dataset_with_named_dimensions():
    data = simulate(population.draw(32), SIX, until=7).to_xarray()
    assert data["madrs"].dims == ("day", "patient")
    assert data.sizes["patient"] == 32
    assert data.attrs["seed"] == 0


def test_a_booster_is_given_only_after_the_score_has_risen():
    rule = Condition(phq9_rise_above_best=3.0)
    checks = range(1, 60)
    boosters = [infusion(day, visit=day, condition=rule, phase="maintenance") for day in checks]
    result = simulate(Patient(), plan(infusion(0, visit=1), *boosters), until=60)
    given = np.flatnonzero(result.given_mg[:, 0] > 0.0)
    assert given[0] == 0
    assert len(given) > 1
    phq9 = result.kept("madrs")[:, 0] / 1.9
    booster = given[1]  # dose number k is checked on day k
    above_best = phq9 - np.minimum.accumulate(phq9)
    assert above_best[booster] >= 3.0 - 1e-6
    assert (above_best[:booster] < 3.0).all()


def test_a_booster_waits_for_its_interval():
    rule = Condition(phq9_rise_above_best=0.0, at_most_every_days=14.0)
    boosters = [
        infusion(day, visit=day, condition=rule, phase="maintenance") for day in range(1, 60)
    ]
    result = simulate(Patient(), plan(infusion(0, visit=1), *boosters), until=60)
    assert list(np.flatnonzero(result.given_mg[:, 0] > 0.0)) == [0, 14, 28, 42, 56]


def test_maintenance_after_response_is_not_given_to_somebody_who_never_responded():
    rule = Condition(after_response=True)
    weekly = [infusion(day, visit=day, condition=rule, phase="maintenance") for day in (21, 28, 35)]
    course = [infusion(day, visit=k + 1) for k, day in enumerate((0, 2, 4, 7, 9, 11))]
    for sensitivity, given in ((0.0, 6), (2.0, 9)):
        result = simulate(Patient(sensitivity=sensitivity), plan(*course, *weekly), until=40)
        assert (result.given_mg[:, 0] > 0.0).sum() == given


def test_no_dose_and_no_practice_changes_nothing():
    result = simulate(Patient(), plan(), until=60)
    np.testing.assert_allclose(result.kept("madrs"), 33.0, atol=1e-9)
    np.testing.assert_allclose(result.kept("window"), 1.0, atol=1e-12)


def test_two_drugs_in_one_protocol_are_refused():
    other = dataclasses.replace(infusion(3, visit=2), drug="esketamine")
    with pytest.raises(SimulationError, match="esketamine and racemic ketamine"):
        simulate(Patient(), plan(infusion(0, visit=1), other), until=7)


@pytest.mark.parametrize("days", [0, -3, 10_000])
def test_an_impossible_horizon_is_refused(days):
    with pytest.raises(SimulationError, match="days cannot be simulated"):
        simulate(Patient(), plan(), until=days)


@pytest.mark.parametrize("patients", [0, -1, 10**12])
def test_an_impossible_population_is_refused(patients):
    with pytest.raises(SimulationError, match="cannot be drawn"):
        population.draw(patients)


@pytest.mark.parametrize(
    ("field", "value"),
    [("weight_kg", 7.0), ("age_years", float("nan")), ("baseline_madrs", 61), ("stress", "high")],
)
def test_a_patient_outside_the_model_is_refused_with_the_value(field, value):
    with pytest.raises(PatientError) as refused:
        Patient(**{field: value})
    assert repr(value) in refused.value.what
    assert field in refused.value.what


def test_a_dose_planned_after_the_horizon_is_not_given():
    long, short = calendar(SIX, until_day=60), calendar(SIX, until_day=6)
    asked = simulate(Patient(), long, until=6)
    np.testing.assert_array_equal(asked.given_mg, simulate(Patient(), short, until=6).given_mg)
    assert asked.summary.mean_mg() == pytest.approx(3 * 35.0)


def test_a_calendar_is_as_good_as_the_protocol_it_came_from():
    from_document = simulate(Patient(), SIX, until=20)
    from_calendar = simulate(Patient(), calendar(SIX, until_day=20), until=20)
    np.testing.assert_array_equal(from_document.readings, from_calendar.readings)
