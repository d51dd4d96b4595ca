"""Compile the shipped data beside it: `python -m enduse.reference.build`.

In: nothing. Out: `data/compiled/listed.bin` and `data/compiled/places.bin`, and their sizes said.
"""

from __future__ import annotations

import sys

from enduse.reference.freshness import compile_all
from enduse.reference.sources import DATA


def main() -> int:
    """Compile both layers and say how large they are."""
    for path in compile_all(DATA):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
