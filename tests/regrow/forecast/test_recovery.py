"""Persons drawn from the model are found again: ninety of a hundred inside the 90 % band."""

import numpy as np
import pytest
from one_person import SETS, drawn_persons, plan, small

from regrow.forecast.belief import observe
from regrow.forecast.futures import futures
from regrow.model.traits import row

PERSONS = 100
DAYS = [0, 1, 4, 7, 14, 21]
ON_A_SECOND_SCALE = [0, 7, 14]
LATER = 35


@pytest.fixture(scope="module")
def ranks():
    """Where the truth lies among equally likely versions of each person (0 to 1)."""
    six = plan()
    truth = drawn_persons(six, PERSONS, sets=SETS, seed=17)
    found = {"severity before": [], "sensitivity": [], "severity later": [], "reading later": []}
    for person in range(PERSONS):
        readings = truth.readings(person, DAYS)
        readings += truth.readings(person, ON_A_SECOND_SCALE, "PHQ-9")
        belief, _ = observe(small(six, persons=1024, seed=person), readings)
        future = futures(belief, today=21, until=LATER, seed=person, count=1024)
        versions, true = future.persons, truth.z[:, person]
        later = future.at(LATER)
        (reading,) = truth.readings(person, [LATER])
        for name, among, value in (
            ("severity before", versions.baseline, true[row("baseline_severity")]),
            ("sensitivity", versions.z[row("sensitivity")], true[row("sensitivity")]),
            ("severity later", future.severity[later], truth.severity[LATER, person]),
            ("reading later", future.shown("MADRS")[later], reading.value),
        ):
            # of versions that are the same as the truth (at a floor), half lie below
            below = (among < value).mean() + 0.5 * (among == value).mean()
            found[name].append(below)
    return {name: np.array(shares) for name, shares in found.items()}


@pytest.mark.xdist_group("recovery")
@pytest.mark.parametrize(
    "name", ["severity before", "sensitivity", "severity later", "reading later"]
)
def test_the_truth_lies_in_the_bands_as_often_as_they_say(ranks, name):
    inside90 = np.sum((ranks[name] > 0.05) & (ranks[name] < 0.95))
    inside50 = np.sum((ranks[name] > 0.25) & (ranks[name] < 0.75))
    # three SDs of chance on either side
    assert 81 <= inside90 <= 99
    assert 35 <= inside50 <= 65


@pytest.mark.xdist_group("recovery")
@pytest.mark.parametrize("name", ["severity before", "sensitivity", "severity later"])
def test_the_truth_lies_on_no_side_more_often(ranks, name):
    assert ranks[name].mean() == pytest.approx(0.5, abs=3 * np.sqrt(1 / 12 / PERSONS))
