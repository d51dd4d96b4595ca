"""The Protocols a plugin may implement, and the view of the register that stages are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import BinaryIO, Protocol

from enduse.model.claim import Claim
from enduse.model.dates import DateRange
from enduse.model.document import Document
from enduse.model.dossier import Dossier
from enduse.model.entity import Candidate, Entity
from enduse.model.mention import EntityKind, Mention
from enduse.model.problem import Problem
from enduse.model.snapshot import Fetched, Snapshot


class Register(Protocol):
    """The reviewed knowledge of weapons, actors and places, as the stages see it."""

    @property
    def version(self) -> str:
        """A digest of the data: it changes when any entry changes."""
        ...

    def entity(self, entity_id: str) -> Entity | None:
        """Return the entry with this id, or None."""
        ...

    def mentions(self, text: str) -> Sequence[Mention]:
        """Return the names in the text, in order, longest first where they overlap."""
        ...

    def find(
        self,
        name: str,
        kind: EntityKind | None = None,
        on: date | None = None,
        country: str | None = None,
    ) -> tuple[Candidate, ...]:
        """Return the entries a name may mean, best first; empty where nothing is known."""
        ...

    def ancestors(self, entity_id: str, days: DateRange | None = None) -> tuple[str, ...]:
        """Return what holds it: weapon classes, parent actors, places; nearest first.

        Args:
            entity_id: of an entry.
            days: only ties that held on one of these days count; None takes all.
        """
        ...


class Collector(Protocol):
    """The world to bytes."""

    name: str

    def fetch(self, address: str) -> Iterator[Fetched | Problem]:
        """Yield what the address holds, or the problem of not getting it."""
        ...


class Reader(Protocol):
    """Bytes to a document."""

    name: str

    def read(self, snapshot: Snapshot, body: bytes) -> Document | Problem:
        """Return the document the bytes hold, or the problem of not reading them."""
        ...


class Extractor(Protocol):
    """A document to its claims. Pure: the same document and register give the same claims."""

    @property
    def name(self) -> str:
        """What a user calls it by."""
        ...

    @property
    def version(self) -> str:
        """Changes when it may find other claims."""
        ...

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        ...


class Exporter(Protocol):
    """A dossier to a stream in one format."""

    name: str
    media_type: str

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the dossier."""
        ...


class ClaimExporter(Protocol):
    """Claims with their documents to a stream in one format."""

    name: str
    media_type: str

    def write(self, claims: Iterable[tuple[Claim, Document]], stream: BinaryIO) -> None:
        """Write one record a claim."""
        ...
