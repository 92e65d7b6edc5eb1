"""Counting the evidence: how many numbers rest on which source, trust and certainty."""

from collections import Counter
from collections.abc import Iterable, Mapping

from regrow.evidence import reader
from regrow.evidence.records import CERTAINTIES, TRUSTS, Finding, Parameter


def all_parameters() -> tuple[Parameter, ...]:
    """Every cited number."""
    files = (reader.parameters(file) for file in reader.parameter_files())
    return tuple(one for numbers in files for one in numbers.values())


def all_findings() -> tuple[Finding, ...]:
    """Every published result."""
    return tuple(one for file in reader.finding_files() for one in reader.findings(file))


def numbers_by_source() -> Mapping[str, int]:
    """How many numbers, findings and limits cite each source, sources without any included."""
    counts = Counter(one.source for one in all_parameters())
    counts.update(one.source for one in all_findings())
    counts.update(one["source"] for file in reader.limit_files() for one in reader.limits(file))
    return {name: counts[name] for name in reader.sources()}


def numbers_by_trust(numbers: Iterable[Parameter] | None = None) -> Mapping[str, int]:
    """How many of the numbers (all, if none are named) are read, transcribed, derived, ..."""
    counts = Counter(one.trust for one in _given(numbers))
    return {trust: counts[trust] for trust in TRUSTS}


def numbers_by_certainty(numbers: Iterable[Parameter] | None = None) -> Mapping[str, int]:
    """How many of the numbers (all, if none are named) are of high, moderate, ... certainty."""
    counts = Counter(one.certainty for one in _given(numbers))
    return {certainty: counts[certainty] for certainty in CERTAINTIES}


def _given(numbers: Iterable[Parameter] | None) -> tuple[Parameter, ...]:
    return all_parameters() if numbers is None else tuple(numbers)
