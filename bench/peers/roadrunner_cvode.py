"""libRoadRunner: SBML compiled by LLVM, solved by CVODE, one patient at a time."""

from __future__ import annotations

from collections.abc import Callable

import antimony
import numpy as np
import roadrunner

from bench.system import INFLOW, PERSONAL, STATES, Floats, Task

NAME = "libRoadRunner"
VARIANTS = ("cvode",)
TOLERANCES = (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-7)
ABSOLUTE = 0.1
"""Absolute over relative tolerance: every state is of the size of one."""


def version() -> str:
    """Return the version of the peer."""
    return str(roadrunner.__version__)


def solver(task: Task, tolerance: float, _variant: str) -> Callable[[Task], Floats]:
    """Compile the model once; return what solves any patients with it.

    The model's own events start and end the infusions; the solver restarts at each.
    """
    lines = [
        f"{state}_ = 0; {state}_' = {' '.join(_named(word) for word in text.split())}"
        for state, text in task.equations().items()
    ]
    lines += [f"{name} = 1" for name in PERSONAL]
    lines += [f"{INFLOW} = 0", "dosed = 0", "expected = 0"]
    for k, begin in enumerate(task.begins.tolist()):
        if k:  # the first infusion begins with the run
            lines.append(f"at (time >= {begin!r}): {INFLOW} = dosed, x_ = x_ + expected")
        lines.append(f"at (time >= {begin + task.lasts!r}): {INFLOW} = 0")
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString("model patient()\n" + "\n".join(lines) + "\nend") < 0:
        raise ValueError(antimony.getLastError())
    model = roadrunner.RoadRunner(antimony.getSBMLString("patient"))
    model.setIntegrator("cvode")
    model.integrator.relative_tolerance = tolerance
    model.integrator.absolute_tolerance = ABSOLUTE * tolerance
    model.timeCourseSelections = [f"{state}_" for state in STATES]
    core = model.model
    ids = list(core.getGlobalParameterIds())
    state_at = [ids.index(f"{state}_") for state in STATES]
    personal_at = [ids.index(name) for name in PERSONAL]
    begin_at = [ids.index(name) for name in ("dosed", "expected", INFLOW, "x_")]

    def solve(patients: Task) -> Floats:
        out = np.empty((patients.patients, len(STATES), len(patients.days)))
        days = patients.days
        at_dose = np.flatnonzero(np.isin(days, patients.begins))
        for i in range(patients.patients):
            dosed, expected = patients.inflow[i], patients.expects[i]
            model.resetToOrigin()
            core.setGlobalParameterValues(personal_at, patients.personal[i])
            core.setGlobalParameterValues(state_at, patients.start[i])
            core.setGlobalParameterValues(begin_at, [dosed, expected, dosed, expected])
            found = model.simulate(float(days[0]), float(days[-1]), len(days))
            out[i] = np.asarray(found).T
            out[i, STATES.index("x"), at_dose] -= expected  # a reading precedes its dose
        return out

    return solve


def _named(word: str) -> str:
    """Return the name of a word of the equations in the model: `e` alone would be a number."""
    return f"{word}_" if word in STATES else {"t": "time"}.get(word, word)
