"""HDRS-17: Hamilton Depression Rating Scale, 17 items."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, intercept = known["hdrs17_from_madrs_slope"], known["hdrs17_from_madrs_intercept"]
    rmse = known["hdrs17_from_madrs_rmse"]
    return Measure(
        id="HDRS-17",
        title="Hamilton Depression Rating Scale, 17 items",
        rater="clinician",
        minimum=0.0,
        maximum=52.0,
        bands=bands(
            "none",
            ("mild", cut["hdrs17_mild_from"]),
            ("moderate", cut["hdrs17_moderate_from"]),
            ("severe", cut["hdrs17_severe_from"]),
            ("very severe", cut["hdrs17_very_severe_from"]),
        ),
        response_fall=cut["response_fall"].value / 100,
        remission_up_to=cut["hdrs17_remission"].value,
        important_change=cut["hdrs17_important_change"].value,
        noise_sd=known["hdrs17_noise_sd"].value,
        crosswalk=crosswalk(
            slope=slope.value,
            intercept=intercept.value,
            rmse=rmse.value,
            numbers=(slope, intercept, rmse),
        ),
        licence=Licence(
            kind="needs permission",
            text="Not established for this project: treated as needing permission. Scores are "
            "entered, no wording is shipped.",
            ships="score entry",
        ),
    )
