"""Pages and commands that speak of the evidence are up to date."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from regrow.commands.sources import numbers_by_trust, sources
from regrow.evidence import assumed, census, parse, reader
from regrow.evidence.entry import Entry

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "docs/reference"
SCHEMA = ROOT / "src/regrow/commands/schemas/sources.json"


def test_the_page_of_assumptions_is_up_to_date():
    written = (REFERENCE / "assumed.md").read_text(encoding="utf-8")
    assert written == assumed.page(), "run: python -m regrow.evidence.assumed " + str(
        REFERENCE / "assumed.md"
    )


def test_every_assumed_number_is_listed_on_the_page():
    page = (REFERENCE / "assumed.md").read_text(encoding="utf-8")
    for parameter in census.all_parameters():
        if parameter.status == "assumed":
            assert f"| `{parameter.name}` | {parameter.means} |" in page


def test_the_manual_names_every_key():
    manual = (REFERENCE / "evidence.md").read_text(encoding="utf-8")
    for key in (*parse.METRICS, "means", "where", "prior", "null", "about", "conflicts", "expect"):
        assert f"`{key}`" in manual


def test_the_example_numbers_of_the_manual_are_the_numbers_in_use():
    manual = (REFERENCE / "evidence.md").read_text(encoding="utf-8")
    source, volume, finding, correction = (
        tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    )
    table = volume["central_volume"]
    entry = Entry(table, file="parameters/esketamine.toml", name="central_volume")
    read = parse.parameter(entry, sources=reader.sources())
    assert read == reader.parameters("esketamine")["central_volume"]
    assert reader.sources()["kamp2020"].doi == source["kamp2020"]["doi"]
    assert finding["finding"][0]["id"] in {one.id for one in census.all_findings()}
    assert correction["correction"][0]["id"] in {one.id for one in reader.corrections()}


def test_the_code_of_the_manual_prints_what_it_shows(capsys):
    manual = (REFERENCE / "evidence.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    exec(compile(block, "evidence.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"#> (.*)", block)


def test_sources_prints_a_table_whose_counts_add_up():
    result = CliRunner().invoke(sources)
    assert result.exit_code == 0
    counts = [int(n) for n in re.findall(r"^ *(\d+)  \S", result.output, re.MULTILINE)]
    limits = sum(len(reader.limits(file)) for file in reader.limit_files())
    assert sum(counts) == len(census.all_parameters()) + len(census.all_findings()) + limits


def test_sources_as_json_keeps_its_schema():
    result = CliRunner().invoke(sources, ["--json"])
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    document = json.loads(result.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert {one["id"] for one in document["sources"]} == set(reader.sources())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"surprise": 1}, schema)


def test_sources_without_numbers_are_listed_on_request():
    few, everything = (CliRunner().invoke(sources, args).output for args in ([], ["--all"]))
    assert "kishi2017" not in few
    assert "kishi2017" in everything


def test_numbers_can_be_counted_for_a_part_of_the_evidence():
    trusts = numbers_by_trust(reader.parameters("esketamine").values())
    assert sum(trusts.values()) == len(reader.parameters("esketamine"))
    assert trusts["memory"] == 0


def test_the_reader_loads_neither_numpy_nor_pydantic():
    code = (
        "import sys; from regrow.evidence import reader; from regrow.measures import catalogue;"
        "catalogue.measures(); reader.findings('pharmacokinetics');"
        "print(sorted({'numpy', 'scipy', 'numba', 'pydantic', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
