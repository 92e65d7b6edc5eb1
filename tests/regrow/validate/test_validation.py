"""A validation from study to summary: every kind, unseen or left out."""

import dataclasses
import functools
import math

import pytest
from invented import FINDINGS, changed, known, sets, study

from regrow.errors import ValidationError
from regrow.trial.rerun import rerun
from regrow.validate.comparator import comparator
from regrow.validate.run import Validation, judged, leave_one_out, validate
from regrow.validate.score import GROUPS


@functools.cache
def view() -> Validation:
    return validate([study()], trained_on=known(), sets=sets(), people=32, seed=1)


@pytest.mark.parametrize("kind", sorted(FINDINGS))
def test_every_kind_is_predicted_and_scored_beside_the_comparator(kind: str) -> None:
    (one,) = [each for each in view().tested if each.ours.row.finding.kind == kind]
    for found in (one.ours, one.naive):
        assert found.row.finding == one.ours.row.finding
        assert found.crps >= 0.0
        assert math.isfinite(found.crps)
        assert math.isfinite(found.log_score)
        assert 0.0 <= found.least_band <= 1.0
        assert found.row.inside_95 >= found.row.inside_50


def test_each_kind_has_its_row_and_all_have_one() -> None:
    assert [one.name for one in view().compared] == [*GROUPS, "all"]
    whole = view().compared[-1]
    assert whole.ours.findings == whole.naive.findings == len(FINDINGS)
    assert sum(one.ours.findings for one in view().compared[:-1]) == len(FINDINGS)


def test_the_same_seed_gives_the_same_numbers() -> None:
    again = validate([study()], trained_on=known(), sets=sets(), people=32, seed=1)
    assert again.compared == view().compared
    other = validate([study()], trained_on=known(), sets=sets(), people=32, seed=2)
    assert other.compared != view().compared


def test_what_the_model_and_the_comparator_knew_is_named() -> None:
    assert view().apart == "never seen"
    assert view().trained_on == tuple(one.id for one in known())
    assert (view().sets, view().people, view().seed) == (len(sets()), 32, 1)


def test_a_finding_that_does_not_count_is_shown_and_not_scored_together() -> None:
    silent = changed(
        "value = 0.4", 'value = 0.4\nused = false\nwhy_not = "invented"', "change", "response"
    )
    found = validate([silent], trained_on=known(), sets=sets(), people=32)
    assert [one.counts for one in found.tested] == [True, False]
    assert [one.name for one in found.compared] == ["points", "all"]


def test_a_study_without_a_finding_that_counts_is_refused() -> None:
    silent = changed("value = 0.4", 'value = 0.4\nused = false\nwhy_not = "x"', "response")
    with pytest.raises(ValidationError, match="None of the findings counts"):
        validate([silent], trained_on=known(), sets=sets(), people=32)


def test_progress_is_told_study_by_study() -> None:
    told: list[tuple[int, int]] = []
    both = [study("change"), study("response", name="nobody2032").model_copy(
        update={"citation": "Nobody 2032", "doi": None}).named("nobody2032")]  # fmt: skip
    validate(both, trained_on=known(), sets=sets(), people=32,
             progress=lambda *so_far: told.append(so_far))  # fmt: skip
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_left_out_each_study_meets_a_comparator_that_does_not_know_it() -> None:
    chosen = [one for one in known() if one.id in ("murrough2013", "wilkinson2019")]
    runs = [rerun(one, sets(), people=32) for one in chosen]
    found = leave_one_out(runs, known())
    assert found.apart == "left out"
    assert found.compared[-1].ours.findings == sum(f.used for s in chosen for f in s.finding)
    taught = judged(runs[0], comparator(known()))
    left_out = [one for one in found.tested if one.study.id == chosen[0].id]
    assert [one.ours for one in left_out] != []
    assert [one.naive.row.median for one in left_out] != [one.naive.row.median for one in taught]


def test_pooled_analyses_of_the_same_people_are_left_out_too() -> None:
    """However far off a pooled analysis were, a study that it pools would not notice."""
    (single,) = [one for one in known() if one.id == "murrough2013"]
    pooled = {one.id for one in known() if single.id in one.overlaps}
    assert pooled
    wild = tuple(
        one if one.id not in pooled
        else one.model_copy(
            update={"finding": tuple(f.model_copy(update={"value": 0.99}) for f in one.finding)}
        ).named(one.id)
        for one in known()
    )  # fmt: skip
    run = rerun(single, sets(), people=32)
    assert leave_one_out([run], wild).compared == leave_one_out([run], known()).compared


def test_a_prediction_that_knew_the_answer_would_score_better() -> None:
    """The scores tell a good prediction from a bad one."""
    run = rerun(study("change"), sets(), people=32, seed=1)
    by = comparator(known())
    (honest,) = judged(run, by)
    (predicted,) = run.prediction.findings
    knowing = dataclasses.replace(predicted, expected=0.0 * predicted.expected - 10.0)
    prophet = dataclasses.replace(
        run,
        prediction=dataclasses.replace(run.prediction, findings=(knowing,)),
        rows=(dataclasses.replace(run.rows[0], draws=0.0 * run.rows[0].draws - 10.0),),
    )
    (told,) = judged(prophet, by)
    assert told.ours.crps < honest.ours.crps
    assert told.ours.log_score > honest.ours.log_score
