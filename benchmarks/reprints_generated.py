"""Measure find_reprints on generated reuse: pairs, excerpts, direction.

Base texts come from a set in the shared data folder (`gum` to work with, `polnear` kept apart for
the verdict) or, without it, from a word generator. Copies are made of them (full, trimmed,
rewritten, misread by OCR, a paragraph or one sentence of 20 to 40 words set in another article),
and unrelated texts are given the same notices and stock sentences as hard negatives.

usage: reprints_generated.py [gum|polnear|own] [--seed N] [--show]
"""

# ruff: noqa: ARG001 - the generator's rates stand where they are used; makers share a shape

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from enduse.model.document import Document
from enduse.model.reprint import Relation
from enduse.reprints import find_reprints

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
KINDS = ("full", "trimmed", "rewritten", "ocr", "paragraph", "sentence")
EXCERPTS = ("paragraph", "sentence")
DAY_ONE = date(2019, 1, 1)


@dataclass
class World:
    """Documents and the planted pairs: (copy, original) -> kind."""

    rng: random.Random
    documents: list[Document] = field(default_factory=list)
    planted: dict[tuple[str, str], str] = field(default_factory=dict)


def read_texts(name: str, rng: random.Random) -> list[list[str]]:
    """Return texts as lists of sentences, no two of which share twelve words in a row."""
    raw = list({"gum": gum, "polnear": polnear, "own": lambda: own(rng)}[name]())
    taken: set[tuple[str, ...]] = set()
    kept = []
    for sentences in raw:
        words = re.findall(r"\w+", " ".join(sentences).lower())
        grams = {tuple(words[i : i + 12]) for i in range(len(words) - 11)}
        if not grams & taken and len(words) >= 120:
            kept.append(sentences)
        taken |= grams
    rng.shuffle(kept)
    return kept


def read_lines(name: str) -> list[str]:
    """Return the lines of a packed file of the shared data."""
    with gzip.open(SHARED / name, "rt", encoding="utf-8") as file:
        return file.readlines()


def gum() -> Iterator[list[str]]:
    """Yield stretches of open texts of many genres."""
    for line in read_lines("gum/gum.train.jsonl.gz"):
        sentences = re.findall(r"^# text = (.*)$", json.loads(line)["conllu"], re.MULTILINE)
        for start in range(0, len(sentences) - 8, 16):
            yield sentences[start : start + 16]


def polnear() -> Iterator[list[str]]:
    """Yield news articles of seven publishers."""
    for line in read_lines("polnear/polnear.train.jsonl.gz"):
        text = json.loads(line)["text"].replace("\n", " ")
        yield re.split(r"(?<=[.!?”])\s+(?=[A-Z“])", text)[:30]


def own(rng: random.Random) -> Iterator[list[str]]:
    """Yield texts of made-up words with the frequencies of a language."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(8000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    for _ in range(400):
        yield [
            " ".join(rng.choices(words, weights, k=rng.randint(8, 34))).capitalize() + "."
            for _ in range(rng.randint(10, 24))
        ]


def full(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return the whole text."""
    return list(text)


def trimmed(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return a stretch of the text with some sentences left out."""
    start = rng.randint(0, len(text) // 4)
    kept = text[start : start + max(4, int(len(text) * rng.uniform(0.4, 0.9)))]
    return [sentence for sentence in kept if rng.random() > 0.12] or kept


def rewritten(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return the text with words replaced, added and dropped, and sentences changed about."""
    rate = rng.uniform(0.1, 0.25)
    out = [" ".join(_rewrite(sentence.split(), rate, rng, words)) for sentence in text]
    for at in range(0, len(out) - 1, 5):
        if rng.random() < 0.4:
            out[at], out[at + 1] = out[at + 1], out[at]
    return out


def _rewrite(tokens: list[str], rate: float, rng: random.Random, words: list[str]) -> list[str]:
    out = []
    for token in tokens:
        roll = rng.random()
        if roll < rate * 0.7:
            out.append(rng.choice(words))
        elif roll < rate * 0.85:
            out += [rng.choice(words), token]
        elif roll >= rate:
            out.append(token)
    return out


MISREAD = {"m": "rn", "rn": "m", "l": "1", "o": "0", "e": "c", "h": "b", "i": "l", "s": "5"}


def ocr(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return the text as a bad scan reads it."""
    rate = rng.uniform(0.01, 0.05)
    return ["".join(_misread(char, rate, rng) for char in sentence) for sentence in text]


def _misread(char: str, rate: float, rng: random.Random) -> str:
    if rng.random() >= rate:
        return char
    if char == " ":
        return rng.choice(["", "-\n", "  "])
    return MISREAD.get(char, rng.choice(["", char * 2, "."]))


def paragraph(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return two to four sentences."""
    count = rng.randint(2, 4)
    start = rng.randint(0, len(text) - count)
    return text[start : start + count]


def sentence(text: list[str], rng: random.Random, words: list[str]) -> list[str]:
    """Return one sentence of 20 to 40 words, or none."""
    long = [s for s in text if 20 <= len(re.findall(r"\w+", s)) <= 40]
    return [rng.choice(long)] if long else []


def build(texts: list[list[str]], seed: int) -> World:
    """Return a world: for each kind some pairs, the other texts alone; notices over all."""
    world = World(random.Random(seed))
    rng = world.rng
    words = re.findall(r"\w+", " ".join(" ".join(t) for t in texts))
    notices = [" ".join(rng.choices(words, k=rng.randint(25, 45))) + "." for _ in range(6)]
    stock = [" ".join(rng.choices(words, k=rng.randint(6, 11))) + "." for _ in range(12)]
    pool = iter(texts)
    share = len(texts) // 16
    for kind in KINDS:
        for _ in range(share):
            plant(world, kind, next(pool), next(pool) if kind in EXCERPTS else [], words)
    for text in pool:
        add(world, text, dated=rng.random() < 0.8)
    world.documents = [dress(doc, notices, stock, rng) for doc in world.documents]
    rng.shuffle(world.documents)
    return world


def plant(world: World, kind: str, text: list[str], host: list[str], words: list[str]) -> None:
    """Add a text and a copy of it, and note the pair."""
    rng = world.rng
    part = globals()[kind](text, rng, words)
    if not part or sum(len(s.split()) for s in part) < 18:
        return
    if rng.random() < 0.3 and kind in EXCERPTS:
        part = [" ".join(_rewrite(each.split(), 0.06, rng, words)) for each in part]
    if rng.random() < 0.2 and kind in EXCERPTS:
        part = ["“" + " ".join(part) + "”"]
    at = rng.randint(1, max(1, len(host) - 1)) if host else 0
    dated = rng.random() < 0.8
    day = DAY_ONE + timedelta(days=rng.randint(0, 300))
    original = add(world, text, day, dated=dated)
    later = day + timedelta(days=rng.randint(1, 40))
    copy = add(world, host[:at] + part + host[at:], later, dated=dated)
    world.planted[copy, original] = kind


def add(world: World, text: list[str], day: date | None = None, *, dated: bool) -> str:
    """Add a document and return its id."""
    rng = world.rng
    name = f"doc-{rng.getrandbits(48):012x}"
    day = day or DAY_ONE + timedelta(days=rng.randint(0, 340))
    body = "\n\n".join(" ".join(text[i : i + 4]) for i in range(0, len(text), 4))
    world.documents.append(Document(name, "", body, date_published=day if dated else None))
    return name


def dress(doc: Document, notices: list[str], stock: list[str], rng: random.Random) -> Document:
    """Return the document with stock sentences inside and, often, a notice at its foot."""
    parts = doc.text.split("\n\n")
    for _ in range(rng.randint(0, 2)):
        parts.insert(rng.randint(0, len(parts)), rng.choice(stock))
    if rng.random() < 0.3:
        parts.append(rng.choice(notices))
    text = "\n\n".join(parts)
    return Document(doc.id, "", text, date_published=doc.date_published)


def score(world: World, *, show: bool) -> dict[str, object]:
    """Return the figures for one world."""
    started = time.process_time()
    found = list(find_reprints(world.documents))
    spent = time.process_time() - started
    gold = {frozenset(pair): kind for pair, kind in world.planted.items()}
    pairs = {frozenset((f.copy, f.of)): f for f in found}
    hit = [pair for pair in gold if pair in pairs]
    precision, recall = len(hit) / max(1, len(pairs)), len(hit) / len(gold)
    dated = {d.id for d in world.documents if d.date_published}
    told = [p for p in world.planted if set(p) <= dated and frozenset(p) in pairs]
    right = [p for p in told if (f := pairs[frozenset(p)]).directed and (f.copy, f.of) == p]
    totals, hits = Counter(gold.values()), Counter(gold[p] for p in hit)
    as_excerpt = [p for p in hit if gold[p] in EXCERPTS and pairs[p].relation is Relation.EXCERPT]
    if show:
        report(world, gold, pairs)
    return {
        "documents": len(world.documents),
        "planted": len(gold),
        "precision": precision,
        "recall": recall,
        "pair F1": 2 * precision * recall / max(1e-9, precision + recall),
        **{f"recall {kind}": hits[kind] / max(1, totals[kind]) for kind in KINDS},
        "excerpts found": sum(hits[k] for k in EXCERPTS) / sum(totals[k] for k in EXCERPTS),
        "called excerpt": len(as_excerpt) / max(1, sum(hits[k] for k in EXCERPTS)),
        "direction right where dates tell": len(right) / max(1, len(told)),
        "documents per core-second": len(world.documents) / spent,
    }


def report(world: World, gold: dict, pairs: dict) -> None:
    """Print every wrong and every missed pair."""
    texts = {d.id: d.text for d in world.documents}
    for pair in pairs.keys() - gold.keys():
        f = pairs[pair]
        print("WRONG", f.because, [texts[f.copy][s.copy_start : s.copy_end] for s in f.spans][:2])
    for pair in gold.keys() - pairs.keys():
        print("MISSED", gold[pair], [len(texts[d].split()) for d in pair])


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="?", default="gum", choices=("gum", "polnear", "own"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if args.texts != "own" and not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}; try 'own'", file=sys.stderr)
        return 0
    texts = read_texts(args.texts, random.Random(args.seed))
    for name, value in score(build(texts, args.seed), show=args.show).items():
        print(f"{name:34} {value:.3f}" if isinstance(value, float) else f"{name:34} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
