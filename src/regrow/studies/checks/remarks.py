"""All checks of a study that need more than one key at a time."""

from typing import Any

from regrow.protocol.problems import Remark
from regrow.studies.checks import arms, findings, names, people
from regrow.studies.checks.parts import parts_of


def remarks(tables: dict[str, Any], *, id: str) -> list[Remark]:
    """Everything that speaks against the study as written."""
    parts = parts_of(tables, id=id)
    return [
        *names.remarks(parts),
        *people.remarks(parts),
        *arms.remarks(parts),
        *findings.remarks(parts),
    ]
