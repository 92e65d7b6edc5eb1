"""pydiffsol: diffsol's solvers in Rust, the equations compiled by LLVM, one patient at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pydiffsol as ds

from bench.system import INFLOW, PERSONAL, STATES, Floats, Task

NAME = "pydiffsol"
VARIANTS = ("bdf", "esdirk34", "tr_bdf2")
TOLERANCES = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-6, 1e-7)
ABSOLUTE = 0.1
"""Absolute over relative tolerance: every state is of the size of one."""


def version() -> str:
    """Return the version of the peer."""
    return str(ds.version())


def solver(task: Task, tolerance: float, variant: str) -> Callable[[Task], Floats]:
    """Compile the equations once; return what solves any patients with them.

    Start values are parameters, so that a stretch between two discontinuities is one call.
    """
    personal = [*PERSONAL, INFLOW, "t0"]
    starts = [f"{state}0" for state in STATES]
    inputs = "\n".join(f"  {name.replace('_', '')} = 1.0," for name in (*personal, *starts))
    # names in this language hold no underscore, and its clock starts at 0 in every stretch
    names = {name: name.replace("_", "") for name in personal} | {"t": "(t + t0)"}
    equations = {
        state: " ".join(names.get(word, word) for word in text.split())
        for state, text in task.equations().items()
    }
    start = "\n".join(f"  {state} = {state}0," for state in STATES)
    code = f"in_i {{\n{inputs}\n}}\nu_i {{\n{start}\n}}\nF_i {{\n"
    code += "\n".join(f"  {equations[state]}," for state in STATES) + "\n}\n"
    ode = ds.Ode(
        code, jit_backend=ds.llvm, matrix_type=ds.nalgebra_dense, ode_solver=getattr(ds, variant)
    )
    ode.rtol, ode.atol = tolerance, ABSOLUTE * tolerance
    ode.h0 = 1e-3

    def solve(patients: Task) -> Floats:
        out = np.empty((patients.patients, len(STATES), len(patients.days)))
        stretches = [
            (begin, runs, np.flatnonzero((patients.days > begin) & (patients.days <= end)), end)
            for begin, end, runs in patients.stretches()
        ]
        x = STATES.index("x")
        for i in range(patients.patients):
            state = patients.start[i]
            out[i, :, 0] = state
            parameters = np.concatenate([patients.personal[i], [0.0, 0.0], state])
            for begin, runs, inside, end in stretches:
                if runs:
                    state = state.copy()
                    state[x] += patients.expects[i]
                parameters[len(PERSONAL)] = patients.inflow[i] if runs else 0.0
                parameters[len(PERSONAL) + 1] = begin
                parameters[len(PERSONAL) + 2 :] = state
                if len(inside):
                    found = ode.solve_dense(parameters, patients.days[inside] - begin).ys
                    out[i, :, inside] = found.T
                    state = found[:, -1]
                else:
                    state = ode.solve_dense(parameters, np.array([end - begin])).ys[:, -1]
        return out

    return solve
