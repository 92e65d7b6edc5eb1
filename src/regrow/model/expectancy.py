r"""Expectancy and setting: what hope, care and attention add at a visit, in MADRS points.

    dX/dt = -k_X X            X <- kappa X + x(context)     at a visit

`kappa` is how much of what earlier visits left adds to what a new one brings: with 1 every visit
would add in full, and six visits of a control arm would do what no control arm does; with 0 each
visit only renews the hope. It is calibrated on control arms with one and with several visits.
"""

from regrow.model.equation import equation


@equation
def renewed(left: float, visit: float, carry: float) -> float:
    """Return by how much expectancy rises at a visit (points), given what is `left` of earlier."""
    return visit - (1.0 - carry) * left
