"""A CSV file of readings and log: what it says, and every mistake with its line."""

import datetime
from pathlib import Path

import pytest
from one_person import NOTHING, plan

from regrow.forecast.log import DoseLogged, PracticeLogged, SessionLogged
from regrow.forecast.reading import Reading
from regrow.forecast.readings import read
from regrow.forecast.table import UnsoundReadings

SEVERAL = plan("six-infusions-with-integration", days=120)
MANUAL = Path(__file__).parents[3] / "docs" / "reference" / "readings.md"
START = datetime.date(2026, 3, 2)
SOUND = """\
day,what,value,unit,note
0,MADRS,34,,before the first infusion
0,dose,0.5,mg/kg,
3,integration,not held,,
4,dose,not given,,a cold
7,PHQ-9,15
7,mindfulness,80,%,
14,mindfulness,0.5,,
8,CADSS,12,,
9,MADRS,,,
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="readings.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def problems(path, *, calendar=SEVERAL, **more):
    with pytest.raises(UnsoundReadings) as refused:
        read(path, calendar, **more)
    return refused.value.problems


def with_row(row, header="day,what,value,unit"):
    return f"{header}\n0,MADRS,34,\n{row}\n"


def test_a_file_says_what_was_read_and_what_was_done(written):
    found = read(written(SOUND), SEVERAL)
    assert found.readings == (Reading(0.0, "MADRS", 34.0), Reading(7.0, "PHQ-9", 15.0))
    assert found.log.doses == (
        DoseLogged(day=0, amount=0.5, unit="mg/kg"),
        DoseLogged(day=4, given=False),
    )
    assert found.log.sessions == (SessionLogged(day=3, kind="integration", held=False),)
    assert found.log.practices == (
        PracticeLogged(practice="mindfulness", share=0.8, from_day=0, until_day=8),
        PracticeLogged(practice="mindfulness", share=0.5, from_day=8, until_day=15),
    )
    assert found.today == 14.0
    assert found.remarks == (
        "1 row: CADSS is not read by the model.",
        "1 row: MADRS has no value: taken as not answered.",
    )


def test_the_example_of_the_manual_is_sound(written):
    text = MANUAL.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    assert len(read(written(text), SEVERAL).readings) == 3


@pytest.mark.parametrize("column", ["day", "date", "what", "value", "unit", "item1", "note"])
def test_every_column_stands_in_the_manual(column):
    assert f"`{column}`" in MANUAL.read_text(encoding="utf-8").split("## Columns")[1]


def test_dates_are_counted_from_day_0_and_the_hour_of_the_first_dose(written):
    text = "date,what,value\n2026-03-02,MADRS,34\n2026-03-09 15:00,MADRS,20\n"
    text += "2026-03-02 08:00,PHQ-9,19\n"
    found = read(written(text), SEVERAL, start=START)
    assert [one.day for one in found.readings] == pytest.approx([0.0, 7.25, 0.0])


def test_items_are_kept_when_they_add_up(written):
    text = "day,what,value,item1,item2,item3\n0,PHQ-9,5,3,2,\n7,PHQ-9,9,3,,2\n"
    found = read(written(text), SEVERAL)
    assert [one.items for one in found.readings] == [(3, 2), (3, None, 2)]


def test_what_people_and_spreadsheets_do_to_a_file_does_no_harm(written):
    text = '\ufeffDay, Measure ,Score,Comment\r\n\r\n 3 , madrs , 20 ,"a, b"\r\n,,,\r\n'
    assert read(written(text), SEVERAL).readings == (Reading(3.0, "MADRS", 20.0),)


@pytest.mark.parametrize(
    ("row", "what", "fix"),
    [
        ("3,MADRAS,20", "'MADRAS'", 'Did you mean "MADRS"?'),
        ("3,,20", "does not say what", '"MADRS"'),
        ("3,MADRS,61", "outside 0 to 60", "Check the score"),
        ("3,MADRS,-1", "outside 0 to 60", "Check the score"),
        ("3,PHQ-9,28", "outside 0 to 27", "Check the score"),
        ('3,MADRS,"12,5"', "'12,5' is not a number", "Write 12.5."),
        ("3,MADRS,about 20", "'about 20' is not a number", '"note"'),
        ("3,MADRS,1e1", "'1e1' is not a number", "score alone"),
        ("3,MADRS,nan", "'nan' is not a number", "score alone"),
        ("-1,MADRS,20", "before the protocol", "leave the row out"),
        ("2026-03-05,MADRS,20", "a date in a column of days", "throughout"),
        ("soon,MADRS,20", "'soon' is not a day", '"7"'),
        (",MADRS,20", "There is no day", '"7"'),
        ("9999,MADRS,20", "3660 days", "Check the date"),
        ("0,MADRS,30", "twice", "own time of day"),
        ("3,dose,5,mg/kg", "above the limit of 1.5 mg/kg", "unit"),
        ("3,dose,9000,mg", "above the limit of 150 mg", "unit"),
        ("3,dose,0.5,g/kg", "'0.5 g/kg' is not an amount", "500 mg/kg"),
        ("3,dose,0.5,", "is not an amount", "unit"),
        ("3,dose,0,mg", "is no dose", '"not given"'),
        ("3,dose,not given,", "No dose was planned on day 3", "for which"),
        ("3,integration,maybe", "'maybe' does not say whether", '"not held"'),
        ("3,yoga,0.5", "not a practice of this plan", "walking or jogging"),
        ("3,mindfulness,3", "not a share", "80 with the unit %"),
        ("3,mindfulness,80,mg", "not a share", "80 with the unit %"),
        ("3,mindfulness,,", "There is no value", "score alone"),
        ("3,MADRS,20,,,,", "7 cells under 4 columns", "double quotes"),
        ("3,MADRS", "2 cells under 4 columns", "Fill up"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_fix(written, row, what, fix):
    (problem,) = problems(written(with_row(row)))
    assert problem.line == 3
    assert problem.file == "readings.csv"
    assert what in problem.what
    assert fix in problem.fix
    assert problem.why


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("2026-02-30,MADRS,20", "not a date that exists"),
        ("2026-03-05 25:00,MADRS,20", "not a date that exists"),
        ("05.03.2026,MADRS,20", "'05.03.2026' is not a date"),
        ("3/5/26,MADRS,20", "'3/5/26' is not a date"),
        ("7,MADRS,20", "a number of days in a column of dates"),
        ("2026-03-01,MADRS,20", "before the protocol began (2026-03-02)"),
        ("2026-03-20,MADRS,20", "in the future"),
        (",MADRS,20", "There is no date"),
    ],
)
def test_a_mistake_in_a_date_is_told(written, row, what):
    text = f"date,what,value\n2026-03-02,MADRS,34\n{row}\n"
    (problem,) = problems(written(text), start=START, today=datetime.date(2026, 3, 10))
    assert problem.line == 3
    assert what in problem.what


def test_dates_without_the_date_of_day_0_are_refused(written):
    (problem,) = problems(written("date,what,value\n2026-03-02,MADRS,34\n"))
    assert "not said on which day" in problem.what


def test_items_that_do_not_add_up_are_told(written):
    text = "day,what,value,item1,item2\n0,PHQ-9,5,3,1\n1,PHQ-9,2,3,\n2,PHQ-9,5,3,x\n3,PHQ-9,,3,2\n"
    found = problems(written(text))
    assert [problem.line for problem in found] == [2, 3, 4, 5]
    assert "add up to 4" in found[0].what
    assert "'x' is not the answer" in found[2].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("day,what,value\n", "nothing below"),
        ("day;what;value\n0;MADRS;34\n", "separated by ';'"),
        ("day\twhat\tvalue\n", "separated by '\\t'"),
        ("MADRS,34\n", "No column 'day' and 'what' and 'value'"),
        ("day,date,what,value\n", "a column of days and one of dates"),
        ("day,what\n0,MADRS\n", "No column 'value'"),
        ('day,what,value\n0,MADRS,"34\n', "not a table"),
        ("day,what,value\n0,MADRS,34\n".encode("utf-16"), "not UTF-8"),
        ("day,what,value,note\n0,MADRS,34,m\u00fcde\n".encode("latin-1"), "not UTF-8"),
        (b"\x00\xff\x00\xff", "not UTF-8"),
        ("day,what,value\n" + "0,MADRS,34\n" * 500_000, "bytes"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "bytes",
)
def test_a_file_that_is_no_such_table_is_told(written, text, what):
    (problem,) = problems(written(text))
    assert what in problem.what
    assert problem.fix


def test_a_file_that_is_not_there_is_told(tmp_path):
    (problem,) = problems(tmp_path / "none.csv")
    assert "cannot be opened" in problem.what


def test_a_column_that_would_be_lost_is_told_and_so_is_one_that_stands_twice(written):
    found = problems(written("day,what,value,vlaue,value\n0,MADRS,34,,\n"))
    assert "'vlaue' is not known" in found[0].what
    assert 'Did you mean "value"?' in found[0].fix
    assert "twice" in found[1].what


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(written):
    text = "day,what,value,colour\n-1,MADRS,70,\n2,MADRSS,20,\n3,MADRS,x,\n"
    found = problems(written(text))
    assert [problem.line for problem in found] == [1, 2, 2, 3, 4]
    printed = str(UnsoundReadings(found))
    assert "readings.csv:3: 'MADRSS'" in printed
    assert printed.count("Why:") == printed.count("Fix:") == 5


def test_a_plan_without_doses_or_practices_needs_none_in_the_file(written):
    assert read(written("day,what,value\n0,MADRS,34\n"), NOTHING).log.doses == ()
    (problem,) = problems(written("day,what,value\n0,mindfulness,1\n"), calendar=NOTHING)
    assert "leave the row out" in problem.fix


def test_today_is_never_before_the_last_row(written):
    path = written("day,what,value\n0,MADRS,34\n7.4,MADRS,20\n")
    assert read(path, SEVERAL).today == 7.4
    assert read(path, SEVERAL, today=7).today == 7.4
    assert read(path, SEVERAL, today=9).today == 9.0
    assert "future" in problems(path, today=6)[0].what
