"""Every mistake in a document is reported with its line, and all of them at once."""

import pytest
from protocol_documents import SOUND, line_of, problems, spoilt, the_problem
from protocol_mistakes import MISTAKES

from regrow.protocol.read import read_text


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_mistake_is_told_with_its_line_and_its_fix(name: str) -> None:
    old, new, where, what, fix = MISTAKES[name]
    text = spoilt(old, new)
    problem = the_problem(text)
    assert problem.line == line_of(text, where)
    assert what in problem.what
    assert fix in problem.fix
    assert problem.why
    assert problem.file == "plan.toml"


def test_the_sound_document_is_sound() -> None:
    assert read_text(SOUND, "plan.toml").title == "Six infusions"


def test_all_mistakes_are_reported_at_once_in_the_order_of_lines() -> None:
    text = (
        SOUND.replace('"1.0.0"', '"one"')
        .replace('"0.5 mg/kg"', '"0.5 g/kg"')
        .replace("minutes      =", "minuets      =")
        .replace('"PHQ-9"', '"PHQ9"')
        .replace('setting = "clinic"', 'setting = "moon"')
    )
    found = problems(text)
    assert [problem.line for problem in found] == [
        line_of(text, passage) for passage in ("version", "setting", "amount ", "minuets", '"PHQ9"')
    ]


def test_a_mistake_in_one_dose_does_not_hide_one_in_another() -> None:
    second = (
        '\n[[dose]]\ndrug = "esketamine"\nroute = "oral"\namount = "84 mg"\nschedule = "day 30"\n'
    )
    text = spoilt('"0.5 mg/kg"', '"half"') + second
    assert [problem.line for problem in problems(text)] == [
        line_of(text, 'amount   = "half"'),
        line_of(text, 'route = "oral"'),
    ]


def test_overlapping_doses_are_told_where_the_later_one_stands() -> None:
    text = SOUND + (
        '\n[[dose]]\ndrug = "racemic ketamine"\nroute = "intramuscular"\namount = "0.5 mg/kg"\n'
        'schedule = "day 4"\nat = ["09:30"]\n'
    )
    overlap = problems(text)[0]
    assert overlap.line == line_of(text, 'schedule = "day 4"')
    assert (
        overlap.what
        == "The dose on day 4 at 09:30 starts before the dose on day 4 at 09:00 has ended."
    )


def test_doses_that_follow_too_closely_are_told() -> None:
    text = spoilt('schedule = "3 a week for 2 weeks"', 'schedule = "days 0, 1"\nat = ["20:00"]')
    text += (
        '\n[[dose]]\ndrug = "racemic ketamine"\nroute = "intravenous infusion"\n'
        'amount = "0.5 mg/kg"\nover = "40 min"\nschedule = "day 2"\nat = ["08:00"]\n'
    )
    assert "the limit is 20 h" in the_problem(text).what


@pytest.mark.parametrize("amount", ["40 mg", "0.5 mg/kg"])
def test_esketamine_by_the_nose_comes_in_three_amounts(amount: str) -> None:
    text = spoilt('"racemic ketamine"', '"esketamine"').replace('"intravenous infusion"', '"nasal"')
    text = text.replace('over     = "40 min"\n', "").replace("3 a week", "2 a week")
    assert read_text(text.replace('"0.5 mg/kg"', '"56 mg"'), "plan.toml")
    problem = the_problem(text.replace('"0.5 mg/kg"', f'"{amount}"'))
    assert '"28 mg", "56 mg", "84 mg"' in problem.fix
    assert "label-esketamine" in problem.why


def test_esketamine_by_the_nose_three_times_a_week_is_too_often() -> None:
    text = spoilt('"racemic ketamine"', '"esketamine"').replace('"intravenous infusion"', '"nasal"')
    text = text.replace('over     = "40 min"\n', "").replace('"0.5 mg/kg"', '"56 mg"')
    assert "more than 2 in seven days" in the_problem(text).what


def test_a_dose_at_home_needs_its_conditions() -> None:
    text = spoilt('"intravenous infusion"', '"sublingual"').replace(
        'over     = "40 min"', "supervised = false"
    )
    text = text.replace('setting = "clinic"', 'setting = "home"').replace('"0.5 mg/kg"', '"100 mg"')
    assert [problem.line for problem in problems(text)] == [
        line_of(text, "setting"),
        line_of(text, "supervised"),
    ]


def test_every_condition_of_a_dose_at_home_must_hold() -> None:
    text = spoilt(
        "[[practice]]",
        "[home]\nadult_present = false\nfirst_dose_observed_live = true\n"
        "sessions_supplied = 6\nline_open = true\nvitals_before_and_after = true\n"
        "emergency_contact = true\n\n[[practice]]",
    )
    assert [problem.line for problem in problems(text)] == [
        line_of(text, "adult_present"),
        line_of(text, "sessions_supplied"),
    ]


def test_a_preparation_before_day_zero_is_told_with_the_day_that_would_do() -> None:
    text = SOUND + (
        '\n[[therapy]]\nkind = "preparation"\nminutes = 60\n'
        'placed = "2 days before the first dose"\n'
    )
    problem = the_problem(text)
    assert problem.line == line_of(text, "placed")
    mended = text.replace('"3 a week for 2 weeks"', '"3 a week for 2 weeks"\nstarting = "day 2"')
    assert 'starting = "day 2"' in problem.fix
    assert read_text(mended, "plan.toml")


def test_an_unknown_therapy_is_told() -> None:
    text = SOUND + '\n[[therapy]]\nkind = "integraton"\nminutes = 60\nplaced = "day 3"\n'
    assert the_problem(text).fix == 'Did you mean "integration"?'


def test_a_plan_with_nothing_to_do_is_told() -> None:
    text = SOUND[: SOUND.index("[[dose]]")]
    assert "nothing to carry out" in the_problem(text).what


def test_a_session_relative_to_no_dose_is_told() -> None:
    text = SOUND[: SOUND.index("[[dose]]")] + (
        '[[therapy]]\nkind = "CBT"\nminutes = 60\nplaced = "24 h after each dose"\n'
    )
    assert the_problem(text).line == line_of(text, "placed")


def test_a_blinded_arm_outside_a_trial_is_told_beside_what_follows_from_it() -> None:
    text = spoilt('setting = "clinic"', 'setting = "clinic"\nblinding = "saline control"')
    blinding, amount = problems(text)
    assert blinding.line == line_of(text, "blinding")
    assert amount.line == line_of(text, "amount ")


@pytest.mark.parametrize(
    ("section", "key", "known"),
    [("eligibility", 'rules = ["E99"]', "E14"), ("limits", 'files = ["dozes"]', "doses")],
)
def test_a_reference_to_rules_or_limits_that_do_not_exist_is_told(
    section: str, key: str, known: str
) -> None:
    text = f"{SOUND}\n[{section}]\n{key}\n"
    problem = the_problem(text)
    assert problem.line == line_of(text, key)
    assert known in problem.fix


def test_the_error_prints_every_problem_as_a_line_of_a_file() -> None:
    text = spoilt('"0.5 mg/kg"', '"half"').replace('"1.0.0"', '"one"')
    printed = "\n".join(str(problem) for problem in problems(text))
    assert "plan.toml:2: version: 'one' is not a version.\n  Why: " in printed
    assert "plan.toml:13: amount: 'half' is not an amount of drug.\n  Why: " in printed


def test_the_line_is_right_below_text_over_several_lines() -> None:
    text = spoilt('"Six infusions in two weeks."', '"""\nSix [[dose]]\namount = 3\n"""')
    text = text.replace('["murrough2013b"]', '[\n  "murrough2013b",\n]').replace('"40 min"', '"x"')
    assert the_problem(text).line == line_of(text, "over  ")


def test_several_doses_on_one_day_are_checked_against_the_limits_and_each_other() -> None:
    text = spoilt('over     = "40 min"', 'over     = "40 min"\nat = ["09:00", "09:20"]')
    found = problems(text)
    assert [problem.line for problem in found] == [
        line_of(text, "at = "),
        line_of(text, "at = "),
        line_of(text, "schedule"),
    ]
    assert "above the limit of 1" in found[0].what
    assert "before the dose on day 0 at 09:00 has ended" in found[1].what
    assert "more than 3 in seven days" in found[2].what


@pytest.mark.parametrize(
    ("said", "meant"),
    [("ketamine", "racemic ketamine"), ("Ketamin", "racemic ketamine"), ("Spravato", "esketamine")],
)
def test_plain_ketamine_is_never_taken_for_esketamine(said: str, meant: str) -> None:
    assert meant in the_problem(spoilt('"racemic ketamine"', f'"{said}"')).fix


@pytest.mark.parametrize("said", ["iv", "IV", "intravenous", "infusion"])
def test_an_unnamed_intravenous_dose_is_taken_for_an_infusion_not_a_bolus(said: str) -> None:
    problem = next(p for p in problems(spoilt('"intravenous infusion"', f'"{said}"')))
    assert problem.fix == 'Did you mean "intravenous infusion"?'


@pytest.mark.parametrize(("amount", "sound"), [("1.5 mg/kg", True), ("1.51 mg/kg", False)])
def test_a_dose_at_the_limit_is_sound_and_one_above_it_is_not(amount: str, sound: bool) -> None:
    text = spoilt('"0.5 mg/kg"', f'"{amount}"')
    if sound:
        assert read_text(text, "plan.toml")
    else:
        assert "above the limit of 1.5 mg/kg" in the_problem(text).what


BOOSTER = """
[[booster]]
drug = "racemic ketamine"
route = "intravenous infusion"
amount = "0.5 mg/kg"
over = "40 min"
when = "after response"
check = "{check}"
at_most_every = "{gap}"
starting = "day 28"
lasting = "4 weeks"
"""


@pytest.mark.parametrize(
    ("check", "gap", "sound"),
    [
        ("every 1 day", "1 day", False),
        ("every 1 day", "2 days", False),
        ("every 1 day", "3 days", True),
        ("every 2 days", "3 days", True),
        ("every 7 days", "1 day", True),
    ],
)
def test_boosters_never_come_more_often_than_the_limit(check: str, gap: str, sound: bool) -> None:
    text = SOUND + BOOSTER.format(check=check, gap=gap)
    if sound:
        assert read_text(text, "plan.toml")
    else:
        assert the_problem(text).line == line_of(text, "at_most_every")
