"""GAD-7: Generalised Anxiety Disorder scale, seven items. A marked read-out."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, rmse = known["gad7_from_madrs_slope"], known["gad7_from_madrs_rmse"]
    return Measure(
        id="GAD-7",
        title="Generalised Anxiety Disorder scale, seven items",
        rater="self-report",
        minimum=0.0,
        maximum=21.0,
        bands=bands(
            "minimal",
            ("mild", cut["gad7_mild_from"]),
            ("moderate", cut["gad7_moderate_from"]),
            ("severe", cut["gad7_severe_from"]),
        ),
        response_fall=cut["response_fall"].value / 100,
        remission_up_to=None,
        important_change=cut["gad7_important_change"].value,
        noise_sd=known["gad7_noise_sd"].value,
        crosswalk=crosswalk(
            slope=slope.value, intercept=0.0, rmse=rmse.value, numbers=(slope, rmse)
        ),
        licence=Licence(
            kind="free to reproduce",
            text="No permission is required to reproduce, translate, display or distribute.",
            ships="wording",
        ),
        note="A read-out of the same state with an assumed gain: a forecast of it is of very low "
        "certainty.",
    )
