"""Which entries of the register no text ever named: the ones nothing has tried yet.

In: the entries, the register and texts. Out: `Untouched`. A text touches every entry that one of
its names may mean; it does not touch the classes and parents of those. Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enduse.model.entity import Entity
from enduse.ports import Register


@dataclass(frozen=True, slots=True)
class Untouched:
    """The entries no text names, in the order given.

    Attributes:
        texts: how many texts were read.
        touched: how many of the entries they name.
    """

    entries: tuple[Entity, ...]
    texts: int
    touched: int


def find_untouched(
    entries: Iterable[Entity], texts: Iterable[str], register: Register
) -> Untouched:
    """Return the entries that no text names."""
    named: set[str] = set()
    count = 0
    for text in texts:
        count += 1
        for mention in register.mentions(text):
            named.update(mention.entity_ids)
    known = tuple(entries)
    left = tuple(entity for entity in known if entity.id not in named)
    return Untouched(left, count, len(known) - len(left))
