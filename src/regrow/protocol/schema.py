"""The JSON Schema of a document, generated from its records, for editors and programs."""

from typing import Any

from pydantic import BaseModel

from regrow.protocol.document import Protocol
from regrow.protocol.form import record_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of a protocol's tables."""
    return schema_of(Protocol, title="A regrow protocol")


def schema_of(record: type[BaseModel], *, title: str) -> dict[str, Any]:
    """The schema of the tables that `record` is read from."""
    schema = record.model_json_schema()
    _as_written(schema, record)
    for model in _records_in(record):
        _as_written(schema["$defs"][model.__name__], model)
    head = {"$schema": DIALECT, "title": title}
    return head | {key: value for key, value in schema.items() if key not in head}


def _records_in(record: type[BaseModel]) -> list[type[BaseModel]]:
    """Every record below `record`, each once."""
    found: dict[type[BaseModel], None] = {}
    for field in record.model_fields.values():
        if (inner := record_of(field.annotation)) is not None:
            found |= dict.fromkeys([inner, *_records_in(inner)])
    return list(found)


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
