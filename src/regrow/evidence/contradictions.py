"""Sources may contradict each other, but never silently.

Two numbers speak of the same thing when their `about` agrees, or, without one, their `means`; two
findings when dose, analyte and metric agree. If they differ, each must name the other under
`conflicts`.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import Protocol

from regrow.evidence.records import Finding, Parameter


class Named(Protocol):
    @property
    def reference(self) -> str: ...
    @property
    def conflicts(self) -> tuple[str, ...]: ...


def silent(parameters: Iterable[Parameter], findings: Iterable[Finding] = ()) -> tuple[str, ...]:
    """One sentence per pair that differs without saying so."""
    numbers: list[tuple[Hashable, Hashable, Named]] = [
        (one.about or one.means, (one.value, one.unit), one) for one in parameters
    ]
    results: list[tuple[Hashable, Hashable, Named]] = [
        (_same_thing(one), (one.value, one.low, one.high, one.unit), one) for one in findings
    ]
    return _unnamed(numbers) + _unnamed(results)


def _same_thing(one: Finding) -> Hashable:
    when = (one.at_minutes, one.window_hours, one.sampling)
    # A measured value and the range around others agree or not by `acceptance`, not by being equal.
    return (one.given, one.analyte, one.metric, one.tolerance, when)


def _unnamed(entries: Iterable[tuple[Hashable, Hashable, Named]]) -> tuple[str, ...]:
    groups: dict[Hashable, list[tuple[Hashable, Named]]] = defaultdict(list)
    for thing, size, entry in entries:
        groups[thing].append((size, entry))
    return tuple(
        f"{one.reference} and {other.reference} differ without naming each other"
        for group in groups.values()
        for (size, one), (other_size, other) in combinations(group, 2)
        if size != other_size
        and not (other.reference in one.conflicts and one.reference in other.conflicts)
    )
