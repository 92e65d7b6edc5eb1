"""Numbers about the same thing that differ must name each other."""

import dataclasses

from regrow.evidence import reader
from regrow.evidence.contradictions import silent

ONE = reader.parameters("esketamine")["residual_esketamine"]
OTHER = dataclasses.replace(ONE, file="elsewhere", value=30.0)


def test_two_different_numbers_with_one_meaning_are_a_silent_contradiction():
    (sentence,) = silent([ONE, OTHER])
    assert ONE.reference in sentence
    assert OTHER.reference in sentence


def test_naming_each_other_ends_the_silence():
    one = dataclasses.replace(ONE, conflicts=(OTHER.reference,))
    other = dataclasses.replace(OTHER, conflicts=(ONE.reference,))
    assert silent([one, other]) == ()


def test_naming_on_one_side_only_is_still_silent():
    assert silent([ONE, dataclasses.replace(OTHER, conflicts=(ONE.reference,))])


def test_the_same_number_twice_is_no_contradiction():
    assert silent([ONE, dataclasses.replace(ONE, file="elsewhere")]) == ()


def test_two_findings_on_one_dose_that_differ_are_a_silent_contradiction():
    finding = reader.findings("pharmacokinetics")[0]
    assert silent([], [finding, dataclasses.replace(finding, id="other", value=100.0)])
