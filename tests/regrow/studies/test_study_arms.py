"""An arm of a study is a protocol like any other."""

import pytest
from study_documents import NAME, SOUND, STUDIES, spoilt

from regrow.protocol.calendar import calendar
from regrow.protocol.document import Protocol
from regrow.protocol.read import read_text as read_protocol
from regrow.protocol.vocabulary import CONTROLS
from regrow.protocol.write import text_of
from regrow.studies.arms import arm_protocol
from regrow.studies.document import Arm, Study
from regrow.studies.library import read_all
from regrow.studies.read import read_text

LIBRARY = {study.id: study for study in read_all(STUDIES)}
ARMS = [(study, arm) for study in LIBRARY.values() for arm in study.arm]


def days(study: str, arm: str) -> list[int]:
    """The days of all doses of an arm, those of nothing among them."""
    return [dose.day for dose in calendar(plan(study, arm)).doses]


def plan(study: str, arm: str) -> Protocol:
    return arm_protocol(LIBRARY[study], LIBRARY[study].the_arm(arm))


@pytest.mark.parametrize(("study", "arm"), ARMS, ids=[f"{s.id}-{a.id}" for s, a in ARMS])
def test_the_plan_of_an_arm_says_what_the_arm_says(study: Study, arm: Arm) -> None:
    protocol = arm_protocol(study, arm)
    assert protocol.title == arm.title
    assert protocol.references == (study.id,)
    assert protocol.context.blinding == arm.blinding
    assert protocol.context.background == arm.background
    assert (protocol.dose, protocol.maintenance) == (arm.dose, arm.maintenance)
    assert (protocol.therapy, protocol.practice) == (arm.therapy, arm.practice)
    if study.design != "withdrawal":
        assert read_protocol(text_of(protocol), "plan.toml") == protocol


@pytest.mark.parametrize(("study", "arm"), ARMS, ids=[f"{s.id}-{a.id}" for s, a in ARMS])
def test_a_control_arm_has_visits_without_a_drug_and_no_other_arm_has(
    study: Study, arm: Arm
) -> None:
    doses = calendar(arm_protocol(study, arm)).doses
    assert doses
    nothing = {dose.amount == 0 for dose in doses}
    assert nothing == ({False, True} if arm.id == "stop" else {arm.blinding in CONTROLS})


def test_the_arms_of_the_studies_fall_on_their_days() -> None:
    assert days("murrough2013", "midazolam") == [0]
    assert days("murrough2013b", "ketamine") == [0, 2, 4, 7, 9, 11]
    assert days("singh2016b", "saline-2-a-week") == [0, 3, 7, 10]
    assert days("transform12", "esketamine") == [0, 3, 7, 10, 14, 17, 21, 24]
    assert len(calendar(plan("wilkinson2017", "ketamine-and-therapy")).therapy) == 12
    assert len(calendar(plan("wilkinson2021", "therapy")).therapy) == 16
    assert calendar(plan("wilkinson2021", "usual-care")).therapy == ()


def test_those_who_stop_have_the_visits_of_those_who_stay() -> None:
    assert days("sustain1", "stop") == days("sustain1", "stay")
    stop = calendar(plan("sustain1", "stop")).doses
    assert {dose.amount for dose in stop if dose.day >= 112} == {0}
    assert {dose.amount for dose in stop if dose.day < 112} == {56, 84}


def test_people_of_a_comparison_are_those_of_both_arms_and_of_a_crossover_the_same_ones() -> None:
    study = read_text(SOUND, NAME)
    change, difference = study.finding[:2]
    assert study.people(change) == 40
    assert study.people(difference) == 60
    crossover = read_text(spoilt('"parallel"', '"crossover"'), NAME)
    assert crossover.people(crossover.finding[1]) == 40
    assert study.people(study.finding[2]) == 38


def test_the_name_of_a_study_is_part_of_what_it_is() -> None:
    study = read_text(SOUND, NAME)
    other = study.named("other2030")
    assert (study.id, other.id) == ("example2031", "other2030")
    assert study != other
    assert study == read_text(SOUND, f"somewhere/else/{NAME}")
