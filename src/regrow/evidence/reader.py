"""The cited numbers, read once and checked.

    >>> parameters("esketamine")["central_volume"].cite()
    'central_volume = 192 L [perezruixo2021, Table 3]'

What the files look like: docs/reference/evidence.md. Printed errors are mended on reading, by the
entries of corrections.toml; the files keep what is printed.
"""

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from regrow.errors import EvidenceError
from regrow.evidence import parse
from regrow.evidence.corrected import mended
from regrow.evidence.entry import WHY, Entry, did_you_mean
from regrow.evidence.records import Claim, Correction, Finding, Parameter, Source


@functools.cache
def sources() -> Mapping[str, Source]:
    """Every source, by its id."""
    return MappingProxyType(
        {
            name: parse.source(Entry(table, file="sources.toml", name=name))
            for name, table in _toml("sources.toml").items()
        }
    )


@functools.cache
def parameters(file: str) -> Mapping[str, Parameter]:
    """The numbers of parameters/<file>.toml, by name."""
    path = _path("parameters", file)
    numbers = {}
    for name, table in _toml(path).items():
        entry = Entry(table, file=path, name=name)
        entry = mended(entry, entry.reference, corrections())
        numbers[name] = parse.parameter(entry, sources=sources())
    return MappingProxyType(numbers)


@functools.cache
def limits(file: str) -> tuple[Mapping[str, Any], ...]:
    """The tables of limits/<file>.toml, sources checked; regrow.protocol reads the rest."""
    path = _path("limits", file)
    tables = _toml(path).get("limit", [])
    entries = [Entry(one, file=path, name=f"limit {n}") for n, one in enumerate(tables, start=1)]
    for entry in entries:
        entry.source(sources())
    return tuple(MappingProxyType(dict(entry.table)) for entry in entries)


def parameter_files() -> tuple[str, ...]:
    """The names `parameters` takes."""
    return _files("parameters")


def limit_files() -> tuple[str, ...]:
    """The names `limits` takes."""
    return _files("limits")


def finding_files() -> tuple[str, ...]:
    """The names `findings` takes."""
    return _files("findings")


@functools.cache
def findings(file: str) -> tuple[Finding, ...]:
    """The published results of findings/<file>.toml, in the order of the file."""
    return tuple(
        parse.finding(mended(entry, entry.reference, corrections()), sources=sources())
        for entry in _list(_path("findings", file), "finding")
    )


@functools.cache
def corrections() -> tuple[Correction, ...]:
    """Every known erratum."""
    entries = _list("corrections.toml", "correction")
    return tuple(parse.correction(entry, sources=sources()) for entry in entries)


@functools.cache
def claims() -> tuple[Claim, ...]:
    """What people say, and what the literature supports."""
    return tuple(parse.claim(entry, sources=sources()) for entry in _list("claims.toml", "claim"))


def _list(path: str, name: str) -> tuple[Entry, ...]:
    """The [[name]] tables of a file, each with an id of its own."""
    content = _toml(path)
    Entry(content, file=path, name=name).allow((name,))
    entries: dict[str, Entry] = {}
    for number, table in enumerate(content.get(name, []), start=1):
        entry = Entry(table, file=path, name=f"{name} {number}")
        entry.name = entry.text("id")
        if entry.name in entries:
            raise entry.error("stands there twice.", fix="Give each entry an id of its own.")
        entries[entry.name] = entry
    return tuple(entries.values())


def _folder() -> Traversable:
    return resources.files("regrow.evidence")


def _files(folder: str) -> tuple[str, ...]:
    place = _folder() / folder
    names = [path.name for path in place.iterdir()] if place.is_dir() else []
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _path(folder: str, file: str) -> str:
    known = _files(folder)
    if file not in known:
        raise EvidenceError(
            f"There is no evidence file {folder}/{file}.toml{did_you_mean(file, known)}.",
            why="Every number of the model is read from such a file.",
            fix=f"Use one of: {', '.join(known)}.",
        )
    return f"{folder}/{file}.toml"


def _toml(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads((_folder() / path).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, FileNotFoundError) as problem:
        raise EvidenceError(
            f"{path} cannot be read: {problem}.", why=WHY, fix="Mend the file at that place."
        ) from problem
