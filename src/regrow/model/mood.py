r"""Severity of depression, in MADRS points.

    M* = M0 - a_F B - a_S (S - S0) - a_K K - a_N N - X + drift
    dM/dt = (M* - M) / tau_M

The fast part `a_F B` is why mood moves before synapses do; the structural part `a_S (S - S0)` is
why it stays. `S0` is this patient's number of synapses at rest. `N` is tone (inflammation,
monoamines, fitness; `dN/dt = (N* - N) / tau_N`) and `X` expectancy and setting
(`expectancy.py`); both are solved exactly.
"""

from regrow.model.equation import equation


@equation
def target(
    at_rest: float,
    signal: float,
    synapses_gained: float,
    skill: float,
    tone: float,
    expectancy: float,
    drift: float,
    fast_points: float,
    structural_points: float,
    skill_points: float,
    tone_points: float,
) -> float:
    """Return the severity (MADRS points) toward which mood is moving."""
    return (
        at_rest
        - fast_points * signal
        - structural_points * synapses_gained
        - skill_points * skill
        - tone_points * tone
        - expectancy
        + drift
    )
