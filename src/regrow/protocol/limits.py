"""What no planned dose may exceed, read from the cited limit files of the evidence package."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable

DEFAULT_FILE = "doses"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The limits of one drug by one route; what is None is not limited."""

    drug: str
    route: str
    max_mg: float | None = None
    max_mg_per_kg: float | None = None
    only_mg: tuple[float, ...] = ()
    max_infusion_min: float | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None
    min_gap_hours: float | None = None
    source: str
    where: str
    status: str
    trust: str


def _folder() -> Traversable:
    return package_files("regrow.evidence") / "limits"


@cache
def files() -> tuple[str, ...]:
    """The names of the limit files."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def limits(file: str = DEFAULT_FILE) -> tuple[Limit, ...]:
    """The dose limits of a file; none when the file limits something else."""
    tables = tomllib.loads((_folder() / f"{file}.toml").read_text("utf-8")).get("limit", [])
    doses = (table for table in tables if "drug" in table and "route" in table)
    return tuple(Limit(**table | {"only_mg": tuple(table.get("only_mg", ()))}) for table in doses)


def limit_for(drug: str, route: str, *, file: str = DEFAULT_FILE) -> Limit | None:
    """The limit of one drug by one route."""
    return next((x for x in limits(file) if (x.drug, x.route) == (drug, route)), None)
