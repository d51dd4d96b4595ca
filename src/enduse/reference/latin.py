"""Arabic words in Latin letters, as names are usually written, the likeliest spellings first.

In: a word in Arabic letters. Out: spellings with how likely each is beside the others. Refused,
by giving none: a word with a letter never seen. Method: joint units (a letter and the Latin
letters it gives) in runs of up to five, learned from pairs of names by `tools/build_latin.py`
(Wikidata, CC0), smoothed as Witten and Bell do, searched with a beam.
"""

from __future__ import annotations

import lzma
import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from enduse.reference.sources import DATA

ORDER, BEAM, MOST_CHUNKS = 5, 12, 14
START, END = "^", "$"
KEPT, KEPT_SCORES = 1 << 14, 1 << 18
Run = tuple[str, ...]


class Seen(NamedTuple):
    """What followed a run of units: each unit's count, and their sum."""

    counts: Mapping[str, int]
    total: int


class Model(NamedTuple):
    """Runs of units by what went before, and the units that each letter gives."""

    after: Mapping[Run, Seen]
    units: Mapping[str, tuple[str, ...]]


@cache
def load_model(path: Path = DATA / "names" / "arabic.tsv.xz") -> Model:
    """Return the model of a file."""
    after: dict[Run, dict[str, int]] = defaultdict(dict)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            run, _, count = line.rstrip("\n").partition("\t")
            *before, unit = run.split(" ")
            after[tuple(before)][unit] = int(count)
    alone: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(after[()], key=lambda unit: -after[()][unit]):
        alone[unit[0]].append(unit)
    units = {letter: tuple(found[:MOST_CHUNKS]) for letter, found in alone.items()}
    return Model({run: Seen(counts, sum(counts.values())) for run, counts in after.items()}, units)


@lru_cache(maxsize=KEPT)
def latinise(word: str, most: int = 3) -> tuple[tuple[str, float], ...]:
    """Return the likeliest Latin spellings and their shares.

    >>> latinise("محمد")[0][0]
    'mohamed'
    >>> latinise("Aleppo")
    ()
    """
    model = load_model()
    beam: list[tuple[float, str, Run]] = [(0.0, "", (START,))]
    for letter in (*word, END):
        options = (END,) if letter == END else model.units.get(letter, ())
        grown = [
            (
                score + score_unit(unit, before),
                made + ("" if unit == END else unit[1:]),
                (*before, unit)[1 - ORDER :],
            )
            for score, made, before in beam
            for unit in options
        ]
        beam = sorted(grown, reverse=True)[:BEAM]
    shares: dict[str, float] = defaultdict(float)
    for score, made, _ in beam:
        shares[made] += math.exp(score)
    total = sum(shares.values()) or 1.0
    ranked = sorted(shares.items(), key=lambda each: (-each[1], each[0]))[:most]
    return tuple((made, share / total) for made, share in ranked)


@lru_cache(maxsize=KEPT_SCORES)
def score_unit(unit: str, before: Run) -> float:
    """Return the logarithm of how likely the unit follows."""
    model, share = load_model(), 1e-6
    for start in range(len(before), -1, -1):
        seen = model.after.get(before[start:])
        if seen is None:
            break
        kinds = len(seen.counts)
        share = (seen.counts.get(unit, 0) + kinds * share) / (seen.total + kinds)
    return math.log(share)
