"""From a table of a file to a record, checked."""

import dataclasses
from collections.abc import Collection
from typing import Any

from regrow.evidence.entry import Entry
from regrow.evidence.records import (
    CERTAINTIES,
    PRIOR_KINDS,
    SPREAD_KINDS,
    SPREADS_OF_TWO,
    STATED_RANGE,
    STATUSES,
    TOLERANCES,
    TRUSTS,
    Claim,
    Correction,
    Finding,
    Given,
    Parameter,
    Population,
    Prior,
    Source,
    Spread,
)

METRICS = (
    "cmax",
    "tmax",
    "auc",
    "half-life",
    "ratio",
    "concentration",
    "first detectable",
    "release",
    "share",
    "proportionality",
)


def source(entry: Entry) -> Source:
    """One entry of sources.toml."""
    entry.allow(_keys(Source, but=("id",)))
    return Source(
        id=entry.name,
        year=entry.maybe_whole("year"),
        **{key: entry.maybe_text(key) for key in _keys(Source, but=("id", "year"))},
    )


def parameter(entry: Entry, *, sources: Collection[str]) -> Parameter:
    """One entry of parameters/*.toml."""
    entry.allow(_keys(Parameter, but=("file", "name", "corrected")))
    found = Parameter(
        file=entry.stem,
        name=entry.name,
        means=entry.text("means"),
        value=entry.number("value"),
        unit=entry.text_or_empty("unit"),
        source=entry.source(sources),
        where=entry.text("where"),
        status=entry.choice("status", STATUSES),
        trust=entry.choice("trust", TRUSTS),
        certainty=entry.choice("certainty", CERTAINTIES),
        spread=spread(entry.inner("spread")),
        prior=prior(entry.inner("prior")),
        null=entry.maybe_number("null"),
        about=entry.maybe_text("about"),
        conflicts=entry.texts("conflicts"),
        corrected=entry.corrected,
        note=entry.maybe_text("note"),
    )
    if found.trust in ("memory", "assumed") and found.status != "assumed":
        raise entry.error(
            f"has the trust '{found.trust}' but the status '{found.status}'.",
            fix='What nobody read is an assumption: write status = "assumed".',
        )
    if found.prior is not None and found.prior.kind in ("lognormal", "logit-normal"):
        ceiling = 1.0 if found.prior.kind == "logit-normal" else float("inf")
        if not 0.0 < found.value < ceiling:
            raise entry.error(
                f"has a {found.prior.kind} prior around {found.value:g}, which cannot be.",
                fix="Use a normal prior, or mend the value.",
            )
    return found


def spread(entry: Entry | None) -> Spread | None:
    if entry is None:
        return None
    kind = entry.choice("kind", SPREAD_KINDS)
    if kind in SPREADS_OF_TWO:
        entry.allow(("kind", "low", "high"))
        low, high = _ordered(entry)
        return Spread(kind=kind, low=low, high=high)
    entry.allow(("kind", "value"))
    value = entry.number("value")
    if value < 0:
        raise entry.error(f"has the negative spread {value:g}.", fix="Write a size above zero.")
    return Spread(kind=kind, value=value)


def prior(entry: Entry | None) -> Prior | None:
    if entry is None:
        return None
    entry.allow(("kind", "sd", "low", "high", "reason"))
    kind = entry.choice("kind", PRIOR_KINDS)
    low, high = entry.maybe_number("low"), entry.maybe_number("high")
    sd = entry.maybe_number("sd")
    if kind == "uniform":
        low, high = _ordered(entry)
    elif sd is None or sd <= 0:
        raise entry.error("has no standard deviation above zero.", fix="Write sd = 0.3 .")
    elif low is not None and high is not None:
        _ordered(entry)
    return Prior(kind=kind, reason=entry.text("reason"), sd=sd, low=low, high=high)


def finding(entry: Entry, *, sources: Collection[str]) -> Finding:
    """One [[finding]] of findings/*.toml."""
    entry.allow(_keys(Finding, but=("file", "corrected")))
    given_entry = entry.inner("given")
    if given_entry is None:
        raise entry.error("does not say what was given.", fix="Add given = { drug = ... }.")
    tolerance = entry.choice("tolerance", (*TOLERANCES, STATED_RANGE))
    low = high = value = None
    if tolerance == STATED_RANGE:
        low, high = _ordered(entry)
    else:
        value = entry.number("value")
    return Finding(
        file=entry.stem,
        id=entry.name,
        given=given(given_entry),
        analyte=entry.text("analyte"),
        metric=entry.choice("metric", METRICS),
        unit=entry.text_or_empty("unit"),
        source=entry.source(sources),
        where=entry.text("where"),
        trust=entry.choice("trust", TRUSTS[:3]),
        tolerance=tolerance,
        value=value,
        low=low,
        high=high,
        spread=spread(entry.inner("spread")),
        n=entry.maybe_whole("n"),
        who=entry.maybe_text("who"),
        sampling=entry.maybe_text("sampling"),
        at_minutes=entry.maybe_number("at_minutes"),
        window_hours=entry.maybe_number("window_hours"),
        conflicts=entry.texts("conflicts"),
        corrected=entry.corrected,
        note=entry.maybe_text("note"),
    )


def given(entry: Entry) -> Given:
    entry.allow(_keys(Given))
    if ("mg" in entry.table) == ("mg_per_kg" in entry.table):
        raise entry.error("needs exactly one of mg and mg_per_kg.", fix="Write mg = 28 .")
    return Given(
        drug=entry.choice("drug", ("racemic ketamine", "esketamine")),
        route=entry.text("route"),
        formulation=entry.maybe_text("formulation"),
        mg=entry.maybe_number("mg"),
        mg_per_kg=entry.maybe_number("mg_per_kg"),
        minutes=entry.maybe_number("minutes") or 0.0,
        population=population(entry.inner("population")),
    )


def population(entry: Entry | None) -> Population:
    if entry is None:
        return Population()
    entry.allow(_keys(Population))
    return Population(
        age=entry.maybe_number("age"),
        weight_kg=entry.maybe_number("weight_kg"),
        asian=entry.flag("asian"),
        japanese=entry.flag("japanese"),
    )


def correction(entry: Entry, *, sources: Collection[str]) -> Correction:
    """One [[correction]] of corrections.toml."""
    entry.allow(_keys(Correction))
    if sum(key in entry.table for key in ("finding", "parameter", "about")) != 1:
        raise entry.error(
            "needs exactly one of finding, parameter and about.",
            fix='Write finding = "file/id", parameter = "file/name" or about = "words".',
        )
    expect = entry.inner("expect")
    if expect is not None:
        expect.allow(("equals",))
    found = Correction(
        id=entry.name,
        source=entry.source(sources),
        reason=entry.text("reason"),
        finding=entry.maybe_text("finding"),
        parameter=entry.maybe_text("parameter"),
        about=entry.maybe_text("about"),
        field=entry.maybe_text("field") or "value",
        printed=entry.maybe_number_or_text("printed"),
        use=entry.maybe_number_or_text("use"),
        told=entry.maybe_date("told"),
        expect=expect.maybe_number_or_text("equals") if expect else None,
    )
    if found.about is None and (found.use is None or found.expect is None):
        raise entry.error(
            "mends an entry without saying what to use and what to expect.",
            fix="Add use = ... and expect = { equals = ... }.",
        )
    return found


def claim(entry: Entry, *, sources: Collection[str]) -> Claim:
    """One [[claim]] of claims.toml."""
    entry.allow(_keys(Claim))
    cited = entry.texts("sources")
    if not cited:
        raise entry.error("cites nothing.", fix='Write sources = ["..."].')
    return Claim(
        id=entry.name,
        claim=entry.text("claim"),
        supported=entry.text("supported"),
        certainty=entry.choice("certainty", CERTAINTIES),
        certainty_note=entry.text("certainty_note"),
        sources=tuple(entry.known_source(one, sources) for one in cited),
    )


def _ordered(entry: Entry) -> tuple[float, float]:
    low, high = entry.number("low"), entry.number("high")
    if low > high:
        raise entry.error(f"runs from {low:g} down to {high:g}.", fix="Write the lower one first.")
    return low, high


def _keys(record: Any, *, but: Collection[str] = ()) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record) if field.name not in but)
