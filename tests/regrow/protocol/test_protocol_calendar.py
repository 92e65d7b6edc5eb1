"""A protocol becomes the calendar that a clinic would keep."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protocol_documents import PROTOCOLS, SOUND, spoilt

from regrow.errors import ProtocolError
from regrow.protocol.agenda import agenda
from regrow.protocol.calendar import Calendar, Condition, PracticePlan, TherapyEvent, calendar
from regrow.protocol.read import read, read_text


def example(name: str) -> Calendar:
    return calendar(read(PROTOCOLS / f"{name}.toml"))


DOSE_DAYS = {
    # name: (planned days, days of doses by rule, days in all)
    "single-infusion": ([0], [], 29),
    "six-infusions": ([0, 2, 4, 7, 9, 11], [], 85),
    "six-infusions-with-integration": ([0, 2, 4, 7, 9, 11], [], 85),
    "saline-control": ([0, 2, 4, 7, 9, 11], [], 85),
    "midazolam-control": ([0, 2, 4, 7, 9, 11], [], 85),
    "twice-weekly-with-maintenance": (
        [0, 3, 7, 10, 14, 17, 21, 24],
        [28, 35, 42, 49, *range(63, 183, 7)],
        183,
    ),
    "esketamine-nasal": (
        [0, 3, 7, 10, 14, 17, 21, 24],
        [28, 35, 42, 49, 56, 70, 84, 98, 112, 126, 140, 154],
        168,
    ),
    "intramuscular-psychotherapy": ([7, 14, 21, 28, 35, 42], [], 85),
    "sublingual-at-home": ([3, 10, 17, 24, 31, 38], [], 78),
    "oral-daily": (list(range(21)), [], 56),
    "seven-day-starter": ([], [], 7),
    "practices-and-therapy": ([], [], 85),
    "journey-foggy-depression": ([7, 10, 14, 17, 21, 24], [], 112),
    "journey-veteran-ptsd": ([7, 10, 14, 17, 21, 24], list(range(42, 222, 14)), 224),
}


def test_every_example_stands_in_the_table() -> None:
    assert set(DOSE_DAYS) == {path.stem for path in PROTOCOLS.glob("*.toml")}


@pytest.mark.parametrize("name", DOSE_DAYS)
def test_the_doses_of_an_example_fall_on_these_days(name: str) -> None:
    plan = example(name)
    planned, by_rule, until = DOSE_DAYS[name]
    assert [dose.day for dose in plan.doses if dose.condition is None] == planned
    assert [dose.day for dose in plan.doses if dose.condition] == by_rule
    assert plan.until_day == until


@pytest.mark.parametrize("name", DOSE_DAYS)
def test_everything_in_a_calendar_is_in_order_and_within_it(name: str) -> None:
    plan = example(name)
    hours = [24 * dose.day + dose.hour for dose in plan.doses]
    assert hours == sorted(hours)
    assert [dose.visit for dose in plan.doses] == list(range(1, len(plan.doses) + 1))
    sessions = [24 * session.day + session.hour for session in plan.therapy]
    assert sessions == sorted(sessions)
    days = [event.day for event in (*plan.doses, *plan.therapy, *plan.measures)]
    assert all(0 <= day < plan.until_day for day in days)
    assert all(0 <= p.from_day < p.until_day <= plan.until_day for p in plan.practices)
    assert len(set(plan.measures)) == len(plan.measures) > 0


def test_an_infusion_keeps_its_amount_its_duration_and_its_hour() -> None:
    first = example("six-infusions").doses[0]
    assert (first.amount, first.unit, first.minutes, first.hour) == (0.5, "mg/kg", 40.0, 9.0)
    assert (first.drug, first.route) == ("racemic ketamine", "intravenous infusion")
    assert (first.formulation, first.phase, first.supervised) == (None, "acute", True)


def test_amounts_rise_by_visit_and_the_last_repeats() -> None:
    amounts = [dose.amount for dose in example("intramuscular-psychotherapy").doses]
    assert amounts == [0.5, 0.75, 1, 1, 1, 1]


def test_a_control_arm_has_visits_without_a_drug() -> None:
    plan = example("saline-control")
    assert {dose.amount for dose in plan.doses} == {0}
    assert plan.blinding == "saline control"


def test_only_doses_at_home_are_unsupervised() -> None:
    assert [dose.supervised for dose in example("sublingual-at-home").doses] == [True] + [False] * 5


def test_a_booster_asks_its_rule_on_every_day_of_checking() -> None:
    plan = example("twice-weekly-with-maintenance")
    assert [d.condition for d in plan.doses if d.day in (28, 63)] == [
        Condition(after_response=True),
        Condition(after_response=True, phq9_rise_above_best=5, at_most_every_days=14),
    ]
    assert {dose.phase for dose in plan.doses if dose.condition} == {"maintenance"}


def test_sessions_lie_around_the_planned_doses() -> None:
    sessions = example("six-infusions-with-integration").therapy
    assert sessions[0] == TherapyEvent(day=0, hour=8.0, kind="preparation", minutes=45)
    integration = [session.day for session in sessions if session.kind == "integration"]
    assert integration == [1, 3, 5, 8, 10, 12]


def test_no_session_is_booked_around_a_dose_that_may_not_be_given() -> None:
    sessions = example("journey-veteran-ptsd").therapy
    integration = [session.day for session in sessions if session.kind == "integration"]
    assert integration == [8, 11, 15, 18, 22, 25]


def test_a_session_after_the_last_dose_waits_for_the_last_dose_of_the_day() -> None:
    text = spoilt('"0.5 mg/kg"', '"0.2 mg/kg"').replace('"intravenous infusion"', '"oral"')
    text = text.replace('over     = "40 min"', 'at = ["09:00", "15:00"]')
    text += (
        '\n[[therapy]]\nkind = "integration"\nminutes = 60\nplaced = "20 h after the last dose"\n'
    )
    plan = calendar(read_text(text, "plan"))
    assert [(session.day, session.hour) for session in plan.therapy] == [(12, 11.0)]
    assert [(dose.day, dose.hour, dose.visit) for dose in plan.doses[:3]] == [
        (0, 9.0, 1),
        (0, 15.0, 1),
        (2, 9.0, 2),
    ]
    assert {dose.formulation for dose in plan.doses} == {"solution"}


def test_a_practice_fills_its_stretch_of_days() -> None:
    assert example("journey-foggy-depression").practices[3] == PracticePlan(
        practice="new skill",
        minutes=30,
        times_a_week=3,
        intensity="light",
        adherence=0.6,
        from_day=8,
        until_day=112,
    )


def test_a_measure_at_each_dose_falls_on_every_planned_dose() -> None:
    plan = example("six-infusions")
    assert [m.day for m in plan.measures if m.measure == "CADSS"] == [0, 2, 4, 7, 9, 11]
    with_rules = example("twice-weekly-with-maintenance")
    planned = [dose.day for dose in with_rules.doses if dose.condition is None]
    assert [m.day for m in with_rules.measures if m.measure == "CADSS"] == planned


@given(st.integers(1, 300))
@settings(max_examples=40, deadline=None)
def test_a_shorter_calendar_is_the_beginning_of_a_longer_one(days: int) -> None:
    plan = read(PROTOCOLS / "journey-veteran-ptsd.toml")
    whole, part = calendar(plan, until_day=300), calendar(plan, until_day=days)
    assert part.doses == tuple(dose for dose in whole.doses if dose.day < days)
    assert part.therapy == tuple(session for session in whole.therapy if session.day < days)
    assert part.measures == tuple(m for m in whole.measures if m.day < days)
    assert part.until_day == days


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_a_calendar_of_no_or_too_many_days_is_refused(days: int) -> None:
    with pytest.raises(ProtocolError, match="cannot be written"):
        calendar(read_text(SOUND, "plan"), until_day=days)


def test_a_bolus_takes_its_own_short_time() -> None:
    text = spoilt('"intravenous infusion"', '"intravenous bolus"').replace(
        'over     = "40 min"\n', ""
    )
    assert calendar(read_text(text, "plan")).doses[0].minutes == 1.0


def test_an_agenda_names_the_date_of_every_event() -> None:
    lines = list(agenda(example("six-infusions"), start=date(2026, 3, 2)))
    assert lines[4] == (
        "day    0  Mon 2026-03-02  09:00  visit 1: racemic ketamine 0.5 mg/kg, "
        "intravenous infusion over 40 min"
    )
    assert lines[-1] == "day   84  Mon 2026-05-25         MADRS"
