"""The stages that need the whole case: names to entities, claims to incidents."""

from __future__ import annotations

from collections.abc import Iterable

from enduse.case.casebook import Casebook
from enduse.case.drifting import keep_drift
from enduse.case.progress import Progress
from enduse.case.standing import set_aside, standing_reprints
from enduse.case.versions import stage_version
from enduse.case.work import StageReport, finish, is_done
from enduse.fuse import fuse_incidents
from enduse.model.claim import Publication
from enduse.model.document import Document
from enduse.model.record import make_id
from enduse.resolve import resolve_claims
from enduse.store.kinds import CLAIM, DOCUMENT, ENTITY, INCIDENT, JUDGEMENT, REPRINT, RESOLVED


def publications(documents: Iterable[Document]) -> tuple[Publication, ...]:
    """Return when and by whom each document was published, sorted by document."""
    found = map(Publication.of, documents)
    return tuple(sorted(found, key=lambda publication: publication.document_id))


def run_resolve(book: Casebook, progress: Progress) -> StageReport:
    """Tie the names in all claims to entities, obeying the judgements of people."""
    report, version = StageReport("resolve"), stage_version("resolve")
    judged = [j for j in book.store.find(JUDGEMENT) if not j.by.startswith("rule:")]
    out = set_aside(book)
    standing = [claim_id for claim_id in book.store.ids(CLAIM) if claim_id not in out]
    inputs = (standing, [j.id for j in judged], book.store.ids(DOCUMENT))
    fingerprint = make_id("work", version, book.register.version, *inputs)
    if is_done(book, report, fingerprint):
        return report
    progress("resolve", 0, len(inputs[0]))
    told = publications(book.store.find(DOCUMENT))
    claims = tuple(claim for claim in book.store.find(CLAIM) if claim.id not in out)
    resolved = resolve_claims(claims, book.register, tuple(judged), told, book.store.find(DOCUMENT))
    with book.store.writing():
        for kind in (RESOLVED, ENTITY):
            book.store.drop(kind)
        machine = [i for i in book.store.ids(JUDGEMENT) if i not in {j.id for j in judged}]
        book.store.remove(JUDGEMENT, machine)
        report.made = book.store.put(RESOLVED, resolved.claims)
        book.store.put(ENTITY, resolved.entities)
        book.store.put(JUDGEMENT, resolved.judgements)
        finish(book, report, fingerprint, version)
    progress("resolve", report.made, report.made)
    return report


def run_fuse(book: Casebook, progress: Progress) -> StageReport:
    """Fuse the claims into incidents."""
    report, version = StageReport("fuse"), stage_version("fuse")
    claims = [c for c in book.store.find(RESOLVED) if c.score >= book.settings.min_score]
    copies = standing_reprints(book)
    kept = {copy.id for copy in copies}
    inputs = (
        [row["digest"] for row in book.store.rows(RESOLVED)],
        [row["digest"] for row in book.store.rows(REPRINT) if row["id"] in kept],
        book.store.ids(DOCUMENT),
        book.settings.min_score,
    )
    fingerprint = make_id("work", version, book.register.version, *inputs)
    if is_done(book, report, fingerprint):
        keep_drift(book, progress)
        return report
    progress("fuse", 0, len(claims))
    told = publications(book.store.find(DOCUMENT))
    found = fuse_incidents(claims, told, copies, book.register)
    with book.store.writing():
        book.store.drop(INCIDENT)
        report.made = book.store.put(INCIDENT, found)
        finish(book, report, fingerprint, version)
    progress("fuse", len(claims), len(claims))
    keep_drift(book, progress)
    return report
