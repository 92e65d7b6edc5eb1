"""The sound parts of a document that may be unsound elsewhere: all is checked at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from regrow.protocol.document import (
    Booster,
    Context,
    Dose,
    Home,
    Limits,
    Maintenance,
    Measure,
    Practice,
    Record,
    Therapy,
)
from regrow.protocol.limits import DEFAULT_FILE
from regrow.protocol.problems import Place, Remark

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What could be read; a part that could not has been reported already."""

    doses: tuple[tuple[Place, Dose], ...]
    maintenance: tuple[tuple[Place, Maintenance], ...]
    boosters: tuple[tuple[Place, Booster], ...]
    therapy: tuple[tuple[Place, Therapy], ...]
    practices: tuple[tuple[Place, Practice], ...]
    measures: tuple[tuple[Place, Measure], ...]
    context: Context | None
    home: Home | None
    limit_files: tuple[str, ...]
    headings: frozenset[str]

    def administrations(self) -> tuple[tuple[Place, Dose | Maintenance | Booster], ...]:
        """Every entry that gives a drug."""
        return (*self.doses, *self.maintenance, *self.boosters)


def parts_of(tables: dict[str, Any]) -> Parts:
    """Read each part by itself."""
    limits = section(tables, "limits", Limits)
    return Parts(
        doses=tuple(entries_of(tables, "dose", Dose)),
        maintenance=tuple(entries_of(tables, "maintenance", Maintenance)),
        boosters=tuple(entries_of(tables, "booster", Booster)),
        therapy=tuple(entries_of(tables, "therapy", Therapy)),
        practices=tuple(entries_of(tables, "practice", Practice)),
        measures=tuple(entries_of(tables, "measure", Measure)),
        context=section(tables, "context", Context),
        home=section(tables, "home", Home),
        limit_files=limits.files if limits else (DEFAULT_FILE,),
        headings=frozenset(name for name, value in tables.items() if value not in (None, [])),
    )


def remark(place: Place, key: str | None, what: str, *, why: str, fix: str) -> Remark:
    """Something wrong with a key of an entry, or with the entry."""
    return Remark(place=(*place, key) if key else place, what=what, why=why, fix=fix)


def section(tables: dict[str, Any], name: str, model: type[R]) -> R | None:
    """A section by itself; None when it is not there or not sound."""
    try:
        return model.model_validate(tables.get(name))
    except ValidationError:
        return None


def entries_of(tables: dict[str, Any], name: str, model: type[R]) -> Iterator[tuple[Place, R]]:
    """The sound entries of a list, each with its place."""
    entries = tables.get(name)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if (part := section({name: entry}, name, model)) is not None:
            yield (name, index), part
