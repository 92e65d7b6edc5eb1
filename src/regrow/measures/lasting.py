"""How much of a crosswalk's error stays with a person, and how much is new at every reading.

    score = intercept + slope * severity + lasting + noise

A crosswalk's published error was found between single readings of two scales: it holds the noise
of both, and what a person's scale always shows too much or too little. The rest, when the two
noises are taken out, is the lasting part.
"""

import math

from regrow.measures.catalogue import measures
from regrow.measures.measure import Measure


def lasting_sd(measure: Measure) -> float:
    """Return by how much a person's readings on `measure` lie beside its line for good (SD).

    In points of the scale. MADRS has none: it is the scale that severity is stated in.
    """
    noise_of_madrs = measure.slope * measures()["MADRS"].noise_sd
    left = measure.rmse**2 - noise_of_madrs**2 - measure.noise_sd**2
    return math.sqrt(max(0.0, left))
