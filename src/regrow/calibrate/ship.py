"""From weighted draws to the small file that every simulation reads."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from regrow.calibrate import infer
from regrow.calibrate.fitted import FITTED, PLACE_DRUG, PLACE_SETTING, numbers
from regrow.calibrate.rounds import Fit
from regrow.calibrate.whole import whole
from regrow.model.values import Values, drawn
from regrow.posterior import ABOUT, DRAWS
from regrow.trial.published import MISFIT_LOGIT, MISFIT_POINTS

Floats = npt.NDArray[np.float64]
SHIPPED = 512
DIGITS = 6
COLUMNS = (*FITTED, PLACE_DRUG, PLACE_SETTING, MISFIT_POINTS, MISFIT_LOGIT)


def columns(
    draws: infer.Draws, which: npt.NDArray[np.int64], weights: Floats, *, count: int, seed: int
) -> Floats:
    """Return `count` equally weighted draws (draws x `COLUMNS`), each with a place of its own.

    Draws are taken in proportion to their weights by systematic resampling, then shuffled.
    """
    rng = np.random.default_rng([seed, count])
    steps = (rng.uniform() + np.arange(count)) / count
    taken = which[np.searchsorted(np.cumsum(weights), steps, side="right").clip(0, len(which) - 1)]
    taken = rng.permutation(taken)
    z = draws.flat("z")[taken]
    places = [
        np.exp(infer.spread_of_places(z, name, np.exp) * rng.standard_normal(count))
        for name in ("contexts/place_drug_spread", "contexts/place_setting_spread")
    ]
    misfits = [draws.flat(name)[taken] for name in ("misfit_points", "misfit_logit")]
    return np.column_stack([numbers(z), *places, *misfits])


def rows_of(fit: Fit) -> Floats:
    """Return the draws of a fit that ship."""
    return columns(
        fit.draws, fit.corrected.which, fit.corrected.weights, count=SHIPPED, seed=fit.seed
    )


def as_sets(rows: Floats) -> tuple[Values, ...]:
    """Return rows of `COLUMNS` as sets of values; what is not fitted is drawn from its prior."""
    rest = drawn(len(rows), seed=0, fixed=FITTED)
    return tuple(
        {**other, **dict(zip(COLUMNS, (float(v) for v in one), strict=True))}
        for other, one in zip(rest, rows, strict=True)
    )


def write_rows(file: Path, rows: Floats) -> None:
    """Write draws (draws x `COLUMNS`) as a table that `regrow.posterior` reads."""
    with whole(file) as draft, draft.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        writer.writerows([[f"{value:.{DIGITS}g}" for value in one] for one in rows])


def write(folder: Path, fit: Fit, about: Mapping[str, Any]) -> None:
    """Write draws.csv and about.json to `folder`; each appears whole or not at all."""
    write_rows(folder / DRAWS, rows_of(fit))
    with whole(folder / ABOUT) as draft:
        draft.write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
