"""The people of ds005917, and the page that says how well they were predicted."""

from pathlib import Path

import numpy as np
import pytest

from regrow.appraise import ds005917
from regrow.appraise.origins import OURS
from regrow.appraise.page_people import of_person
from regrow.appraise.place import agreement, sets_by_others
from regrow.appraise.rivals import LAST, MEAN
from regrow.appraise.run import people_read
from regrow.appraise.without import sets_without
from regrow.forecast.belief import SETS
from regrow.model.values import centre
from regrow.posterior import sets

PAGE = Path(__file__).parents[3] / "docs/reference/forecast-quality.md"
AGAIN = "the page is out of date: run python -m regrow.appraise docs/reference/forecast-quality.md"


def person(name, **chosen):
    return next(one for one in ds005917.people(**chosen) if one.name == name)


def test_ratings_lie_on_the_days_after_each_infusion():
    mine = person("sub-MOA109")
    assert [one.day for one in mine.readings] == [0, 2, 10, 16, 24]
    assert [one.value for one in mine.readings] == [25, 29, 29, 18, 33]
    assert mine.occasions == (
        "before",
        "2 d after saline",
        "10 d after saline",
        "2 d after ketamine",
        "10 d after ketamine",
    )


def test_a_rating_that_is_missing_is_left_out():
    assert [one.day for one in person("sub-MOA101").readings] == [0, 2, 16, 24]


def test_the_order_of_the_infusions_is_that_of_the_data():
    doses = person("sub-MOA109").plans[0].doses
    assert [(dose.day, dose.amount) for dose in doses] == [(0, 0.0), (14, 0.5)]


def test_who_had_one_infusion_has_a_plan_of_one():
    (dose,) = person("sub-MOA103").plans[0].doses
    assert dose.amount == 0.0


def test_a_rating_is_predicted_under_the_blinding_of_its_infusion():
    plans = person("sub-MOA109").plans
    assert [plan.blinding for plan in plans[1:]] == ["saline control"] * 2 + [
        "active drug in saline-controlled trial"
    ] * 2
    active = person("sub-MOA109", blinding="active").plans
    assert {plan.blinding for plan in active[1:]} == {"active drug in saline-controlled trial"}


def test_other_days_between_the_infusions_can_be_tried():
    assert [one.day for one in person("sub-MOA109", interval_days=21).readings] == [
        0,
        2,
        10,
        23,
        31,
    ]


def test_a_study_that_no_fit_left_out_is_predicted_from_the_whole_posterior():
    found, unseen = sets_without("no-such-study", 8)
    assert found == sets(8)
    assert not unseen


def row(name):
    text = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| {name} |"))
    return [float(cell) for cell in text.strip("|").split("|")[1:]]


@pytest.mark.parametrize("name", ["sub-MOA104", "sub-MOA131"])
def test_the_page_says_what_is_found_again(name):
    people = ds005917.people()
    without, _ = sets_without(ds005917.STUDY, SETS)
    place = next(k for k, one in enumerate(people) if one.name == name)
    cases = people_read(people, sets=without, seed=300_000, only=[name])
    assert len(cases) == sum(range(1, len(people[place].readings)))
    again = [float(cell) for cell in of_person(name, cases).strip("|").split("|")[1:]]
    assert again == pytest.approx(row(name), abs=0.02), AGAIN
    assert set(cases[0].scores) > {OURS, LAST, MEAN}


def test_sets_that_predict_the_others_better_are_counted_with_more_often():
    some = sets(3)
    favour = [np.array([0.0, -9.0, -9.0]), np.array([0.0, -9.0, -9.0]), np.array([-90.0, 0.0, 0.0])]
    chosen, worth = sets_by_others(favour, 2, some, 8)
    assert chosen == (some[0],) * 8
    assert worth == pytest.approx(1.0, abs=1e-3)
    # the person to be predicted has no say, the others do
    chosen, worth = sets_by_others(favour, 0, some, 8)
    assert set(map(id, chosen)) == {id(some[1]), id(some[2])}
    assert worth == pytest.approx(2.0)


def test_a_person_whom_the_drug_did_nothing_speaks_for_a_place_where_it_does_little():
    half = [{**centre(), "contexts/place_drug": factor} for factor in (0.2, 3.0)]
    log = agreement(person("sub-MOA124"), half, seed=1)
    assert log[0] > log[1]
    log = agreement(person("sub-MOA112"), half, seed=1)
    assert log[0] < log[1]
