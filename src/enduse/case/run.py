"""Brings every stage up to date, doing again only what changed.

A stage's work on a subject is known by a fingerprint of all that went into it: the stage's version,
the inputs' ids, the register, the options. Results and fingerprint are kept together, so a killed
run goes on where it stopped and a second run does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from enduse import extract, fuse, read, reprints, resolve
from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.progress import Progress, be_silent, counted
from enduse.engine import run_over
from enduse.errors import MisuseError
from enduse.extract import EXTRACTORS, extract_claims
from enduse.fuse import fuse_incidents
from enduse.model.claim import Claim, Publication
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.model.record import make_id
from enduse.model.snapshot import Snapshot
from enduse.ports import Register
from enduse.read import read_document
from enduse.reference.register import load_register
from enduse.reprints import find_reprints
from enduse.resolve import resolve_claims
from enduse.store.kinds import (
    CLAIM,
    DOCUMENT,
    ENTITY,
    INCIDENT,
    JUDGEMENT,
    PROBLEM,
    REPRINT,
    RESOLVED,
    SNAPSHOT,
)
from enduse.store.objects import Objects

T = TypeVar("T")

STAGES = ("read", "extract", "resolve", "reprints", "fuse")
IMPORTED = "import:"
"""Prefix of the extractor's name on claims made elsewhere; extraction never replaces them."""

CLAIMS_TYPE = "application/vnd.enduse.claims+jsonl"
"""Media type of an imported file of claims: preserved, not read as a document."""

_BATCH = 50


@dataclass(slots=True)
class StageReport:
    """What one stage did: subjects worked on and left alone, values made, problems met."""

    stage: str
    worked: int = 0
    unchanged: int = 0
    made: int = 0
    problems: list[Problem] = field(default_factory=list)


def run_stages(
    book: Casebook, stages: Sequence[str] = STAGES, progress: Progress = be_silent
) -> list[StageReport]:
    """Bring the named stages up to date, in order.

    Raises:
        MisuseError: there is no such stage.
    """
    unknown = [stage for stage in stages if stage not in STAGES]
    if unknown:
        raise MisuseError(
            f"there is no stage {unknown[0]!r}", next_step=f"Stages: {', '.join(STAGES)}"
        )
    steps: dict[str, Callable[[Casebook, Progress], StageReport]] = {
        "read": _run_read,
        "extract": _run_extract,
        "resolve": _run_resolve,
        "reprints": _run_reprints,
        "fuse": _run_fuse,
    }
    return [steps[stage](book, progress) for stage in STAGES if stage in stages]


def remaining_problems(book: Casebook) -> list[Problem]:
    """Return what the stages could not do, from this run and earlier ones, by id."""
    return [problem for problem in book.store.find(PROBLEM) if problem.stage in STAGES]


def publications(documents: Iterable[Document]) -> tuple[Publication, ...]:
    """Return when and by whom each document was published, sorted by document."""
    found = (Publication(d.id, d.date_published, d.publisher) for d in documents)
    return tuple(sorted(found, key=lambda publication: publication.document_id))


def _run_read(book: Casebook, progress: Progress) -> StageReport:
    report = StageReport("read")
    done = book.store.done("read")
    skipped = set(book.store.ids(SNAPSHOT, media_type=CLAIMS_TYPE))
    wanted = {
        snapshot: make_id("work", read.VERSION, snapshot)
        for snapshot in book.store.ids(SNAPSHOT)
        if snapshot not in skipped
    }
    pending = [key for key, value in wanted.items() if done.get(key) != value]
    report.unchanged = len(wanted) - len(pending)
    snapshots = (snapshot for key in pending if (snapshot := book.store.get(SNAPSHOT, key)))
    task = partial(_read_one, book.objects)
    results = run_over(task, snapshots, book.settings.processes)
    for batch in _batches(counted("read", results, len(pending), progress)):
        with book.store.writing():
            for snapshot, found in batch:
                _forget_reading(book, snapshot)
                _keep_reading(book, found, report)
            keys = [snapshot.id for snapshot, _ in batch]
            book.store.mark_done("read", {key: wanted[key] for key in keys})
            _log(book, report, read.VERSION, keys)
        report.worked += len(batch)
    return report


def _read_one(objects: Objects, snapshot: Snapshot) -> tuple[Snapshot, Document | Problem]:
    return snapshot, read_document(snapshot, objects.get(snapshot.digest))


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


_register: Register | None = None


def _prepare_register(folders: tuple[Path, ...]) -> None:
    global _register  # noqa: PLW0603 - one register for each worker process
    _register = load_register(folders)


def _extract_one(engine: str, document: Document) -> tuple[str, list[Claim | Problem]]:
    if _register is None:
        _prepare_register(())
    assert _register is not None  # noqa: S101 - set on the line above
    return document.id, list(extract_claims(document, _register, engine))


def _run_extract(book: Casebook, progress: Progress) -> StageReport:
    report = StageReport("extract")
    engine = EXTRACTORS[book.settings.extractor]
    version = f"{engine.name} {engine.version}"
    done = book.store.done("extract")
    wanted = {
        document: make_id("work", version, extract.VERSION, book.register.version, document)
        for document in book.store.ids(DOCUMENT)
    }
    pending = [key for key, value in wanted.items() if done.get(key) != value]
    report.unchanged = len(wanted) - len(pending)
    documents = (document for key in pending if (document := book.store.get(DOCUMENT, key)))
    folders = tuple(book.folder / extra for extra in book.settings.register)
    results = run_over(
        partial(_extract_one, book.settings.extractor),
        documents,
        book.settings.processes,
        partial(_prepare_register, folders),
    )
    for batch in _batches(counted("extract", results, len(pending), progress)):
        with book.store.writing():
            for document_id, found in batch:
                _keep_claims(book, document_id, found, report)
            book.store.mark_done("extract", {key: wanted[key] for key, _ in batch})
            _log(book, report, version, [key for key, _ in batch])
        report.worked += len(batch)
    return report


def _keep_claims(
    book: Casebook, document_id: str, found: list[Claim | Problem], report: StageReport
) -> None:
    old = book.store.find(CLAIM, document_id=document_id)
    book.store.remove(CLAIM, [c.id for c in old if not c.extractor.startswith(IMPORTED)])
    book.store.drop(PROBLEM, stage="extract", subject=document_id)
    problems = [one for one in found if isinstance(one, Problem)]
    report.made += book.store.put(CLAIM, [one for one in found if isinstance(one, Claim)])
    book.store.put(PROBLEM, problems)
    report.problems += problems


def _run_resolve(book: Casebook, progress: Progress) -> StageReport:
    report = StageReport("resolve")
    judged = [j for j in book.store.find(JUDGEMENT) if not j.by.startswith("rule:")]
    inputs = (book.store.ids(CLAIM), [j.id for j in judged], book.store.ids(DOCUMENT))
    fingerprint = make_id("work", resolve.VERSION, book.register.version, *inputs)
    if _is_done(book, report, fingerprint):
        return report
    progress("resolve", 0, len(inputs[0]))
    told = publications(book.store.find(DOCUMENT))
    resolved = resolve_claims(tuple(book.store.find(CLAIM)), book.register, tuple(judged), told)
    with book.store.writing():
        for kind in (RESOLVED, ENTITY):
            book.store.drop(kind)
        machine = [i for i in book.store.ids(JUDGEMENT) if i not in {j.id for j in judged}]
        book.store.remove(JUDGEMENT, machine)
        report.made = book.store.put(RESOLVED, resolved.claims)
        book.store.put(ENTITY, resolved.entities)
        book.store.put(JUDGEMENT, resolved.judgements)
        _finish(book, report, fingerprint, resolve.VERSION)
    progress("resolve", report.made, report.made)
    return report


def _run_reprints(book: Casebook, progress: Progress) -> StageReport:
    report = StageReport("reprints")
    ids = book.store.ids(DOCUMENT)
    fingerprint = make_id("work", reprints.VERSION, ids)
    if _is_done(book, report, fingerprint):
        return report
    documents = counted("reprints", book.store.find(DOCUMENT), len(ids), progress)
    found = list(find_reprints(documents))
    with book.store.writing():
        book.store.drop(REPRINT)
        report.made = book.store.put(REPRINT, found)
        _finish(book, report, fingerprint, reprints.VERSION)
    return report


def _run_fuse(book: Casebook, progress: Progress) -> StageReport:
    report = StageReport("fuse")
    claims = [c for c in book.store.find(RESOLVED) if c.score >= book.settings.min_score]
    inputs = (
        [row["digest"] for row in book.store.rows(RESOLVED)],
        [row["digest"] for row in book.store.rows(REPRINT)],
        book.store.ids(DOCUMENT),
        book.settings.min_score,
    )
    fingerprint = make_id("work", fuse.VERSION, book.register.version, *inputs)
    if _is_done(book, report, fingerprint):
        return report
    progress("fuse", 0, len(claims))
    documents = tuple(book.store.find(DOCUMENT))
    found = fuse_incidents(claims, documents, tuple(book.store.find(REPRINT)), book.register)
    with book.store.writing():
        book.store.drop(INCIDENT)
        report.made = book.store.put(INCIDENT, found)
        _finish(book, report, fingerprint, fuse.VERSION)
    progress("fuse", len(claims), len(claims))
    return report


_WHOLE = "case"


def _is_done(book: Casebook, report: StageReport, fingerprint: str) -> bool:
    same = book.store.done(report.stage).get(_WHOLE) == fingerprint
    report.unchanged, report.worked = (1, 0) if same else (0, 1)
    return same


def _finish(book: Casebook, report: StageReport, fingerprint: str, version: str) -> None:
    book.store.mark_done(report.stage, {_WHOLE: fingerprint})
    _log(book, report, version, [_WHOLE])


def _log(book: Casebook, report: StageReport, version: str, subjects: Iterable[str]) -> None:
    finished = now().isoformat()
    book.store.log(
        {
            "id": make_id("run", report.stage, version, subject, finished),
            "stage": report.stage,
            "version": version,
            "subject": subject,
            "finished": finished,
            "made": report.made,
        }
        for subject in subjects
    )


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(values)
    while batch := list(islice(stream, _BATCH)):
        yield batch
