"""Search in the text of documents, ranked, in time that does not grow with the number of hits.

In: an open store and the words. Out: ids of documents, best first. To weigh a phrase as the index
does it, every hit in the case is counted. Where there are few hits that is what is done. Where
there are many, candidates are taken from stretches spread over the whole case and the titles, and
are weighed here by the same formula; among documents beyond the candidates there may be better.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from enduse.store.sql import SqlStore

_FEW = 400
"""Hits up to which the index ranks them all."""

_STRETCHES, _OF_EACH, _TITLED = 16, 20, 40
_READ = 20_000
"""Characters of a candidate that are looked at."""

_K1, _B, _TITLE_WEIGHT = 1.2, 0.75, 2.0


def search_documents(store: SqlStore, words: str, most: int) -> list[str]:
    """Return ids of at most `most` documents that hold the words, also as parts of words."""
    index = "document_parts" if len(words) > 2 else "document_words"  # noqa: PLR2004 - trigrams
    quoted = '"' + words.replace('"', '""').replace("\x00", " ") + '"'
    hits = store.select(
        f"SELECT rowid AS at FROM {index} WHERE {index} MATCH :words LIMIT :most",  # noqa: S608
        words=quoted,
        most=_FEW + 1,
    )
    if len(hits) <= _FEW:
        return _ranked_by_index(store, index, quoted, most)
    found = {row["at"] for row in _candidates(store, index, quoted)}
    found |= {row["at"] for row in _titled(store, words)}
    return _ranked(store, sorted(found), words, most)


def _ranked_by_index(store: SqlStore, index: str, quoted: str, most: int) -> list[str]:
    found = store.select(
        f"SELECT document.id FROM (SELECT rowid AS at, rank FROM {index} "  # noqa: S608 - ours
        f"WHERE {index} MATCH :words ORDER BY rank LIMIT :most) AS f "
        "JOIN document ON document.rowid = f.at ORDER BY f.rank, f.at",
        words=quoted,
        most=most,
    )
    return [row["id"] for row in found]


def _candidates(store: SqlStore, index: str, quoted: str) -> Iterator[dict[str, int]]:
    """Yield some hits of each of several stretches of the case: the index seeks to each."""
    last = store.select("SELECT max(rowid) AS last FROM document")[0]["last"] or 0
    step = last // _STRETCHES + 1
    for start in range(0, last + 1, step):
        yield from store.select(
            f"SELECT rowid AS at FROM {index} WHERE {index} MATCH :words "  # noqa: S608 - ours
            "AND rowid >= :start AND rowid < :end LIMIT :most",
            words=quoted,
            start=start,
            end=start + step,
            most=_OF_EACH,
        )


def _titled(store: SqlStore, words: str) -> list[dict[str, int]]:
    """Return documents whose title holds the words; ix_document_listing is read alone."""
    return store.select(
        "SELECT rowid AS at FROM document INDEXED BY ix_document_listing "
        "WHERE instr(lower(title), lower(:words)) > 0 LIMIT :most",
        words=words,
        most=_TITLED,
    )


def _ranked(store: SqlStore, rows: list[int], words: str, most: int) -> list[str]:
    """Return the ids of the rows, best first: often told in few words, or in the title."""
    wanted, weighed = words.casefold(), []
    read = store.select(
        "SELECT id, title, substr(text, 1, :read) AS text, length(text) AS long FROM document "
        "WHERE rowid IN (SELECT value FROM json_each(:rows)) ORDER BY rowid",
        rows=json.dumps(rows),
        read=_READ,
    )
    mean = sum(row["long"] for row in read) / max(len(read), 1) or 1
    for at, row in enumerate(read):
        times = max(row["text"].casefold().count(wanted), 1)
        times += _TITLE_WEIGHT * (row["title"] or "").casefold().count(wanted)
        damped = times + _K1 * (1 - _B + _B * min(row["long"], _READ) / mean)
        weighed.append((-times * (_K1 + 1) / damped, at, row["id"]))
    return [key for *_, key in sorted(weighed)[:most]]
