"""Taking claims made elsewhere, by hand or by another program, in the interchange format.

In: lines of claims, and the documents they were made from, if at hand. Out: claims tied to their
documents. A quote without its `start` is placed where the words stand; without a text it is kept as
told. Refused: a line that is no claim, that names several documents, or whose quote does not stand
at its place; each is a problem with the line's number, and the others are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from enduse.case.add import add_to_case
from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.each import CLAIMS_TYPE, IMPORTED
from enduse.case.naming import Names
from enduse.case.progress import Progress, be_silent
from enduse.case.run import run_stages
from enduse.collect import spell_address
from enduse.errors import MisuseError, NotFoundError
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.interchange import (
    ClaimRecord,
    claim_of,
    day_published,
    place_quote,
    read_line,
    unplaced_quote,
)
from enduse.model.problem import Problem
from enduse.model.record import make_id
from enduse.model.snapshot import Fetched
from enduse.preserve import make_snapshot
from enduse.store.kinds import CLAIM, DOCUMENT, PROBLEM, SNAPSHOT

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
    nearest: list[str] = []
    if documents is not None:
        added = add_to_case(book, [str(documents)], progress)
        report.problems += added.problems
        nearest = [*added.new, *added.known]
        run_stages(book, ["read"], progress)
    body = claims.read_bytes()
    path = spell_address(str(claims))
    snapshot = make_snapshot(Fetched(path, body, CLAIMS_TYPE, now(), "import"))
    book.objects.put(body)
    book.store.put(SNAPSHOT, [snapshot])
    lines = _Lines(body, path, snapshot.id, Names.of(book, nearest), report)
    _keep(book, lines, report)
    return report


@dataclass(slots=True)
class _Lines:
    body: bytes
    path: str
    snapshot_id: str
    names: Names
    report: Imported
    stubs: dict[str, Document] = field(default_factory=dict)

    def claims(self) -> Iterator[tuple[int, Claim]]:
        """Yield each line's number and claim; a line without one is empty, or a problem."""
        for number, line in enumerate(self.body.removeprefix(_BYTE_ORDER_MARK).splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = read_line(line)
                if record.kind:
                    yield number, self._claim(record)
            except MisuseError as error:
                self.refuse(number, error.message, error.next_step)

    def refuse(self, number: int, message: str, next_step: str = "") -> None:
        """Report that a line's claim is not taken."""
        step = next_step or "Mend the line and import again"
        problem = Problem("import", self.path, message, f"line {number}", step)
        self.report.problems.append(problem)

    def _claim(self, record: ClaimRecord) -> Claim:
        if not record.doc:
            raise MisuseError("it names no document", next_step="Give the document's name as doc")
        day = day_published(record)
        by = f"{IMPORTED}{record.extractor or Path(self.path).name}"
        known = self.names.find(record.doc)
        if known is not None:
            return claim_of(record, known, by)
        stub = self._stub(record, record.doc, day)
        claim = claim_of(record, stub.id, by)  # refused, it leaves no document behind
        self.stubs[stub.id] = stub
        self.names.add(stub.name, stub.id)
        return claim

    def _stub(self, record: ClaimRecord, name: str, day: date | None) -> Document:
        published = day.isoformat() if day else None
        return Document(
            id=make_id("doc", "imported", name, published, record.publisher),
            snapshot_id=self.snapshot_id,
            text="",
            name=name,
            publisher=record.publisher,
            date_published=day,
        )


def _keep(book: Casebook, lines: _Lines, report: Imported) -> None:
    claims = _placed(book, lines, dict(lines.claims()))
    with book.store.writing():
        report.documents = book.store.put(DOCUMENT, lines.stubs.values())
        report.claims = book.store.put(CLAIM, {claim.id: claim for claim in claims}.values())
        book.store.drop(PROBLEM, stage="import", subject=lines.path)
        book.store.put(PROBLEM, report.problems)


def _placed(book: Casebook, lines: _Lines, claims: dict[int, Claim]) -> Iterable[Claim]:
    """Return the claims, each quote at its place in its text; refuse those that have none there.

    All texts are gone through once: looking each up would take long where there are many.
    """
    quoting: dict[str, list[int]] = defaultdict(list)
    for number, claim in claims.items():
        if claim.span is not None or unplaced_quote(claim):
            quoting[claim.document_id].append(number)
    refused: dict[int, MisuseError] = {}
    for row in book.store.rows(DOCUMENT) if quoting else ():
        for number in quoting.get(row["id"], ()) if row["text"] else ():
            try:
                claims[number] = _place_in(row["text"], claims[number])
            except MisuseError as error:
                refused[number] = error
    for number, why in sorted(refused.items()):
        del claims[number]
        lines.refuse(number, why.message, why.next_step)
    return claims.values()


def _place_in(text: str, claim: Claim) -> Claim:
    """Return the claim with its quote at its place in the text.

    Raises:
        MisuseError: the quote does not stand there, or nothing tells which of several is meant.
    """
    span, quote = claim.span, unplaced_quote(claim) or ""
    if span is not None:
        if text[span.start : span.end] != span.quote:
            place = f"{span.start}-{span.end}"
            raise MisuseError(f"the quote {span.quote!r} does not stand at {place}")
        return claim
    first = text.find(quote)
    if first < 0:
        raise MisuseError(f"the quote {quote!r} does not stand in its document")
    again = text.find(quote, first + 1)
    if again >= 0:
        raise MisuseError(
            f"the quote {quote!r} stands at {first} and again at {again}",
            next_step="Give the `start` of the one that is meant, and import again",
        )
    return place_quote(claim, first)
