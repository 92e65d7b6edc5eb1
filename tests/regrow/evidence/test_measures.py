"""Scales read the model's severity through cited crosswalks."""

import pytest

from regrow.errors import RegrowError
from regrow.evidence.reader import parameters
from regrow.measures.catalogue import measures
from regrow.measures.measure import from_madrs

ALL = list(measures().values())
READ_OUTS = ("GAD-7", "PCL-5", "pain")


def test_the_seven_scales_are_named_as_in_protocols():
    assert list(measures()) == ["MADRS", "HDRS-17", "QIDS-SR", "PHQ-9", "GAD-7", "PCL-5", "pain"]


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.id)
def test_a_scale_stays_in_its_range_and_rises_with_severity(measure):
    scores = [from_madrs(measure, madrs) for madrs in range(-20, 200)]
    assert min(scores) >= measure.minimum
    assert max(scores) == measure.maximum
    assert scores == sorted(scores)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.id)
def test_the_bands_of_a_scale_rise_inside_its_range(measure):
    lows = [band.low for band in measure.bands]
    assert lows == sorted(set(lows))
    assert all(measure.minimum <= low < measure.maximum for low in lows)
    assert len({band.name for band in measure.bands}) == len(lows)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.id)
def test_every_scale_says_its_licence_noise_and_important_change(measure):
    assert measure.licence.text.endswith(".")
    assert measure.licence.ships in ("wording", "score entry")
    assert 0 < measure.noise_sd < measure.maximum / 5
    assert 0 < measure.important_change < measure.maximum / 2


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.id)
def test_remission_lies_in_the_lowest_bands(measure):
    if measure.remission_up_to is not None:
        severe = measure.bands[2].low
        assert measure.minimum < measure.remission_up_to < severe


def test_madrs_reads_itself():
    assert from_madrs(measures()["MADRS"], 31.5) == 31.5


def test_hamilton_is_read_by_the_line_through_the_ratings():
    assert from_madrs(measures()["HDRS-17"], 30.0) == pytest.approx(0.51 + 0.620 * 30)
    assert measures()["HDRS-17"].rmse == 2.2


@pytest.mark.parametrize(("qids", "madrs"), [(6, 9), (11, 18), (16, 25), (21, 34)])
def test_the_qids_line_runs_near_its_printed_cut_offs(qids, madrs):
    assert from_madrs(measures()["QIDS-SR"], madrs) == pytest.approx(qids, abs=0.6)


def test_the_phq9_guess_is_read_backwards_with_its_error():
    phq9 = measures()["PHQ-9"]
    assert from_madrs(phq9, 19.0) == pytest.approx(10.0)
    assert phq9.rmse == pytest.approx(6 / 1.9)
    assert phq9.crosswalk.assumed


@pytest.mark.parametrize("name", READ_OUTS)
def test_a_read_out_with_an_assumed_gain_says_so(name):
    measure = measures()[name]
    assert measure.crosswalk.assumed
    assert measure.crosswalk.certainty == "very low"
    assert "assumed gain" in measure.note
    assert all(number.status == "assumed" for number in measure.crosswalk.numbers)


def test_what_was_measured_is_not_called_assumed():
    assert not measures()["MADRS"].crosswalk.assumed
    assert not measures()["HDRS-17"].crosswalk.assumed


def test_a_score_has_the_band_whose_cut_off_it_reached():
    phq9 = measures()["PHQ-9"]
    cut = parameters("instruments")["phq9_moderate_from"].value
    assert phq9.band(cut) == "moderate"
    assert phq9.band(cut - 1) == "mild"
    assert phq9.band(0) == "minimal"
    assert measures()["pain"].band(7) is None


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(RegrowError, match="outside 0 to 27"):
        measures()["PHQ-9"].band(28)


def test_only_scales_that_may_be_shipped_ship_their_wording():
    wording = {measure.id for measure in ALL if measure.licence.ships == "wording"}
    assert wording == {"PHQ-9", "GAD-7", "PCL-5", "pain"}
