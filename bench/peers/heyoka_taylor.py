"""heyoka: Taylor's method compiled for these equations, eight patients in one vector register."""

from __future__ import annotations

import math
from collections.abc import Callable

import heyoka as hy
import numpy as np

from bench.system import INFLOW, PERSONAL, STATES, Floats, Task

NAME = "heyoka"
VARIANTS = ("taylor",)
TOLERANCES = (1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 1e-4, 1e-6)


def version() -> str:
    """Return the version of the peer."""
    return str(hy.__version__)


def solver(task: Task, tolerance: float, _variant: str) -> Callable[[Task], Floats]:
    """Compile the integrator once; return what solves any patients with it."""
    names = {state: hy.make_vars(state) for state in STATES}
    names |= {name: hy.par[k] for k, name in enumerate((*PERSONAL, INFLOW))}
    names |= {"t": hy.time, "exp": hy.exp}
    system = [(names[state], eval(text, {}, names)) for state, text in task.equations().items()]
    lanes = hy.recommended_simd_size()
    integrator = hy.taylor_adaptive_batch(
        system, np.zeros((len(STATES), lanes)), tol=tolerance,
        pars=np.zeros((len(PERSONAL) + 1, lanes)),
    )  # fmt: skip

    def solve(patients: Task) -> Floats:
        out = np.empty((patients.patients, len(STATES), len(patients.days)))
        stretches = patients.stretches()
        for first in range(0, patients.patients, lanes):
            who = slice(first, min(first + lanes, patients.patients))
            pick = np.minimum(np.arange(first, first + lanes), patients.patients - 1)
            integrator.set_time(0.0)
            integrator.state[:] = patients.start[pick].T
            integrator.pars[:-1] = patients.personal[pick].T
            out[who, :, 0] = patients.start[who]
            for begin, end, runs in stretches:
                if runs:
                    integrator.state[STATES.index("x")] += patients.expects[pick]
                integrator.pars[-1] = patients.inflow[pick] if runs else 0.0
                inside = np.flatnonzero((patients.days > begin) & (patients.days <= end))
                if len(inside):
                    grid = np.concatenate([[begin], patients.days[inside]])
                    _, found = integrator.propagate_grid(np.repeat(grid[:, None], lanes, axis=1))
                    values = found[1:, :, : who.stop - who.start]
                    out[who, :, inside[0] : inside[-1] + 1] = np.moveaxis(values, 0, 2).swapaxes(
                        0, 1
                    )
                else:
                    integrator.propagate_until(np.full(lanes, end))
                if not math.isfinite(integrator.state.sum()):
                    raise ArithmeticError("the tolerance is too loose to get through")
        return out

    return solve
