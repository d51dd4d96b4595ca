"""Why claims of a hand-checked set are missed or made up, by cause and share.

In: a folder with documents.jsonl and claims.jsonl, the scorer's file. Out: causes with their counts
and shares of the missed claims, and of those made up. Refused: nothing; an absent folder is named.

A missed claim without any claim of its kind beside it was not seen; else the first core role that
does not agree is its cause. A claim made up either stands beside a missed one or answers to none.

Run: python benchmarks/extract_errors.py --data DIR --scorer FILE [--part 0:0.8] [--extractor both]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract_gold import choose_documents, extract_records
from extract_score import load_scorer

from enduse.reference.register import load_register

Record = dict[str, Any]


def main() -> int:
    """Print the causes; 0 unless the set is absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, required=True)
    cli.add_argument("--scorer", type=Path, required=True)
    cli.add_argument("--part", default="0:0.8")
    cli.add_argument("--extractor", default="joined")
    options = cli.parse_args()
    if not options.data.exists() or not options.scorer.exists():
        print(f"skipped: {options.data} or the scorer is absent", file=sys.stderr)
        return 1
    scorer, register = load_scorer(options.scorer), load_register()
    gold: dict[str, list[Record]] = defaultdict(list)
    for record in scorer.read(options.data / "claims.jsonl"):
        gold[record["doc"]] += [record] if record.get("kind") else []
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for one in choose_documents(options.data, options.part):
        told = extract_records(one, register, options.extractor)
        for side, cause in find_causes(scorer, gold[one["id"]], told):
            (missed if side == "missed" else invented)[cause] += 1
    print(json.dumps({"missed": shares(missed), "made_up": shares(invented)}, indent=1))
    return 0


def find_causes(
    scorer: Any, gold: Sequence[Record], told: Sequence[Record]
) -> Iterator[tuple[str, str]]:
    """Yield, for each error of a document, its side and its cause."""
    pairs = scorer.pair_up(gold, told)
    right = {(i, j) for i, j in pairs if scorer.core_right(gold[i], told[j])}
    found, good = {i for i, _ in right}, {j for _, j in right}
    beside = dict(pairs)
    for i, claim in enumerate(gold):
        if i in found:
            continue
        if i not in beside:
            yield "missed", f"not seen: {claim['kind']}"
        else:
            yield "missed", name_difference(scorer, claim, told[beside[i]])
    for j, claim in enumerate(told):
        if j not in good:
            paired = j in beside.values()
            yield "made up", "beside a missed claim" if paired else f"none such: {claim['kind']}"


def name_difference(scorer: Any, gold: Record, told: Record) -> str:
    """Return which core role of a pair does not agree, and how."""
    wanted, mine = scorer.slots(gold), scorer.slots(told)
    for part in scorer.CORE[gold["kind"]]:
        if part in wanted and part not in mine:
            return f"{part} not found"
        if part in wanted and not scorer.slot_agrees(part, wanted[part], mine[part]):
            return f"{part} wrong"
        if part in mine and part not in wanted:
            return f"{part} added"
    return "other"


def shares(counts: Counter[str]) -> dict[str, str]:
    """Return each cause with its count and share, commonest first."""
    total = sum(counts.values())
    return {
        "all": str(total),
        **{cause: f"{count} ({count / total:.0%})" for cause, count in counts.most_common()},
    }


if __name__ == "__main__":
    raise SystemExit(main())
