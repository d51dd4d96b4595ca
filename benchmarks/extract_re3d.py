"""Entities of re3d found by what the extractor reads: F1 for each type, exact and overlapping.

In: the folder of re3d (one folder a source). Out: precision, recall and F1 of weapons (military
platforms too), organisations, locations, quantities and times. Refused: nothing; an absent folder
is named. Types of the extractor's phrases are mapped to re3d's as in `TYPES`.

Run: python benchmarks/extract_re3d.py --data DIR
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract_gold import read_document

from enduse.extract.misnamed import drop_misnamed
from enduse.extract.names import find_names
from enduse.extract.parsed import Parsed, is_country, parse_sentence
from enduse.extract.phrases import Phrase
from enduse.extract.rules import read_clock
from enduse.extract.segments import find_segments
from enduse.model.document import Document
from enduse.ports import Register
from enduse.reference.cues import load_cues
from enduse.reference.register import load_register

TYPES = {
    "Weapon": "weapon", "MilitaryPlatform": "weapon", "Organisation": "organisation",
    "Location": "location", "Quantity": "quantity", "Temporal": "time",
}  # fmt: skip
KINDS = {"weapon": "weapon", "craft": "weapon", "group": "organisation", "place": "location"}
Found = tuple[str, int, int]


def main() -> int:
    """Score every source and print the figures; 0 unless the folder is absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, required=True)
    options = cli.parse_args()
    if not options.data.exists():
        print(f"skipped: {options.data} is absent", file=sys.stderr)
        return 1
    register = load_register()
    counts: dict[str, dict[str, list[int]]] = {
        way: defaultdict(lambda: [0, 0, 0]) for way in ("exact", "overlap")
    }
    for source in sorted(options.data.iterdir()):
        if (source / "documents.jsonl").exists():
            _score_source(source, register, counts)
    print(json.dumps({way: _all_rates(found) for way, found in counts.items()}, indent=1))
    return 0


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _score_source(
    source: Path, register: Register, counts: dict[str, dict[str, list[int]]]
) -> None:
    gold: dict[str, set[Found]] = defaultdict(set)
    for entity in _lines(source / "entities.jsonl"):
        if entity["type"] in TYPES:
            kind = TYPES[entity["type"]]
            gold[entity["documentId"]].add((kind, entity["begin"], entity["end"]))
    for one in _lines(source / "documents.jsonl"):
        document = read_document({"id": one["_id"], "text": one["text"], "lang": "en"})
        told = set(find_entities(document, register))
        wanted = gold[one["_id"]]
        for way in counts:
            for kind in set(TYPES.values()):
                _add(
                    counts[way][kind],
                    [f for f in wanted if f[0] == kind],
                    [f for f in told if f[0] == kind],
                    exact=way == "exact",
                )


def find_entities(document: Document, register: Register) -> Iterator[Found]:
    """Yield the entities that the extractor reads in a document, with their type."""
    cues = load_cues("en")
    names = drop_misnamed(document.text, find_names(document.text, register), cues)
    clock = read_clock(document)
    for index, (start, end, paragraph) in enumerate(find_segments(document)):
        inside = [name for name in names if start <= name.start < end]
        place = (index, start, end, paragraph)
        parsed = parse_sentence(document.text, place, inside, cues, clock)
        for time in parsed.times:
            yield "time", time.start, time.end
        for _, phrase in parsed.phrases():
            yield from _of_phrase(phrase, parsed)


def _of_phrase(phrase: Phrase, parsed: Parsed) -> Iterator[Found]:
    first, last = phrase.core
    start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
    kind = KINDS.get(phrase.kind)
    named = phrase.named is not None or any(t.tag == "P" for t in parsed.tokens[first:last])
    if kind == "weapon" or (kind is not None and named):
        yield kind, start, end
    if is_country(phrase.named) and phrase.named is not None:
        yield "location", phrase.named.start, phrase.named.end
        yield "organisation", phrase.named.start, phrase.named.end
    if phrase.quantity is not None and first > phrase.first:
        amount = [t for t in parsed.tokens[phrase.first : first] if t.tag == "Q"]
        if amount:
            yield "quantity", amount[0].start, end


def _add(counts: list[int], wanted: list[Found], told: list[Found], *, exact: bool) -> None:
    left = list(told)
    for one in wanted:
        hit = next((t for t in left if t == one or (not exact and _overlaps(t, one))), None)
        if hit is not None:
            left.remove(hit)
            counts[0] += 1
    counts[1] += len(told)
    counts[2] += len(wanted)


def _overlaps(one: Found, other: Found) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def _all_rates(found: dict[str, list[int]]) -> dict[str, dict[str, float]]:
    return {kind: _rates(*counts) for kind, counts in sorted(found.items())}


def _rates(right: int, told: int, wanted: int) -> dict[str, float]:
    precision, recall = right / max(told, 1), right / max(wanted, 1)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "gold": wanted,
    }


if __name__ == "__main__":
    raise SystemExit(main())
