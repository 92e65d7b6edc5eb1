"""The concentrations of one visit at any time, from the modes that the engine solved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regrow.engine import slots as s
from regrow.engine.compiled import compiled
from regrow.engine.prepare import prepare
from regrow.model.absorption import Arrival, Branch

LANES = s.LANES
MODES = s.MODES
Floats = npt.NDArray[np.float64]


@compiled
def solve(z, theta, drug, branch_ka, branch_ka_sd, branch_trait, branch_liver, solved):
    """Solve every patient in `z` and copy the work space, one column per patient."""
    work = np.zeros(s.COUNT * LANES)
    none = np.zeros(0)
    kept = np.zeros((0, MODES * LANES))
    for block in range(z.shape[1] // LANES):
        first = block * LANES
        prepare(
            work, kept, z, first, theta, drug, branch_ka, branch_ka_sd, branch_trait,
            branch_liver, none,
        )  # fmt: skip
        for slot in range(s.COUNT):
            for i in range(LANES):
                solved[slot, first + i] = work[slot * LANES + i]


@dataclass(frozen=True, kw_only=True)
class Given:
    """One administration: when it starts (hours), how much, and how it arrives."""

    hour: float
    amount: float
    per_kg: bool
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, kw_only=True)
class Concentrations:
    """ng/mL, times x patients; `venous_slope` is the rate of change per hour."""

    venous: Floats
    venous_slope: Floats
    norketamine: Floats
    effect_site: Floats


def concentrations(
    given: Sequence[Given], hours: Floats, z: Floats, *, theta: Floats, drug: Floats
) -> Concentrations:
    """Return the concentrations at `hours` in the patients drawn in `z`, by superposition."""
    branches = list(dict.fromkeys(a.branch for dose in given for a in dose.arrivals)) or [
        Branch(0.0, 0.0, 0, False)
    ]
    solved = np.zeros((s.COUNT, z.shape[1]))
    solve(
        z,
        theta,
        drug,
        np.array([b.ka_per_h for b in branches]),
        np.array([b.ka_log_sd for b in branches]),
        np.array([b.trait for b in branches], dtype=np.int64),
        np.array([float(b.into_liver) for b in branches]),
        solved,
    )
    modes = s.FIRST_DEPOT + len(branches)
    rate = solved[s.RATE : s.RATE + modes]
    amounts = np.zeros((modes, len(hours), z.shape[1]))
    slopes = np.zeros_like(amounts)
    t = np.asarray(hours)[:, None]
    for dose in given:
        mg = dose.amount * (solved[s.WEIGHT] if dose.per_kg else 1.0)
        since = t - dose.hour
        begun = since >= 0.0
        for part in dose.arrivals:
            b = branches.index(part.branch)
            share = (part.fixed + part.by_nose * solved[s.NASAL]) * mg
            for m in range(modes):
                into = share * solved[s.INTO + b * MODES + m]
                decay = np.exp(-rate[m] * np.clip(since, 0.0, None))
                if part.hours == 0.0:
                    now = np.where(begun, into * decay, 0.0)
                    amounts[m] += now
                    slopes[m] -= rate[m] * now
                else:
                    per_hour = into / part.hours
                    over = np.exp(-rate[m] * np.clip(since - part.hours, 0.0, None))
                    now = np.where(begun, per_hour / rate[m] * (over - decay), 0.0)
                    arriving = begun & (since <= part.hours)
                    amounts[m] += now
                    slopes[m] += np.where(arriving, per_hour, 0.0) - rate[m] * now

    def read(first_slot: int, of: Floats) -> Floats:
        return np.asarray(np.einsum("mn,mtn->tn", solved[first_slot : first_slot + modes], of))

    return Concentrations(
        venous=np.maximum(0.0, read(s.TO_PLASMA, amounts)),
        venous_slope=read(s.TO_PLASMA, slopes),
        norketamine=np.maximum(0.0, read(s.TO_NK, amounts)),
        effect_site=np.maximum(0.0, read(s.TO_EFFECT, amounts)),
    )
