"""PCL-5: PTSD Checklist for DSM-5. A marked read-out."""

from regrow.evidence.reader import parameters
from regrow.measures.measure import Licence, Measure, bands, crosswalk


def measure() -> Measure:
    cut, known = parameters("instruments"), parameters("measurement")
    slope, rmse = known["pcl5_from_madrs_slope"], known["pcl5_from_madrs_rmse"]
    return Measure(
        id="PCL-5",
        title="PTSD Checklist for DSM-5",
        rater="self-report",
        minimum=0.0,
        maximum=80.0,
        bands=bands("below the cut-off", ("probable PTSD", cut["pcl5_probable_from"])),
        response_fall=None,
        remission_up_to=None,
        important_change=cut["pcl5_important_change"].value,
        noise_sd=known["pcl5_noise_sd"].value,
        crosswalk=crosswalk(
            slope=slope.value, intercept=0.0, rmse=rmse.value, numbers=(slope, rmse)
        ),
        licence=Licence(
            kind="public domain",
            text="A work of the United States Government.",
            ships="wording",
        ),
        note="A read-out of the same state with an assumed gain: a forecast of it is of very low "
        "certainty. No relative fall defines response: the meaningful change does.",
    )
