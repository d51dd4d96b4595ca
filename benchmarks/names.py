"""Measure the comparison of names and the reading of Arabic names in Latin letters.

Name pairs (name_bench, development half) and pairs of sanctioned entries (their names only) are
judged by `compare_pairs`; the stored answers of logic-v2 stand beside, and logic-v2 itself where
nomenklatura is installed. Nothing is fitted to the pairs but the one threshold; "held out" takes
the threshold from four fifths and counts on the fifth left over. Arabic words are read in Latin
letters (right to the letter) and matched among 1,000 (right word first), with anyascii and, where
installed, uroman beside. A second set kept apart gives the verdict.

usage: names.py    (peers: pip install nomenklatura uroman)
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice, product
from pathlib import Path
from typing import Any

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from enduse.reference.compare import ENOUGH, Pair, compare_pairs
from enduse.reference.latin import latinise
from enduse.reference.register import load_register
from enduse.reference.sounds import romanise

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLE, MOST_NAMES, FOLDS = 1000, 12, 5
Judged = list[tuple[bool, float]]


def f1_of(judged: Judged, threshold: float = ENOUGH) -> tuple[float, float, float]:
    """Return precision, recall and F1 of "same" from the threshold on."""
    right = sum(truth and score >= threshold for truth, score in judged)
    said = sum(score >= threshold for _, score in judged)
    true = sum(truth for truth, _ in judged)
    precision, recall = right / max(said, 1), right / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def held_out(judged: Judged, keys: Sequence[str]) -> float:
    """Return F1 with the threshold taken from the other folds."""
    folds = [int(sha256(key.encode()).hexdigest()[:8], 16) % FOLDS for key in keys]
    kept: Judged = []
    for fold in range(FOLDS):
        others = [one for one, own in zip(judged, folds, strict=True) if own != fold]
        best = max((n / 20 for n in range(8, 20)), key=lambda t: f1_of(others, t)[2])
        mine = [one for one, own in zip(judged, folds, strict=True) if own == fold]
        kept += [(truth, float(score >= best)) for truth, score in mine]
    return f1_of(kept, 1.0)[2]


def say(words: str, judged: Judged, spent: float | None = None) -> None:
    """Print precision, recall, F1 and pairs a second."""
    precision, recall, f1 = f1_of(judged)
    pace = f", {len(judged) / spent:,.0f} pairs a second" if spent else ""
    print(f"  {words}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}{pace}")


def logic_v2() -> Callable[[str, Sequence[str], Sequence[str]], float] | None:
    """Return logic-v2's score of two entries that have only names, None if it is not installed."""
    if importlib.util.find_spec("nomenklatura") is None:
        return None
    from followthemoney.entity import ValueEntity  # noqa: PLC0415 - a peer that may be absent
    from nomenklatura.matching import LogicV2  # noqa: PLC0415 - the same
    from nomenklatura.matching.types import ScoringConfig  # noqa: PLC0415 - the same

    config = ScoringConfig.defaults()

    def entity(key: str, schema: str, names: Sequence[str]) -> Any:
        return ValueEntity.from_dict({"id": key, "schema": schema, "properties": {"name": names}})

    def score(schema: str, left: Sequence[str], right: Sequence[str]) -> float:
        return LogicV2.compare(entity("a", schema, left), entity("b", schema, right), config).score

    return score


def measure_bench() -> None:
    """Measure pairs of names."""
    folder = SHARED / "name_bench"
    rows = list(csv.DictReader((folder / "cases.dev.csv").open(encoding="utf-8")))
    pairs = [Pair(row["name1"], row["name2"]) for row in rows]
    register = load_register()
    list(compare_pairs([Pair("a", "b")], register))
    start = time.perf_counter()
    found = list(compare_pairs(pairs, register))
    spent = time.perf_counter() - start
    truths = [row["is_match"] == "true" for row in rows]
    judged = list(zip(truths, [each.score for each in found], strict=True))
    print(f"name_bench: {len(rows)} pairs")
    say("enduse", judged, spent)
    keys = ["|".join((row["case_group"], row["name1"], row["name2"])) for row in rows]
    print(f"  enduse, threshold held out: F1 {held_out(judged, keys):.3f}")
    stored = csv.DictReader((folder / "logicv2-frozen.dev.csv").open(encoding="utf-8"))
    say("logic-v2, stored", [(r["is_match"] == "true", float(r["score"])) for r in stored])
    peer = logic_v2()
    if peer is not None:
        start = time.perf_counter()
        scores = [peer(row["schema"], [row["name1"]], [row["name2"]]) for row in rows]
        spent = time.perf_counter() - start
        say("logic-v2, run here", list(zip(truths, scores, strict=True)), spent)


def names_of(entry: dict[str, Any]) -> list[str]:
    """Return an entry's names and aliases, the first few."""
    properties = entry["properties"]
    return [*properties.get("name", []), *properties.get("alias", [])][:MOST_NAMES]


def measure_sanctions() -> None:
    """Measure pairs of sanctioned entries by their names alone."""
    path = SHARED / "opensanctions_pairs" / "pairs.dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    register = load_register()
    start = time.perf_counter()
    judged, count = [], 0
    for row in rows:
        pairs = [Pair(*each) for each in product(names_of(row["left"]), names_of(row["right"]))]
        count += len(pairs)
        best = max((each.score for each in compare_pairs(pairs, register)), default=0.0)
        judged.append((row["judgement"] == "positive", best))
    spent = time.perf_counter() - start
    print(f"opensanctions_pairs, names only: {len(rows)} pairs of entries")
    say("enduse", judged)
    print(f"  ({count:,} pairs of names, {count / spent:,.0f} a second)")
    peer = logic_v2()
    if peer is not None:
        scores = [
            peer(row["left"]["schema"], names_of(row["left"]), names_of(row["right"]))
            for row in rows
        ]
        say("logic-v2, run here", [(j[0], s) for j, s in zip(judged, scores, strict=True)])


def read_words() -> Iterator[tuple[str, str]]:
    """Yield Arabic words with their Latin spelling, both once."""
    path = SHARED / "transliteration" / "arabic.dev.tsv.gz"
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            latin, letters, _ = line.rstrip("\n").split("\t")
            arabic = letters.replace(" ", "")
            if latin.isascii() and latin.isalpha() and not {latin, arabic} & seen:
                seen |= {latin, arabic}
                yield arabic, latin


def measure_letters() -> None:
    """Measure Arabic words read in Latin letters."""
    words = list(islice(read_words(), SAMPLE))
    latin = [word for _, word in words]
    readers: dict[str, Callable[[str], str]] = {
        "enduse": lambda word: next((spelled for spelled, _ in latinise(word, 1)), ""),
        "enduse (letter by letter)": lambda word: romanise(word).lower(),
        "anyascii": lambda word: anyascii(word).lower(),
    }
    if importlib.util.find_spec("uroman"):
        from uroman import Uroman  # noqa: PLC0415 - a peer that may be absent

        uroman = Uroman()
        readers["uroman"] = lambda word: str(uroman.romanize_string(word)).lower()
    print(f"transliteration, Arabic to Latin: {len(words)} words")
    for name, read in readers.items():
        made = [read(arabic) for arabic, _ in words]
        exact = np.mean([one == other for one, other in zip(made, latin, strict=True)])
        alike = process.cdist(made, latin, scorer=fuzz.ratio)
        found = np.mean(alike.argmax(axis=1) == np.arange(len(words)))
        print(f"  {name}: right to the letter {exact:.3f}, right word first {found:.3f}")
    measure_pairs(words)


def measure_pairs(words: Sequence[tuple[str, str]]) -> None:
    """Measure each Arabic word beside its own Latin word and beside the next one's."""
    others = [latin for _, latin in (*words[1:], words[0])]
    pairs = [Pair(*word) for word in words]
    pairs += [Pair(arabic, other) for (arabic, _), other in zip(words, others, strict=True)]
    found = compare_pairs(pairs, load_register())
    say(
        "enduse, the word or another",
        [(number < len(words), each.score) for number, each in enumerate(found)],
    )


def main() -> int:
    """Measure all three."""
    if not SHARED.exists():
        print("the pairs are not here; nothing is measured")
        return 0
    measure_bench()
    measure_sanctions()
    measure_letters()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
