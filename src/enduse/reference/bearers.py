"""The entries that bear a name as a whole, for many names at once.

In: names. Out: for each the ids of the entries of which it is a name, whatever it asks for in a
running text; empty where there is none. Nothing is refused. One look-up over all names costs
little more than over one, so callers hand over many.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enduse.model.mention import EntityKind
from enduse.reference.layers import Layer
from enduse.reference.lexicon import find_keys, key_names
from enduse.reference.matcher import Matcher
from enduse.reference.readings import KIND_BITS, Asks

MOST = 32
Bearers = frozenset[str]


def find_bearers(
    names: Sequence[str],
    matcher: Matcher,
    layers: Sequence[Layer],
    kind: EntityKind | None = None,
) -> list[Bearers]:
    """Return the ids of the entries that bear each name, the first MOST of each layer."""
    if not names:
        return []
    wanted = int(KIND_BITS[kind]) if kind else int(Asks.WEAPON | Asks.ACTOR | Asks.PLACE)
    keys, _, _, lengths = key_names(names, matcher.alphabet, matcher.articles)
    found: list[set[str]] = [set() for _ in names]
    for layer in layers:
        groups = find_keys(layer.lexicon, keys)
        for number in np.flatnonzero((groups >= 0) & (lengths > 0)).tolist():
            for reading in layer.lexicon.readings(int(groups[number]))[:MOST]:
                if int(layer.lexicon.flags[reading]) & wanted:
                    found[number].add(layer.id_of(int(layer.lexicon.entities[reading])))
    return [frozenset(ids) for ids in found]
