"""What happened until today: the plan, corrected by the log."""

import dataclasses

import pytest
from one_person import NOTHING, plan

from regrow.errors import ForecastError
from regrow.forecast.lived import lived
from regrow.forecast.log import DoseLogged, Log, PracticeLogged, SessionLogged

SIX = plan()
SEVERAL = plan("six-infusions-with-integration", days=120)
MONTHLY = plan("twice-weekly-with-maintenance", days=120)
DAYS = [dose.day for dose in SIX.doses]


def doses(*logged, calendar=SIX, today=8.0):
    return lived(calendar, Log(doses=logged), today=today)


def practised(*logged, today=20.0):
    return lived(SEVERAL, Log(practices=logged), today=today)


def shares(life, practice="mindfulness"):
    return [
        (one.from_day, one.until_day, one.adherence)
        for one in life.calendar.practices
        if one.practice == practice
    ]


def test_what_was_not_logged_happened_as_planned_and_is_told():
    life = lived(SEVERAL, Log(), today=8.0)
    assert life.calendar.doses == SEVERAL.doses
    assert life.calendar.therapy == SEVERAL.therapy
    assert life.assumed == (
        "Doses taken as given as planned: days 0, 2, 4 and 7.",
        "Sessions taken as held as planned: days 0, 1, 3 and 5.",
        "Practices taken as done as planned: walking or jogging, mindfulness, sleep routine, "
        "journaling, social connection.",
    )


def test_a_dose_that_was_left_out_is_not_in_the_life():
    life = doses(DoseLogged(day=4, given=False))
    assert [dose.day for dose in life.calendar.doses] == [day for day in DAYS if day != 4]


def test_the_first_dose_left_out_leaves_the_clock_as_it_is():
    life = doses(DoseLogged(day=0, given=False))
    first = life.calendar.doses[0]
    assert first.condition is not None
    assert first.condition.phq9_rise_above_best > 100
    assert life.shift_days == 0.0


def test_a_dose_given_in_another_amount_and_at_another_hour_counts_as_given():
    life = doses(DoseLogged(day=4, hour=15.0, amount=40.0, unit="mg"))
    (dose,) = (one for one in life.calendar.doses if one.day == 4)
    assert (dose.hour, dose.amount, dose.unit) == (15.0, 40.0, "mg")


def test_a_first_dose_at_another_hour_moves_the_clock_and_not_the_readings():
    life = doses(DoseLogged(day=0, hour=12.0))
    assert life.shift_days == pytest.approx(-3.0 / 24.0)


def test_a_dose_a_day_late_is_the_planned_one_and_not_one_more():
    life = doses(DoseLogged(day=5))
    assert [dose.day for dose in life.calendar.doses] == [5 if day == 4 else day for day in DAYS]
    assert "The dose of day 5 is taken for that of day 4." in life.assumed


def test_a_dose_given_early_is_not_given_again():
    life = doses(DoseLogged(day=7), DoseLogged(day=8), today=8.5)
    assert sum(8 <= dose.day <= 10 for dose in life.calendar.doses) == 1


def test_a_dose_far_from_any_other_is_one_more():
    life = doses(DoseLogged(day=30), today=31.0)
    assert [dose.day for dose in life.calendar.doses] == [*DAYS, 30]


def test_a_dose_of_a_plan_without_any_is_refused():
    with pytest.raises(ForecastError, match="the plan gives none"):
        doses(DoseLogged(day=3), calendar=NOTHING)


def test_a_dose_by_rule_counts_only_when_it_was_logged():
    ruled = [dose.day for dose in MONTHLY.doses if dose.condition is not None]
    life = doses(DoseLogged(day=ruled[1]), calendar=MONTHLY, today=ruled[2] + 1.0)
    lived_days = [dose.day for dose in life.calendar.doses if dose.day <= ruled[2]]
    assert ruled[1] in lived_days
    assert ruled[0] not in lived_days
    past = [dose for dose in life.calendar.doses if dose.day <= ruled[2]]
    assert all(dose.condition is None for dose in past)
    assert any("by rule taken as not given" in one for one in life.assumed)
    assert any(dose.condition is not None for dose in life.calendar.doses if dose.day > ruled[2])


def test_visits_are_counted_anew():
    life = doses(DoseLogged(day=4, given=False))
    assert [dose.visit for dose in life.calendar.doses] == [1, 2, 3, 4, 5]


def test_what_is_logged_after_today_is_not_known_yet():
    life = doses(DoseLogged(day=11, given=False))
    assert [dose.day for dose in life.calendar.doses] == DAYS


def test_another_plan_begins_today():
    none = dataclasses.replace(SIX, doses=())
    life = lived(SIX, Log(), today=8.0, then=none)
    assert [dose.day for dose in life.calendar.doses] == [day for day in DAYS if day < 8]


def test_a_session_that_was_not_held_teaches_nothing_and_a_moved_one_counts_once():
    log = Log(
        sessions=(
            SessionLogged(day=3, kind="integration", held=False),
            SessionLogged(day=6, kind="integration"),
        )
    )
    days = [s.day for s in lived(SEVERAL, log, today=8.0).calendar.therapy if s.day <= 8]
    planned = [s.day for s in SEVERAL.therapy if s.day <= 8]
    assert days == sorted({6 if day == 5 else day for day in planned} - {3})


def test_a_session_that_nobody_planned_counts():
    log = Log(sessions=(SessionLogged(day=7, kind="CBT"),))
    found = lived(SEVERAL, log, today=8.0).calendar.therapy
    assert any((one.day, one.kind) == (7, "CBT") for one in found)


def test_a_practice_is_done_as_logged_and_goes_on_so():
    life = practised(
        PracticeLogged(practice="mindfulness", share=0.2, from_day=0, until_day=8),
        PracticeLogged(practice="mindfulness", share=0.5, from_day=8, until_day=15),
    )
    assert shares(life) == [(0, 8, 0.2), (8, 15, 0.5), (15, 20, 0.7), (20, 84, 0.5)]
    assert shares(life, "journaling") == [(0, 20, 0.6), (20, 84, 0.6)]


def test_a_practice_that_the_plan_does_not_ask_for_is_refused():
    with pytest.raises(ForecastError, match="yoga"):
        practised(PracticeLogged(practice="yoga", share=1.0, from_day=0, until_day=7))


@pytest.mark.parametrize("share", [-0.1, 1.3, float("nan")])
def test_a_share_that_cannot_be_is_refused(share):
    with pytest.raises(ForecastError, match="not a share"):
        PracticeLogged(practice="mindfulness", share=share, from_day=0, until_day=7)


def test_a_log_told_twice_counts_once():
    log = Log(doses=(DoseLogged(day=4, given=False),))
    assert log.and_also(log) == log
