"""Measure how fast the register opens and how fast its names are found, beside Aho-Corasick.

Text: common words with names strewn in, one to every `--every` words, or a file of
your own. The register opens in a process of its own, as a user's command does. Beside it, in the
same run, on the same text: ahocorasick-rs, the same names in small letters, leftmost longest.
The peer only finds strings; the register also folds letters and decides what counts.
All times are of the processor: other work on the machine tells less.

usage: register_speed.py [--megabytes N] [--every N] [--text FILE] [--runs N]
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick_rs

from enduse.reference import compilation
from enduse.reference.places import read_towns
from enduse.reference.register import Register, load_register
from enduse.reference.sources import DATA

OPEN = (
    "import time; from enduse.reference.register import load_register; "
    "start = time.process_time(); load_register().entity('bgm-71-tow'); "
    "print(time.process_time() - start)"
)
FLOOR_OPEN, FLOOR_SPEED = 0.3, 20.0


def read_names() -> list[str]:
    """Return every name of the register, each once: listed entries and places of the world."""
    entities, _ = compilation.read_listed(DATA)
    names = {name.text for entity in entities for name in entity.names}
    for row in read_towns(DATA / "places" / "towns.tsv.xz"):
        names |= {row[2], *filter(None, row[8].split("|"))}
    return sorted(names)


def make_text(names: list[str], megabytes: float, every: int) -> str:
    """Return running text of common words with names strewn in; the same for the same figures."""
    chance = random.Random(7)
    common = (DATA / "everyday.txt").read_text(encoding="utf-8").split()[:20_000]
    latin = [name for name in names if name.isascii()]
    words: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        word = chance.choice(latin if chance.random() < 1 / every else common)
        words.append(word + (".\n" if chance.random() < 0.05 else " "))
        size += len(words[-1])
    return "".join(words)


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Return the shortest processor time of several runs, in seconds."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def time_opening(runs: int) -> float:
    """Return the shortest time the register takes to open in a fresh process, in seconds."""
    command = [sys.executable, "-c", OPEN]
    return min(
        float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(runs)
    )


def main() -> int:
    """Print the times of both; 0 if the register keeps its floors."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--megabytes", type=float, default=20)
    cli.add_argument("--every", type=int, default=40)
    cli.add_argument("--text", type=Path)
    cli.add_argument("--runs", type=int, default=3)
    options = cli.parse_args()
    names = read_names()
    text = (
        options.text.read_text(encoding="utf-8", errors="replace")
        if options.text
        else make_text(names, options.megabytes, options.every)
    )
    size = len(text.encode()) / 1e6
    opening = time_opening(options.runs)
    register: Register = load_register()
    register.mentions(text[:100_000])
    found = register.mentions(text)
    speed = size / best_of(options.runs, lambda: register.mentions(text))
    print(f"{len(names):,} names, {size:.1f} MB, {len(found):,} mentions")
    print(f"register: opens in {opening:.3f} s, {speed:.1f} MB a second")
    start = time.process_time()
    peer = ahocorasick_rs.AhoCorasick(
        [name.lower() for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    built = time.process_time() - start
    peer_speed = size / best_of(options.runs, lambda: peer.find_matches_as_indexes(text.lower()))
    print(f"ahocorasick-rs: built in {built:.3f} s, {peer_speed:.1f} MB a second")
    print(f"register by peer: opening {built / opening:.0f} times faster, ", end="")
    print(f"matching {speed / peer_speed:.2f} times as fast")
    return 0 if opening < FLOOR_OPEN and speed >= FLOOR_SPEED else 1


if __name__ == "__main__":
    raise SystemExit(main())
