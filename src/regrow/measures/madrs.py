"""MADRS: Montgomery-Åsberg Depression Rating Scale. The scale of the model's own state."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, noise = parameters("instruments"), parameters("measurement")
    return Measure(
        id="MADRS",
        title="Montgomery-Åsberg Depression Rating Scale",
        rater="clinician",
        minimum=0.0,
        maximum=60.0,
        bands=bands(
            "none",
            ("mild", cut["madrs_mild_from"]),
            ("moderate", cut["madrs_moderate_from"]),
            ("severe", cut["madrs_severe_from"]),
        ),
        response_fall=cut["response_fall"].value / 100,
        remission_up_to=cut["madrs_remission"].value,
        important_change=cut["madrs_important_change"].value,
        noise_sd=noise["madrs_noise_sd"].value,
        crosswalk=crosswalk(slope=1.0, intercept=0.0, rmse=0.0, numbers=()),
        licence=Licence(
            kind="refused",
            text="Copyright of the Royal College of Psychiatrists; permission was refused to "
            "another open project. Scores are entered, no wording is shipped.",
            ships="score entry",
        ),
        note="Esketamine trials count 12 or less as remission.",
    )
