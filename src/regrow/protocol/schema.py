"""The JSON Schema of a protocol document, generated from the records, for editors and programs."""

from typing import Any

from pydantic import BaseModel

from regrow.protocol.document import Protocol
from regrow.protocol.explain import ENTRIES, SECTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of the document's tables."""
    schema = Protocol.model_json_schema()
    _as_written(schema, Protocol)
    for model in (*ENTRIES.values(), *SECTIONS.values()):
        _as_written(schema["$defs"][model.__name__], model)
    head = {"$schema": DIALECT, "title": "A regrow protocol"}
    return head | {key: value for key, value in schema.items() if key not in head}


def _as_written(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Say defaults as the document writes them, and drop what a document cannot hold: null."""
    for name, rule in schema["properties"].items():
        rule.pop("title", None)
        if [option for option in rule.get("anyOf", ()) if option == {"type": "null"}]:
            (kept,) = (option for option in rule.pop("anyOf") if option != {"type": "null"})
            rule.update(kept)
        field = model.model_fields[name]
        if field.is_required():
            continue
        if field.default is None:
            del rule["default"]
        else:
            written = model.model_construct(**{name: field.default})
            rule["default"] = written.model_dump(mode="json", include={name})[name]
