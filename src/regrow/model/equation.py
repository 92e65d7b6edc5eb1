"""How an equation is written: once, as plain Python on single numbers.

`@equation` hands the function to the compiler, which inlines it wherever the engine uses it. The
plain Python stays reachable as `.py_func`: the tests compare it with independent solutions, and a
reader needs to know nothing of compilers. Inside an equation only `+ - * /`, comparisons, `min`,
`max`, `math.sqrt` and other equations may stand: a library call such as `math.exp` would stop the
compiler from running eight patients at once.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])
# Numba's stubs do not know every option that it takes
_njit: Any = numba.njit


def equation(function: F) -> F:
    """Compile `function` for use inside the engine; `.py_func` keeps the original."""
    made: Any = _njit(
        forceinline=True,
        no_cfunc_wrapper=True,
        error_model="numpy",
        fastmath={"contract", "nsz", "arcp"},
    )(function)
    return cast(F, made)
