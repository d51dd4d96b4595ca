"""Gains and losses, claim by claim, between two files of predicted claims.

In: gold claims, two prediction files, the scorer's file. Out: one line for each gold claim found by
one only, and for each wrong claim made by one only. Refused: nothing.

Run: python benchmarks/extract_compare.py GOLD OLD NEW --scorer FILE
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract_score import load_scorer

Record = dict[str, Any]


def main() -> int:
    """Print the differences and their counts; 0 always."""
    cli = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "old", "new"):
        cli.add_argument(name, type=Path)
    cli.add_argument("--scorer", type=Path, required=True)
    options = cli.parse_args()
    scorer = load_scorer(options.scorer)
    gold, old, new = (
        by_document(scorer.read(path)) for path in (options.gold, options.old, options.new)
    )
    counts: dict[str, int] = defaultdict(int)
    for change, claim in compare(scorer, gold, old, new):
        counts[change] += 1
        print(change, claim["doc"], claim["kind"], shorten(claim))
    print(json.dumps(dict(sorted(counts.items()))))
    return 0


def by_document(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the claims of each document."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record["doc"]] += [record] if record.get("kind") else []
    return found


def compare(
    scorer: Any,
    gold: Mapping[str, list[Record]],
    old: Mapping[str, list[Record]],
    new: Mapping[str, list[Record]],
) -> Iterator[tuple[str, Record]]:
    """Yield "gained", "lost", "invented" and "dropped" with the claim."""
    for document, claims in gold.items():
        before = right_claims(scorer, claims, old.get(document, []))
        after = right_claims(scorer, claims, new.get(document, []))
        for at, claim in enumerate(claims):
            if (at in before[0]) != (at in after[0]):
                yield ("gained" if at in after[0] else "lost"), claim
        was, now = ({key(c): c for c in side[1]} for side in (before, after))
        yield from (("invented", now[k]) for k in now.keys() - was.keys())
        yield from (("dropped", was[k]) for k in was.keys() - now.keys())


def right_claims(
    scorer: Any, gold: Sequence[Record], told: Sequence[Record]
) -> tuple[set[int], list[Record]]:
    """Return which gold claims are found, and the predicted claims that are not right."""
    pairs = [(i, j) for i, j in scorer.pair_up(gold, told) if scorer.core_right(gold[i], told[j])]
    right = {j for _, j in pairs}
    return {i for i, _ in pairs}, [c for j, c in enumerate(told) if j not in right]


def key(claim: Record) -> str:
    """Return what makes a wrong claim the same in both files."""
    roles = {n: v["text"] for n, v in claim.items() if isinstance(v, dict) and "text" in v}
    return json.dumps([claim["doc"], claim["kind"], claim.get("mode"), sorted(roles.items())])


def shorten(claim: Record) -> str:
    """Return a claim's roles and the head of its quote."""
    roles = {n: v["text"] for n, v in claim.items() if isinstance(v, dict) and "text" in v}
    return f"{roles} «{(claim.get('quote') or '')[:100]}»"


if __name__ == "__main__":
    raise SystemExit(main())
