"""Does everything that is named exist, and once?"""

import re
from collections.abc import Iterator, Sequence

from regrow.measures.catalogue import measures
from regrow.protocol.checks.parts import remark
from regrow.protocol.problems import Place, Remark, mend
from regrow.studies.checks.parts import Parts

FILE_NAME = r"[a-z][a-z0-9-]{2,60}"


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against the names in a study."""
    yield from _file(parts)
    for heading, key in (("arm", "id"), ("finding", "id"), ("scale", "name")):
        yield from _unique(parts, heading, key)
    yield from _scales(parts)
    if parts.enrolled is not None:
        yield from _measure(("enrolled",), parts.enrolled.measure, parts)
    arms = parts.names("arm", "id")
    for place, finding in parts.findings:
        yield from _measure(place, finding.measure, parts)
        yield from _arm(place, "arm", finding.arm, arms)
        if finding.versus is not None:
            yield from _arm(place, "versus", finding.versus, arms)
        if finding.versus == finding.arm:
            yield remark(
                place,
                "versus",
                f"{finding.id!r} compares the arm {finding.arm!r} with itself.",
                why="A comparison has two sides.",
                fix=f"Write the other arm: {', '.join(a for a in arms if a != finding.arm)}."
                if len(arms) > 1
                else "Add the other [[arm]].",
            )


def _file(parts: Parts) -> Iterator[Remark]:
    if not re.fullmatch(FILE_NAME, parts.id):
        yield remark(
            (),
            None,
            f"The file is called {parts.id!r}, which is not the id of a study.",
            why="A study goes by the name of its file in every table, and others point to it.",
            fix="Name the file with small letters, digits and hyphens, such as smith2031.toml.",
        )
    overlaps = parts.tables.get("overlaps")
    named = overlaps if isinstance(overlaps, list) else []
    if parts.id in named:
        yield remark(
            (),
            "overlaps",
            f"{parts.id!r} is said to share people with itself.",
            why="An overlap tells of people who are counted in two studies.",
            fix="Leave it out, or name the other study.",
        )
    for twice in _repeated([name for name in named if isinstance(name, str)]):
        yield remark(
            (),
            "overlaps",
            f"{twice!r} is named twice.",
            why="Something said twice is most often a slip of the pen.",
            fix="Name it once.",
        )


def _unique(parts: Parts, heading: str, key: str) -> Iterator[Remark]:
    seen: set[str] = set()
    for place, entry in parts.written(heading):
        name = entry.get(key)
        if isinstance(name, str) and name in seen:
            yield remark(
                place,
                key,
                f"Two [[{heading}]] entries are called {name!r}.",
                why="A name that two things share points to neither.",
                fix="Give one of them a name of its own.",
            )
        elif isinstance(name, str):
            seen.add(name)


def _scales(parts: Parts) -> Iterator[Remark]:
    for place, scale in parts.scales:
        if scale.name in measures():
            yield remark(
                place,
                "name",
                f"{scale.name!r} is a measure that regrow knows.",
                why="Two lines for the same scale would contradict each other.",
                fix="Leave this [[scale]] out, or give it the name of the scale that is meant.",
            )


def _measure(place: Place, measure: str, parts: Parts) -> Iterator[Remark]:
    if measure not in parts.scores():
        yield remark(
            place,
            "measure",
            f"{measure!r} is not a measure of regrow, nor a [[scale]] of this file.",
            why="A score must be set beside a score.",
            fix=f"{mend(measure, parts.scores())} A scale that regrow has no measure for is "
            "described in a [[scale]].",
        )


def _arm(place: Place, key: str, arm: str, arms: Sequence[str]) -> Iterator[Remark]:
    if arm not in arms:
        yield remark(
            place,
            key,
            f"There is no arm {arm!r}.",
            why="A finding belongs to people who were given something.",
            fix=mend(arm, dict.fromkeys(arms)) if arms else "Add an [[arm]] with this id.",
        )


def _repeated(names: Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(name for name in names if names.count(name) > 1)
