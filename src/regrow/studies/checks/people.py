"""Do who took part, how they were divided and what was counted hang together?"""

from collections.abc import Iterator
from typing import Any

from regrow.measures.catalogue import measures
from regrow.protocol.checks.parts import remark
from regrow.protocol.problems import Remark
from regrow.studies.checks.parts import Parts
from regrow.studies.document import Definitions, Enrolled
from regrow.studies.vocabulary import RELAPSE_KINDS, SEVERITY_AT_LEAST

ENROLLED, DEFINITIONS = ("enrolled",), ("definitions",)


def remarks(parts: Parts) -> Iterator[Remark]:
    """Everything that speaks against the people and the definitions."""
    yield from _design(parts)
    if parts.enrolled is not None:
        yield from _baseline(parts.enrolled)
        yield from _dropout(parts.enrolled)
    if parts.definitions is not None:
        yield from _relapse(parts.definitions)
        yield from _needed(parts, parts.definitions)


def _design(parts: Parts) -> Iterator[Remark]:
    design, arms = parts.tables.get("design"), len(parts.written("arm"))
    if design in ("parallel", "crossover", "withdrawal") and arms == 1:
        yield remark(
            (),
            "design",
            f"The design is {design!r} but there is only one arm.",
            why="People came into one arm or another by chance.",
            fix='Add the other [[arm]], or write design = "single arm".',
        )
    if design == "single arm" and arms > 1:
        yield remark(
            (),
            "design",
            f"The design is 'single arm' but there are {arms} arms.",
            why="How people came into the arms decides what a difference between them means.",
            fix='Write design = "parallel", "crossover" or what is meant.',
        )
    trials: Any = parts.tables.get("trials", 1)
    if isinstance(trials, int) and trials >= 1 and (design == "pooled") != (trials > 1):
        yield remark(
            (),
            "trials" if "trials" in parts.tables else "design",
            f"The design is {design!r} but the number of trials is {trials}.",
            why="Numbers of several trials together differ less by place than those of one.",
            fix='Write design = "pooled" together with trials = 2 or more, or neither.',
        )


def _baseline(enrolled: Enrolled) -> Iterator[Remark]:
    least, most, mean = enrolled.least, enrolled.most, enrolled.baseline_mean
    known = measures().get(enrolled.measure)
    if known is not None and not known.minimum <= mean <= known.maximum:
        yield remark(
            ENROLLED,
            "baseline_mean",
            f"A mean {enrolled.measure} of {mean:g} is outside "
            f"{known.minimum:g} to {known.maximum:g}.",
            why="A score outside the scale is a mistake of typing or of the measure.",
            fix="Check the number and the measure.",
        )
    if least is not None and most is not None and least >= most:
        yield remark(
            ENROLLED,
            "least",
            f"People were let in from {least:g} and up to {most:g}.",
            why="A range has its lower end first.",
            fix="Check both ends.",
        )
    elif (least is not None and mean < least) or (most is not None and mean > most):
        yield remark(
            ENROLLED,
            "baseline_mean",
            f"The mean baseline of {mean:g} lies outside those who were let in, "
            f"{_range(least, most)}.",
            why="The mean of people within a range lies within it.",
            fix="Check the mean, the range, and that both are on the same measure.",
        )


def _range(least: float | None, most: float | None) -> str:
    ends = [
        f"{word} {end:g}" for word, end in (("from", least), ("up to", most)) if end is not None
    ]
    return " ".join(ends)


def _dropout(enrolled: Enrolled) -> Iterator[Remark]:
    if (enrolled.dropout_share is None) != (enrolled.dropout_by_day is None):
        said, other = ("dropout_share", "dropout_by_day")
        if enrolled.dropout_share is None:
            said, other = other, said
        yield remark(
            ENROLLED,
            said,
            f"{said} stands without {other}.",
            why="A share of people is lost by a day; one without the other says nothing.",
            fix=f"Add {other}, or leave both out.",
        )


def _relapse(definitions: Definitions) -> Iterator[Remark]:
    said = definitions.model_fields_set
    if definitions.relapse is None:
        for key in ("relapse_at_least", "relapse_readings", "relapse_every_days"):
            if key in said:
                yield remark(
                    DEFINITIONS,
                    key,
                    f"{key} stands without relapse.",
                    why="It would be silently ignored.",
                    fix='Add relapse = "response lost" or relapse = "severity at least".',
                )
        return
    by_severity = definitions.relapse == SEVERITY_AT_LEAST
    if by_severity != (definitions.relapse_at_least is not None):
        yield remark(
            DEFINITIONS,
            "relapse" if by_severity else "relapse_at_least",
            f"The relapse is {definitions.relapse!r} {'without' if by_severity else 'with'} "
            "relapse_at_least.",
            why="A relapse is told by a score, or by the response being lost.",
            fix="Add relapse_at_least = 22, or the score that is meant."
            if by_severity
            else 'Leave relapse_at_least out, or write relapse = "severity at least".',
        )
    well, ill = definitions.remission_at_most, definitions.relapse_at_least
    if by_severity and well is not None and ill is not None and ill <= well:
        yield remark(
            DEFINITIONS,
            "relapse_at_least",
            f"A score of {ill:g} is a relapse, and one of {well:g} is a remission.",
            why="Nobody is in remission and in relapse at once.",
            fix="Check both scores.",
        )


def _needed(parts: Parts, definitions: Definitions) -> Iterator[Remark]:
    """A definition that a finding needs is asked for at the first such finding."""
    for place, finding in parts.findings:
        if finding.kind in RELAPSE_KINDS and definitions.relapse is None:
            yield remark(
                place,
                "kind",
                f"{finding.id!r} is about relapse, which the study does not define.",
                why="What counts as a relapse decides how many there are.",
                fix='Add relapse = "response lost" or "severity at least" to [definitions]; when '
                "the paper does not say, assume one and say so in its where.",
            )
            break
    for place, finding in parts.findings:
        asked = {"kind": finding.kind, "among": finding.among}
        key = next((key for key, said in asked.items() if said == "remission"), None)
        if key is not None and definitions.remission_at_most is None:
            yield remark(
                place,
                key,
                f"{finding.id!r} is about remission, which the study does not define.",
                why="The score that counts as remission differs between scales and studies.",
                fix="Add remission_at_most to [definitions]; when the paper does not say, assume "
                "the usual score and say so in its where.",
            )
            break
