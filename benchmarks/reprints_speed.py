"""Measure how fast reprints are found among many generated documents, and how many are missed.

Texts of made-up words with the frequencies of a language, some 2 kB each, with planted pairs (one
in fifty documents each): near copies (5 words in 100 replaced), a short report set whole in a
long one, a paragraph of 40 to 60 words, the same with 8 words in 100 replaced. Three documents in
a hundred bear one notice. Beside it, on the same documents: datasketch and rensa, if installed.

`command` runs `enduse reprints` over a file of JSON lines, its start and its writing included;
`--add` takes 200 more into an index. The load of the machine is printed, for it decides wall times.

usage: reprints_speed.py [N] [--with command datasketch rensa] [--add] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from enduse.model.document import Document
from enduse.reprints import FingerprintIndex, find_reprints

Pairs = set[frozenset[int]]
CLASSES = ("near copy", "report set whole", "paragraph", "paragraph edited")


def make_vocabulary(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return made-up words, the commonest first."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words: set[str] = set()
    while len(words) < size:
        words.add("".join(rng.choice(syllables, rng.integers(1, 5))) + rng.choice(["", "n", "r"]))
    vocabulary = np.array(sorted(words), dtype=object)
    rng.shuffle(vocabulary)
    return vocabulary


class World:
    """Documents as word numbers, with planted pairs by class."""

    def __init__(self, count: int, seed: int = 11) -> None:
        """Make `count` documents."""
        self.rng = np.random.default_rng(seed)
        self.vocabulary = make_vocabulary(self.rng, 40_000)
        chances = 1.0 / np.arange(1, 40_001) ** 1.05
        self.steps = np.cumsum(chances / chances.sum())
        sizes = np.clip(self.rng.lognormal(5.4, 0.4, count), 60, 2000).astype(int)
        self.words = [self.draw(size) for size in sizes]
        self.planted: dict[frozenset[int], str] = {}
        self.free = iter(self.rng.permutation(count).tolist())
        for _ in range(max(1, count // 50)):
            self.plant_all()
        notice = self.draw(25)
        for at in self.rng.choice(count, count * 3 // 100, replace=False):
            self.words[at] = np.concatenate([self.words[at], notice])

    def draw(self, size: int) -> np.ndarray:
        """Return that many word numbers."""
        return np.minimum(np.searchsorted(self.steps, self.rng.random(size)), 39_999)

    def edit(self, words: np.ndarray, rate: float) -> np.ndarray:
        """Return the words with some replaced."""
        words = words.copy()
        changed = self.rng.random(len(words)) < rate
        words[changed] = self.draw(int(changed.sum()))
        return words

    def plant_all(self) -> None:
        """Plant one pair of each class."""
        for kind in CLASSES:
            one, other = next(self.free), next(self.free)
            if kind == "near copy":
                self.words[other] = self.edit(self.words[one], 0.05)
            elif kind == "report set whole":
                self.words[one] = self.draw(self.rng.integers(60, 121))
                self.insert(other, self.words[one])
            else:
                size = self.rng.integers(40, 61)
                at = self.rng.integers(0, max(1, len(self.words[one]) - size))
                rate = 0.08 if kind == "paragraph edited" else 0.0
                self.insert(other, self.edit(self.words[one][at : at + size], rate))
            self.planted[frozenset((one, other))] = kind

    def insert(self, at: int, part: np.ndarray) -> None:
        """Set the words into a document at a chance place."""
        place = self.rng.integers(0, len(self.words[at]) + 1)
        self.words[at] = np.concatenate([self.words[at][:place], part, self.words[at][place:]])

    def texts(self) -> list[str]:
        """Return the documents as text."""
        return [" ".join(self.vocabulary[words]) for words in self.words]


def run_enduse(texts: Iterable[str]) -> Pairs:
    """Return the pairs that find_reprints yields, with spans and direction."""
    documents = (Document(f"{at:08}", "", text) for at, text in enumerate(texts))
    return {frozenset((int(f.copy), int(f.of))) for f in find_reprints(documents)}


def write_lines(texts: Iterable[str], path: Path) -> None:
    """Write the texts as a file of JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for at, text in enumerate(texts):
            file.write(json.dumps({"id": f"{at:08}", "text": text}) + "\n")


def run_command(path: Path) -> Pairs:
    """Return the pairs that the command prints for a file of JSON lines."""
    command = [sys.executable, "-m", "enduse", "reprints", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    rows = (json.loads(line) for line in done.stdout.splitlines())
    return {frozenset((int(row["copy"]), int(row["of"]))) for row in rows}


def measure_adding(world: World, texts: list[str]) -> None:
    """Print how long one more document takes, half of them with a paragraph of an old one."""
    documents = [Document(f"{at:08}", "", text) for at, text in enumerate(texts)]
    index = FingerprintIndex.build(documents)
    fresh = [world.draw(250) for _ in range(200)]
    for at in range(0, len(fresh), 2):
        old = world.words[int(world.rng.integers(len(world.words)))][:50]
        fresh[at] = np.concatenate([fresh[at], old])
    more = [Document(f"new-{at}", "", " ".join(world.vocabulary[w])) for at, w in enumerate(fresh)]
    started = time.process_time()
    found = sum(bool(index.add(document)) for document in more)
    each = (time.process_time() - started) / len(more)
    print(f"adding to {len(texts)}: {1000 * each:.1f} ms of a core each, {found} of 200 share text")


def shingles(text: str) -> list[str]:
    """Return the text's runs of five words."""
    words = text.split()
    return [" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))]


def run_datasketch(texts: Iterable[str]) -> Pairs:
    """Return the pairs of MinHash LSH at likeness 0.5 with 128 permutations."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - may be absent

    index = MinHashLSH(threshold=0.5, num_perm=128)
    pairs = set()
    sets = ([s.encode() for s in shingles(text)] for text in texts)
    for at, sketch in enumerate(MinHash.generator(sets, num_perm=128)):
        pairs |= {frozenset((at, other)) for other in index.query(sketch)}
        index.insert(at, sketch)
    return pairs


def run_rensa(texts: Iterable[str]) -> Pairs:
    """Return the pairs of R-MinHash LSH at likeness 0.5 with 128 permutations, 32 bands."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - may be absent

    sketches = RMinHash.from_token_sets((shingles(text) for text in texts), 128, 42)
    index = RMinHashLSH(0.5, 128, 32)
    index.insert_many(sketches)
    found = index.query_all(sketches)
    return {frozenset((i, j)) for i, near in enumerate(found) for j in near if i != j}


RUNNERS: dict[str, Callable[[Iterable[str]], Pairs]] = {
    "enduse": run_enduse,
    "datasketch": run_datasketch,
    "rensa": run_rensa,
}


def measure(name: str, world: World, texts: list[str], path: Path) -> None:
    """Print speed, memory and what was found."""
    if name == "command":
        write_lines(texts, path)
    wall, cpu = time.perf_counter(), _spent()
    try:
        pairs = run_command(path) if name == "command" else RUNNERS[name](texts)
    except ImportError:
        print(f"{name}: not installed")
        return
    wall, cpu = time.perf_counter() - wall, _spent() - cpu
    whose = resource.RUSAGE_CHILDREN if name == "command" else resource.RUSAGE_SELF
    peak = resource.getrusage(whose).ru_maxrss / 1024
    print(f"{name}: {wall:.1f} s, {len(texts) / wall:,.0f} documents/s;", end=" ")
    print(f"{cpu:.1f} core-seconds, {len(texts) / cpu:,.0f} documents each;")
    print(f"  largest process {peak:,.0f} MiB, {len(pairs - world.planted.keys())} not planted")
    for kind in CLASSES:
        planted = [pair for pair, each in world.planted.items() if each == kind]
        print(f"  {kind}: {sum(pair in pairs for pair in planted) / len(planted):.3f} found")


def _spent() -> float:
    """Return the seconds of all cores that this process and its children have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument(
        "--with", dest="others", nargs="*", default=[], choices=["command", *RUNNERS]
    )
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    world = World(args.count)
    texts = world.texts()
    print(f"{len(texts)} documents, {sum(map(len, texts)) / len(texts):.0f} letters each")
    print(f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}")
    run_enduse(texts[:5000])  # load the compiled code before the clock starts
    if args.profile:
        cProfile.runctx("run_enduse(texts)", globals(), locals(), sort="cumtime")
    with tempfile.TemporaryDirectory() as folder:
        for name in ["enduse", *args.others]:
            measure(name, world, texts, Path(folder) / "documents.jsonl")
    if args.add:
        measure_adding(world, texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
