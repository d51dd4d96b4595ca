"""What a page of the workbench shows, a screenful at a time: queries that stay fast in large cases.

In: an open store and where the page starts. Out: plain rows. Each query walks an index and stops;
the plan is noted beside those where that is not plain to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enduse.store.kinds import DECISION, Kind
from enduse.store.sql import SqlStore
from enduse.store.tables import IN_DOUBT

PAGE = 50
"""Rows on one page of a list."""

_RANKED = 400

Row = dict[str, Any]


def count_by(store: SqlStore, kind: Kind[Any], column: str) -> dict[str, int]:
    """Return how many values there are of each word in an indexed column."""
    name = _column(kind, column)
    found = store.select(
        f"SELECT {name} AS word, count(*) AS many FROM {kind.table} "  # noqa: S608 - checked name
        f"WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY many DESC, word"
    )
    return {row["word"]: row["many"] for row in found}


def list_documents(store: SqlStore, page: int, text: str = "") -> list[Row]:
    """Return the documents of a page, latest first, with the number of their claims.

    The inner query walks ix_document_published and reads no text.
    """
    where = "WHERE title LIKE :like OR publisher LIKE :like OR name LIKE :like" if text else ""
    return store.select(
        "SELECT d.id, d.name, d.title, d.publisher, d.published, d.language, "  # noqa: S608
        "(SELECT count(*) FROM claim WHERE claim.document_id = d.id) AS claims "
        f"FROM (SELECT rowid AS at FROM document {where} ORDER BY published DESC, rowid "
        "LIMIT :most OFFSET :skip) AS p JOIN document AS d ON d.rowid = p.at "
        "ORDER BY d.published DESC, d.rowid",
        like=f"%{text}%",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def list_incidents(
    store: SqlStore, page: int, kind: str = "", *, doubted: bool = False
) -> list[Row]:
    """Return the bodies of incidents on a page, latest first; only those in doubt if asked.

    The walk is along ix_incident_started, ix_incident_kind_started or ix_incident_doubted, whose
    order is the order asked for.
    """
    where = f"WHERE {IN_DOUBT}" if doubted else "WHERE kind = :kind" if kind else ""
    return store.select(
        f"SELECT body FROM incident {where} ORDER BY started DESC, rowid DESC "  # noqa: S608 - ours
        "LIMIT :most OFFSET :skip",
        kind=kind,
        most=PAGE + 1,
        skip=PAGE * page,
    )


def list_parties(store: SqlStore, page: int, kind: str, text: str = "") -> list[Row]:
    """Return weapons, actors or places, those of most incidents first."""
    where = "AND (label LIKE :like OR party LIKE :like)" if text else ""
    return store.select(
        "SELECT party, label, incidents FROM party "  # noqa: S608 - no word of a user
        f"WHERE kind = :kind {where} ORDER BY incidents DESC, party LIMIT :most OFFSET :skip",
        kind=kind,
        like=f"%{text}%",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def incidents_of(store: SqlStore, party: str, most: int = 100) -> list[Row]:
    """Return the bodies of the latest incidents a party takes part in, earliest first.

    The inner walk is along ix_takes_part_party_started and ends after `most`.
    """
    return store.select(
        "SELECT i.body FROM incident AS i WHERE i.id IN (SELECT incident_id FROM ("
        "SELECT DISTINCT incident_id, started FROM takes_part WHERE party = lower(:party) "
        "ORDER BY started DESC LIMIT :most)) ORDER BY i.started IS NULL, i.started, i.id",
        party=party,
        most=most,
    )


def count_incidents_of(store: SqlStore, party: str) -> int:
    """Return how many incidents a party takes part in."""
    rows = store.select(
        "SELECT max(incidents) AS many FROM party WHERE kind IN ('weapon', 'actor', 'place') "
        "AND party = lower(:party)",
        party=party,
    )
    return int(rows[0]["many"] or 0)


def parties_beside(store: SqlStore, party: str, most: int = 12) -> list[Row]:
    """Return who and what shares most incidents with a party, among its latest thousand."""
    return store.select(
        "SELECT o.party, min(o.label) AS label, min(o.part) AS part, "
        "count(DISTINCT o.incident_id) AS incidents "
        "FROM (SELECT incident_id FROM takes_part WHERE party = lower(:party) "
        "ORDER BY started DESC LIMIT 1000) AS m "
        "JOIN takes_part AS o ON o.incident_id = m.incident_id "
        "WHERE o.party <> lower(:party) "
        "GROUP BY o.party ORDER BY incidents DESC, o.party LIMIT :most",
        party=party,
        most=most,
    )


def search_documents(store: SqlStore, words: str, most: int) -> list[str]:
    """Return ids of documents that hold the words, best first; first come if there are many.

    To rank, the index weighs every hit; beyond `_RANKED` hits that takes longer than a page may.
    """
    index = "document_parts" if len(words) > 2 else "document_words"  # noqa: PLR2004 - trigrams
    quoted = '"' + words.replace('"', '""').replace("\x00", " ") + '"'
    hits = store.select(
        f"SELECT count(*) AS many FROM (SELECT rowid FROM {index} "  # noqa: S608 - ours
        f"WHERE {index} MATCH :words LIMIT {_RANKED + 1})",
        words=quoted,
    )[0]["many"]
    order = "ORDER BY rank" if hits <= _RANKED else ""
    found = store.select(
        f"SELECT document.id FROM (SELECT rowid AS at FROM {index} "  # noqa: S608 - ours
        f"WHERE {index} MATCH :words {order} LIMIT :most) AS f "
        "JOIN document ON document.rowid = f.at",
        words=quoted,
        most=most,
    )
    return [row["id"] for row in found]


def incidents_told(store: SqlStore, claim_ids: Iterable[str]) -> dict[str, str]:
    """Return the incident that each claim tells of."""
    found: dict[str, str] = {}
    for claim_id in claim_ids:
        rows = store.select("SELECT incident_id FROM tells WHERE claim_id = :id", id=claim_id)
        if rows:
            found[claim_id] = rows[0]["incident_id"]
    return found


def standing(store: SqlStore, matter: str, subjects: Iterable[str] | None = None) -> list[Row]:
    """Return the bodies of decisions that stand on a matter, all or those on the subjects."""
    if subjects is None:
        return store.select(
            "SELECT body FROM standing WHERE matter = :matter ORDER BY number", matter=matter
        )
    return [
        row
        for subject in subjects
        for row in store.select(
            "SELECT body FROM standing WHERE matter = :matter AND subject = :subject",
            matter=matter,
            subject=subject,
        )
    ]


def standing_in(store: SqlStore, document_id: str) -> list[Row]:
    """Return the bodies of the decisions on claims of a document that stand."""
    return store.select(
        "SELECT body FROM standing WHERE document_id = :document AND matter = 'claim' "
        "ORDER BY number",
        document=document_id,
    )


def last_number(store: SqlStore) -> int:
    """Return the number of the latest decision, 0 if there is none."""
    return int(store.select("SELECT coalesce(max(number), 0) AS last FROM decision")[0]["last"])


def list_decisions(store: SqlStore, page: int) -> list[Row]:
    """Return decisions on a page, latest first, each with the id of what took it back."""
    return store.select(
        "SELECT d.body, (SELECT t.id FROM decision AS t WHERE t.retracts = d.id) AS taken_back, "
        "EXISTS(SELECT 1 FROM standing AS s WHERE s.id = d.id) AS stands "
        "FROM decision AS d INDEXED BY ix_decision_number "
        "WHERE d.number > 0 AND d.retracts IS NULL ORDER BY d.number DESC "
        "LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )


_OPEN = "NOT EXISTS (SELECT 1 FROM standing WHERE standing.subject = c.id)"


def open_claims(
    store: SqlStore, after: tuple[str, int, str] = ("", -1, ""), most: int = PAGE
) -> list[Row]:
    """Return claims that nobody has decided on, in reading order, from a place on.

    The walk is along ix_claim_reading and ends after `most` claims; made claims are never open.
    """
    return store.select(
        "SELECT c.id, c.document_id, coalesce(c.start, -1) AS start FROM claim AS c "  # noqa: S608
        "INDEXED BY ix_claim_reading "
        "WHERE (c.document_id > :document OR (c.document_id = :document AND "
        "(coalesce(c.start, -1), c.id) > (:start, :id))) AND c.document_id >= :document "
        f"AND {_OPEN} "
        "ORDER BY c.document_id, c.start, c.id LIMIT :most",
        document=after[0],
        start=after[1],
        id=after[2],
        most=most,
    )


def count_decided(store: SqlStore) -> int:
    """Return how many claims that are there have been decided on."""
    return int(
        store.select(
            "SELECT count(*) AS many FROM standing AS s JOIN claim ON claim.id = s.subject "
            "WHERE s.matter = 'claim' AND claim.extractor NOT LIKE 'person:%'"
        )[0]["many"]
    )


def claims_alike(store: SqlStore, column: str, word: str, most: int) -> list[str]:
    """Return ids of open claims with a word in an indexed column, in the order they were found."""
    name = _column_of(column)
    found = store.select(
        f"SELECT c.id FROM claim AS c WHERE c.{name} = :word AND {_OPEN} "  # noqa: S608 - checked
        "ORDER BY c.rowid LIMIT :most",
        word=word,
        most=most,
    )
    return [row["id"] for row in found]


def names_judged(store: SqlStore, verdict: str, page: int) -> list[Row]:
    """Return the bodies of the program's own judgements with a verdict, by the name judged."""
    return store.select(
        "SELECT body FROM judgement WHERE verdict = :verdict AND judge LIKE 'rule:%' "
        "ORDER BY left_id, id LIMIT :most OFFSET :skip",
        verdict=verdict,
        most=PAGE + 1,
        skip=PAGE * page,
    )


def names_by_people(store: SqlStore, page: int) -> list[Row]:
    """Return the bodies of judgements by people that nobody took back, latest first."""
    return store.select(
        "SELECT j.body FROM judgement AS j WHERE judge NOT LIKE 'rule:%' "
        "AND j.body ->> '$.retracts' IS NULL AND NOT EXISTS (SELECT 1 FROM judgement AS t "
        "WHERE t.judge NOT LIKE 'rule:%' AND t.body ->> '$.retracts' = j.id) "
        "ORDER BY j.body ->> '$.on' DESC, j.id LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def _column(kind: Kind[Any], column: str) -> str:
    if kind is DECISION or not column.isidentifier():
        raise ValueError(f"{column!r} is no column to count by")
    return column


def _column_of(column: str) -> str:
    if column not in ("kind", "status", "certainty", "polarity", "extractor", "document_id"):
        raise ValueError(f"{column!r} is no column to choose by")
    return column
