"""The stages that take one thing at a time: bytes to documents, documents to claims."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from enduse.case.casebook import Casebook
from enduse.case.progress import Progress, counted
from enduse.case.standing import BY_HAND
from enduse.case.standing_index import document_digests
from enduse.case.versions import stage_version
from enduse.case.work import StageReport, batches, log_work, pending
from enduse.engine import run_over
from enduse.errors import MisuseError
from enduse.extract import EXTRACTORS, extract_claims
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.model.record import make_id
from enduse.model.snapshot import Snapshot
from enduse.ports import Extractor, Register
from enduse.read import read_snapshot
from enduse.read.markup.media import find_media
from enduse.reference.register import load_register
from enduse.store.kinds import CLAIM, DOCUMENT, PROBLEM, SNAPSHOT
from enduse.store.objects import Objects
from enduse.store.pages import problems_of_shown

IMPORTED = "import:"
"""Prefix of the extractor's name on claims made elsewhere; extraction never replaces them."""

_SHOWN = "shown"

CLAIMS_TYPE = "application/vnd.enduse.claims+jsonl"
"""Media type of an imported file of claims: preserved, not read as a document."""


def run_read(book: Casebook, progress: Progress) -> StageReport:
    """Read every snapshot that is new or was read by an older reader."""
    report, version = StageReport("read"), stage_version("read")
    skipped = set(book.store.ids(SNAPSHOT, media_type=CLAIMS_TYPE))
    wanted = {
        snapshot: make_id("work", version, snapshot)
        for snapshot in book.store.ids(SNAPSHOT)
        if snapshot not in skipped
    }
    waiting = pending(book, report, wanted)
    snapshots = (snapshot for key in waiting if (snapshot := book.store.get(SNAPSHOT, key)))
    task = partial(_read_one, book.objects)
    results = run_over(task, snapshots, book.settings.processes)
    for batch in batches(counted("read", results, len(waiting), progress)):
        with book.store.writing():
            for snapshot, found, shown in batch:
                _forget_reading(book, snapshot)
                for one in found:
                    _keep_reading(book, one, report)
                book.store.mark_done(_SHOWN, dict.fromkeys(shown, snapshot.id))
            keys = [snapshot.id for snapshot, _, _ in batch]
            book.store.mark_done("read", {key: wanted[key] for key in keys})
            log_work(book, report, version, keys)
        report.worked += len(batch)
    _drop_problems_of_shown(book, report)
    return report


def _read_one(
    objects: Objects, snapshot: Snapshot
) -> tuple[Snapshot, tuple[Document | Problem, ...], tuple[str, ...]]:
    """Return what the bytes hold and lack, and the addresses of the media that they show."""
    body = objects.get(snapshot.digest)
    shown = (one.address for one in find_media(snapshot, body) if one.address)
    return snapshot, read_snapshot(snapshot, body), tuple(shown)


def _drop_problems_of_shown(book: Casebook, report: StageReport) -> None:
    """Forget that pictures, videos and sounds are no texts where a page shows them as its own."""
    ids = set(problems_of_shown(book.store, _SHOWN))
    if ids:
        book.store.remove(PROBLEM, ids)
        report.problems = [one for one in report.problems if one.id not in ids]


def _forget_reading(book: Casebook, snapshot: Snapshot) -> None:
    book.store.drop(DOCUMENT, snapshot_id=snapshot.id)
    book.store.drop(PROBLEM, stage="read", subject=snapshot.address)


def _keep_reading(book: Casebook, found: Document | Problem, report: StageReport) -> None:
    if isinstance(found, Problem):
        book.store.put(PROBLEM, [found])
        report.problems.append(found)
    else:
        book.store.put(DOCUMENT, [found])
        report.made += 1


def find_extractor(name: str) -> Extractor:
    """Return the engine with this name.

    Raises:
        MisuseError: there is none; lists those there are.
    """
    if name not in EXTRACTORS:
        raise MisuseError(
            f"there is no extractor {name!r}",
            "--extractor, ENDUSE_EXTRACTOR or enduse.toml",
            f"Extractors: {', '.join(sorted(EXTRACTORS))}",
        )
    return EXTRACTORS[name]()


_register: Register | None = None


def _prepare_register(folders: tuple[Path, ...]) -> None:
    global _register  # noqa: PLW0603 - one register for each worker process
    _register = load_register(folders)


def _extract_one(engine: str, document: Document) -> tuple[str, list[Claim | Problem]]:
    if _register is None:
        _prepare_register(())
    assert _register is not None  # noqa: S101 - set on the line above
    return document.id, list(extract_claims(document, _register, engine))


def run_extract(book: Casebook, progress: Progress) -> StageReport:
    """Find the claims of every document that is new, reads otherwise, or was done otherwise.

    Bytes that came again from another address, or that a newer reader has read, keep their id while
    their text may change: the fingerprint holds the digest of what was read.
    """
    report = StageReport("extract")
    engine = find_extractor(book.settings.extractor)
    version = f"{engine.name} {engine.version} {stage_version('extract')}"
    wanted = {
        document: make_id("work", version, book.register.version, document, digest)
        for document, digest in document_digests(book).items()
    }
    waiting = pending(book, report, wanted)
    documents = (document for key in waiting if (document := book.store.get(DOCUMENT, key)))
    folders = tuple(book.folder / extra for extra in book.settings.register)
    results = run_over(
        partial(_extract_one, book.settings.extractor),
        documents,
        book.settings.processes,
        partial(_prepare_register, folders),
    )
    for batch in batches(counted("extract", results, len(waiting), progress)):
        with book.store.writing():
            for document_id, found in batch:
                _keep_claims(book, document_id, found, report)
            book.store.mark_done("extract", {key: wanted[key] for key, _ in batch})
            log_work(book, report, version, [key for key, _ in batch])
        report.worked += len(batch)
    return report


def _keep_claims(
    book: Casebook, document_id: str, found: list[Claim | Problem], report: StageReport
) -> None:
    old = book.store.find(CLAIM, document_id=document_id)
    book.store.remove(CLAIM, [c.id for c in old if not c.extractor.startswith((IMPORTED, BY_HAND))])
    book.store.drop(PROBLEM, stage="extract", subject=document_id)
    problems = [one for one in found if isinstance(one, Problem)]
    report.made += book.store.put(CLAIM, [one for one in found if isinstance(one, Claim)])
    book.store.put(PROBLEM, problems)
    report.problems += problems
