"""The sound parts of a study file that may be unsound elsewhere: all is checked at once."""

from dataclasses import dataclass
from typing import Any

from regrow.measures.catalogue import measures
from regrow.protocol.checks.parts import entries_of, section
from regrow.protocol.problems import Place
from regrow.studies.document import Arm, Definitions, Enrolled, Finding, Scale


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What could be read; a part that could not has been reported already."""

    id: str
    tables: dict[str, Any]
    enrolled: Enrolled | None
    definitions: Definitions | None
    scales: tuple[tuple[Place, Scale], ...]
    arms: tuple[tuple[Place, Arm], ...]
    findings: tuple[tuple[Place, Finding], ...]

    def written(self, heading: str) -> tuple[tuple[Place, dict[str, Any]], ...]:
        """The entries of a list as they are written, sound or not."""
        entries = self.tables.get(heading)
        return tuple(
            ((heading, index), entry)
            for index, entry in enumerate(entries if isinstance(entries, list) else [])
            if isinstance(entry, dict)
        )

    def names(self, heading: str, key: str) -> tuple[str, ...]:
        """What the entries of a list are called, sound or not."""
        called = (entry.get(key) for _, entry in self.written(heading))
        return tuple(name for name in called if isinstance(name, str))

    def scores(self) -> tuple[str, ...]:
        """Everything that a finding may be measured with."""
        return (*measures(), *self.names("scale", "name"))

    def people_in(self, arm: str) -> int | None:
        """How many people are in an arm, if that can be told."""
        counts = [entry.get("n") for _, entry in self.written("arm") if entry.get("id") == arm]
        (n,) = counts if len(counts) == 1 else (None,)
        return n if isinstance(n, int) and n > 0 else None


def parts_of(tables: dict[str, Any], *, id: str) -> Parts:
    """Read each part by itself."""
    given = "definitions" in tables
    return Parts(
        id=id,
        tables=tables,
        enrolled=section(tables, "enrolled", Enrolled),
        definitions=section(tables, "definitions", Definitions) if given else Definitions(),
        scales=tuple(entries_of(tables, "scale", Scale)),
        arms=tuple(entries_of(tables, "arm", Arm)),
        findings=tuple(entries_of(tables, "finding", Finding)),
    )
