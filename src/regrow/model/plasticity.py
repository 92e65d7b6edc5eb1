r"""Synapses: how open the brain is to change, and what grows in the opening.

    dB/dt = -k_B B + q(t) + exercise          plasticity signal (BDNF translation, mTOR)
    W     = f (1 + g B) / f = 1 + g B         the window, 1 = closed
    dL/dt = f W (1 - L - C) - e s L - c u L   labile synapses, as a fraction of the healthy number
    dC/dt = c u L - d s C                     consolidated synapses

`s` is stress and `u` is use of the new connections, both 1 for this patient's usual days. The code
follows the sum S = L + C in place of L. In (S, C) every cross term is positive as long as labile
synapses are lost faster than consolidated ones (e > d), which is why more stress can never leave
more synapses, nor more use fewer.
"""

from regrow.model.equation import equation


@equation
def window(signal: float, gain: float) -> float:
    """Return how open to change the brain is, relative to no treatment (1 = usual)."""
    return 1.0 + gain * signal


@equation
def synapse_coefficients(
    formation: float, labile_loss: float, consolidation: float, consolidated_loss: float
) -> tuple[float, float, float, float, float]:
    """Return a, b, c, d, e (per day) of dS/dt = a S + b C + e and dC/dt = c S + d C.

    `formation` is f W, `labile_loss` is e s, `consolidation` is c u, `consolidated_loss` is d s.
    """
    return (
        -(formation + labile_loss),
        labile_loss - consolidated_loss,
        consolidation,
        -(consolidation + consolidated_loss),
        formation,
    )


@equation
def synapses_at_rest(
    formation: float, labile_loss: float, consolidation: float, consolidated_loss: float
) -> tuple[float, float]:
    """Return S and C where nothing changes: no dose, usual use, usual stress."""
    ratio = consolidation / consolidated_loss
    labile = formation / (formation * (1.0 + ratio) + labile_loss + consolidation)
    return labile * (1.0 + ratio), labile * ratio
