"""Has the fit really never seen a study? Otherwise a validation would test nothing."""

from collections.abc import Iterator, Sequence

from regrow.errors import ValidationError
from regrow.studies.document import Study


def must_be_unseen(studies: Sequence[Study], trained_on: Sequence[Study]) -> None:
    """Raise ValidationError, with every reason, if the fit has seen one of `studies`."""
    reasons = [reason for study in studies for reason in _reasons(study, trained_on)]
    names = [study.id for study in studies]
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


def _reasons(study: Study, trained_on: Sequence[Study]) -> Iterator[str]:
    if study.used_for == "calibration":
        yield f"{study.id!r} is for calibration: it says so itself."
        return
    for known in trained_on:
        if study.id == known.id:
            yield f"{study.id!r} has the name of a study that was used for calibration."
        elif study.doi is not None and _plain(study.doi) == _plain(known.doi or ""):
            yield f"{study.id!r} has the DOI of {known.id!r}, which was used for calibration."
        elif _plain(study.citation) == _plain(known.citation):
            yield f"{study.id!r} has the citation of {known.id!r}, which was used for calibration."
        elif known.id in study.overlaps or study.id in known.overlaps:
            yield f"{study.id!r} shares people with {known.id!r}, which was used for calibration."


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
