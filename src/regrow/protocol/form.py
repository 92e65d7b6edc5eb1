"""A kind of document: the record it is read into, and the words its mistakes are told in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from regrow.protocol.problems import Place


@dataclass(frozen=True, kw_only=True)
class Form:
    """A protocol, or a study: what may stand where, and what people call it."""

    record: type[BaseModel]
    noun: str
    manual: str
    out_of_range: str
    often_said: Mapping[str, str] = field(default_factory=dict)

    def record_at(self, place: Place) -> type[BaseModel] | None:
        """The record that is read at a place; None where a plain value stands."""
        record: type[BaseModel] | None = self.record
        for part in place:
            if isinstance(part, str) and record is not None:
                known = record.model_fields.get(part)
                record = record_of(known.annotation) if known else None
        return record

    def keys_of(self, place: Place) -> tuple[str, ...]:
        """The keys that may stand at a place."""
        record = self.record_at(place)
        return tuple(record.model_fields) if record else ()

    def is_entry(self, place: Place) -> bool:
        """Whether the heading at a place is written with two pairs of brackets."""
        above = self.record_at(place[:-1])
        known = above.model_fields.get(str(place[-1])) if above else None
        return known is not None and is_list(known.annotation)

    def heading(self, place: Place) -> str:
        """How the heading of a place is written."""
        names = tuple(part for part in place if isinstance(part, str))
        if not names:
            return "the top of the document"
        name = ".".join(names)
        return f"[[{name}]]" if self.is_entry(names) else f"[{name}]"

    def description(self, place: Place) -> str:
        """What the manual says about the key at a place."""
        record = self.record_at(place[:-1])
        known = record.model_fields.get(str(place[-1])) if record else None
        return (known.description if known else None) or ""


def record_of(annotation: Any) -> type[BaseModel] | None:
    """The record that a field holds, be it one, a list of them, or none at all."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (record_of(inner) for inner in get_args(annotation))
    return next((record for record in found if record is not None), None)


def is_list(annotation: Any) -> bool:
    """Whether a field holds a list of records."""
    return get_origin(annotation) is tuple and record_of(annotation) is not None
