"""A file of arrays that opens without being read: the register as compiled.

In: named numpy arrays and plain values. Out: one file, and the same names mapped from it. Refused:
a file of another layout or a cut one (`DataError`), so that the caller compiles anew.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from enduse.errors import DataError

MAGIC = b"enduse-register-1\n"
ALIGN = 64
LENGTH = 8


def write_compiled(path: Path, arrays: Mapping[str, NDArray[Any]], plain: Any) -> None:
    """Write the arrays and the plain value; readers see the old file or the whole new one."""
    index, at = [], 0
    for name, array in arrays.items():
        index.append((name, array.dtype.str, len(array), at))
        at += -(-array.nbytes // ALIGN) * ALIGN
    head = msgspec.msgpack.encode({"index": index, "plain": plain})
    start = -(-(len(MAGIC) + LENGTH + len(head)) // ALIGN) * ALIGN
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(MAGIC + len(head).to_bytes(LENGTH, "little") + head)
            for array, (_, _, _, place) in zip(arrays.values(), index, strict=True):
                file.seek(start + place)
                file.write(np.ascontiguousarray(array).tobytes())
            file.seek(start + at)
            file.write(MAGIC)
        draft.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def read_compiled(path: Path) -> tuple[dict[str, NDArray[Any]], Any]:
    """Return the arrays, mapped and not yet read, and the plain value.

    Raises:
        DataError: the file is not one of these, or is cut.
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        body = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if body[: len(MAGIC)] != MAGIC or body[-len(MAGIC) :] != MAGIC:
        raise DataError("not a compiled register, or a cut one", str(path), "Compile it again")
    first = len(MAGIC) + LENGTH
    length = int.from_bytes(body[len(MAGIC) : first], "little")
    head = msgspec.msgpack.decode(body[first : first + length])
    start = -(-(first + length) // ALIGN) * ALIGN
    arrays = {
        name: np.frombuffer(body, dtype, count, start + at)
        for name, dtype, count, at in head["index"]
    }
    return arrays, head["plain"]
