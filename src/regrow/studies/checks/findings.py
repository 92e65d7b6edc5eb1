"""Does each finding say what its kind must say, and can its value be?"""

from collections.abc import Iterator

from regrow.measures.catalogue import measures
from regrow.protocol.checks.parts import remark
from regrow.protocol.problems import Place, Remark
from regrow.studies.checks.parts import Parts
from regrow.studies.document import Finding
from regrow.studies.vocabulary import DEPENDS_ON_THE_KIND, KINDS, RELAPSE_KINDS

MEANS = {
    "day": "the day it was found",
    "until_day": "the day until which it held",
    "since_day": "the day from which relapses count",
    "versus": "the arm it is compared with",
    "among": "among whom",
    "among_day": "the day on which that was found out",
}


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against a single finding."""
    for place, finding in parts.findings:
        yield from _keys(place, finding)
        yield from _order(place, finding)
        yield from _value(place, finding)
        yield from _people(place, finding, parts)
        yield from _use(place, finding)


def _keys(place: Place, finding: Finding) -> Iterator[Remark]:
    kind = KINDS[finding.kind]
    for key in DEPENDS_ON_THE_KIND:
        said = getattr(finding, key) is not None
        if key in kind.needs and not said:
            yield remark(
                place,
                None,
                f"{finding.id!r} does not say {key!r}.",
                why=f"A finding of the kind {finding.kind!r} is nothing without {MEANS[key]}.",
                fix=f"Add {key}.",
            )
        if said and key not in (*kind.needs, *kind.may):
            able = [f'"{name}"' for name, one in KINDS.items() if key in (*one.needs, *one.may)]
            yield remark(
                place,
                key,
                f"A finding of the kind {finding.kind!r} has no {key!r}.",
                why="It would be silently ignored.",
                fix=f"Leave it out, or write the kind that is meant: {', '.join(able)}.",
            )
    if "among" in kind.may and (finding.among is None) != (finding.among_day is None):
        written, other = ("among", "among_day") if finding.among else ("among_day", "among")
        yield remark(
            place,
            written,
            f"{written} stands without {other}.",
            why="Who is meant depends on the day on which it was found out.",
            fix=f"Add {other}, or leave both out.",
        )


def _order(place: Place, finding: Finding) -> Iterator[Remark]:
    relapse = finding.kind in RELAPSE_KINDS
    pairs = (
        ("day", "until_day", finding.day, finding.until_day, True),
        ("since_day", "day", finding.since_day, finding.day, True),
        ("among_day", "day", finding.among_day, finding.day, relapse),
    )
    for early, late, first, second, apart in pairs:
        if first is None or second is None:
            continue
        if first > second or (apart and first == second):
            yield remark(
                place,
                late,
                f"{late} is {second:g} and {early} is {first:g}.",
                why=f"{MEANS[late][0].upper()}{MEANS[late][1:]} comes after {MEANS[early]}.",
                fix="Check both days; they count from the first dose.",
            )


def _value(place: Place, finding: Finding) -> Iterator[Remark]:
    kind, value = KINDS[finding.kind], finding.value
    least, most = _bounds(finding)
    if not least <= value <= most or (kind.positive and value == 0):
        percent = kind.share and 1 < value <= 100
        yield remark(
            place,
            "value",
            f"A {finding.kind} of {value:g} cannot be.",
            why="A proportion runs from 0 to 1."
            if kind.share
            else "A time or a ratio is above 0."
            if kind.positive
            else f"{finding.measure} does not reach so far.",
            fix=f"Write value = {value / 100:g}." if percent else "Check the value and the kind.",
        )
    yield from _spread(place, finding, least, most)


def _bounds(finding: Finding) -> tuple[float, float]:
    """The lowest and the highest value that can be."""
    kind, known = KINDS[finding.kind], measures().get(finding.measure)
    if kind.share:
        return 0.0, 1.0
    if kind.positive:
        return 0.0, float("inf")
    if finding.kind == "standardised difference" or known is None:
        return float("-inf"), float("inf")
    if finding.kind == "mean":
        return known.minimum, known.maximum
    return known.minimum - known.maximum, known.maximum - known.minimum


def _spread(place: Place, finding: Finding, least: float, most: float) -> Iterator[Remark]:
    spread, kind = finding.spread, KINDS[finding.kind]
    if spread is None:
        return
    if spread.kind not in kind.spreads:
        yield remark(
            place,
            "spread",
            f"A finding of the kind {finding.kind!r} cannot have a spread of the kind "
            f"{spread.kind!r}.",
            why="An SD or an IQR is between people; an SE or a 95% CI is of an estimate.",
            fix=f"Write one of {', '.join(kind.spreads)}, or leave spread out.",
        )
    pair = spread.kind in ("95% CI", "IQR")
    ends = (spread.low, spread.high)
    if pair != (spread.value is None) or any((end is None) == pair for end in ends):
        example = "low = 3.9, high = 11.3" if pair else "value = 10"
        yield remark(
            place,
            "spread",
            f"The {spread.kind} of {finding.id!r} is not complete, or has too much.",
            why="A 95% CI or an IQR has a low and a high end, an SD or an SE one value.",
            fix=f'Write spread = {{ kind = "{spread.kind}", {example} }}.',
        )
    if spread.low is None or spread.high is None:
        return
    if not spread.low <= finding.value <= spread.high or spread.low == spread.high:
        flipped = spread.low <= -finding.value <= spread.high
        yield remark(
            place,
            "spread",
            f"The {spread.kind} from {spread.low:g} to {spread.high:g} does not hold the value "
            f"{finding.value:g}.",
            why="A value lies within its own interval.",
            fix=f"Write low = {-spread.high:g}, high = {-spread.low:g}: an improvement is negative."
            if flipped
            else "Check the value and both ends; an improvement is negative.",
        )
    elif spread.low < least or spread.high > most:
        yield remark(
            place,
            "spread",
            f"The {spread.kind} from {spread.low:g} to {spread.high:g} goes beyond what a "
            f"{finding.kind} can be.",
            why=f"It lies between {least:g} and {most:g}.",
            fix="Check both ends.",
        )


def _people(place: Place, finding: Finding, parts: Parts) -> Iterator[Remark]:
    arms = [arm for arm in (finding.arm, finding.versus) if arm is not None]
    counts = [parts.people_in(arm) for arm in arms]
    if finding.n is None or None in counts:
        return
    most = sum(count for count in counts if count is not None)
    if finding.n > most:
        yield remark(
            place,
            "n",
            f"{finding.id!r} is of {finding.n} people, but only {most} were there.",
            why="Nobody can be read who did not take part.",
            fix="Check both numbers.",
        )


def _use(place: Place, finding: Finding) -> Iterator[Remark]:
    if finding.used == (finding.why_not is None):
        return
    yield remark(
        place,
        "why_not" if finding.used else "used",
        f"{finding.id!r} counts, and says why it does not."
        if finding.used
        else f"{finding.id!r} does not count, and does not say why.",
        why="A number that is left out without a reason looks like one that did not please.",
        fix="Write used = false, or leave why_not out."
        if finding.used
        else 'Add why_not, for example why_not = "the same people as another finding".',
    )
