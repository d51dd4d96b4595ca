"""Make the large case by which the pages are timed: 100,000 documents, 1,000,000 claims.

    python benchmarks/large_case.py FOLDER [--documents 100000] [--claims 10] [--seed 7]

The same seed gives the same rows. Prints how long it took, the size on disk and the most memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from large.making import Size, make_case


def main() -> None:
    """Make the case and say what it cost."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--documents", type=int, default=100_000)
    asked.add_argument("--claims", type=int, default=10)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    wall, core = time.perf_counter(), time.process_time()
    make_case(given.folder, Size(given.documents, given.claims, given.seed))
    spent = time.perf_counter() - wall, time.process_time() - core
    disk = sum(path.stat().st_size for path in given.folder.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{spent[0]:.0f} s of the wall, {spent[1]:.0f} s of a core")
    print(f"{disk / 1e9:.2f} GB on disk, {memory / 1e9:.2f} GB of memory at most")


if __name__ == "__main__":
    main()
