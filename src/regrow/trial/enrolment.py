"""Who takes part in a simulated study: baseline, weight, age, and who leaves."""

import math

from regrow.measures.catalogue import measures
from regrow.population import default_people
from regrow.studies.document import Study
from regrow.trial.scales import reads

LEAST_SD_POINTS = 1.0


def people(study: Study) -> dict[str, float]:
    """Return the typical patient of `study` and the spread, as in `Population.people`.

    The reported baseline is a reading: what a reading errs is taken out of its spread, so that
    simulated readings have the reported one.
    """
    enrolled = study.enrolled
    scale = reads(enrolled.measure, study)
    sd = enrolled.baseline_sd / scale.slope
    noise = scale.noise_sd / scale.slope
    lasting = scale.lasting_sd / scale.slope
    found = default_people()
    found["baseline_mean_points"] = (enrolled.baseline_mean - scale.intercept) / scale.slope
    found["baseline_sd_points"] = math.sqrt(max(LEAST_SD_POINTS**2, sd**2 - noise**2 - lasting**2))
    if enrolled.weight_kg is not None:
        found["weight_log_mean_over_70"] = math.log(enrolled.weight_kg / 70.0)
    if enrolled.age_years is not None:
        found["age_mean_years"] = enrolled.age_years
    if enrolled.dropout_share is not None and enrolled.dropout_by_day is not None:
        found["dropout_per_day"] = -math.log1p(-enrolled.dropout_share) / enrolled.dropout_by_day
    return found


def range_of_baseline(study: Study) -> tuple[float, float]:
    """Return the lowest and the highest baseline reading with which a person is let in."""
    enrolled = study.enrolled
    limits = measures().get(enrolled.measure)
    least = enrolled.least if enrolled.least is not None else -math.inf
    most = enrolled.most if enrolled.most is not None else math.inf
    return (least, most) if limits is None else (max(least, limits.minimum), most)
