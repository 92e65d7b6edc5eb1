"""Everything that a calibration leaves in its folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from regrow import __version__
from regrow.calibrate import identity, inference_data, ship
from regrow.calibrate.diagnose import Diagnosis
from regrow.calibrate.fitted import FITTED
from regrow.calibrate.rounds import Fit
from regrow.calibrate.witness import witness


def about(fit: Fit, found: Diagnosis, *, effort: str) -> dict[str, Any]:
    """Return what identifies a calibration: data, code, seed, effort and how well it went."""
    studies = fit.task.studies
    return {
        "format": "regrow.posterior/1",
        "version": f"{__version__}-{identity.identity(studies)}",
        "data": identity.data(studies),
        "code": identity.code(),
        "seed": fit.seed,
        "effort": effort,
        "studies": [study.id for study in studies],
        "draws": ship.SHIPPED,
        "largest_r_hat": round(found.r_hat, 4),
        "smallest_bulk_ess": round(found.bulk_ess),
        "smallest_tail_ess": round(found.tail_ess),
        "divergences": found.divergences,
        "pareto_k": round(found.pareto_k, 3),
        "effective_draws_after_weighing": round(found.effective),
        "fitted": list(FITTED),
        "witness": witness(studies, ship.as_sets(ship.rows_of(fit))),
    }


def write(folder: Path, fit: Fit, found: Diagnosis, *, effort: str) -> Sequence[Path]:
    """Write the draws that simulations read, what identifies them, and the InferenceData."""
    ship.write(folder, fit, about(fit, found, effort=effort))
    inference_data.write(folder / "posterior.nc", fit)
    return tuple(folder / name for name in ("draws.csv", "about.json", "posterior.nc"))
