"""Pain: one question, 0 to 10. A marked read-out."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, rmse = known["pain_from_madrs_slope"], known["pain_from_madrs_rmse"]
    return Measure(
        id="pain",
        title="Pain, 0 to 10",
        rater="self-report",
        minimum=0.0,
        maximum=10.0,
        bands=(),
        response_fall=cut["pain_response_fall"].value / 100,
        remission_up_to=None,
        important_change=cut["pain_important_change"].value,
        noise_sd=known["pain_noise_sd"].value,
        crosswalk=crosswalk(
            slope=slope.value, intercept=0.0, rmse=rmse.value, numbers=(slope, rmse)
        ),
        licence=Licence(
            kind="our own",
            text="One question in our own words.",
            ships="wording",
        ),
        note="A read-out of the same state with an assumed gain: a forecast of it is of very low "
        "certainty.",
    )
