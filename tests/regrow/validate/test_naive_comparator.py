"""The naive comparator: what it learns, how it falls back, that it speaks of every kind."""

import math

import numpy as np
import pytest
from invented import FINDINGS, changed, known, study

from regrow.errors import ValidationError
from regrow.studies.document import Study
from regrow.trial.beside import beside
from regrow.trial.published import SHARES, TIMES
from regrow.validate.comparator import Comparator, comparator, expect
from regrow.validate.learn import hazard, learn, points
from regrow.validate.naive import Naive, change_of, hazard_of, level, share_of
from regrow.validate.situation import Context, Given, seen, used

DRUG = Context(drug=True, blinding="open", new_antidepressant=False)
OTHER = Context(drug=True, blinding="saline control", new_antidepressant=False)
NONE = Context(drug=False, blinding="saline control", new_antidepressant=False)
NAIVE = Naive(
    tau=10.0,
    change=((DRUG, -12.0), (OTHER, -8.0), (NONE, -2.0)),
    share={"response": ((DRUG, 0.5), (NONE, 0.1))},
    hazard={True: 0.002, False: 0.008},
    sd=8.0,
)


def given(context: Context, days: float = 0.0, *, goes_on: bool = False) -> Given:
    return Given(context=context, days_since_visit=days, goes_on=goes_on)


def certain(naive: Naive = NAIVE) -> Comparator:
    return Comparator(
        naive=naive, spread={"arm": 0.0, "comparison": 0.0, "share": 0.0, "time": 0.0}
    )


def expected(kind: str, made: Study | None = None, by: Comparator | None = None) -> float:
    prediction, _ = expect(by or certain(), made or study(kind))
    return float(np.median(prediction.findings[0].expected))


def test_a_change_fades_with_the_time_since_the_last_visit() -> None:
    assert change_of(NAIVE, given(DRUG)) == -12.0
    assert change_of(NAIVE, given(DRUG, 10.0)) == pytest.approx(-12.0 / math.e)


def test_a_context_never_seen_takes_the_mean_of_its_like() -> None:
    strange = Context(drug=True, blinding="midazolam control", new_antidepressant=True)
    assert level(NAIVE.change, strange) == -10.0
    assert level(((NONE, -2.0),), strange) == -2.0


def test_a_kind_of_share_never_seen_takes_the_shares_that_were() -> None:
    assert share_of(NAIVE, "remission", given(DRUG)) == 0.5
    assert share_of(NAIVE, "remission", given(NONE)) == 0.1


def test_relapses_come_by_whether_the_drug_goes_on() -> None:
    assert hazard_of(NAIVE, given(DRUG, goes_on=True)) == 0.002
    stopped_only = Naive(**{**vars(NAIVE), "hazard": {False: 0.008}})
    assert hazard_of(stopped_only, given(DRUG, goes_on=True)) == pytest.approx(0.008)


def test_every_kind_is_what_the_two_arms_say() -> None:
    """Two days after one visit, in contexts of which only the drug is known."""
    fade = math.exp(-(2.0) / 10.0)
    drug, none = -10.0 * fade, -2.0 * fade
    days = 28.0
    by_hand = {
        "mean": 31.0 + drug,
        "change": drug,
        "difference": drug - none,
        "standardised difference": (drug - none) / 8.0,
        "response": 0.5 * fade,
        "relapse": 1.0 - math.exp(-0.008 * days),
        "median time to relapse": math.log(2.0) / 0.008,
        "hazard ratio": 1.0,
    }
    for kind, value in by_hand.items():
        assert expected(kind) == pytest.approx(value, rel=1e-6), kind


def test_points_of_another_scale_are_turned_by_its_line() -> None:
    madrs, hdrs = (
        expected("difference", study("difference", measure=scale)) for scale in ("MADRS", "HDRS-17")
    )
    (one,) = seen(study("difference", measure="HDRS-17"))
    assert hdrs == pytest.approx(madrs * one.scale.slope)


def test_what_was_read_before_the_first_dose_has_not_changed() -> None:
    before = changed("day = 2\nvalue = 21.0", "day = 0\nvalue = 31.2", "mean")
    assert expected("mean", before) == 31.0


def test_what_it_sees_is_the_last_visit_and_what_was_given() -> None:
    (one,) = seen(changed('schedule = "day 0"\n[[arm]]', 'schedule = "days 0, 1"\n[[arm]]',
                          "difference"))  # fmt: skip
    assert one.mine.context.drug
    assert one.mine.days_since_visit == pytest.approx(1.0)
    assert one.other is not None
    assert not one.other.context.drug
    assert one.other.days_since_visit == pytest.approx(2.0)
    assert (one.n, one.in_each) == (60, 30.0)


def test_it_recovers_the_numbers_that_findings_were_made_of() -> None:
    """Findings without error, made by a known comparator, are learned exactly."""
    truth = learn(used(known()))
    made = []
    for one in used(known()):
        update = None
        if one.finding.kind in ("change", "difference"):
            value = change_of(truth, one.mine)
            value -= change_of(truth, one.other) if one.other is not None else 0.0
            update = {"value": value * one.scale.slope}
        elif one.finding.kind == "relapse":
            assert one.finding.day is not None
            assert one.finding.since_day is not None
            days = one.finding.day - one.finding.since_day
            update = {"value": 1.0 - math.exp(-days * hazard_of(truth, one.mine))}
        elif one.finding.kind == "median time to relapse":
            update = {"value": math.log(2.0) / hazard_of(truth, one.mine)}
        if update is None:
            made.append(one)
        else:
            finding = one.finding.model_copy(update=update)
            made.append(type(one)(**{**vars(one), "finding": finding}))
    found = learn(made)
    assert found.tau == truth.tau
    assert [value for _, value in found.change] == pytest.approx([v for _, v in truth.change])
    assert found.hazard == pytest.approx(truth.hazard)


def test_points_and_rates_are_read_off_findings() -> None:
    mean, change = seen(study("mean", "change"))
    assert points(mean) == points(change) == -10.0
    (relapse,), (median,) = seen(study("relapse")), seen(study("median time to relapse"))
    assert hazard(relapse) == pytest.approx(-math.log(0.3) / 28.0)
    assert hazard(median) == pytest.approx(math.log(2.0) / 9.0)


def test_a_relapse_of_everybody_is_not_an_infinite_rate() -> None:
    (one,) = seen(changed("value = 0.7", "value = 1.0", "relapse"))
    assert hazard(one) == pytest.approx(-math.log(0.5 / 30) / 28.0)


@pytest.mark.parametrize("kind", sorted(FINDINGS))
def test_it_predicts_and_prints_every_kind(kind: str) -> None:
    by = comparator(known())
    prediction, exact = expect(by, study(kind))
    (found,) = prediction.findings
    assert np.isfinite(found.expected).all()
    assert np.ptp(found.expected) > 0.0
    (row,) = beside(prediction, exact, seed=0)
    assert row.band_95[0] < row.band_95[1]
    if kind in SHARES:
        assert 0.0 <= row.band_95[0] <= row.band_95[1] <= 1.0
    if kind in TIMES:
        assert row.band_95[0] > 0.0


def test_its_spread_is_how_far_it_misses_studies_that_it_was_not_taught() -> None:
    squares = []
    for study_left_out in known():
        rest = [one for one in used(known()) if one.study != study_left_out.id]
        for one in used([study_left_out]):
            if one.finding.kind in ("mean", "change"):
                naive = learn(rest)
                off = points(one) - change_of(naive, one.mine)
                squares.append(off**2 - naive.sd**2 / one.n)
    found = comparator(known()).spread["arm"]
    assert found == pytest.approx(math.sqrt(np.mean(squares)))
    assert found > 1.0


def test_findings_that_do_not_count_teach_nothing() -> None:
    ours = learn(used(known()))
    loud = [
        one.model_copy(
            update={
                "finding": tuple(
                    f if f.used else f.model_copy(update={"value": 0.99}) for f in one.finding
                )
            }
        ).named(one.id)
        for one in known()
    ]
    assert learn(used(loud)) == ours


@pytest.mark.parametrize("kinds", [("change",), ("change", "response"), ("response", "relapse")])
def test_too_little_to_compare_with_is_refused_with_reason_and_remedy(
    kinds: tuple[str, ...],
) -> None:
    with pytest.raises(ValidationError, match="none has a") as caught:
        comparator([study(*kinds)])
    assert caught.value.why
    assert "at least two" in caught.value.fix


def test_one_study_alone_cannot_say_how_far_others_lie() -> None:
    with pytest.raises(ValidationError):
        comparator([study()])
