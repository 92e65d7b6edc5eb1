"""The inverse of the normal distribution: from an even draw to a trait.

Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484, doi:10.2307/2347330:
rational functions, exact to about 1e-16. SciPy has the same (`scipy.special.ndtri`, against which
the tests hold this), but loading it takes longer than simulating twenty thousand patients.
"""

import math

from regrow.engine.compiled import compiled, part

CENTRE = (
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
)
CENTRE_UNDER = (
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0,
)
NEAR = (
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835,
)
NEAR_UNDER = (
    1.0507500716444169e-09,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0,
)
FAR = (
    2.0103343992922881e-07,
    2.7115555687434876e-05,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103,
)
FAR_UNDER = (
    2.0442631033899397e-15,
    1.421511758316446e-07,
    1.8463183175100548e-05,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0,
)


@part
def polynomial(x, coefficients):
    """Return the polynomial with these coefficients, highest power first."""
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


@part
def quantile(u):
    """Return the number below which a standard normal draw lies with probability `u`."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * polynomial(r, CENTRE) / polynomial(r, CENTRE_UNDER)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        x = polynomial(r - 1.6, NEAR) / polynomial(r - 1.6, NEAR_UNDER)
    else:
        x = polynomial(r - 5.0, FAR) / polynomial(r - 5.0, FAR_UNDER)
    return -x if q < 0.0 else x


@compiled
def to_normal(u, z):
    """Write the normal quantile of every number in `u` (strictly between 0 and 1) into `z`."""
    for k in range(u.shape[0]):
        for i in range(u.shape[1]):
            z[k, i] = quantile(u[k, i])
