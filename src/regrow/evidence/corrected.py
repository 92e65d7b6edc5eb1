"""Errata are entries, not edits: what is printed stays in the file, and is mended on reading.

Each correction says what it expects to find. On the day the entry changes (the source was fixed, or
somebody edited the file instead of adding a correction) reading fails, so that nobody corrects a
number twice.
"""

from collections.abc import Iterable

from regrow.errors import EvidenceError
from regrow.evidence.entry import Entry
from regrow.evidence.records import Correction


def mended(entry: Entry, reference: str, corrections: Iterable[Correction]) -> Entry:
    """The entry as it is to be used; `corrected` tells by which erratum."""
    for correction in corrections:
        if reference in (correction.parameter, correction.finding):
            printed = entry.table.get(correction.field)
            if printed != correction.expect:
                raise EvidenceError(
                    f"corrections.toml, entry '{correction.id}' expects {correction.expect!r} as "
                    f"the {correction.field} of {reference}, which reads {printed!r}.",
                    why="A correction of something that has changed would correct it twice.",
                    fix="Remove the correction, or put back what is printed.",
                )
            table = {**entry.table, correction.field: correction.use}
            entry = Entry(table, file=entry.file, name=entry.name, corrected=correction.id)
    return entry
