"""QIDS-SR: Quick Inventory of Depressive Symptomatology, self-report."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, intercept = known["madrs_from_qids_slope"], known["madrs_from_qids_intercept"]
    rmse = known["qids_from_madrs_rmse"]
    return Measure(
        id="QIDS-SR",
        title="Quick Inventory of Depressive Symptomatology, self-report",
        rater="self-report",
        minimum=0.0,
        maximum=27.0,
        bands=bands(
            "none",
            ("mild", cut["qids_mild_from"]),
            ("moderate", cut["qids_moderate_from"]),
            ("severe", cut["qids_severe_from"]),
            ("very severe", cut["qids_very_severe_from"]),
        ),
        response_fall=cut["response_fall"].value / 100,
        remission_up_to=cut["qids_remission"].value,
        important_change=cut["qids_important_change"].value,
        noise_sd=known["qids_noise_sd"].value,
        # The published line gives MADRS from QIDS-SR: it is read backwards here.
        crosswalk=crosswalk(
            slope=1 / slope.value,
            intercept=-intercept.value / slope.value,
            rmse=rmse.value,
            numbers=(slope, intercept, rmse),
        ),
        licence=Licence(
            kind="needs permission",
            text="Held by its authors; no open grant was found, scoring is public. Scores are "
            "entered, no wording is shipped.",
            ships="score entry",
        ),
    )
