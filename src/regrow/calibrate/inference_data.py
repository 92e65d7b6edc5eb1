"""A calibration as ArviZ InferenceData: the format that tools for posteriors read."""

from pathlib import Path
from typing import Any

import numpy as np

from regrow.calibrate.fitted import FITTED, numbers
from regrow.calibrate.rounds import Fit
from regrow.calibrate.whole import whole

PRIOR_DRAWS = 1000


def inference_data(fit: Fit) -> Any:
    """Return draws, priors, the log likelihood per finding and the weights as InferenceData."""
    import arviz
    import xarray

    draws = fit.draws
    shape = draws.z.shape
    prior = np.random.default_rng([fit.seed, 11]).standard_normal((1, PRIOR_DRAWS, len(FITTED)))
    names = [study.id for study in fit.task.studies]
    targets = [target.name for target in fit.task.targets]
    found = arviz.from_dict(
        posterior={
            "z": draws.z,
            "value": numbers(draws.z.reshape(-1, shape[2])).reshape(shape),
            "log_drug_factor": draws.drug,
            "log_setting_factor": draws.setting,
            "misfit_points": draws.misfit_points,
            "misfit_logit": draws.misfit_logit,
        },
        prior={"z": prior, "value": numbers(prior[0])[None]},
        log_likelihood={"finding": draws.log_likelihood},
        sample_stats={"diverging": draws.diverging},
        observed_data={"finding": np.array([target.observed for target in fit.task.targets])},
        coords={"parameter": list(FITTED), "study": names, "target": targets},
        dims={
            "z": ["parameter"],
            "value": ["parameter"],
            "log_drug_factor": ["study"],
            "log_setting_factor": ["study"],
            "finding": ["target"],
        },
    )
    found.add_groups(
        importance=xarray.Dataset(
            {
                "checked_draw": ("checked", fit.corrected.which),
                "weight": ("checked", fit.corrected.weights),
                "log_ratio": ("checked", fit.corrected.log_ratio),
            }
        )
    )
    return found


def write(file: Path, fit: Fit) -> None:
    """Write the InferenceData as NetCDF; the file appears whole or not at all."""
    with whole(file) as draft:
        inference_data(fit).to_netcdf(str(draft), engine="h5netcdf")
