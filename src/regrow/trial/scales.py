"""How a study's scale reads severity, and how much a reading errs.

    score = intercept + slope (M + fluctuation) + lasting + noise

`noise` is new at every reading; `lasting` is what a person's scale shows too much or too little at
every reading (`regrow.measures.lasting`).
"""

import math
from dataclasses import dataclass

from regrow.measures.catalogue import measures
from regrow.measures.lasting import lasting_sd
from regrow.studies.document import Study

MADRS = "MADRS"


@dataclass(frozen=True, kw_only=True)
class Reads:
    """A scale as a line through severity (MADRS points), with its errors (points of the scale)."""

    slope: float
    intercept: float
    least: float
    most: float
    noise_sd: float
    lasting_sd: float


def reads(name: str, study: Study) -> Reads:
    """Return how the scale called `name` reads severity in `study`."""
    madrs = measures()[MADRS]
    for own in study.scale:
        if own.name == name:
            left = own.rmse**2 - (own.slope * madrs.noise_sd) ** 2
            noise = abs(own.slope) * madrs.noise_sd
            return Reads(
                slope=own.slope,
                intercept=own.intercept,
                least=0.0,
                most=math.inf,
                noise_sd=noise,
                lasting_sd=math.sqrt(max(0.0, left - noise**2)),
            )
    measure = measures()[name]
    return Reads(
        slope=measure.slope,
        intercept=measure.intercept,
        least=measure.minimum,
        most=measure.maximum,
        noise_sd=measure.noise_sd,
        lasting_sd=lasting_sd(measure),
    )
