"""A drug in the body: its typical kinetics and how they differ between people.

Esketamine has the published set of Perez-Ruixo 2021. The racemate has the same structure with the
values of `evidence/parameters/racemic.toml`; how it differs between people is taken over from
esketamine, for want of its own.
"""

import math

import numpy as np
import numpy.typing as npt

from regrow.errors import SimulationError
from regrow.evidence.reader import parameters
from regrow.model.drug_order import DRUG
from regrow.model.values import Values

RACEMIC, ESKETAMINE = "racemic ketamine", "esketamine"

_PUBLISHED = {
    "central_volume_l": "central_volume",
    "first_flow_l_per_h": "first_peripheral_flow",
    "first_volume_l": "first_peripheral_volume",
    "second_flow_l_per_h": "second_peripheral_flow",
    "second_volume_l": "second_peripheral_volume",
    "liver_flow_l_per_h": "liver_flow",
    "liver_volume_l": "liver_volume",
    "other_metabolism_per_h": "liver_elimination_rate",
    "norketamine_formation_per_h": "liver_metabolism_rate",
    "norketamine_volume_l": "norketamine_central_volume",
    "norketamine_clearance_l_per_h": "norketamine_clearance",
    "norketamine_flow_l_per_h": "norketamine_peripheral_flow",
    "norketamine_second_volume_l": "norketamine_peripheral_volume",
}
_VARIES = {
    "central_volume_log_sd": "central_volume",
    "peripheral_volume_log_sd": "first_peripheral_volume",
    "liver_flow_log_sd": "liver_flow",
    "liver_volume_log_sd": "liver_volume",
    "other_metabolism_log_sd": "liver_elimination_rate",
    "norketamine_volume_log_sd": "norketamine_central_volume",
    "norketamine_clearance_log_sd": "norketamine_clearance",
}


def log_sd(name: str) -> float:
    """Return the SD on the log scale of a published between-patient CV (%) of esketamine."""
    spread = parameters("esketamine")[name].spread
    if spread is None or spread.value is None:
        return 0.0
    return math.sqrt(math.log(1.0 + (spread.value / 100.0) ** 2))


def vector(drug: str, values: Values, *, ancestry: str | None = None) -> npt.NDArray[np.float64]:
    """Return the kinetics of `drug` as the engine reads them (order of `drug_order.DRUG`).

    Raises SimulationError for a drug that the model does not know.
    """
    if drug not in (RACEMIC, ESKETAMINE):
        raise SimulationError(
            f"The model does not know the drug '{drug}'.",
            why="Its kinetics and its affinity are not in the evidence.",
            fix=f"Use '{RACEMIC}' or '{ESKETAMINE}'.",
        )
    own = "racemic" if drug == RACEMIC else "esketamine"
    numbers = {
        name: values.get(f"{own}/{key}", values[f"esketamine/{key}"])
        for name, key in _PUBLISHED.items()
    }
    numbers |= {name: log_sd(key) for name, key in _VARIES.items()}
    spread = parameters("esketamine")["nasal_fraction"].spread
    assert spread is not None
    assert spread.value is not None
    nasal = values[f"{own}/nasal_fraction"]
    asian = ancestry in ("Asian", "Japanese")
    if asian:
        numbers["other_metabolism_per_h"] *= values["esketamine/liver_elimination_asian"]
        numbers["norketamine_clearance_l_per_h"] *= values["esketamine/norketamine_clearance_asian"]
    if ancestry == "Japanese":
        nasal = min(0.99, nasal * values["esketamine/nasal_fraction_japanese"])
    numbers |= {
        "norketamine_formation_log_sd": math.sqrt(
            math.log(1.0 + (values["esketamine/liver_metabolism_between_patients"] / 100.0) ** 2)
        ),
        "effect_site_per_h": 60.0 * math.log(2.0) / values["acute/effect_site_half_life"],
        "liver_flow_lost_l_per_h_per_year": -values["esketamine/liver_flow_per_year_over_60"],
        "volume_exponent": values["racemic/volume_exponent"] if own == "racemic" else 0.0,
        "flow_exponent": values["racemic/flow_exponent"] if own == "racemic" else 0.0,
        "nasal_uptake_logit": math.log(nasal / (1.0 - nasal)),
        "nasal_uptake_logit_sd": spread.value,
    }
    return np.array([numbers[name] for name in DRUG])
