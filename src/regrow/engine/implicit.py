r"""One step of a linear system of two, stable however fast its rates are.

    dS/dt = a(t) S + b C + a_in(t)      dC/dt = c S + d C

Three-stage Lobatto IIIA (Simpson's rule made implicit; order 4, A-stable). For a linear system its
stages can be eliminated by hand: with A at start, middle and end,

    (I - h/6 A_end - h/3 A_mid + h^2/12 A_mid A_end) y_end = y + h/6 (k + f_end)
        + 2h/3 (A_mid (y/2 + h/8 (k - f_end)) + f_mid),        k = A_start y + f_start

An explicit method would blow up where synapses turn over several times a day; an exponential would
need two of them per step.
"""

from regrow.model.equation import equation


@equation
def lobatto_step(
    s: float,
    c: float,
    h: float,
    a: tuple[float, float, float],
    f: tuple[float, float, float],
    a12: float,
    a21: float,
    a22: float,
) -> tuple[float, float, float]:
    """Return S and C after a step of `h`, and S in its middle (cubic Hermite, order 4).

    `a` and `f` are the coefficient of S in its own equation and its input, at start, middle, end.
    """
    k_s = a[0] * s + a12 * c + f[0]
    k_c = a21 * s + a22 * c
    p = h * (1.0 / 6.0)
    q = h * (1.0 / 3.0)
    r = h * h * (1.0 / 12.0)
    m11 = 1.0 - p * a[2] - q * a[1] + r * (a[1] * a[2] + a12 * a21)
    m12 = -(p + q) * a12 + r * (a[1] * a12 + a12 * a22)
    m21 = -(p + q) * a21 + r * (a21 * a[2] + a22 * a21)
    m22 = 1.0 - (p + q) * a22 + r * (a21 * a12 + a22 * a22)
    inner_s = 0.5 * s + 0.125 * h * (k_s - f[2])
    inner_c = 0.5 * c + 0.125 * h * k_c
    right_s = s + p * (k_s + f[2]) + 2.0 * q * (a[1] * inner_s + a12 * inner_c + f[1])
    right_c = c + p * k_c + 2.0 * q * (a21 * inner_s + a22 * inner_c)
    scale = 1.0 / (m11 * m22 - m12 * m21)
    s_end = scale * (m22 * right_s - m12 * right_c)
    c_end = scale * (m11 * right_c - m21 * right_s)
    k_end = a[2] * s_end + a12 * c_end + f[2]
    return s_end, c_end, 0.5 * (s + s_end) + 0.125 * h * (k_s - k_end)
