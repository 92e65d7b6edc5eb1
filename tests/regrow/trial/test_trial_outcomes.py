"""What a study counts, against examples worked by hand."""

from typing import Any

import numpy as np
import pytest
from trial_studies import finding, study

from regrow.studies.document import Definitions
from regrow.trial import outcomes
from regrow.trial.outcomes import Watched

DAYS = (0.0, 7.0, 14.0, 21.0, 28.0, 35.0)
HALF = Definitions(remission_at_most=10)


def watched(*people: list[float], days: tuple[float, ...] = DAYS, **said: Any) -> Watched:
    """Readings of some people under one set of values, without an error unless it is said."""
    scores = np.array(people, dtype=float).T[:, None, :, None]
    here = said.pop("here", np.ones((len(days), len(people)), dtype=bool))
    let_in = np.ones(scores.shape[1:], dtype=bool)
    return Watched(
        days=days, shown=scores, middle=scores, here=here,
        **{"noise_sd": 0.0, "let_in": let_in} | said,
    )  # fmt: skip


def share(chances: np.ndarray, seen: Watched, day: float) -> float:
    return float(outcomes.counted(chances, seen.present(day))[0][0])


def test_a_response_is_half_of_the_own_baseline_or_less() -> None:
    seen = watched([30, 15], [30, 16], [20, 10], [40, 19], days=(0.0, 7.0))
    assert share(outcomes.responds(seen, 7.0, HALF), seen, 7.0) == 0.75


def test_a_study_may_call_another_fall_a_response() -> None:
    seen = watched([30, 15], [30, 22], [20, 15], [40, 19], days=(0.0, 7.0))
    quarter = Definitions(response_fall_percent=25.0)
    assert share(outcomes.responds(seen, 7.0, quarter), seen, 7.0) == 1.0


def test_a_remission_is_a_low_score_whatever_the_baseline() -> None:
    seen = watched([30, 10], [12, 11], [50, 3], days=(0.0, 7.0))
    assert share(outcomes.remits(seen, 7.0, HALF), seen, 7.0) == pytest.approx(2 / 3)


def test_an_error_of_the_reading_makes_a_share_of_a_person() -> None:
    seen = watched([30, 15], [30, 17.5], days=(0.0, 7.0), noise_sd=2.5)
    found = outcomes.responds(seen, 7.0, HALF).ravel()
    assert found == pytest.approx([0.5, 0.158655], abs=1e-6)


def test_who_was_not_let_in_or_has_left_is_not_counted() -> None:
    here = np.array([[True, True, True], [True, True, False]])
    let_in = np.array([True, False, True]).reshape(1, 3, 1)
    seen = watched([30, 15], [30, 15], [30, 29], days=(0.0, 7.0), here=here, let_in=let_in)
    assert share(outcomes.responds(seen, 7.0, HALF), seen, 7.0) == 1.0


def test_a_sustained_response_holds_on_every_day_between() -> None:
    days = (0.0, 2.0, 3.0, 4.0)
    seen = watched([30, 10, 10, 10], [30, 10, 20, 10], [30, 20, 10, 10], days=days)
    held = outcomes.sustains(seen, finding("sustained response"), HALF)
    assert held.ravel().tolist() == [1.0, 0.0, 0.0]


RELAPSE = finding("relapse", since_day=7, among_day=7, day=28)
ILL_FROM_22 = {"relapse": "severity at least", "relapse_at_least": 22}
PEOPLE = (
    [30, 10, 25, 25, 25, 25],  # relapses on day 14
    [30, 10, 10, 30, 30, 30],  # leaves before day 21
    [30, 10, 10, 24, 24, 24],  # relapses on day 21
    [30, 10, 10, 10, 23, 23],  # relapses on day 28
    [30, 10, 10, 10, 10, 10],  # stays well
    [30, 29, 29, 29, 29, 29],  # never responded
)
HERE = np.ones((len(DAYS), len(PEOPLE)), dtype=bool)
HERE[3:, 1] = False


def test_kaplan_and_meier_agree_with_a_worked_example() -> None:
    """Of 5 at risk one relapses, of 3 one, of 2 one: 4/5, 8/15, 4/15 are left."""
    asked = study(RELAPSE, definitions=ILL_FROM_22)
    found = outcomes.survival(watched(*PEOPLE, here=HERE), RELAPSE, asked)
    assert found.days == (7.0, 14.0, 21.0, 28.0)
    assert found.share[:, 0] == pytest.approx([1.0, 4 / 5, 8 / 15, 4 / 15])
    assert found.by(28.0)[0] == pytest.approx(4 / 15)


def test_the_median_lies_on_the_line_between_two_readings() -> None:
    asked = study(RELAPSE, definitions=ILL_FROM_22)
    found = outcomes.survival(watched(*PEOPLE, here=HERE), RELAPSE, asked)
    assert found.median()[0] == pytest.approx(21.0 + 7.0 * (8 / 15 - 1 / 2) / (4 / 15))


def test_a_median_that_is_not_reached_is_infinite() -> None:
    asked = study(RELAPSE, definitions=ILL_FROM_22)
    assert outcomes.survival(watched(PEOPLE[4], PEOPLE[4]), RELAPSE, asked).median()[0] == np.inf


def test_a_relapse_that_the_next_reading_does_not_confirm_is_none() -> None:
    asked = study(RELAPSE, definitions={**ILL_FROM_22, "relapse_readings": 2})
    once = [30.0, 10, 25, 10, 10, 10]
    twice = [30.0, 10, 10, 25, 25, 10]
    found = outcomes.survival(watched(once, twice), RELAPSE, asked)
    assert found.share[:, 0].tolist() == [1.0, 1.0, 0.5, 0.5]


def test_a_relapse_confirmed_after_the_last_day_is_counted() -> None:
    asked = study(RELAPSE, definitions={**ILL_FROM_22, "relapse_readings": 2})
    late = [30.0, 10, 10, 10, 25, 25]
    assert outcomes.survival(watched(late), RELAPSE, asked).by(28.0)[0] == 0.0


def test_losing_the_response_is_a_relapse_where_the_study_says_so() -> None:
    asked = study(RELAPSE)
    found = outcomes.survival(watched([30, 10, 16, 16, 16, 16], PEOPLE[4]), RELAPSE, asked)
    assert found.share[:, 0].tolist() == [1.0, 0.5, 0.5, 0.5]


def test_equal_courses_have_a_ratio_of_hazards_of_one() -> None:
    course = outcomes.survival(
        watched(*PEOPLE, here=HERE), RELAPSE, study(RELAPSE, definitions=ILL_FROM_22)
    )
    assert outcomes.hazard_ratio(course, course, 28.0)[0] == 1.0


def test_twice_the_hazard_is_a_ratio_of_two() -> None:
    one = outcomes.Survival(days=(0.0, 10.0), share=np.array([[1.0], [0.8]]))
    two = outcomes.Survival(days=(0.0, 10.0), share=np.array([[1.0], [0.64]]))
    assert outcomes.hazard_ratio(two, one, 10.0)[0] == pytest.approx(2.0)
