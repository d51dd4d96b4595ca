"""Plain functions to machine code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compile_kernel(kernel: Callable[..., Any]) -> Any:
    """Return the kernel compiled, its machine code kept where a folder can be written."""
    try:
        return njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # numba found no folder for its cache
        return njit(nogil=True)(kernel)
