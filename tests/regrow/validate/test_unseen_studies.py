"""A study that the fit has seen is refused, by whatever gives it away."""

from collections.abc import Callable

import pytest
from invented import changed, known, sets, study

from regrow.errors import ValidationError
from regrow.studies.document import Study
from regrow.validate.run import validate
from regrow.validate.unseen import must_be_unseen

BY_NAME = known()[0].id
WITH_DOI = next(one for one in known() if one.doi is not None)
CALIBRATION = 'used_for   = "validation"', 'used_for   = "calibration"'


def overlapping() -> Study:
    return changed("[enrolled]", f'overlaps = ["{BY_NAME}"]\n[enrolled]', "change")


SEEN: dict[str, tuple[Callable[[], Study], str]] = {
    "it says so itself": (lambda: changed(*CALIBRATION, "change"), "says so itself"),
    "its name": (lambda: study("change", name=BY_NAME), "has the name"),
    "its DOI": (
        lambda: changed("10.1000/nobody", str(WITH_DOI.doi).upper(), "change"),
        f"the DOI of {WITH_DOI.id!r}",
    ),
    "its citation": (
        lambda: changed("Nobody 2031, J Inventions 1:1", f" {known()[0].citation} ".upper().strip(),
                        "change"),
        f"the citation of {BY_NAME!r}",
    ),
    "people it shares": (overlapping, f"shares people with {BY_NAME!r}"),
}  # fmt: skip


@pytest.mark.parametrize("why", sorted(SEEN))
def test_a_study_that_the_fit_has_seen_is_refused(why: str) -> None:
    made, said = SEEN[why]
    with pytest.raises(ValidationError) as caught:
        must_be_unseen([made()], known())
    assert said in caught.value.what
    assert "never seen" in caught.value.why
    assert "regrow trial" in caught.value.fix


def test_a_study_that_a_known_one_overlaps_is_refused() -> None:
    pooled = known()[0].model_copy(update={"overlaps": ("nobody2031",)}).named("pooled")
    with pytest.raises(ValidationError, match="shares people"):
        must_be_unseen([study("change")], [pooled])


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        must_be_unseen([study("change", name=BY_NAME), overlapping(), *known()[1:3]], known())
    assert len(caught.value.what.splitlines()) == 4


def test_a_study_given_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="given 2 times"):
        must_be_unseen([study("change"), study("response")], known())


def test_every_study_that_ships_is_refused() -> None:
    for one in known():
        with pytest.raises(ValidationError, match=one.id):
            must_be_unseen([one], known())


def test_a_study_that_nobody_fitted_is_welcome() -> None:
    must_be_unseen([study()], known())


def test_nothing_is_simulated_for_a_study_that_was_seen() -> None:
    told: list[int] = []
    with pytest.raises(ValidationError):
        validate(
            [study("change"), known()[0]], trained_on=known(), sets=sets(), people=32,
            progress=lambda done, _: told.append(done),
        )  # fmt: skip
    assert told == []
