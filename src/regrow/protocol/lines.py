"""On which line of the text each key stands.

Python's TOML reader does not tell. So, once the whole text is known to be TOML, its statements are
found one by one: lines are gathered until they parse alone. That is only done when there is
something to report.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping

from regrow.protocol.problems import Place, Problem, Remark

MOST_WORK = 400_000
"""Characters to parse in all; past that the rest of the keys are told by the last line known."""


def lines_of(text: str) -> Mapping[Place, int]:
    """The line of every key and heading of a sound TOML text."""
    found: dict[Place, int] = {(): 1}
    entries: Counter[Place] = Counter()
    section: Place = ()
    statement, start, work = "", 1, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not statement:
            start = number
        statement += line + "\n"
        work += len(statement)
        if work > MOST_WORK:
            break
        try:
            table = tomllib.loads(statement)
        except ValueError:
            continue
        heading = statement.lstrip().startswith("[")
        place = _place_of(table)
        if heading:
            is_entry = statement.lstrip().startswith("[[")
            place = _below_the_last(place, entries)
            section = place + ((entries[place],) if is_entry else ())
            entries[place] += is_entry
            found.setdefault(place, start)
            found[section] = start
        elif table:
            for length in range(1, len(place) + 1):
                found.setdefault(section + place[:length], start)
        statement = ""
    return found


def line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """The line of a place, or of the nearest thing around it that has one."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def placed(remarks: Iterable[Remark], *, file: str, text: str) -> tuple[Problem, ...]:
    """Each remark with the file and the line it is about; without a text, its first line."""
    lines = lines_of(text)
    return tuple(
        Problem(file=file, line=line_of(r.place, lines), what=r.what, why=r.why, fix=r.fix)
        for r in remarks
    )


def _below_the_last(place: Place, entries: Counter[Place]) -> Place:
    """The place of a heading: [[arm.dose]] belongs to the last [[arm]] above it."""
    whole: Place = ()
    for part in place[:-1]:
        whole += (part,)
        if entries[whole]:
            whole += (entries[whole] - 1,)
    return whole + place[-1:]


def _place_of(table: object) -> Place:
    """The key path of a text with one statement."""
    place: Place = ()
    while isinstance(table, dict) and len(table) == 1:
        ((key, table),) = table.items()
        place += (key,)
    return place
