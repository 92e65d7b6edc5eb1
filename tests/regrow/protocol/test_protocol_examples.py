"""Every example reads, prints, writes back and follows the published schema."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from protocol_documents import EXAMPLES, PROTOCOLS, SOUND, spoilt

from regrow.evidence.reader import sources
from regrow.protocol.prescription import show
from regrow.protocol.read import read, read_tables, read_text
from regrow.protocol.schema import json_schema
from regrow.protocol.write import text_of

PUBLISHED = PROTOCOLS / "protocol.schema.json"


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_there_are_at_least_eleven_examples() -> None:
    assert len(EXAMPLES) >= 11


def test_an_example_follows_the_published_schema(path: Path) -> None:
    tables = tomllib.loads(path.read_text("utf-8"))
    jsonschema.validate(tables, json.loads(PUBLISHED.read_text("utf-8")))


def test_the_published_schema_is_the_one_that_the_code_generates() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == json_schema()


def test_the_published_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount   =", "amounts  ="),
        ('"0.5 mg/kg"', '"0.5 g"'),
        ('"racemic ketamine"', '"ketamine"'),
        ("= 10", '= "10"'),
        ('"1.0.0"', '"one"'),
        ('title      = "Six infusions"\n', ""),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    jsonschema.validate(tomllib.loads(SOUND), json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(spoilt(old, new)), json_schema())


def test_the_defaults_of_the_schema_are_words_that_the_reader_reads() -> None:
    dose = json_schema()["$defs"]["Dose"]["properties"]
    assert dose["at"]["default"] == ["09:00"]
    assert dose["starting"]["default"] == "day 0"
    assert "default" not in dose["over"]


def test_an_example_written_back_reads_as_the_same_protocol(path: Path) -> None:
    protocol = read(path)
    assert read_text(text_of(protocol), "again") == protocol


def test_an_example_as_plain_tables_reads_as_the_same_protocol(path: Path) -> None:
    protocol = read(path)
    tables = protocol.model_dump(mode="json", exclude_none=True)
    assert read_tables(json.loads(json.dumps(tables)), "a form") == protocol


def test_an_example_cites_sources_that_exist(path: Path) -> None:
    assert set(read(path).references) <= set(sources())


def test_an_example_prints_all_that_it_plans(path: Path) -> None:
    protocol, page = read(path), show(read(path))
    for word in (protocol.title, protocol.version, protocol.indication, *protocol.references):
        assert word in " ".join(page.split())
    for dose in (*protocol.dose, *protocol.maintenance, *protocol.booster):
        assert f"{dose.drug}, {dose.route}" in page
    for other in (*protocol.practice, *protocol.measure):
        assert f"  {other.what}: " in page
    assert all(f"  {session.kind}, {session.minutes:g} min" in page for session in protocol.therapy)
    assert max(len(line) for line in page.splitlines()) <= 88
    assert "None" not in page


def test_a_text_with_quotes_and_line_ends_survives_being_written_back() -> None:
    text = spoilt('"Six infusions"', '"A \\"plan\\" of 50 % – naïve \\\\ #1"')
    protocol = read_text(text, "plan")
    assert protocol.title == 'A "plan" of 50 % – naïve \\ #1'
    assert read_text(text_of(protocol), "again") == protocol


PRESCRIPTION = """\
Infusions twice a week, then weekly, then when needed
Version 1.0.0, for treatment-resistant depression.
In a clinic, open to everybody, other treatment unchanged.

Racemic ketamine 0.5 mg/kg over 40 minutes twice a week for four weeks. Whoever responds
goes on once a week for four weeks. After that the PHQ-9 is looked at every week, and a
booster is given when it has risen by 5 points above its best, at most once in two
weeks.

Doses
  racemic ketamine, intravenous infusion: 0.5 mg/kg over 40 min
    2 a week for 4 weeks: days 0, 3, 7, 10, 14, 17, 21, 24 at 09:00

Maintenance
  racemic ketamine, intravenous infusion: 0.5 mg/kg over 40 min
    1 a week for 4 weeks, only after response: days 28, 35, 42, 49 at 09:00

Boosters
  racemic ketamine, intravenous infusion: 0.5 mg/kg over 40 min
    only when after response and PHQ-9 rises by 5 above its best, checked every 7 days
"""


def test_a_protocol_prints_like_a_prescription() -> None:
    page = show(read(PROTOCOLS / "twice-weekly-with-maintenance.toml"))
    assert page.startswith(PRESCRIPTION)


def test_a_titration_prints_which_visit_has_which_amount() -> None:
    page = show(read(PROTOCOLS / "oral-daily.toml"))
    said = "0.5 mg/kg at visits 1 to 3, 0.75 mg/kg at visits 4 to 6, then 1 mg/kg"
    assert said in " ".join(page.split())


def test_a_protocol_prints_which_doses_are_taken_without_a_clinician() -> None:
    said = "taken without a clinician in the room"
    pages = {path.stem for path in EXAMPLES if said in show(read(path))}
    assert pages == {"sublingual-at-home"}


def test_a_protocol_prints_which_of_its_limits_are_assumed() -> None:
    page = " ".join(show(read(PROTOCOLS / "six-infusions.toml")).split())
    assert "150 mg or 1.5 mg/kg at most, 3 in seven days (assumed, regrow)" in page
