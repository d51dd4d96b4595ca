"""Measure find_reprints on short answers copied, edited or paraphrased from five originals.

Each answer is set beside its original. "Copied" is any answer that took from the original (cut
and pasted, lightly or heavily revised); "non" was written from other books. Answers reworded
throughout share few runs of words, and finding those is not what reprints are for.

usage: reprints_clough.py
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from enduse.model.document import Document
from enduse.reprints import find_reprints

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "reuse_clough"
DEGREES = ("cut", "light", "heavy", "non")


def read() -> tuple[dict[str, Document], dict[str, tuple[str, str]]]:
    """Return all documents by name, and for each answer its original's name and degree."""
    documents, answers = {}, {}
    originals = {}
    for line in (SHARED / "originals.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        originals[row["Task"]] = row["File"]
        documents[row["File"]] = Document(row["File"], "", row["text"])
    with gzip.open(SHARED / "answers.dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            documents[row["File"]] = Document(row["File"], "", row["text"])
            answers[row["File"]] = (originals[row["Task"]], row["Category"])
    return documents, answers


def main() -> int:
    """Print how much of each degree is found, and the F1 of copied or not."""
    if not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}", file=sys.stderr)
        return 0
    documents, answers = read()
    found: Counter[str] = Counter()
    shares: Counter[str] = Counter()
    totals = Counter(degree for _, degree in answers.values())
    for answer, (original, degree) in answers.items():
        for each in find_reprints([documents[answer], documents[original]]):
            found[degree] += 1
            shares[degree] += sum(span.copy_end - span.copy_start for span in each.spans)
    for degree in DEGREES:
        print(f"{degree:6} {found[degree]} of {totals[degree]} found")
    hits = sum(found[degree] for degree in DEGREES[:3])
    precision = hits / max(1, sum(found.values()))
    recall = hits / sum(totals[degree] for degree in DEGREES[:3])
    print(f"copied or not: precision {precision:.3f} recall {recall:.3f}", end=" ")
    print(f"F1 {2 * precision * recall / (precision + recall):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
