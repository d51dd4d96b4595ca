"""The index of fingerprints that a casebook keeps, so that only what is new is compared.

It lies in `index/` beside the database and can be deleted at any time: it is made again from the
documents. Its list is a row of the database, written together with the reprints it led to, so
that a killed run leaves both as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import numpy as np

from enduse.case.casebook import Casebook
from enduse.model.document import Document
from enduse.reprints import FingerprintIndex, IndexState, Member, ReprintOptions, Run
from enduse.store.arrays import ArrayFiles
from enduse.store.kinds import DOCUMENT

_MARK = "fingerprints"
_CASE = "case"
_FOLDER = "index"


class _List(msgspec.Struct, array_like=True):
    """What the index is made of: names of arrays."""

    version: str
    members: str
    pairs: str
    runs: list[tuple[str, str]]

    def names(self) -> list[str]:
        """Return the names of all arrays."""
        return [self.members, self.pairs, *(name for names in self.runs for name in names)]


class _Member(msgspec.Struct, array_like=True):
    """One document of the index."""

    day: int
    id: str
    size: int
    digest: str


@dataclass(slots=True)
class StandingIndex:
    """An index, and what it came from.

    Attributes:
        index: the index.
        digests: of the documents it holds, by id.
        kept: runs whose arrays are kept already, with the arrays' names.
    """

    index: FingerprintIndex
    digests: dict[str, str]
    kept: list[tuple[Run, tuple[str, str]]] = field(default_factory=list)

    def names_of(self, run: Run) -> tuple[str, str] | None:
        """Return the names of the run's arrays, None if they are not kept yet."""
        return next((names for each, names in self.kept if each is run), None)


def load_index(book: Casebook, version: str) -> StandingIndex | None:
    """Return the index of the last run, or None if there is none of this version."""
    mark = book.store.done(_MARK).get(_CASE)
    if mark is None:
        return None
    try:
        told = msgspec.json.decode(mark, type=_List)
    except msgspec.DecodeError:
        return None
    found = {name: _files(book).get(name) for name in told.names()}
    arrays = {name: array for name, array in found.items() if array is not None}
    if told.version != version or len(arrays) < len(found):
        return None
    try:
        rows = msgspec.msgpack.decode(arrays[told.members].tobytes(), type=list[_Member])
    except msgspec.DecodeError:
        return None
    members = tuple(Member(row.day, row.id, row.size) for row in rows)
    runs = tuple(Run(arrays[hashes], arrays[numbers]) for hashes, numbers in told.runs)
    state = IndexState(members, runs, arrays[told.pairs])
    index = FingerprintIndex(ReprintOptions(), fetch_from(book), state)
    digests = {row.id: row.digest for row in rows}
    return StandingIndex(index, digests, list(zip(runs, told.runs, strict=True)))


def save_index(book: Casebook, standing: StandingIndex, version: str) -> list[str]:
    """Keep the index, as part of a transaction, and return the names of its arrays."""
    files, state = _files(book), standing.index.state
    rows = [
        _Member(each.day, each.id, each.size, standing.digests[each.id]) for each in state.members
    ]
    members = files.put(np.frombuffer(msgspec.msgpack.encode(rows), np.uint8))
    runs = [standing.names_of(run) or _put_run(files, run) for run in state.runs]
    told = _List(version, members, files.put(state.pairs), runs)
    book.store.mark_done(_MARK, {_CASE: msgspec.json.encode(told).decode()})
    return told.names()


def _put_run(files: ArrayFiles, run: Run) -> tuple[str, str]:
    return files.put(run.hashes), files.put(run.numbers.astype(np.int32))


def forget_others(book: Casebook, names: list[str]) -> None:
    """Remove the arrays of earlier indexes."""
    _files(book).keep_only(names)


def fetch_from(book: Casebook) -> Callable[[str], Document]:
    """Return what gives a document of the casebook by its id."""

    def fetch(document_id: str) -> Document:
        document = book.store.get(DOCUMENT, document_id)
        if document is None:
            raise KeyError(document_id)
        return document

    return fetch


def document_digests(book: Casebook) -> dict[str, str]:
    """Return the digest of every document's record and text, by id, in order."""
    rows = book.store.select("SELECT id, digest FROM document ORDER BY id")
    return {row["id"]: row["digest"] for row in rows}


def _files(book: Casebook) -> ArrayFiles:
    return ArrayFiles(book.folder / _FOLDER)
