"""How the tests run a command, in this process or in one of its own."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
from click.testing import CliRunner, Result

from regrow.cli import group

ROOT = Path(__file__).parents[3]
PROTOCOLS = ROOT / "protocols"
SIX = str(PROTOCOLS / "six-infusions.toml")
SINGLE = str(PROTOCOLS / "single-infusion.toml")
STARTER = str(PROTOCOLS / "seven-day-starter.toml")
SALINE = str(PROTOCOLS / "saline-control.toml")
INTEGRATION = str(PROTOCOLS / "six-infusions-with-integration.toml")
FEW = ("--patients", "64", "--days", "28")
COMMAND = (sys.executable, "-c", "from regrow.cli import main; main()")


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(group, arguments)


def printed(*arguments: str) -> str:
    """What a command prints when it succeeds."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def checked_json(command: str, text: str) -> dict[str, Any]:
    """What a command printed, if it follows its schema and holds no NaN."""
    schema = json.loads((files("regrow.commands") / f"schemas/{command}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document: dict[str, Any] = json.loads(text, parse_constant=_refused)
    jsonschema.validate(document, schema)
    return document


def alone(*arguments: str, timeout: float = 180.0) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=timeout, check=False
    )


def _refused(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
