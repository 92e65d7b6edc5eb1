"""What if: the same person under another plan."""

import dataclasses

import numpy as np
import pytest
from one_person import SETS, certain, madrs, plan, small

from regrow.errors import ForecastError
from regrow.forecast import edits
from regrow.forecast.alternatives import compared, what_if
from regrow.forecast.belief import observe
from regrow.forecast.futures import futures
from regrow.forecast.log import Log, PracticeLogged

SEVERAL = plan("six-infusions-with-integration", days=120)
READ = madrs((0, 34), (1, 26), (4, 24))
TODAY, UNTIL = 8, 60


def believed(calendar=SEVERAL, *, sets=SETS, given=None, **more):
    return observe(small(calendar, sets=sets, **more), READ, given=given)[0]


def differences(belief, *plans, **more):
    asked = {"today": TODAY, "until": UNTIL, "seed": 1, "count": 512} | more
    return what_if(belief, plans, **asked)


def test_the_same_plan_makes_no_difference_at_all():
    belief = believed()
    (same,) = differences(belief, edits.ahead(belief, today=TODAY))
    for edge in dataclasses.astuple(same.difference):
        assert (edge == 0.0).all()
    assert (same.better == 0.0).all()


def test_the_same_plan_makes_no_difference_to_somebody_who_does_half_of_it():
    half = PracticeLogged(practice="mindfulness", share=0.35, from_day=0, until_day=7)
    belief = believed(given=Log(practices=(half,)))
    (same,) = differences(belief, edits.ahead(belief, today=TODAY))
    assert (same.difference.mean == 0.0).all()
    (as_planned,) = differences(belief, SEVERAL)
    assert as_planned.difference.mean[-1] < 0.0


def test_nothing_changes_before_today():
    belief = believed()
    (stopped,) = differences(belief, edits.stopped(SEVERAL, from_day=0))
    past = stopped.days <= TODAY
    assert (stopped.difference.high90[past] == 0.0).all()
    assert stopped.difference.mean[-1] > 0.0


def test_stopping_never_helps():
    belief = believed(sets=certain())
    (stopped,) = differences(belief, edits.stopped(SEVERAL, from_day=TODAY))
    assert (stopped.difference.low90 >= -1e-6).all()
    assert (stopped.difference.mean[stopped.days > TODAY + 2] > 0.0).all()
    assert (
        stopped.response[-1]
        < what_if(belief, [SEVERAL], today=TODAY, until=UNTIL, seed=1, count=512)[0].response[-1]
    )


def test_stopping_later_is_no_worse_than_stopping_earlier():
    belief = believed(sets=certain())
    early, late = differences(
        belief, edits.stopped(SEVERAL, from_day=TODAY), edits.stopped(SEVERAL, from_day=TODAY + 4)
    )
    assert (late.difference.mean <= early.difference.mean + 1e-9).all()


def test_a_dropped_practice_and_more_therapy_pull_in_opposite_directions():
    belief = believed(sets=certain())
    dropped, more = differences(
        belief,
        edits.practice_dropped(SEVERAL, practice="walking or jogging", from_day=TODAY),
        edits.therapy_added(SEVERAL, kind="CBT", days=[9, 11, 13]),
    )
    assert dropped.difference.mean[-1] > 0.0
    assert more.difference.mean[-1] < 0.0
    assert more.better[-1] > 0.95


def test_all_practices_in_full_help_somebody_who_was_expected_to_do_part_of_them():
    belief = believed(sets=certain())
    (full,) = differences(belief, edits.all_practices_kept(SEVERAL, from_day=TODAY))
    assert full.difference.mean[-1] < 0.0


def test_a_later_dose_helps_later():
    belief = believed(sets=certain())
    (later,) = differences(belief, edits.dose_moved(SEVERAL, day=11, to=25))
    between = (later.days > 12) & (later.days < 24)
    assert (later.difference.mean[between] > 0.0).all()
    assert later.difference.mean[(later.days > 26) & (later.days < 30)].max() < 0.0


def test_one_dose_more_helps_and_one_less_does_not():
    belief = believed(sets=certain())
    more, fewer = differences(
        belief,
        edits.dose_added(SEVERAL, like=11, day=30),
        edits.dose_left_out(SEVERAL, day=14) if _has(14) else edits.dose_left_out(SEVERAL, day=11),
    )
    assert more.difference.mean[-1] < 0.0 < fewer.difference.mean[-1]


def _has(day):
    return any(dose.day == day for dose in SEVERAL.doses)


def test_a_forecast_that_is_there_already_can_be_compared_with():
    belief = believed()
    stopped = edits.stopped(SEVERAL, from_day=TODAY)
    own = futures(belief, today=TODAY, until=UNTIL, seed=1, count=512)
    (again,) = compared(own, belief, [stopped])
    assert np.array_equal(again.difference.mean, differences(belief, stopped)[0].difference.mean)


def test_several_plans_are_compared_with_the_same_versions_of_the_person():
    belief = believed()
    stopped = edits.stopped(SEVERAL, from_day=TODAY)
    alone = differences(belief, stopped)[0]
    among = differences(belief, SEVERAL, stopped)[1]
    assert np.array_equal(alone.difference.mean, among.difference.mean)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda p: edits.dose_moved(p, day=5, to=9), "no dose on day 5"),
        (lambda p: edits.dose_left_out(p, day=5), "no dose on day 5"),
        (lambda p: edits.practice_dropped(p, practice="yoga", from_day=3), "does not ask for"),
        (lambda p: edits.therapy_added(p, kind="hypnosis", days=[3]), "hypnosis"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_what_could(edit, says):
    with pytest.raises(ForecastError, match=says) as refused:
        edit(SEVERAL)
    assert refused.value.fix


def test_an_edit_touches_only_what_it_names():
    moved = edits.dose_moved(SEVERAL, day=11, to=12)
    assert [dose.day for dose in moved.doses] == [
        12 if dose.day == 11 else dose.day for dose in SEVERAL.doses
    ]
    assert moved.practices == SEVERAL.practices
    dropped = edits.practice_dropped(SEVERAL, practice="mindfulness", from_day=10)
    (left,) = (one for one in dropped.practices if one.practice == "mindfulness")
    assert (left.from_day, left.until_day) == (0, 10)
    assert len(dropped.practices) == len(SEVERAL.practices)
    kept = edits.practice_kept(SEVERAL, practice="mindfulness", from_day=10, share=1.0)
    before, after = (one for one in kept.practices if one.practice == "mindfulness")
    assert (before.adherence, after.adherence) == (0.7, 1.0)
