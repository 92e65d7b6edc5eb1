"""How the engine's loops are compiled, and where the compiled code is kept.

Compiling takes seconds, so the result is kept on disk. The compiler's own cache notices only a
change in the file of the compiled function, not in the equations that it inlines from other files:
a changed equation would go on giving old numbers. The cache folder is therefore named after the
contents of every file of the model and of the engine.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config

import regrow.model

_SOURCES = (Path(regrow.model.__file__).parent, Path(__file__).parent)


def fingerprint() -> str:
    """Return a short name for the present equations and engine."""
    digest = hashlib.sha256(numba.__version__.encode())
    for folder in _SOURCES:
        for file in sorted(folder.glob("*.py")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Return where compiled code is kept: `REGROW_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("REGROW_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return (Path(chosen) if chosen else Path(base) / "regrow") / f"compiled-{fingerprint()}"


if not os.environ.get("NUMBA_CACHE_DIR"):
    config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]


# Numba's stubs do not know every option that it takes
_njit: Any = numba.njit
_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract", "nsz", "arcp"},
}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop over patients: kept on disk, and other threads run meanwhile."""
    made: Callable[..., Any] = _njit(cache=True, **_OPTIONS)(function)
    return made


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop that only other compiled loops call: it is kept on disk inside them."""
    made: Callable[..., Any] = _njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_OPTIONS)(
        function
    )
    return made
