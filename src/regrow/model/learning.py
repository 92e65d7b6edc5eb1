r"""Skill: what therapy and training leave behind, 0 (none) to 1 (all that can be learned).

    dK/dt = r (1 + h (W - 1)) T (1 - K) - phi K

A session is a pulse of T with area 1, so it moves K by the exact amount

    K <- K + (1 - K) (1 - exp(-r (1 + h (W - 1))))

`h` says how much more is learned while the window is open. Nobody has measured it: its prior is
centred on zero and everything that rests on it is shown as hypothesis. (`W - 1`, not `W`: with the
window closed, therapy must have its own published effect whatever h is.)
"""

from regrow.model.elementary import exponential
from regrow.model.equation import equation


@equation
def learned(skill: float, sessions: float, gain: float, window_gain: float, window: float) -> float:
    """Return the skill after `sessions` sessions' worth of training."""
    openness = max(0.0, 1.0 + window_gain * (window - 1.0))
    return skill + (1.0 - skill) * (1.0 - exponential(-gain * openness * sessions))
