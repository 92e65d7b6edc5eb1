"""Bands over equally likely persons: half of them, and ninety of a hundred, lie inside."""

from dataclasses import dataclass

import numpy as np

from regrow.forecast.crowd import Floats, Whole

EDGES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, kw_only=True, eq=False)
class Band:
    """A quantity over days: its mean and median, and where half and 90 % of the persons lie."""

    mean: Floats
    low90: Floats
    low50: Floats
    median: Floats
    high50: Floats
    high90: Floats


def band(values: Floats) -> Band:
    """Return the band of `values` (days x persons)."""
    low90, low50, median, high50, high90 = np.quantile(values, EDGES, axis=1)
    return Band(
        mean=values.mean(axis=1),
        low90=low90,
        low50=low50,
        median=median,
        high50=high50,
        high90=high90,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Spread:
    """Where the uncertainty of severity comes from, as SDs per day (MADRS points).

    person: what is not known of this person, ups and downs included. ignorance: what is not known
    of the model and of the place. measurement: what one MADRS reading would err on top.
    """

    person: Floats
    ignorance: Floats
    measurement: Floats


def spread(severity: Floats, set_of: Whole, *, measurement_sd: float) -> Spread:
    """Tell apart why `severity` (days x persons) is uncertain.

    The means of the sets also differ because each holds other persons; the variance that comes
    from that is taken out (analysis of variance with unequal groups).
    """
    total = severity.var(axis=1)
    names, group = np.unique(set_of, return_inverse=True)
    between = np.zeros_like(total)
    if len(names) > 1:
        n = np.bincount(group).astype(np.float64)
        chosen = np.zeros((len(set_of), len(names)))
        chosen[np.arange(len(set_of)), group] = 1.0
        means = severity @ chosen / n
        within = (total * n.sum() - ((means - severity.mean(axis=1)[:, None]) ** 2) @ n) / (
            n.sum() - len(n)
        )
        size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1.0)
        square = ((means - severity.mean(axis=1)[:, None]) ** 2) @ n / (len(n) - 1.0)
        between = np.clip((square - within) / size, 0.0, total)
    return Spread(
        person=np.sqrt(total - between),
        ignorance=np.sqrt(between),
        measurement=np.full_like(total, measurement_sd),
    )
