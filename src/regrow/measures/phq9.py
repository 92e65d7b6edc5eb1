"""PHQ-9: Patient Health Questionnaire, nine items."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, rmse = known["madrs_from_phq9_slope"], known["madrs_from_phq9_rmse"]
    return Measure(
        id="PHQ-9",
        title="Patient Health Questionnaire, nine items",
        rater="self-report",
        minimum=0.0,
        maximum=27.0,
        bands=bands(
            "minimal",
            ("mild", cut["phq9_mild_from"]),
            ("moderate", cut["phq9_moderate_from"]),
            ("moderately severe", cut["phq9_moderately_severe_from"]),
            ("severe", cut["phq9_severe_from"]),
        ),
        response_fall=cut["response_fall"].value / 100,
        remission_up_to=cut["phq9_remission"].value,
        important_change=cut["phq9_important_change_mean"].value,
        noise_sd=known["phq9_noise_sd"].value,
        # The guess gives MADRS from PHQ-9, with its error in MADRS points: read backwards here.
        crosswalk=crosswalk(
            slope=1 / slope.value,
            intercept=0.0,
            rmse=rmse.value / slope.value,
            numbers=(slope, rmse),
        ),
        licence=Licence(
            kind="free to reproduce",
            text="No permission is required to reproduce, translate, display or distribute.",
            ships="wording",
        ),
    )
