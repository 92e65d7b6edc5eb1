"""The manual names every option and every format."""

import importlib
import json
import re
from importlib.resources import files

import click
import pytest
from command_runs import ROOT

from regrow.cli import COMMANDS

OURS = ("simulate", "visit", "explain", "trial", "validate", "forecast")
"""Commands that print JSON, too."""
MANUAL = (ROOT / "docs/reference/commands.md").read_text("utf-8")
JSON = (ROOT / "docs/reference/json.md").read_text("utf-8")
SCHEMAS = sorted((files("regrow.commands") / "schemas").iterdir(), key=lambda path: path.name)


@pytest.mark.parametrize("name", [*OURS, "calibrate"])
def test_every_option_is_in_the_manual(name: str) -> None:
    command: click.Command = getattr(importlib.import_module(COMMANDS[name][0]), name)
    chapter = re.split(rf"## regrow {name}\b", MANUAL)[1].split("\n## ")[0]
    options = [option for p in command.params if isinstance(p, click.Option) for option in p.opts]
    assert options
    assert [option for option in options if f"`{option}" not in chapter] == []


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_every_format_is_in_the_manual(schema: object) -> None:
    name = json.loads(schema.read_text("utf-8"))["properties"]["format"]["const"]  # type: ignore[attr-defined]
    assert f"| `{name}` |" in JSON


@pytest.mark.parametrize("name", OURS)
def test_every_key_of_the_json_is_in_the_manual(name: str) -> None:
    schema = json.loads((files("regrow.commands") / f"schemas/{name}.json").read_text("utf-8"))
    obvious = {"format", "file", "title", "visit", "day", "drug", "doses", "patients", "seed",
               "resting", "fixed_in_all", "sources", "assumed", "version"}  # fmt: skip
    assert [
        key for key in schema["properties"] if f"`{key}" not in JSON and key not in obvious
    ] == []
