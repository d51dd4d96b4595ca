"""The stage that finds which documents of a case copy which: only what is new is compared.

The fingerprints of all documents stand in an index that the casebook keeps. A new document is
looked up there; beside its own pairs those earlier ones are judged again that it may change. Where
much is new, or a document was read anew or is gone, all is found from the beginning. Either way
gives the same reprints.

Memory: for one document more, some 400 bytes for each that is there, and the texts it shares
words with; from the beginning, the documents and some 100 bytes for each of their fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enduse.case.casebook import Casebook
from enduse.case.progress import Progress, counted
from enduse.case.standing_index import (
    StandingIndex,
    document_digests,
    fetch_from,
    forget_others,
    load_index,
    save_index,
)
from enduse.case.versions import stage_version
from enduse.case.work import StageReport, finish, is_done
from enduse.model.record import make_id
from enduse.model.reprint import Reprint
from enduse.reprints import FingerprintIndex, ReprintOptions, collect_texts, find_among
from enduse.store.kinds import DOCUMENT, REPRINT

FEW = 20
"""Documents are taken one by one while they are at most one in so many of those that stand."""

Pairs = Iterable[tuple[str, str]]


def run_reprints(book: Casebook, progress: Progress) -> StageReport:
    """Find which documents copy which."""
    report, version = StageReport("reprints"), stage_version("reprints")
    digests = document_digests(book)
    fingerprint = make_id("work", version, digests)
    if is_done(book, report, fingerprint):
        return report
    standing = load_index(book, version)
    new = _new_documents(standing, digests)
    touched: Pairs | None = None
    if standing is None or new is None:
        standing, found = _begin(book, digests, progress)
    else:
        touched = _take(book, standing, new, progress)
        found = list(standing.index.judge(touched))
        standing.digests = digests
    with book.store.writing():
        _forget(book, touched)
        report.made = book.store.put(REPRINT, found)
        names = save_index(book, standing, version)
        finish(book, report, fingerprint, version)
    forget_others(book, names)
    return report


def _new_documents(standing: StandingIndex | None, digests: dict[str, str]) -> list[str] | None:
    """Return the ids of what is new, or None if all has to be found from the beginning."""
    if standing is None or not standing.digests.items() <= digests.items():
        return None
    new = [each for each in digests if each not in standing.digests]
    return new if FEW * len(new) <= len(standing.digests) else None


def _begin(
    book: Casebook, digests: dict[str, str], progress: Progress
) -> tuple[StandingIndex, list[Reprint]]:
    documents = counted("reprints", book.store.find(DOCUMENT), len(digests), progress)
    collection = collect_texts(documents, ReprintOptions())
    index = FingerprintIndex.of(collection, fetch=fetch_from(book))
    return StandingIndex(index, digests), list(find_among(collection))


def _take(
    book: Casebook, standing: StandingIndex, new: Sequence[str], progress: Progress
) -> set[tuple[str, str]]:
    fetch = fetch_from(book)
    touched: set[tuple[str, str]] = set()
    for document in counted("reprints", map(fetch, new), len(new), progress):
        touched |= standing.index.take(document)
    return touched


def _forget(book: Casebook, touched: Pairs | None) -> None:
    """Forget the reprints between the pairs, all if none are given."""
    if touched is None:
        book.store.drop(REPRINT)
        return
    for one, other in touched:
        for copy, original in ((one, other), (other, one)):
            book.store.drop(REPRINT, copy_id=copy, of_id=original)
