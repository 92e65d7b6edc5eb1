"""A malformed entry is refused with its file, its name and the line to write instead."""

import pytest

from regrow.errors import EvidenceError
from regrow.evidence import parse, reader
from regrow.evidence.entry import Entry

SOURCES = ("kamp2020", "fanta2015")
SOUND = {
    "means": "Clearance",
    "value": 79.0,
    "unit": "L/h at 70 kg",
    "source": "kamp2020",
    "where": "Abstract",
    "status": "reported",
    "trust": "read",
    "certainty": "high",
}
FOUND = {
    "id": "row-1",
    "given": {"drug": "esketamine", "route": "nasal", "mg": 28},
    "analyte": "esketamine",
    "metric": "cmax",
    "value": 43.8,
    "unit": "ng/mL",
    "source": "kamp2020",
    "where": "Table 4",
    "trust": "read",
    "tolerance": "independent",
}


def parameter(**changes):
    table = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    entry = Entry(table, file="parameters/toy.toml", name="clearance")
    return parse.parameter(entry, sources=SOURCES)


def finding(**changes):
    table = {key: value for key, value in {**FOUND, **changes}.items() if value is not None}
    return parse.finding(Entry(table, file="findings/toy.toml", name="row-1"), sources=SOURCES)


def test_a_sound_number_is_read_and_cites_itself():
    assert parameter().cite() == "clearance = 79 L/h at 70 kg [kamp2020, Abstract]"
    assert parameter().reference == "toy/clearance"


def test_a_number_without_a_unit_cites_itself_without_one():
    assert parameter(unit="").cite() == "clearance = 79 [kamp2020, Abstract]"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": "kamp2002"}, "unknown source 'kamp2002' (did you mean 'kamp2020'?)"),
        ({"value": None}, "lacks the key 'value'"),
        ({"value": None, "values": 79.0}, "unknown key 'values' (did you mean 'value'?)"),
        ({"status": "guessed"}, "unknown status 'guessed'"),
        ({"trust": "remembered"}, "unknown trust 'remembered'"),
        ({"certainty": "very-low"}, "unknown certainty 'very-low' (did you mean 'very low'?)"),
        ({"value": float("nan")}, "not finite"),
        ({"value": float("inf")}, "not finite"),
        ({"value": True}, "no number under 'value'"),
        ({"value": "79"}, "no number under 'value'"),
        ({"where": " "}, "no text under 'where'"),
        ({"trust": "memory"}, "has the trust 'memory' but the status 'reported'"),
        ({"prior": {"kind": "gaussian", "sd": 1, "reason": "x"}}, "unknown kind 'gaussian'"),
        ({"prior": {"kind": "normal", "reason": "x"}}, "no standard deviation above zero"),
        ({"prior": {"kind": "normal", "sd": 1}}, "lacks the key 'reason'"),
        ({"prior": {"kind": "uniform", "low": 2, "high": 1, "reason": "x"}}, "from 2 down to 1"),
        ({"prior": {"kind": "logit-normal", "sd": 1, "reason": "x"}}, "logit-normal prior around"),
        ({"value": -1.0, "prior": {"kind": "lognormal", "sd": 1, "reason": "x"}}, "cannot be"),
        ({"spread": {"kind": "95% CI", "low": 90, "high": 69}}, "from 90 down to 69"),
        ({"spread": {"kind": "95% CI", "low": 69}}, "lacks the key 'high'"),
        ({"spread": {"kind": "SD", "value": -1}}, "negative spread"),
        ({"spread": {"kind": "CV"}}, "unknown kind 'CV'"),
        ({"spread": 3.0}, "is not a table"),
        ({"conflicts": "kamp"}, "no list of texts"),
    ],
)
def test_a_malformed_number_is_refused_with_file_and_entry(changes, said):
    with pytest.raises(EvidenceError) as refused:
        parameter(**changes)
    assert "parameters/toy.toml" in refused.value.what
    assert "'clearance" in refused.value.what
    assert said in refused.value.what
    assert refused.value.why
    assert refused.value.fix


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tolerance": None}, "lacks the key 'tolerance'"),
        ({"tolerance": "wide"}, "unknown tolerance 'wide'"),
        ({"tolerance": "stated range"}, "lacks the key 'low'"),
        ({"metric": "peak"}, "unknown metric 'peak'"),
        ({"trust": "memory"}, "unknown trust 'memory'"),
        ({"given": None}, "does not say what was given"),
        ({"given": {"drug": "esketamine", "route": "nasal"}}, "exactly one of mg and mg_per_kg"),
        ({"given": {"drug": "ketamin", "route": "nasal", "mg": 1}}, "unknown drug 'ketamin'"),
        ({"n": 1.5}, "no whole number under 'n'"),
    ],
)
def test_a_malformed_finding_is_refused(changes, said):
    with pytest.raises(EvidenceError) as refused:
        finding(**changes)
    assert "findings/toy.toml" in refused.value.what
    assert said in refused.value.what


def test_a_finding_accepts_what_lies_within_its_tolerance_and_nothing_else():
    independent = finding(value=100.0)
    assert independent.accepts(67.0)
    assert not independent.accepts(66.0)
    own = finding(value=100.0, tolerance="own model")
    assert own.accepts(125.0)
    assert not own.accepts(126.0)
    stated = finding(value=None, low=20.0, high=40.0, tolerance="stated range")
    assert stated.accepts(40.0)
    assert not stated.accepts(40.1)


def test_a_file_that_does_not_exist_is_refused_with_a_suggestion():
    with pytest.raises(EvidenceError, match="did you mean 'esketamine'"):
        reader.parameters("esketamin")


def test_a_file_cannot_be_reached_outside_the_evidence():
    with pytest.raises(EvidenceError, match="There is no evidence file"):
        reader.parameters("../sources")


def test_numbers_cannot_be_changed_after_reading():
    numbers = reader.parameters("esketamine")
    with pytest.raises(TypeError):
        numbers["central_volume"] = None
    with pytest.raises(AttributeError):
        numbers["central_volume"].value = 1.0
