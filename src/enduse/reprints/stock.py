"""Stock phrases, which many writers use and nobody copies.

In: phrases from the reviewed list. Out: hashes of their word runs, and which words of a
passage such phrases make up.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from enduse.model.document import Document
from enduse.reprints.words import Codes, Hashes, hash_grams, read_codes, read_words

STOCK_RUN = 4


def hash_stock(phrases: Iterable[str]) -> Hashes:
    """Return the sorted hashes of every four-word run of the phrases."""
    words = [read_words(read_codes(Document("", "", phrase))).hashes for phrase in phrases]
    grams = [hash_grams(each, STOCK_RUN) for each in words]
    return np.unique(np.concatenate([*grams, np.zeros(0, np.uint64)]))


def mark_stock(words: Codes, stock: Hashes) -> NDArray[np.bool_]:
    """Return for each word whether it stands in a stock phrase.

    >>> stock = hash_stock(["did not immediately respond to a request for comment"])
    >>> text = Document("", "", "The firm did not immediately respond to a call.")
    >>> int(mark_stock(read_words(read_codes(text)).hashes, stock).sum())
    6
    """
    covered = np.zeros(len(words), np.bool_)
    grams = hash_grams(words, STOCK_RUN)
    if len(grams) and len(stock):
        at = np.minimum(np.searchsorted(stock, grams), len(stock) - 1)
        for place in np.flatnonzero(stock[at] == grams).tolist():
            covered[place : place + STOCK_RUN] = True
    return covered
