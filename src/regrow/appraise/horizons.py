"""How far ahead a forecast looks, in groups that hold enough readings to be judged."""

EDGES = (3.5, 7.5, 14.5, 28.5)
HORIZONS = ("1 to 3 days", "4 to 7 days", "8 to 14 days", "15 to 28 days", "over 28 days")


def horizon(days: float) -> str:
    """Return the group of a forecast that looks `days` ahead."""
    return HORIZONS[sum(days > edge for edge in EDGES)]
