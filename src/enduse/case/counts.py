"""How many values a case holds of each kind and word, counted again only after they were written.

In: an open casebook. Out: numbers. A count walks an index from end to end, tens of milliseconds in
a large case; what was counted is kept until the table is written to, by whichever process.
"""

from __future__ import annotations

from typing import Any

from enduse.case.casebook import Casebook
from enduse.store import pages
from enduse.store.kinds import CLAIM, DECISION, Kind


def count(book: Casebook, kind: Kind[Any]) -> int:
    """Return how many values of the kind there are."""
    return book.store.remember(kind.table, (kind,), lambda: book.store.count(kind))


def count_by(book: Casebook, kind: Kind[Any], column: str) -> dict[str, int]:
    """Return how many values there are of each word in an indexed column."""
    name = f"{kind.table}.{column}"
    return book.store.remember(name, (kind,), lambda: pages.count_by(book.store, kind, column))


def count_decided(book: Casebook) -> int:
    """Return how many claims that are there and that no person made have been decided on."""
    kinds = (CLAIM, DECISION)
    return book.store.remember("decided", kinds, lambda: pages.count_decided(book.store))


def count_by_hand(book: Casebook) -> int:
    """Return how many claims people made."""
    return book.store.remember("by hand", (CLAIM,), lambda: pages.count_by_hand(book.store))
