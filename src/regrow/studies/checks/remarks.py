"""All checks of a study that need more than one key at a time."""

from typing import Any

from regrow.protocol.problems import Remark


def remarks(tables: dict[str, Any], *, id: str) -> list[Remark]:
    """Everything that speaks against the study as written."""
    return []
