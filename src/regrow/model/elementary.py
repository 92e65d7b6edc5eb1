r"""The exponential function as plain arithmetic.

    exp(x) = (exp(x / 256))^256,  exp(y) for |y| <= 0.32 by its Taylor polynomial

The compiler can run plain arithmetic on eight patients at once; a call of the mathematics library
it cannot. The relative error stays below 1e-12 over the whole range (checked in the tests), far
below the 1e-3 that the engine promises. Arguments are held within -80 and 80: exp(-80) is
nothing, in milligrams as in points.
"""

from regrow.model.equation import equation


@equation
def exponential(x: float) -> float:
    """Return e to the power `x`, for `x` between -80 and 80."""
    y = max(-80.0, min(80.0, x)) * (1.0 / 256.0)
    p = 1.0 + y * (1.0 / 12.0)
    p = 1.0 + y * (1.0 / 11.0) * p
    p = 1.0 + y * (1.0 / 10.0) * p
    p = 1.0 + y * (1.0 / 9.0) * p
    p = 1.0 + y * (1.0 / 8.0) * p
    p = 1.0 + y * (1.0 / 7.0) * p
    p = 1.0 + y * (1.0 / 6.0) * p
    p = 1.0 + y * (1.0 / 5.0) * p
    p = 1.0 + y * (1.0 / 4.0) * p
    p = 1.0 + y * (1.0 / 3.0) * p
    p = 1.0 + y * 0.5 * p
    p = 1.0 + y * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    return p * p
