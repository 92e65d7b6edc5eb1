"""A normal distribution of which only one tail is left: a score at the end of its scale.

A reading of 0 says that the score would have been 0 or less, one at the top that it would have
been so much or more. What is left then is known in closed form.
"""

import math

from regrow.engine.compiled import part

FAR = -8.0
"""Further out, the share below underflows; its first terms by Laplace's expansion are exact."""


@part
def cut_above(edge):
    """Return what is left of a standard normal distribution below `edge`.

    The log of its share, its mean, and its variance.
    """
    if edge > FAR:
        share = 0.5 * math.erfc(-edge / math.sqrt(2.0))
        steep = math.exp(-0.5 * edge * edge) / math.sqrt(2.0 * math.pi) / share
        return math.log(share), -steep, max(0.0, 1.0 - edge * steep - steep * steep)
    square = 1.0 / (edge * edge)
    log_share = -0.5 * edge * edge - math.log(-edge * math.sqrt(2.0 * math.pi)) - square
    return log_share, edge * (1.0 + square), square
