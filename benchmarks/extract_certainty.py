"""How well hedges are read: uncertain sentences of Wikipedia, events that are no facts in news.

In: the folders of the Szeged Wikipedia part and of MEANTIME's factuality. Out: F1 of the uncertain
sentences (the CoNLL-2010 task 1 measure), and F1 of events below fact. Refused: nothing; an absent
folder is skipped and named.

A sentence is called uncertain where one of the hedge cues stands in it; an event is called no fact
where a hedge, a risk, a plan or a denial stands up to three words before it. A peer, on the 2010
task's own Wikipedia test part and its other annotation: Morante and others (2010), F1 57 at
precision 81 and recall 44, as summed up in the course wiki at curtis.ml.cmu.edu.

Run: python benchmarks/extract_certainty.py --hedges DIR --factuality DIR
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from enduse.reference.cues import Cues, load_cues

_REACH = 3  # words before an event in which a cue bears on it
_FACT = 3.0
_TABLES = ("hedges", "risk", "plans", "negation")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def main() -> int:
    """Score what is there and print the figures; 0 unless nothing is."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--hedges", type=Path, required=True)
    cli.add_argument("--factuality", type=Path, required=True)
    options = cli.parse_args()
    cues = load_cues("en")
    figures = {}
    for name, folder, pairs in (
        ("hedge_wiki", options.hedges, read_sentences),
        ("factuality_meantime", options.factuality, read_events),
    ):
        if not folder.exists():
            print(f"skipped: {folder} is absent", file=sys.stderr)
            continue
        figures[name] = rates(list(pairs(folder, cues)))
    print(json.dumps(figures, indent=1))
    return 0 if figures else 1


def read_sentences(folder: Path, cues: Cues) -> Iterator[tuple[bool, bool]]:
    """Yield, for each sentence, whether it is uncertain and whether it is called so."""
    path = next(folder.glob("*.xml.gz"))
    for sentence in ET.fromstring(gzip.decompress(path.read_bytes())).iter("Sentence"):
        text = "".join(sentence.itertext())
        words = [word.lower() for word in _WORD.findall(text)]
        yield sentence.find("ccue") is not None, has_cue(words, ("hedges",), cues)


def read_events(folder: Path, cues: Cues) -> Iterator[tuple[bool, bool]]:
    """Yield, for each event, whether it is below fact and whether it is called so."""
    for block in (folder / "dev.conll.txt").read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line.count("\t") > 1]
        words = [row[1].lower() for row in rows]
        for at, row in enumerate(rows):
            if row[2] != "_":
                before = words[max(0, at - _REACH) : at]
                yield float(row[2]) < _FACT, has_cue(before, _TABLES, cues)


def has_cue(words: list[str], tables: tuple[str, ...], cues: Cues) -> bool:
    """Return whether a cue of the tables stands in the words."""
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for name in tables for phrase in cues.table(name))


def rates(pairs: list[tuple[bool, bool]]) -> dict[str, float]:
    """Return precision, recall and F1 of what is called uncertain."""
    right = sum(gold and told for gold, told in pairs)
    told, wanted = sum(t for _, t in pairs), sum(g for g, _ in pairs)
    precision, recall = right / max(told, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "gold": wanted,
        "of": len(pairs),
    }


if __name__ == "__main__":
    raise SystemExit(main())
