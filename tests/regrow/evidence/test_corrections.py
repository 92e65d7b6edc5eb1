"""Errata are entries, not edits."""

import tomllib
from importlib import resources

import pytest

from regrow.errors import EvidenceError
from regrow.evidence import census, parse, reader
from regrow.evidence.corrected import mended
from regrow.evidence.entry import Entry

SOURCES = ("kamp2020",)
ERRATUM = {
    "id": "dropped-digit",
    "source": "kamp2020",
    "finding": "toy/row-1",
    "printed": 12.4,
    "use": 21.4,
    "reason": "Table 2 contradicts Figure 3.",
    "expect": {"equals": 12.4},
}


def erratum(**changes):
    table = {key: value for key, value in {**ERRATUM, **changes}.items() if value is not None}
    entry = Entry(table, file="corrections.toml", name="dropped-digit")
    return parse.correction(entry, sources=SOURCES)


def entry(value):
    return Entry({"value": value}, file="findings/toy.toml", name="row-1")


def test_an_entry_is_mended_on_reading_and_says_so():
    found = mended(entry(12.4), "toy/row-1", [erratum()])
    assert found.table["value"] == 21.4
    assert found.corrected == "dropped-digit"


def test_other_entries_are_left_alone():
    found = mended(entry(12.4), "toy/row-2", [erratum()])
    assert found.table["value"] == 12.4
    assert found.corrected is None


def test_a_correction_fails_on_the_day_the_source_is_fixed():
    with pytest.raises(EvidenceError, match=r"expects 12\.4 as the value of toy/row-1"):
        mended(entry(21.4), "toy/row-1", [erratum()])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"finding": None}, "exactly one of finding, parameter and about"),
        ({"parameter": "toy/x"}, "exactly one of finding, parameter and about"),
        ({"use": None}, "without saying what to use"),
        ({"expect": None}, "without saying what to use and what to expect"),
        ({"expect": {"equal": 1}}, "did you mean 'equals'"),
        ({"reason": None}, "lacks the key 'reason'"),
        ({"told": "2026"}, "no date under 'told'"),
    ],
)
def test_an_incomplete_correction_is_refused(changes, said):
    with pytest.raises(EvidenceError) as refused:
        erratum(**changes)
    assert said in refused.value.what


def test_every_correction_mends_an_entry_that_exists():
    references = {one.reference for one in (*census.all_parameters(), *census.all_findings())}
    for correction in reader.corrections():
        target = correction.parameter or correction.finding
        assert target is None or target in references, correction.id
        assert correction.printed == correction.expect


def test_the_rate_constants_are_read_per_hour_though_the_table_prints_litres_per_hour():
    file = resources.files("regrow.evidence") / "parameters/esketamine.toml"
    printed = tomllib.loads(file.read_text(encoding="utf-8"))
    rates = [name for name, table in printed.items() if name.endswith("_rate") or "_rate_" in name]
    assert len(rates) == 5
    for name in rates:
        assert printed[name]["unit"] == "L/h"
        assert reader.parameters("esketamine")[name].unit == "1/h"
        assert reader.parameters("esketamine")[name].corrected
