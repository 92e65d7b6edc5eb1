"""regrow explain: the numbers behind a prediction, and no others."""

import functools
from typing import Any

import pytest
from command_runs import PROTOCOLS, SIX, STARTER, checked_json, printed

from regrow.evidence.reader import sources


@functools.cache
def explained(name: str) -> dict[str, Any]:
    return checked_json("explain", printed("explain", str(PROTOCOLS / f"{name}.toml"), "--json"))


def numbers(name: str) -> set[str]:
    return {one["number"] for one in explained(name)["numbers"]}


def test_the_text_groups_numbers_by_certainty_and_says_hypothesis() -> None:
    text = printed("explain", STARTER)
    assert "Certainty moderate" in text
    assert "Certainty very low" in text
    assert "a hypothesis" in text
    assert "Sources" in text


def test_only_the_practices_of_the_plan_are_listed() -> None:
    assert not any("smd" in name for name in numbers("six-infusions"))
    practised = {name for name in numbers("seven-day-starter") if name.endswith("_smd")}
    assert "practices/walking_or_jogging_smd" in practised
    assert "practices/swimming_smd" not in practised


def test_without_a_dose_no_kinetics_are_listed() -> None:
    assert not any(
        name.startswith(("racemic/", "esketamine/", "acute/"))
        for name in numbers("seven-day-starter")
    )


def test_only_the_way_into_the_body_that_is_used_is_listed() -> None:
    assert not any("nasal" in name or "film" in name for name in numbers("six-infusions"))
    assert any("film" in name for name in numbers("sublingual-at-home"))


def test_only_the_context_of_the_plan_is_listed() -> None:
    assert "contexts/open_label" in numbers("six-infusions")
    assert "contexts/midazolam_control" not in numbers("six-infusions")
    assert "contexts/midazolam_control" in numbers("midazolam-control")


@pytest.mark.parametrize("name", ["six-infusions", "seven-day-starter", "midazolam-control"])
def test_the_parts_add_up_to_the_whole(name: str) -> None:
    for basis in explained(name)["basis"]:
        parts = sum(basis["points_by_certainty"].values())
        assert parts == pytest.approx(basis["madrs_change_points"], abs=0.35)


def test_every_source_listed_is_cited_and_every_cited_source_is_listed() -> None:
    found = explained("six-infusions")
    listed = {source["id"] for source in found["sources"]}
    assert {one["source"] for one in [*found["numbers"], *found["people"]]} <= listed
    assert listed <= set(sources())
    assert len(listed) < len(sources())


def test_the_widest_number_comes_first() -> None:
    moves = [one["moves_madrs_points"] for one in explained("six-infusions")["numbers"]]
    widths = [abs(m["high"] - m["low"]) if m else 0.0 for m in moves]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 1.0


def test_the_json_names_its_format() -> None:
    assert explained("six-infusions")["format"] == "regrow.explain/1"
    assert SIX.endswith("six-infusions.toml")
