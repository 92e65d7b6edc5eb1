"""Schedules count and space their days as they say."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regrow.errors import ProtocolError
from regrow.protocol.placed import Relative, placed
from regrow.protocol.schedule import MOST_OCCASIONS, Schedule, schedule
from regrow.protocol.when import When, when
from regrow.units import amount, clock, day, days, every, hour_of_day, minutes

WEEKS = st.integers(1, 60)
TIMES = st.integers(1, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("day 0", (0,)),
        ("days 0, 3, 7", (0, 3, 7)),
        ("days 0, 3 and 7", (0, 3, 7)),
        ("3 a week for 2 weeks", (0, 2, 4, 7, 9, 11)),
        ("twice a week for 2 weeks", (0, 3, 7, 10)),
        ("once per week for 2 weeks", (0, 7)),
        ("2 a week for 2 weeks then 1 a week for 2 weeks", (0, 3, 7, 10, 14, 21)),
        ("daily for 3 days", (0, 1, 2)),
        ("every 14 days for 6 weeks", (0, 14, 28)),
        ("every 2 weeks for 1 month", (0, 14, 28)),
        ("every 14 days for 2 weeks then daily for 2 days", (0, 14, 15)),
    ],
)
def test_a_schedule_means_these_days(text: str, expected: tuple[int, ...]) -> None:
    assert schedule(text).days() == expected


@st.composite
def phrases(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["weekly", "daily", "every"]))
    weeks = draw(WEEKS)
    if kind == "weekly":
        return f"{draw(TIMES)} a week for {weeks} weeks"
    if kind == "daily":
        return f"daily for {weeks} days"
    return f"every {draw(st.integers(1, 40))} days for {weeks} weeks"


SCHEDULES = st.lists(phrases(), min_size=1, max_size=4).map(" then ".join).map(schedule)


@given(SCHEDULES, st.integers(0, 500))
def test_days_are_in_order_and_unique_and_as_many_as_counted(plan: Schedule, start: int) -> None:
    found = plan.days(starting=start)
    assert list(found) == sorted(set(found))
    assert len(found) == plan.count() > 0
    assert found[0] == start
    assert found[-1] < start + plan.length()


@given(SCHEDULES, st.integers(0, 500))
def test_starting_later_moves_every_day_by_as_much(plan: Schedule, start: int) -> None:
    assert plan.days(starting=start) == tuple(start + day for day in plan.days())


@given(phrases(), phrases())
def test_then_means_after_the_whole_of_the_first(first: str, second: str) -> None:
    both = schedule(f"{first} then {second}")
    after = schedule(first).length()
    assert both.days() == schedule(first).days() + schedule(second).days(starting=after)
    assert both.length() == after + schedule(second).length()


@given(TIMES, WEEKS)
def test_so_many_a_week_are_so_many_in_any_week(times: int, weeks: int) -> None:
    found = schedule(f"{times} a week for {weeks} weeks").days()
    assert len(found) == times * weeks
    for start in range(0, 7 * weeks - 6):
        assert sum(start <= day < start + 7 for day in found) == times


@given(st.integers(1, 60), WEEKS)
def test_every_so_many_days_are_so_many_days_apart(gap: int, weeks: int) -> None:
    found = schedule(f"every {gap} days for {weeks} weeks").days()
    assert {b - a for a, b in itertools.pairwise(found)} <= {gap}


@given(SCHEDULES)
def test_a_schedule_written_out_is_the_same_schedule(plan: Schedule) -> None:
    assert schedule(str(plan)) == plan


def test_the_most_doses_that_fit_are_allowed_and_one_more_is_not() -> None:
    assert schedule(f"daily for {MOST_OCCASIONS} days").count() == MOST_OCCASIONS
    with pytest.raises(ProtocolError, match="2,001 days"):
        schedule(f"daily for {MOST_OCCASIONS + 1} days")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "then",
        "day",
        "day -1",
        "days 1, 1",
        "0 a week for 2 weeks",
        "8 a week for 2 weeks",
        "daily",
        "daily for 0 days",
        "every 0 days for 2 weeks",
        "day 0 then day 3",
        "days 0 - 5",
        "3 a week for two weeks",
        "1.5 a week for 2 weeks",
        "day 9999999",
        "٣ a week for 2 weeks",
    ],
)
def test_what_is_no_schedule_is_refused_with_a_fix(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        schedule(text)
    assert caught.value.fix


def test_a_placement_is_relative_to_doses_or_has_days_of_its_own() -> None:
    assert placed("24-48 h after each dose") == Relative("24-48 h after each dose", 24, 48, "each")
    assert placed("2 days before the first dose") == Relative(
        "2 days before the first dose", -48, -48, "the first"
    )
    assert placed("1-2 days before each dose") == Relative(
        "1-2 days before each dose", -48, -24, "each"
    )
    assert placed("days 1, 8") == schedule("days 1, 8")


@pytest.mark.parametrize(
    "text", ["after the dose", "48-24 h after each dose", "9 weeks after each dose", "each dose"]
)
def test_what_is_no_placement_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError, match="does not say where"):
        placed(text)


def test_a_rule_asks_for_a_response_or_a_rise_or_both() -> None:
    assert when("after response") == When(after_response=True)
    assert when("PHQ-9 rises by 5 above its best") == When(phq9_rise_above_best=5)
    both = when("after response and PHQ-9 rises by 5 above its best")
    assert both == When(after_response=True, phq9_rise_above_best=5)
    assert when(str(both)) == both


@pytest.mark.parametrize(
    "text",
    [
        "",
        "always",
        "after response and after response",
        "PHQ-9 rises by 28 above its best",
        "PHQ-9 rises by 0 above its best",
        "MADRS rises by 5 above its best",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ProtocolError, match="not a rule"):
        when(text)


def test_quantities_are_read_as_people_write_them() -> None:
    assert str(amount("0.5mg/kg")) == "0.5 mg/kg"
    assert (amount("28 mg").value, amount("28 mg").unit) == (28.0, "mg")
    assert minutes("40 min") == 40
    assert minutes("1.5 h") == minutes("1 h 30 min") == minutes("90 minutes") == 90
    assert (days("2 weeks"), days("6 months"), days("1 day")) == (14, 180, 1)
    assert (day("day 28"), every("every 2 weeks")) == (28, 14)
    assert hour_of_day("09:30") == 9.5


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("500 ug", "0.5 mg"),
        ("0,5 mg", "0.5 mg"),
        ("1 g", "1000 mg"),
        ("50 µg per kg", "0.05 mg/kg"),
        ("half a tablet", "0.5 mg/kg"),
        ("0.5", "0.5 mg/kg"),
        ("-5 mg", "0.5 mg/kg"),
    ],
)
def test_a_wrong_unit_is_mended_where_it_can_be(text: str, fix: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        amount(text)
    assert f'"{fix}"' in caught.value.fix


@given(st.integers(0, 24 * 60 - 1))
def test_the_clock_reads_what_it_writes(minute: int) -> None:
    assert hour_of_day(clock(minute / 60)) == pytest.approx(minute / 60)
