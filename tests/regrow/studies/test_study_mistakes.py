"""Every mistake in a study is reported with its line, and all of them at once."""

import pytest
from study_documents import NAME, SOUND, line_of, problems, spoilt, the_problem
from study_mistakes import FOLLOWED, MISTAKES

from regrow.errors import StudyError
from regrow.studies.read import read_text


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_a_mistake_is_told_with_its_line_and_its_fix(name: str) -> None:
    old, new, where, what, fix = MISTAKES[name]
    text = spoilt(old, new)
    follows = FOLLOWED.get(name)
    (problem,) = [one for one in problems(text) if follows is None or follows not in one.what]
    assert problem.line == line_of(text, where)
    assert what in problem.what
    assert fix in problem.fix
    assert problem.why
    assert problem.file == NAME


def test_the_sound_study_is_sound() -> None:
    assert read_text(SOUND, NAME).id == "example2031"


def test_all_mistakes_are_reported_at_once_in_the_order_of_lines() -> None:
    text = (
        SOUND.replace('"validation"', '"validating"')
        .replace("34.5", "64.5")
        .replace('"0.5 mg/kg"', '"0.5 g/kg"')
        .replace('versus  = "midazolam"', 'versus  = "placebo"')
        .replace("value     = 0.60", "value     = 60")
    )
    passages = ("used_for", "64.5", '"0.5 g/kg"', "versus", "value     = 60")
    assert [problem.line for problem in problems(text)] == [line_of(text, p) for p in passages]


def test_a_remission_is_asked_to_be_defined_once_where_the_first_one_stands() -> None:
    text = SOUND.replace("remission_at_most  = 10\n", "")
    text = text.replace('among     = "response"', 'among     = "remission"')
    assert the_problem(text).line == line_of(text, 'among     = "remission"')
    text = text.replace('kind    = "response"', 'kind    = "remission"')
    problem = the_problem(text)
    assert problem.line == line_of(text, 'kind    = "remission"')
    assert "remission_at_most" in problem.fix


def test_a_mistake_in_the_second_arm_is_told_in_the_second_arm() -> None:
    text = spoilt(
        'amount   = "0 mg/kg"\nover     = "40 min"', 'amount   = "0 mg/kg"\nover     = "40 mins."'
    )
    assert the_problem(text).line == line_of(text, '"40 mins."')


def test_a_study_with_no_arm_is_refused() -> None:
    start, end = SOUND.index("[[arm]]"), SOUND.index("[[finding]]")
    found = problems(SOUND[:start] + SOUND[end:])
    assert "does not say 'arm'" in found[0].what
    assert "There is no arm 'ketamine'." in [problem.what for problem in found]


def test_a_study_with_no_finding_is_refused() -> None:
    problem = the_problem(SOUND[: SOUND.index("[[finding]]")])
    assert "does not say 'finding'" in problem.what


def test_a_comparison_by_chance_needs_two_arms() -> None:
    start = SOUND.index('[[arm]]\nid       = "midazolam"')
    text = SOUND[:start] + SOUND[SOUND.index("[[finding]]") :]
    assert "there is only one arm" in problems(text)[0].what


def test_a_study_goes_by_the_name_of_its_file() -> None:
    problem = the_problem(SOUND, "Example 2031 (final).toml")
    assert problem.line == 1
    assert "'Example 2031 (final)'" in problem.what
    assert "the key 'id'" in the_problem(f'id = "x"\n{SOUND}').what.lower()


def test_what_was_really_given_beyond_the_limits_can_be_said() -> None:
    text = spoilt('"0.5 mg/kg"', '"1.8 mg/kg"')
    assert the_problem(text).fix.endswith("write beyond_limits = true in the [[arm]].")
    arm = 'title    = "Six infusions of racemic ketamine"'
    study = read_text(text.replace(arm, f"beyond_limits = true\n{arm}"), NAME)
    assert study.arm[0].dose[0].amount.value == 1.8


def test_doses_beyond_the_limits_must_still_be_possible() -> None:
    arm = 'title    = "Six infusions of racemic ketamine"'
    text = spoilt(arm, f"beyond_limits = true\n{arm}").replace('"3 a week for 2 weeks"', '"day 0"')
    again = '[[arm.dose]]\ndrug = "racemic ketamine"\nroute = "intramuscular"\n'
    again += 'amount = "0.5 mg/kg"\nschedule = "day 0"\nat = ["09:20"]\n\n'
    text = text.replace(
        '[[arm]]\nid       = "midazolam"', f'{again}[[arm]]\nid       = "midazolam"'
    )
    assert "before the dose on day 0 at 09:00 has ended" in the_problem(text).what


def test_a_study_of_doses_at_home_promises_nothing() -> None:
    text = SOUND.replace('"intravenous infusion"', '"sublingual"').replace(
        'over     = "40 min"\n', ""
    )
    text = text.replace('setting  = "trial"', 'setting  = "home"')
    text = text.replace(
        'blinding = "active drug in midazolam-controlled trial"', 'blinding = "open"'
    )
    text = text.replace('blinding = "midazolam control"', 'blinding = "open"')
    text = text.replace('"0 mg/kg"', '"0.1 mg/kg"')
    assert read_text(text, NAME).arm[0].setting == "home"


NOTHING_LATER = """
[[arm.maintenance]]
drug     = "racemic ketamine"
route    = "intravenous infusion"
amount   = "0 mg/kg"
over     = "40 min"
schedule = "1 a week for 4 weeks"
starting = "day 14"

[[arm]]
id       = "midazolam"
"""


def test_only_where_a_treatment_is_withdrawn_is_nothing_given_later_on() -> None:
    text = spoilt('[[arm]]\nid       = "midazolam"\n', NOTHING_LATER)
    problem = the_problem(text)
    assert "no drug at all" in problem.what
    assert problem.line == line_of(text, 'amount   = "0 mg/kg"')
    assert read_text(text.replace('"parallel"', '"withdrawal"'), NAME)


def test_the_error_prints_every_problem_as_a_line_of_a_file() -> None:
    text = SOUND.replace("34.5", "64.5").replace('"validation"', '"validating"')
    with pytest.raises(StudyError) as caught:
        read_text(text, NAME)
    assert f"{NAME}:{line_of(text, '64.5')}: A mean MADRS of 64.5 is outside" in str(caught.value)
    assert f"{NAME}:4: used_for: 'validating' is not a use" in str(caught.value)
    assert caught.value.what == f"{NAME} has 2 problems."


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("mean", "day = 3"),
        ("standardised difference", 'day = 3\nversus = "midazolam"'),
        ("sustained response", "day = 2\nuntil_day = 5"),
        ("median time to relapse", 'since_day = 11\namong = "response"\namong_day = 14'),
        (
            "hazard ratio",
            'day = 90\nsince_day = 11\nversus = "midazolam"\namong = "response"\namong_day = 14',
        ),
    ],
)
def test_a_kind_is_sound_with_what_it_needs_and_with_nothing_less(kind: str, keys: str) -> None:
    rest = 'arm = "ketamine"\nmeasure = "MADRS"\nvalue = 0.5\nwhere = "Table"\ntrust = "read"\n'
    text = f'{SOUND}\n[[finding]]\nid = "another"\nkind = "{kind}"\n{rest}'
    assert read_text(text + keys, NAME).finding[-1].kind == kind
    for key in keys.splitlines():
        less = "\n".join(one for one in keys.splitlines() if one != key)
        assert f"does not say '{key.split(' = ')[0]}'" in the_problem(f"{text}{less}\n").what
