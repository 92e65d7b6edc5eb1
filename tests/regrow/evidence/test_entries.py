"""The contract that every entry of the evidence keeps."""

import tomllib
from importlib import resources

import pytest

from regrow.evidence import census, reader
from regrow.evidence.contradictions import silent
from regrow.evidence.records import TOLERANCES

FOLDER = resources.files("regrow.evidence")
FILES = [
    *(f"parameters/{file}.toml" for file in reader.parameter_files()),
    *(f"findings/{file}.toml" for file in reader.finding_files()),
    *(f"limits/{file}.toml" for file in reader.limit_files()),
    "sources.toml",
    "corrections.toml",
    "claims.toml",
]


@pytest.mark.parametrize("file", FILES)
def test_every_file_says_at_its_top_how_far_it_can_be_trusted(file):
    head, _, _ = (FOLDER / file).read_text(encoding="utf-8").partition("\n\n")
    assert all(line.startswith("#") for line in head.splitlines())
    assert len(head) > 40


@pytest.mark.parametrize("file", reader.parameter_files())
def test_every_number_cites_a_known_source_and_a_place(file):
    for parameter in reader.parameters(file).values():
        assert parameter.source in reader.sources()
        assert parameter.where
        assert f"[{parameter.source}, " in parameter.cite()


@pytest.mark.parametrize("file", reader.parameter_files())
def test_a_number_from_memory_is_an_assumption_with_a_prior(file):
    for parameter in reader.parameters(file).values():
        if parameter.trust == "memory":
            assert parameter.status == "assumed"
            assert parameter.prior is not None, parameter.reference


@pytest.mark.parametrize("file", reader.finding_files())
def test_every_finding_has_a_tolerance_that_contains_what_it_found(file):
    for finding in reader.findings(file):
        low, high = finding.acceptance()
        assert low < high
        if finding.value is not None:
            assert finding.accepts(finding.value)
            assert (low, high) == tuple(
                factor * finding.value for factor in TOLERANCES[finding.tolerance]
            )


@pytest.mark.parametrize("file", reader.finding_files())
def test_no_finding_is_from_memory(file):
    assert {one.trust for one in reader.findings(file)} <= {"read", "transcribed", "derived"}


def test_only_the_paper_whose_equations_the_model_uses_has_the_narrow_tolerance():
    for finding in census.all_findings():
        assert (finding.tolerance == "own model") == (finding.source == "perezruixo2021")


def test_every_row_of_the_collected_table_is_a_finding():
    ids = {one.id for one in reader.findings("pharmacokinetics")}
    rows = {int(name.split("-")[1]) for name in ids if name.startswith("row-")}
    assert rows == {1, 2, 4, 5, 6, 9, 10, 11, 12, 22, 30, 31, 33, 34, 35, 36, 38}
    assert {"band-ket-end", "band-ket-230min", "band-nk-cmax", "band-nk-tmax"} <= ids


def test_no_two_entries_contradict_silently():
    assert silent(census.all_parameters(), census.all_findings()) == ()


def test_every_named_conflict_exists():
    entries = (*census.all_parameters(), *census.all_findings())
    known = {entry.reference for entry in entries}
    assert [
        (entry.reference, name)
        for entry in entries
        for name in entry.conflicts
        if name not in known
    ] == []


def test_every_claim_cites_known_sources():
    claims = reader.claims()
    assert len(claims) == 8
    assert all(source in reader.sources() for claim in claims for source in claim.sources)


def test_every_source_is_cited_somewhere():
    cited = {name for name, count in census.numbers_by_source().items() if count}
    cited |= {source for claim in reader.claims() for source in claim.sources}
    cited |= {correction.source for correction in reader.corrections()}
    prose = " ".join(f"{one.where} {one.note}" for one in census.all_parameters())
    prose += " ".join(f"{one.where} {one.note}" for one in census.all_findings())
    assert [name for name in reader.sources() if name not in cited and name not in prose] == []


def test_no_published_norketamine_area_of_the_doubtful_table_is_used():
    areas = [
        one
        for one in census.all_findings()
        if (one.source, one.analyte, one.metric) == ("perezruixo2021", "norketamine", "auc")
    ]
    assert areas == []


def test_entries_are_counted_once():
    written = sum(
        len(tomllib.loads((FOLDER / f"parameters/{file}.toml").read_text(encoding="utf-8")))
        for file in reader.parameter_files()
    )
    assert sum(census.numbers_by_trust().values()) == written
    assert sum(census.numbers_by_certainty().values()) == written
