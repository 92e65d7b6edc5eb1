"""Write a protocol back as the text of a document."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from regrow.protocol.document import Protocol


def text_of(protocol: Protocol) -> str:
    """The document of `protocol`; reading it gives the same protocol."""
    tables = protocol.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    plain = {key: value for key, value in tables.items() if not _is_table(value)}
    parts = [_keys(plain)]
    for name, value in tables.items():
        if isinstance(value, dict):
            parts.append(f"[{name}]\n" + _keys(value))
        elif _is_table(value):
            parts += [f"[[{name}]]\n" + _keys(entry) for entry in value]
    return "\n\n".join(parts) + "\n"


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _keys(table: Mapping[str, Any]) -> str:
    return "\n".join(_lines(table))


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        # JSON writes printable text, numbers, booleans and lists of text as TOML does
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
