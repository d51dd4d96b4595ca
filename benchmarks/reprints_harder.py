"""Measure find_reprints on a second generator, made apart from the first and meant to be harder.

It differs in all that a finder could be fitted to: rates of noise and lengths are swept, not drawn
from one range; copies are chained (a copy of a copy); excerpts are set in mid-sentence, between
quotation marks or edited; notices stand at head, foot and in the middle, with a date or a name
changed; agency openings, navigation rows, formulaic reports (weather, markets, casualties) that
differ in their numbers only, long official names and short quotes common to two articles are the
hard negatives. One author's paragraph comes again half a year later. Every document goes through
the JSONL reader, as a user's does. The finder was mended by what `gum`, `polnear` and `muc4`
showed; `rams` (short windows of news) was kept apart and gives the verdict.

usage: reprints_harder.py [gum|polnear|muc4|rams] [--seed N] [--show] [--sweep]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from reprints_generated import SHARED
from reprints_planted import EXCERPTS, KINDS, Rates, World, build, read_texts

from enduse.case.copying import reprint_inputs


def find(world: World) -> dict[frozenset[str], dict]:
    """Return what the command finds, by pair."""
    rows = list(world.records.values())
    world.rng.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        found = list(reprint_inputs([str(path)], []))
    return {frozenset((each["copy"], each["of"])): each for each in found}


def score(world: World, found: dict[frozenset[str], dict]) -> dict[str, float]:
    """Return the figures."""
    hit = world.planted.keys() & found.keys()
    precision, recall = len(hit) / max(1, len(found)), len(hit) / len(world.planted)
    totals, hits = Counter(world.planted.values()), Counter(world.planted[p] for p in hit)
    told = [pair for pair in world.directed if frozenset(pair) in found]
    right = [
        (copy, of)
        for copy, of in told
        if found[frozenset((copy, of))]["copy"] == copy
        and found[frozenset((copy, of))].get("directed", True)
    ]
    expected = defaultdict(list)
    for pair in hit:
        kind = world.planted[pair]
        wanted = "excerpt" if kind in EXCERPTS else "reprint"
        wanted = "shared" if pair in world.same_author else wanted
        expected[wanted].append(found[pair]["relation"] == wanted)
    return {
        "documents": len(world.records),
        "planted": len(world.planted),
        "precision": precision,
        "recall": recall,
        "pair F1": 2 * precision * recall / max(1e-9, precision + recall),
        **{f"recall {kind}": hits[kind] / max(1, totals[kind]) for kind in KINDS},
        "excerpts found": sum(hits[k] for k in EXCERPTS) / max(1, sum(totals[k] for k in EXCERPTS)),
        **{f"called {name}": sum(each) / len(each) for name, each in sorted(expected.items())},
        "direction right where dates tell": len(right) / max(1, len(told)),
    }


def show(world: World, found: dict[frozenset[str], dict]) -> None:
    """Print every wrong and missed pair, and every wrong relation."""
    for pair in found.keys() - world.planted.keys():
        each = found[pair]
        text = world.records[each["copy"]]["text"]
        spans = [text[s[0] : s[1]] for s in each["spans"]]
        print("WRONG", each["relation"], each["because"], spans[:2])
    for pair in world.planted.keys() - found.keys():
        print("MISSED", world.planted[pair], [len(world.records[d]["text"].split()) for d in pair])
    for pair in found.keys() & world.planted.keys():
        wanted = "excerpt" if world.planted[pair] in EXCERPTS else "reprint"
        wanted = "shared" if pair in world.same_author else wanted
        if found[pair]["relation"] != wanted:
            print("CALLED", found[pair]["relation"], "not", wanted, found[pair]["because"])


def sweep(texts: list[list[str]], seed: int) -> None:
    """Print recall by kind while one rate grows."""
    steps = {
        "ocr": [Rates(ocr=rate) for rate in (0.02, 0.05, 0.08, 0.1, 0.12)],
        "rewritten": [Rates(rewrite=rate) for rate in (0.1, 0.2, 0.3, 0.35, 0.4)],
        "trimmed": [Rates(trim=part) for part in (0.8, 0.5, 0.3, 0.2, 0.15)],
        "sentence": [Rates(words=(n, n + 4), edit=0) for n in (14, 17, 20, 25, 30)],
        "paragraph": [Rates(edit=rate) for rate in (0.0, 0.1, 0.15, 0.2, 0.3)],
    }
    for kind, many in steps.items():
        cells = []
        for rates in many:
            found = score(world := build(texts, seed, rates), find(world))
            cells.append(f"{found[f'recall {kind}']:.2f}")
        print(f"{kind:10} {' '.join(cells)}   {[getattr(r, RATE_OF[kind]) for r in many]}")


RATE_OF = {
    "ocr": "ocr",
    "rewritten": "rewrite",
    "trimmed": "trim",
    "sentence": "words",
    "paragraph": "edit",
}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "texts", nargs="?", default="gum", choices=("gum", "polnear", "muc4", "rams")
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--sweep", action="store_true")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}", file=sys.stderr)
        return 0
    texts = read_texts(args.texts, random.Random(args.seed))
    if args.sweep:
        sweep(texts, args.seed)
        return 0
    world = build(texts, args.seed)
    found = find(world)
    if args.show:
        show(world, found)
    for name, value in score(world, found).items():
        print(f"{name:34} {value:.3f}" if isinstance(value, float) else f"{name:34} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
