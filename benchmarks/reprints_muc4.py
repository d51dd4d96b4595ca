"""Measure find_reprints on 1,500 news dispatches of 1988 to 1991, in capitals, with near copies.

The pairs that share more than 0.6 of the five-word runs of the shorter are the gold, worked out
here by brute force; what else is found (two dispatches that quote one statement) is counted and,
with --show, printed for a person to judge.

usage: reprints_muc4.py [--show]
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from enduse.model.document import Document
from enduse.reprints import find_reprints

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "muc4" / "raw"
HEAD = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b", re.MULTILINE)


def read() -> dict[str, str]:
    """Return the dispatches by name, without their headings."""
    found = {}
    for path in sorted(SHARED.rglob("*.gz")):
        if not path.name.startswith("key"):
            parts = HEAD.split(gzip.decompress(path.read_bytes()).decode("latin-1"))
            found |= dict(zip(parts[1::2], parts[2::2], strict=True))
    return {name: re.sub(r"\[[A-Z ]*\]", " ", text) for name, text in found.items()}


def gold(texts: dict[str, str]) -> dict[frozenset[str], float]:
    """Return the pairs by containment of five-word runs in the shorter text."""
    runs = {}
    bearers = defaultdict(set)
    for name, text in texts.items():
        words = re.findall(r"\w+", text.lower())
        runs[name] = {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
        for run in runs[name]:
            bearers[run].add(name)
    common = Counter(
        frozenset(pair)
        for names in bearers.values()
        if 1 < len(names) <= 40
        for pair in combinations(sorted(names), 2)
    )
    return {p: c / max(1, min(len(runs[n]) for n in p)) for p, c in common.items()}


def main() -> int:
    """Print precision-like and recall figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}", file=sys.stderr)
        return 0
    texts = read()
    held = gold(texts)
    started = time.process_time()
    found = {
        frozenset((f.copy, f.of)): f
        for f in find_reprints(Document(name, "", text) for name, text in texts.items())
    }
    print(f"{len(texts)} dispatches in {time.process_time() - started:.1f} core-seconds")
    for low, high in ((0.6, 1.1), (0.3, 0.6), (0.1, 0.3), (0.05, 0.1), (0.02, 0.05)):
        pairs = [pair for pair, part in held.items() if low <= part < high]
        hits = sum(pair in found for pair in pairs)
        print(f"containment {low} to {min(high, 1.0)}: {hits} of {len(pairs)} found")
    print(f"found in all {len(found)}, with containment below 0.02:", end=" ")
    low = [pair for pair in found if held.get(pair, 0) < 0.02]
    print(len(low))
    for pair in sorted(found, key=sorted) if args.show else ():
        each = found[pair]
        span = max(each.spans, key=lambda s: s.copy_end - s.copy_start)
        words = " ".join(texts[each.copy][span.copy_start : span.copy_end].split())
        print(
            f"{held.get(pair, 0):.3f}", each.copy, each.of, each.relation, each.share, words[:150]
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
