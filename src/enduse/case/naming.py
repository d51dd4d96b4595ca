"""Which document a claim made elsewhere means by its name.

In: the documents of a casebook. Out: for a name, the id of the one document that it means.
Refused: a name that several documents bear; the error tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from enduse.case.casebook import Casebook
from enduse.case.each import CLAIMS_TYPE
from enduse.errors import MisuseError
from enduse.store.kinds import DOCUMENT, SNAPSHOT

_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class _Named:
    """One document: where its bytes came from ("" if only an import names it)."""

    id: str
    name: str
    snapshot_id: str
    address: str


class Names:
    """The documents by id, by name and by path."""

    def __init__(self, documents: Iterable[_Named], nearest: frozenset[str]) -> None:
        """Sort the documents; those of the `nearest` snapshots go before others of their name."""
        self._ids: dict[str, str] = {}
        self._named: dict[str, list[_Named]] = defaultdict(list)
        self._placed: dict[str, list[_Named]] = defaultdict(list)
        self._nearest = nearest
        for each in documents:
            self._ids[each.id] = each.id
            self._named[each.name].append(each)
            if each.address:
                self._placed[_last_part(each.address)].append(each)

    @classmethod
    def of(cls, book: Casebook, nearest: Iterable[str] = ()) -> Names:
        """Return the names of a casebook's documents."""
        rows = book.store.rows(SNAPSHOT)
        came = {row["id"]: row["address"] for row in rows if row["media_type"] != CLAIMS_TYPE}
        named = (
            _Named(
                row["id"], row["name"] or "", row["snapshot_id"], came.get(row["snapshot_id"], "")
            )
            for row in book.store.rows(DOCUMENT)
        )
        return cls(named, frozenset(nearest))

    def add(self, name: str, document_id: str) -> None:
        """Take a document that an import names."""
        self._ids[name] = document_id

    def find(self, name: str) -> str | None:
        """Return the id of the document that is meant, None if there is none of this name.

        Raises:
            MisuseError: several are.
        """
        if name not in self._ids:
            bearers = self._bearers(name)
            if not bearers:
                return None
            if len(bearers) > 1:
                raise _refuse(name, bearers)
            self._ids[name] = bearers[0].id
        return self._ids[name]

    def _bearers(self, name: str) -> list[_Named]:
        """Return the documents of a name, else those at a path; one with a text before others."""
        found = self._named.get(name) or [
            each
            for each in self._placed.get(_last_part(name), ())
            if f"/{_slashed(each.address)}".endswith(f"/{_slashed(name)}")
        ]
        with_text = [each for each in found if each.address]
        near = [each for each in found if each.snapshot_id in self._nearest]
        return near or with_text or found


def _slashed(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")


def _last_part(path: str) -> str:
    return _slashed(path).rpartition("/")[2]


def _refuse(name: str, bearers: list[_Named]) -> MisuseError:
    listed = ", ".join(f"{each.id} ({each.address})" for each in bearers[:_MOST_LISTED])
    more = f" and {len(bearers) - _MOST_LISTED} more" if len(bearers) > _MOST_LISTED else ""
    return MisuseError(
        f"{name!r} names {len(bearers)} documents: {listed}{more}",
        next_step="Give the document's id or its path as doc",
    )
