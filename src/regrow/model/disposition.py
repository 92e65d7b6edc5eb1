r"""Ketamine in the body: where it goes and how fast, solved exactly.

Amounts in mg, time in hours (Perez-Ruixo 2021, doi:10.1007/s40262-020-00953-4):

    dC/dt  = input - (Q1 + Q2 + Qh)/Vc C + Q1/V1 P1 + Q2/V2 P2 + Qh/Vh H
    dP1/dt = Q1/Vc C - Q1/V1 P1
    dP2/dt = Q2/Vc C - Q2/V2 P2
    dH/dt  = swallowed + Qh/Vc C - Qh/Vh H - (kel + kmet) H
    dM/dt  = kmet H - (CLn + Q3)/Vn M + Q3/Vnp Mp
    dMp/dt = Q3/Vn M - Q3/Vnp Mp
    dE/dt  = ke0 (C/Vc - E)

The system is linear, so it is a sum of exponentials. Everything exchanges with C alone, so the
four rates of C, P1, P2, H are the roots of

    lambda - k + sum_j  b_j / (d_j - lambda) = 0      (j = P1, P2, H)

and lie one between each pair of the d_j: they are real, and bisection cannot miss one.
"""

import math

from regrow.model.equation import equation

BISECTIONS = 10
NEWTON_STEPS = 5


@equation
def apart(a: float, b: float) -> float:
    """Return `a`, moved by one part in a million when it all but equals `b`.

    Two equal rates would make a fraction 0/0 where the limit is finite; moving one of them by
    1e-6 changes a concentration by less than 1e-6 of itself.
    """
    gap = a - b
    return a + 1e-6 * b if abs(gap) < 1e-6 * b else a


@equation
def quartic(x: float, k: float, b: tuple[float, ...], d: tuple[float, ...]) -> tuple[float, float]:
    """Return the characteristic polynomial at rate `x` (1/h) and its slope."""
    p = (d[0] - x) * (d[1] - x)
    dp = -(d[0] - x) - (d[1] - x)
    product = p * (d[2] - x)
    slope = dp * (d[2] - x) - p
    rest = b[0] * (d[1] - x) * (d[2] - x) + b[1] * (d[0] - x) * (d[2] - x) + b[2] * p
    rest_slope = -b[0] * ((d[1] - x) + (d[2] - x)) - b[1] * ((d[0] - x) + (d[2] - x)) + b[2] * dp
    return (k - x) * product - rest, (k - x) * slope - product - rest_slope


@equation
def root_between(
    low: float, high: float, sign: float, k: float, b: tuple[float, ...], d: tuple[float, ...]
) -> float:
    """Return the one root between `low` and `high`; `sign` is the polynomial's sign at `low`."""
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        value, _slope = quartic(middle, k, b, d)
        below = value * sign > 0.0
        low = middle if below else low
        high = high if below else middle
    x = 0.5 * (low + high)
    for _ in range(NEWTON_STEPS):
        value, slope = quartic(x, k, b, d)
        below = value * sign > 0.0
        low = x if below else low
        high = high if below else x
        step = x - value / slope
        middle = 0.5 * (low + high)
        x = step if (step >= low) & (step <= high) else middle
    return x


@equation
def rates(k: float, b: tuple[float, ...], d: tuple[float, ...]) -> tuple[float, ...]:
    """Return the four disposition rates (1/h), slowest first.

    `k` is everything that leaves C; `b` and `d` belong to P1, P2 and H, in any order.
    """
    low = min(d[0], min(d[1], d[2]))
    high = max(d[0], max(d[1], d[2]))
    middle = d[0] + d[1] + d[2] - low - high
    top = k + d[0] + d[1] + d[2]
    return (
        root_between(0.0, low, 1.0, k, b, d),
        root_between(low, middle, -1.0, k, b, d),
        root_between(middle, high, 1.0, k, b, d),
        root_between(high, top, -1.0, k, b, d),
    )


@equation
def central_share(x: float, b: tuple[float, ...], d: tuple[float, ...]) -> float:
    """Return the share of 1 mg given into C that leaves it at rate `x`."""
    u0 = 1.0 / (d[0] - x)
    u1 = 1.0 / (d[1] - x)
    u2 = 1.0 / (d[2] - x)
    return 1.0 / (1.0 + b[0] * u0 * u0 + b[1] * u1 * u1 + b[2] * u2 * u2)


@equation
def metabolite_rates(k: float, out: float, back: float) -> tuple[float, float]:
    """Return norketamine's two rates (1/h): `k` leaves M in all, `out` to Mp, `back` returns."""
    half = 0.5 * (k + back)
    root = math.sqrt(max(0.0, half * half - (k - out) * back))
    fast = half + root
    return (k - out) * back / fast, fast
