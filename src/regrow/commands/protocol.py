"""regrow protocol: check, print and expand the written plan."""

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from regrow.errors import ProtocolError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
LAST_YEAR = date.max.year


@click.group()
def protocol() -> None:
    """Check, print and expand a protocol document."""


@protocol.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@AS_JSON
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say everything that is wrong with each FILE, with its line."""
    from regrow.protocol.problems import UnsoundProtocol
    from regrow.protocol.read import read

    results: list[dict[str, Any]] = []
    for file in files:
        try:
            sound = read(file)
            results.append({"file": str(file), "title": sound.title, "version": sound.version})
        except UnsoundProtocol as error:
            results.append({"file": str(file), "problems": error.problems})
    if as_json:
        _print_json("check", files=[_checked(result) for result in results])
    else:
        for result in results:
            for problem in result.get("problems", ()):
                click.echo(str(problem), err=True)
            if "problems" not in result:
                click.echo(f"{result['file']}: {result['title']} {result['version']} is sound.")
    if any("problems" in result for result in results):
        sys.exit(1)  # click's own exit would be lost inside the whole command line


@protocol.command()
@click.argument("file", type=FILE)
@AS_JSON
def show(file: Path, as_json: bool) -> None:
    """Print FILE like a prescription."""
    from regrow.protocol.prescription import show as prescription
    from regrow.protocol.read import read

    plan = read(file)
    if as_json:
        document = plan.model_dump(mode="json", exclude_none=True)
        _print_json("show", file=str(file), protocol=document, prescription=prescription(plan))
    else:
        click.echo(prescription(plan), nl=False)


@protocol.command()
@click.argument("file", type=FILE)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="The date of day 0.")
@click.option("--days", type=click.IntRange(1, 3660), help="How many days; else all of the plan.")
@AS_JSON
def calendar(file: Path, start: datetime | None, days: int | None, as_json: bool) -> None:
    """Print the day of every dose, session, practice and measure of FILE."""
    from dataclasses import asdict

    from regrow.protocol.agenda import agenda
    from regrow.protocol.calendar import calendar as expand
    from regrow.protocol.read import read

    events = expand(read(file), until_day=days)
    first = start.date() if start else None
    if first is not None:
        _fits(first, events.until_day)
    if as_json:
        dated = {"start": first.isoformat() if first else None}
        _print_json("calendar", file=str(file), **dated, **asdict(events))
    else:
        for line in agenda(events, start=first):
            click.echo(line)


@protocol.command()
def schema() -> None:
    """Print the JSON Schema of a protocol document."""
    from regrow.protocol.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _checked(result: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import asdict

    problems = [asdict(problem) for problem in result.get("problems", ())]
    return {"title": None, "version": None} | result | {"ok": not problems, "problems": problems}


def _fits(first: date, days: int) -> None:
    try:
        first + timedelta(days=days)
    except OverflowError as error:
        raise ProtocolError(
            f"A plan of {days} days from {first} runs past the year {LAST_YEAR}.",
            why="No calendar goes further.",
            fix="Choose an earlier --start, or fewer --days.",
        ) from error


def _print_json(command: str, **content: object) -> None:
    named = {"format": f"regrow.protocol.{command}/1"} | content
    click.echo(json.dumps(named, indent=2, ensure_ascii=False))
