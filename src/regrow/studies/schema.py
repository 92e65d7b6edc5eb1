"""The JSON Schema of a study file, generated from the records, for editors and programs."""

from typing import Any

from regrow.protocol.schema import schema_of
from regrow.studies.document import Study


def json_schema() -> dict[str, Any]:
    """The schema of the file's tables."""
    return schema_of(Study, title="A study in regrow")
