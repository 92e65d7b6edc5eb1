"""Has the fit really never seen a study? Otherwise a validation would test nothing."""

from collections.abc import Sequence

from regrow.errors import ValidationError
from regrow.studies.document import Study


def must_be_unseen(studies: Sequence[Study], trained_on: Sequence[Study]) -> None:
    """Raise ValidationError, with a reason for each, if the fit has seen one of `studies`."""
    found = [_reason(study, trained_on) for study in studies]
    names = [study.id for study in studies]
    reasons = [reason for reason in found if reason is not None]
    reasons += [
        f"{name!r} is given {names.count(name)} times."
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if reasons:
        raise ValidationError(
            "\n".join(reasons),
            why="Only a study that the fit has never seen, counted once, tests the model.",
            fix="Leave it out. To see how well a study used for calibration fits, say "
            "`regrow trial`; to predict it without itself, `regrow calibrate --leave-one-out`.",
        )


def _reason(study: Study, trained_on: Sequence[Study]) -> str | None:
    """Return what gives a study away, the plainest sign first."""
    if study.used_for == "calibration":
        return f"{study.id!r} is for calibration: it says so itself."
    used = "which was used for calibration"
    for known in trained_on:
        if study.id == known.id:
            return f"{study.id!r} has the name of a study that was used for calibration."
    for known in trained_on:
        if study.doi is not None and _plain(study.doi) == _plain(known.doi or ""):
            return f"{study.id!r} has the DOI of {known.id!r}, {used}."
        if _plain(study.citation) == _plain(known.citation):
            return f"{study.id!r} has the citation of {known.id!r}, {used}."
    for known in trained_on:
        if known.id in study.overlaps or study.id in known.overlaps:
            return f"{study.id!r} shares people with {known.id!r}, {used}."
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
