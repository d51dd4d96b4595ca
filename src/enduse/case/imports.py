"""Taking claims made elsewhere, by hand or by another program, in the interchange format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from enduse.case.add import add_to_case
from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.each import CLAIMS_TYPE, IMPORTED
from enduse.case.progress import Progress, be_silent
from enduse.case.run import run_stages
from enduse.errors import MisuseError, NotFoundError
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import from_record
from enduse.model.problem import Problem
from enduse.model.record import make_id
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.store.kinds import CLAIM, DOCUMENT, PROBLEM, SNAPSHOT


@dataclass(slots=True)
class Imported:
    """What an import did: claims kept, documents named, lines that could not be taken."""

    claims: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_claims(
    book: Casebook,
    claims: Path,
    documents: Path | None = None,
    progress: Progress = be_silent,
) -> Imported:
    """Keep the claims of a JSONL file, tied to their documents.

    A claim's `doc` names a document of the casebook or of `documents`; for any other a document
    without text is made from the claim's `published` and `publisher`. The file's bytes are kept.

    Raises:
        NotFoundError: the file is missing.
    """
    if not claims.is_file():
        raise NotFoundError("no such file", str(claims), "Name a JSONL file of claims")
    report = Imported()
    if documents is not None:
        report.problems += add_to_case(book, [str(documents)], progress).problems
        run_stages(book, ["read"], progress)
    body = claims.read_bytes()
    snapshot = make_snapshot(Fetched(str(claims), body, CLAIMS_TYPE, now(), "import"))
    book.objects.put(body)
    book.store.put(SNAPSHOT, [snapshot])
    known = {row["name"]: row["id"] for row in book.store.rows(DOCUMENT) if row["name"]}
    known |= {document_id: document_id for document_id in known.values()}
    _keep(book, _Lines(body, claims, snapshot.id, known, report), report)
    return report


@dataclass(slots=True)
class _Lines:
    body: bytes
    path: Path
    snapshot_id: str
    known: dict[str, str]
    report: Imported
    stubs: dict[str, Document] = field(default_factory=dict)

    def claims(self) -> Iterator[Claim]:
        """Yield each line's claim; a line without one is checked-and-empty, or a problem."""
        for number, line in enumerate(self.body.splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = msgspec.json.decode(line)
                if record.get("kind"):
                    yield self._claim(record)
            except (
                msgspec.DecodeError,
                MisuseError,
                AttributeError,
                KeyError,
                ValueError,
            ) as error:
                words = error.message if isinstance(error, MisuseError) else str(error)
                self.report.problems.append(
                    Problem(
                        "import",
                        str(self.path),
                        words,
                        f"line {number}",
                        "Mend the line and import again",
                    )
                )

    def _claim(self, record: dict[str, Any]) -> Claim:
        name = record["doc"]
        if name not in self.known:
            self.stubs[name] = self._stub(name, record)
            self.known[name] = self.stubs[name].id
        by = f"{IMPORTED}{record.get('extractor') or self.path.name}"
        claim = from_record(record, self.known[name], by)
        return replace(claim, score=float(record.get("score", 1.0)))

    def _stub(self, name: str, record: dict[str, Any]) -> Document:
        published, publisher = record.get("published"), record.get("publisher")
        return Document(
            id=make_id("doc", "imported", name, published, publisher),
            snapshot_id=self.snapshot_id,
            text="",
            name=name,
            publisher=publisher,
            date_published=date.fromisoformat(published) if published else None,
        )


def _keep(book: Casebook, lines: _Lines, report: Imported) -> None:
    claims = list(lines.claims())
    with book.store.writing():
        report.documents = book.store.put(DOCUMENT, lines.stubs.values())
        report.claims = book.store.put(CLAIM, {claim.id: claim for claim in claims}.values())
        book.store.put(PROBLEM, report.problems)
