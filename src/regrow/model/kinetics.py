r"""One person's concentrations as a sum of decaying modes.

A dose enters through one or two branches (a vein; a muscle; nose and gut; mouth and gut). Each
branch is a depot that empties at `ka` into the central or the liver compartment, or no depot at
all. Every amount is then a sum of modes that decay on their own:

    A1..A4  the four disposition modes      rate lambda_i
    D_b     the depot of branch b           rate ka_b
    E       the delay to the effect site    rate ke0
    N1, N2  norketamine's own modes         rates mu_1, mu_2

The functions below give how much of each mode 1 mg in a branch makes, and how much each mode
contributes to a concentration. They are partial fractions of the transfer functions of
`disposition.py`; superposition over doses is then only addition.
"""

from regrow.model.disposition import apart, central_share
from regrow.model.equation import equation


@equation
def liver_per_central(x: float, flow_out: float, d_liver: float) -> float:
    """Return mg in the liver per mg in the centre on the mode that decays at `x`."""
    return flow_out / (d_liver - x)


@equation
def central_per_liver_input(x: float, flow_back: float, d_liver: float) -> float:
    """Return how much of a mode 1 mg into the liver makes, per 1 mg into the centre."""
    return flow_back / (d_liver - x)


@equation
def through_depot(x: float, ka: float) -> float:
    """Return the factor by which emptying a depot at `ka` changes the mode that decays at `x`."""
    return ka / (ka - x)


@equation
def at_effect_site(x: float, ke0: float) -> float:
    """Return effect-site over plasma concentration on the mode that decays at `x`."""
    return ke0 / (ke0 - x)


@equation
def norketamine_share(mu: float, other: float, back: float) -> float:
    """Return the share of 1 mg of norketamine that leaves its centre at rate `mu`."""
    return (back - mu) / (other - mu)


@equation
def norketamine_on(x: float, mu1: float, mu2: float, back: float) -> float:
    """Return mg of norketamine per mg/h formed, on a mode that decays at `x`."""
    return (back - x) / ((mu1 - x) * (mu2 - x))


@equation
def central_transfer(x: float, k: float, b: tuple[float, ...], d: tuple[float, ...]) -> float:
    """Return the Laplace transform of C after 1 mg into the centre, at s = -x."""
    return 1.0 / (k - x - b[0] / (d[0] - x) - b[1] / (d[1] - x) - b[2] / (d[2] - x))


@equation
def shares(lam: tuple[float, ...], b: tuple[float, ...], d: tuple[float, ...]) -> tuple[float, ...]:
    """Return the shares of 1 mg given into a vein over the four disposition modes."""
    return (
        central_share(lam[0], b, d),
        central_share(lam[1], b, d),
        central_share(lam[2], b, d),
        central_share(lam[3], b, d),
    )


@equation
def separated(x: float, lam: tuple[float, ...]) -> float:
    """Return rate `x`, kept clear of the four disposition rates."""
    return apart(apart(apart(apart(x, lam[0]), lam[1]), lam[2]), lam[3])
