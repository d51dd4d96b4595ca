"""Measure whether discounting copies finds more truth: 895 sellers on the authors of books.

Every seller gives an author list for some books; many copy one another. The truth is the list on
the cover, for a hand-checked part of the books. Lists are compared as sets of family names.
Compared: majority vote, accuracy without dependence, accuracy with dependence.

usage: fuse_truth_books.py [--show]
"""

from __future__ import annotations

import argparse
import gzip
import html
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from enduse.fuse.dependence import DependenceOptions, Vote, find_truth

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "truth_books"
NOISE = re.compile(
    r"\([^)]*\)|\b(by|and|with|joint|author|authors|editor|editors|edited|unknown|jr|sr|iii|phd|"
    r"et al|not available|various)\b\.?",
    re.IGNORECASE,
)


def family_names(text: str) -> frozenset[str]:
    """Return the family names of an author list in any of the forms that sellers use."""
    text = unicodedata.normalize("NFKD", html.unescape(html.unescape(text)))
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = NOISE.sub(lambda hit: ";" if hit.group().lower() in ("and", "with") else " ", text)
    text = re.sub(r"\s+([,;/])", r"\1", text.replace("&", ";")).strip(" ,;/")
    parts = [part.strip(" ,") for part in re.split(r"[;/|]", text) if part.strip(" ,")]
    return frozenset(name for part in parts for name in _of_part(part) if len(name) > 1)


def _of_part(part: str) -> list[str]:
    chunks = [chunk.split() for chunk in part.split(",") if chunk.strip()]
    if not chunks:
        return []
    if len(chunks) == 1:
        return [_last(chunks[0])]
    if len(chunks[0]) == 1 or (len(chunks) == 2 and all(len(w.strip(".")) == 1 for w in chunks[1])):
        # "Last, First Last, First": each middle piece ends with the next family name
        middle = [_last(chunk) for chunk in chunks[1:-1] if len(chunk) > 1]
        return [_last(chunks[0]), *middle]
    return [_last(chunk) for chunk in chunks]


def _last(words: list[str]) -> str:
    kept = [word for word in words if len(word.strip(".")) > 1] or words
    return re.sub(r"[^a-z]", "", kept[-1].lower())


def read_votes() -> list[Vote]:
    """Return one vote for each seller and book: the list it gives most often."""
    given: dict[tuple[str, str], Counter[frozenset[str]]] = defaultdict(Counter)
    with gzip.open(SHARED / "book_claims.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            seller, book, _, authors = (line.rstrip("\n").split("\t") + [""] * 4)[:4]
            names = family_names(authors)
            if names:
                given[seller, book][names] += 1
    best = {
        key: min(counts, key=lambda names: (-counts[names], sorted(names)))
        for key, counts in given.items()
    }
    return [Vote(s, book, " ".join(sorted(names))) for (s, book), names in sorted(best.items())]


def read_truth() -> dict[str, str]:
    """Return the family names on the cover, by book."""
    lines = (SHARED / "golden.dev.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t")[:2] for line in lines)
    return {book: " ".join(sorted(family_names(authors))) for book, authors in rows}


def vote_majority(votes: list[Vote]) -> dict[str, str]:
    """Return the value that most sellers give."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in votes:
        counts[vote.question][vote.value] += 1
    return {q: min(c, key=lambda value: (-c[value], value)) for q, c in counts.items()}


def main() -> int:
    """Print the accuracy of each method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"the shared data folder is absent: {SHARED}", file=sys.stderr)
        return 0
    votes, truth = read_votes(), read_truth()
    print(f"{len(votes)} votes of {len({v.speaker for v in votes})} sellers, {len(truth)} checked")
    answers = {"majority vote": vote_majority(votes)}
    for name, dependence in (("without dependence", False), ("with dependence", True)):
        found = find_truth(votes, DependenceOptions(dependence=dependence))
        answers[name] = {book: found.best(book) for book in found.chances}
    for name, given in answers.items():
        right = sum(given.get(book) == names for book, names in truth.items())
        print(f"{name:20} {right / len(truth):.3f} right ({right})")
    if args.show:
        for book, names in truth.items():
            if answers["with dependence"].get(book) != names:
                print(book, "|", names, "|", *(a.get(book) for a in answers.values()), sep=" ~ ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
