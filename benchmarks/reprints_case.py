"""Measure what one document more costs a case of many: which texts it is compared with, and time.

A case of N generated documents (those of reprints_speed.py) is read and its reprints are found;
then documents are added one by one, every other one with a paragraph of an old one.

usage: reprints_case.py [N] [--more M]
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from reprints_speed import World

from enduse.case import copies
from enduse.case.add import add_to_case
from enduse.case.casebook import create_case
from enduse.case.progress import be_silent
from enduse.case.run import run_stages
from enduse.store.kinds import REPRINT


def write(path: Path, texts: list[str], first: int = 0) -> str:
    """Write the texts as JSON lines and return the path."""
    with path.open("w", encoding="utf-8") as file:
        for at, text in enumerate(texts, first):
            file.write(json.dumps({"id": f"{at:08}", "text": text}) + "\n")
    return str(path)


def make_more(world: World, count: int) -> list[str]:
    """Return further texts, every other one with fifty words of an old one."""
    fresh = [world.draw(250) for _ in range(count)]
    for at in range(0, count, 2):
        old = world.words[int(world.rng.integers(len(world.words)))][:50]
        fresh[at] = np.concatenate([fresh[at], old])
    return [" ".join(world.vocabulary[words]) for words in fresh]


def count_fetches(fetched: list[str]) -> None:
    """Note in the list which documents the stage asks the casebook for."""
    plain = copies.fetch_from

    def fetch_from(book: object) -> object:
        fetch = plain(book)

        def noted(document_id: str) -> object:
            fetched.append(document_id)
            return fetch(document_id)

        return noted

    copies.fetch_from = fetch_from
    sys.modules["enduse.case.standing_index"].fetch_from = fetch_from


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=10)
    args = parser.parse_args()
    world = World(args.count)
    fetched: list[str] = []
    count_fetches(fetched)
    with tempfile.TemporaryDirectory() as name, create_case(Path(name) / "case") as book:
        add_to_case(book, [write(Path(name) / "all.jsonl", world.texts())])
        run_stages(book, ("read",))
        for label, texts in (
            ("all", []),
            *(("one more", [t]) for t in make_more(world, args.more)),
        ):
            if texts:
                write(Path(name) / "more.jsonl", texts, args.count + len(fetched))
                add_to_case(book, [str(Path(name) / "more.jsonl")])
                run_stages(book, ("read",))
            fetched.clear()
            wall, cpu = time.perf_counter(), time.process_time()
            made = copies.run_reprints(book, be_silent).made
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            print(f"{label}: {wall:.2f} s, {cpu:.2f} s of a core, {made} pairs judged reuse,")
            print(f"  {len(set(fetched))} documents looked at of {args.count}")
        size = sum(path.stat().st_size for path in (Path(name) / "case" / "index").iterdir())
        print(f"{book.store.count(REPRINT)} reprints; the index takes {size / 1e6:.0f} MB on disk")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
