"""Sources of attributions in PolNeAR found by the extractor's reading of speech.

In: a gzipped JSONL of PolNeAR articles. Out: precision, recall and F1 of the sources' spans,
overlapping, of sentences that are read; a source counts once for each annotator's attribution.
Refused: nothing; an absent file is named.

Run: python benchmarks/extract_polnear.py --data polnear.dev.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from extract_gold import read_document

from enduse.extract.entities import Ledger, note_phrases
from enduse.extract.misnamed import drop_misnamed
from enduse.extract.names import find_names
from enduse.extract.parsed import parse_sentence
from enduse.extract.rules import read_clock
from enduse.extract.segments import find_segments
from enduse.extract.speakers import find_speakers
from enduse.ports import Register
from enduse.reference.cues import load_cues
from enduse.reference.register import load_register

Span = tuple[int, int]
_SOURCE = re.compile(r"^(T\d+)\tSource (\d+)(?: \d+;\d+)* (\d+)\t", re.MULTILINE)


def main() -> int:
    """Score the articles and print the figures; 0 unless the file is absent."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", type=Path, required=True)
    options = cli.parse_args()
    if not options.data.exists():
        print(f"skipped: {options.data} is absent", file=sys.stderr)
        return 1
    register = load_register()
    right, told, wanted = 0, 0, 0
    for line in gzip.decompress(options.data.read_bytes()).decode("utf-8").splitlines():
        article = json.loads(line)
        gold = set(read_sources(article["ann"]))
        mine = set(find_sources(article["text"], register))
        told += len(mine)
        wanted += len(gold)
        right += count_pairs(sorted(gold), sorted(mine))
    precision, recall = right / max(told, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
    print(json.dumps({**figures, "told": told, "gold": wanted}, indent=1))
    return 0


def read_sources(annotations: dict[str, str]) -> Iterator[Span]:
    """Yield the spans of the sources of one annotator."""
    first = min(annotations)
    for match in _SOURCE.finditer(annotations[first]):
        yield int(match[2]), int(match[3])


def find_sources(text: str, register: Register) -> Iterator[Span]:
    """Yield the spans of the speakers that are read in a text."""
    cues = load_cues("en")
    document = read_document({"id": "article", "text": text, "lang": "en"})
    names = drop_misnamed(text, find_names(text, register), cues)
    clock, ledger = read_clock(document), Ledger(text, cues)
    for index, (start, end, paragraph) in enumerate(find_segments(document)):
        inside = [name for name in names if start <= name.start < end]
        parsed = parse_sentence(text, (index, start, end, paragraph), inside, cues, clock)
        note_phrases(ledger, parsed)
        for said in find_speakers(parsed, ledger, cues):
            if said.speaker.start is not None and said.speaker.end is not None:
                yield said.speaker.start, said.speaker.end


def count_pairs(gold: list[Span], mine: list[Span]) -> int:
    """Return how many gold spans have a told span of their own that overlaps."""
    left = list(mine)
    right = 0
    for start, end in gold:
        hit = next((one for one in left if one[0] < end and start < one[1]), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right


if __name__ == "__main__":
    raise SystemExit(main())
