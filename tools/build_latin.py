"""Learn how Arabic names are written in Latin letters, from pairs of words.

In: a table of pairs (Latin word, tab, Arabic letters parted by blanks, tab, anything; gzip or
plain), such as the Wikidata names of Merhav and Ash, "Design Challenges in Named Entity
Transliteration", 2018 (CC0). Out: `arabic.tsv.xz`, the runs of joint units (an Arabic letter and
the Latin letters it gives) with how often each was seen. Method: each letter gives no to three
Latin letters; the likeliest cuts are found by repeated Viterbi alignment; runs of up to four units
are counted and rare long ones dropped.

    python tools/build_latin.py arabic.train.tsv.gz OUT.tsv.xz
"""

from __future__ import annotations

import gzip
import lzma
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from anyascii import anyascii

MOST, ORDER, ROUNDS = 3, 5, 6
LEAST = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
FLOOR = -12.0
VOWELS, WEAK = frozenset("aeiouyw"), ("", "a", "w", "y")
START, END = "^", "$"
Scores = dict[tuple[str, str], float]


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield Arabic and Latin words, both of plain letters."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    for line in text.splitlines():
        latin, letters, *_ = line.split("\t")
        arabic = letters.replace(" ", "")
        if latin.isascii() and latin.isalpha() and arabic.isalpha():
            yield arabic, latin.lower()


def cut_word(arabic: str, latin: str, scores: Scores) -> list[tuple[str, str]] | None:
    """Return the likeliest cut of the Latin word along the Arabic letters, None if none fits."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for letter in arabic:
        here: dict[int, tuple[float, int]] = {}
        for at, (score, _) in best[-1].items():
            for end in range(at, min(at + MOST, len(latin)) + 1):
                total = score + scores.get((letter, latin[at:end]), FLOOR)
                if end not in here or total > here[end][0]:
                    here[end] = total, at
        best.append(here)
    if len(latin) not in best[-1]:
        return None
    units, end = [], len(latin)
    for place in range(len(arabic), 0, -1):
        at = best[place][end][1]
        units.append((arabic[place - 1], latin[at:end]))
        end = at
    return units[::-1]


def first_scores(pairs: list[tuple[str, str]]) -> Scores:
    """Return scores that prefer chunks with the letter's usual sound."""
    scores = {}
    chunks = {
        latin[i : i + n] for _, latin in pairs for n in range(MOST + 1) for i in range(len(latin))
    }
    for letter in {letter for arabic, _ in pairs for letter in arabic}:
        sound = anyascii(letter).lower().strip("'`")[:1]
        for chunk in chunks:
            fits = VOWELS.issuperset(chunk) if sound in WEAK else sound in chunk[:2]
            scores[letter, chunk] = (-1.0 if fits else -5.0) - 0.5 * abs(len(chunk) - 1)
    return scores


def align(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the words as joint units."""
    scores = first_scores(pairs)
    cuts: list[list[tuple[str, str]]] = []
    for _ in range(ROUNDS):
        cuts = [cut for pair in pairs if (cut := cut_word(*pair, scores)) is not None]
        seen = Counter(unit for cut in cuts for unit in cut)
        letters = Counter(letter for cut in cuts for letter, _ in cut)
        scores = {unit: math.log(count / letters[unit[0]]) for unit, count in seen.items()}
    return cuts


def count_runs(cuts: list[list[tuple[str, str]]]) -> Counter[tuple[str, ...]]:
    """Return how often each run of units occurs, the word's ends being units too."""
    runs: Counter[tuple[str, ...]] = Counter()
    for cut in cuts:
        units = [START, *(letter + chunk for letter, chunk in cut), END]
        for length in range(1, ORDER + 1):
            for start in range(len(units) - length + 1):
                runs[tuple(units[start : start + length])] += 1
    return runs


def main() -> None:
    """Read the pairs named first and write the file named second."""
    cuts = align(list(read_pairs(Path(sys.argv[1]))))
    runs = count_runs(cuts)
    kept = sorted((" ".join(run), n) for run, n in runs.items() if n >= LEAST[len(run)])
    body = "".join(f"{run}\t{count}\n" for run, count in kept)
    Path(sys.argv[2]).write_bytes(lzma.compress(body.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(cuts):,} words, {len(kept):,} runs")


if __name__ == "__main__":
    main()
