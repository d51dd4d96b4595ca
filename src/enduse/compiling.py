"""Plain functions over arrays to machine code.

In: a function that numba can compile. Out: the same function compiled. Refused: nothing here; what
numba cannot compile fails when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compile_kernel(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return the kernel compiled, its machine code kept where a folder can be written."""
    try:
        made: Callable[..., Any] = njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # numba found no folder for its cache
        made = njit(nogil=True)(kernel)
    return made
