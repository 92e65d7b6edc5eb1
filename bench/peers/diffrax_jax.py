"""diffrax: solvers written in JAX, compiled by XLA, a batch of patients at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import diffrax
import jax
import jax.numpy as jnp
import numpy as np

from bench.system import INFLOW, PERSONAL, STATES, Floats, Task

jax.config.update("jax_enable_x64", True)

NAME = "diffrax"
VARIANTS = ("Kvaerno3",)
"""Kvaerno5 and Tsit5 were slower at every accuracy tried (the kinetics are stiff)."""
TOLERANCES = (1e-2, 1e-3, 1e-4, 1e-5)
ABSOLUTE = 0.1
"""Absolute over relative tolerance: every state is of the size of one."""
MOST_STEPS = 200_000
_compiled: dict[str, Callable[..., Any]] = {}


def version() -> str:
    """Return the version of the peer."""
    return diffrax.__version__


def solver(task: Task, tolerance: float, variant: str) -> Callable[[Task], Floats]:
    """Return what solves any patients; XLA compiles it once, the tolerance is an argument."""
    if variant not in _compiled:
        _compiled[variant] = _batch(task, variant)
    batch = _compiled[variant]
    gaps = _gaps(task)

    def solve(patients: Task) -> Floats:
        found, rest = batch(
            patients.personal, patients.start, patients.inflow, patients.expects, tolerance
        )
        found, rest = np.asarray(found), np.asarray(rest)
        cycles = [found[:, k, : len(gap)] for k, gap in enumerate(gaps)]
        return np.concatenate([patients.start[:, None], *cycles, rest], axis=1).swapaxes(1, 2)

    return solve


def _gaps(task: Task) -> list[Floats]:
    """Return the days of the readings between one infusion and the next."""
    edges = zip(task.begins, task.begins[1:], strict=False)
    return [task.days[(task.days > begin) & (task.days <= end)] for begin, end in edges]


def _batch(task: Task, variant: str) -> Callable[..., Any]:
    """Return the compiled solution of a batch of patients."""
    numbers = [compile(text, state, "eval") for state, text in task.equations().items()]
    x = STATES.index("x")

    def rate(t, y, args):  # type: ignore[no-untyped-def]
        personal, inflow = args
        names = dict(zip(PERSONAL, personal, strict=True))
        names |= dict(zip(STATES, y, strict=True)) | {INFLOW: inflow, "t": t, "exp": jnp.exp}
        return jnp.stack([jnp.asarray(eval(text, {}, names)) for text in numbers])

    def stretch(y, begin, end, days, tolerance, args):  # type: ignore[no-untyped-def]
        return diffrax.diffeqsolve(
            diffrax.ODETerm(rate), getattr(diffrax, variant)(), begin, end, 1e-3, y, args,
            saveat=diffrax.SaveAt(ts=days),
            stepsize_controller=diffrax.PIDController(rtol=tolerance, atol=ABSOLUTE * tolerance),
            max_steps=MOST_STEPS, adjoint=diffrax.ForwardMode(),
        ).ys  # fmt: skip

    begins = task.begins
    gaps = _gaps(task)
    longest = max(len(gap) for gap in gaps)
    # readings of one cycle, filled up with its end so that every cycle has the same shape
    filled = np.array([np.pad(gap, (0, longest - len(gap)), mode="edge") for gap in gaps])
    last = task.days[task.days > begins[-1]]

    def one(personal, start, inflow, expects, tolerance):  # type: ignore[no-untyped-def]
        def cycle(y, times):  # type: ignore[no-untyped-def]
            begin, days = times
            over = begin + task.lasts
            y = y.at[x].add(expects)
            y = stretch(y, begin, over, over[None], tolerance, (personal, inflow))[-1]
            found = stretch(y, over, days[-1], days, tolerance, (personal, 0.0))
            return found[-1], found

        y, found = jax.lax.scan(cycle, start, (jnp.asarray(begins[:-1]), jnp.asarray(filled)))
        _, rest = cycle(y, (jnp.asarray(begins[-1]), jnp.asarray(last)))
        return found, rest

    return jax.jit(jax.vmap(one, in_axes=(0, 0, 0, 0, None)))
