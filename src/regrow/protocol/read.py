"""Read a protocol document, or say everything that is wrong with it at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from regrow.protocol import explain, guard
from regrow.protocol.checks.parts import parts_of
from regrow.protocol.checks.remarks import remarks as objections
from regrow.protocol.document import Protocol
from regrow.protocol.lines import placed
from regrow.protocol.problems import Remark, UnsoundProtocol


def read(path: str | Path) -> Protocol:
    """Read the protocol in the file at `path`."""
    try:
        text = guard.text_of(Path(path))
    except guard.Refused as refused:
        raise UnsoundProtocol([refused.problem(str(path))]) from refused
    return read_text(text, str(path))


def read_text(text: str, name: str) -> Protocol:
    """Read a protocol from the text of a document; `name` is what problems call it."""
    try:
        tables = guard.tables_of(text)
    except guard.Refused as refused:
        raise UnsoundProtocol([refused.problem(name)]) from refused
    protocol, remarks = _checked(tables)
    if protocol is None or remarks:
        raise UnsoundProtocol(placed(remarks, file=name, text=text))
    return protocol


def read_tables(tables: Mapping[str, Any], name: str) -> Protocol:
    """Read a protocol from plain tables, such as a form or a database holds."""
    protocol, remarks = _checked(dict(tables))
    if protocol is None or remarks:
        raise UnsoundProtocol(placed(remarks, file=name, text=""))
    return protocol


def _checked(tables: dict[str, Any]) -> tuple[Protocol | None, list[Remark]]:
    """The protocol if it could be made, and everything that speaks against it."""
    protocol, remarks = None, list(guard.not_finite(tables))
    try:
        protocol = Protocol.model_validate(tables)
    except ValidationError as error:
        said = {remark.place for remark in remarks}
        remarks += [r for r in explain.remarks(error) if r.place not in said]
    remarks += objections(parts_of(tables))
    return protocol, remarks
