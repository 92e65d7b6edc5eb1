"""What the commands take: files, numbers that are numbers, and the options they share."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from regrow.protocol.document import Protocol
    from regrow.protocol.problems import Problem
    from regrow.studies.document import Study

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(path_type=Path)
LARGEST_SEED = 2**63 - 1

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
SEED = click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    default=0,
    show_default=True,
    help="Which virtual patients; the same seed gives the same people.",
)
FORCE = click.option("--force", is_flag=True, help="Replace an earlier report at --out.")


class Finite(click.FloatRange):
    """A number in a range; "nan" is not one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or complain."""
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


def patients(default: int) -> Callable[[Any], Any]:
    """Return the option --patients with its default."""
    return click.option(
        "--patients",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="How many virtual patients.",
    )


def read_all(files: Sequence[Path]) -> "tuple[Protocol, ...]":
    """Read every protocol, or raise one error with the problems of all of them."""
    from regrow.protocol.problems import UnsoundProtocol
    from regrow.protocol.read import read

    found: list[Protocol] = []
    problems: list[Problem] = []
    for file in dict.fromkeys(files):
        try:
            found.append(read(file))
        except UnsoundProtocol as error:
            problems.extend(error.problems)
    if problems:
        raise UnsoundProtocol(problems)
    by_file = dict(zip(dict.fromkeys(files), found, strict=True))
    return tuple(by_file[file] for file in files)


def read_studies(files: Sequence[Path]) -> "tuple[Study, ...]":
    """Read every study, or raise one error with the problems of all of them."""
    from regrow.studies.problems import UnsoundStudy
    from regrow.studies.read import read

    found: list[Study] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(read(file))
        except UnsoundStudy as error:
            problems.extend(error.problems)
    if problems:
        raise UnsoundStudy(problems)
    return tuple(found)
