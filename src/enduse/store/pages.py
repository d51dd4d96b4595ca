"""What a page of the workbench shows, a screenful at a time: queries that stay fast in large cases.

In: an open store and where the page starts. Out: plain rows. Each query walks an index and stops;
the plan is noted beside those where that is not plain to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enduse.store.kinds import DECISION, Kind
from enduse.store.sql import SqlStore

PAGE = 50
"""Rows on one page of a list."""

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
    """Return the bodies of incidents on a page, latest first; only contradicted ones if asked."""
    limits = ["kind = :kind"] if kind else []
    if doubted:
        limits.append(
            "(json_array_length(body, '$.denials') > 0 "
            "OR json_array_length(body, '$.conflicts') > 0)"
        )
    where = f"WHERE {' AND '.join(limits)}" if limits else ""
    return store.select(
        f"SELECT body FROM incident {where} ORDER BY started DESC, id "  # noqa: S608 - ours
        "LIMIT :most OFFSET :skip",
        kind=kind,
        most=PAGE + 1,
        skip=PAGE * page,
    )


def list_parties(store: SqlStore, page: int, parts: Iterable[str], text: str = "") -> list[Row]:
    """Return parties that play one of the parts, those of most incidents first."""
    named = ", ".join(f"'{part}'" for part in parts if part.isalpha())
    where = "AND (label LIKE :like OR party LIKE :like)" if text else ""
    return store.select(
        "SELECT party, min(label) AS label, count(DISTINCT incident_id) AS incidents "  # noqa: S608
        f"FROM takes_part WHERE part IN ({named}) {where} "
        "GROUP BY party ORDER BY incidents DESC, party LIMIT :most OFFSET :skip",
        like=f"%{text}%",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def incidents_of(store: SqlStore, party: str, most: int = 200) -> list[Row]:
    """Return the bodies of the incidents a party takes part in, earliest first."""
    return store.select(
        "SELECT i.body FROM incident AS i WHERE i.id IN "
        "(SELECT incident_id FROM takes_part WHERE party = lower(:party)) "
        "ORDER BY i.started IS NULL, i.started, i.id LIMIT :most",
        party=party,
        most=most,
    )


def parties_beside(store: SqlStore, party: str, most: int = 12) -> list[Row]:
    """Return who and what shares most incidents with a party."""
    return store.select(
        "SELECT o.party, min(o.label) AS label, min(o.part) AS part, "
        "count(DISTINCT o.incident_id) AS incidents "
        "FROM takes_part AS m JOIN takes_part AS o ON o.incident_id = m.incident_id "
        "WHERE m.party = lower(:party) AND o.party <> m.party "
        "GROUP BY o.party ORDER BY incidents DESC, o.party LIMIT :most",
        party=party,
        most=most,
    )


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
        "FROM decision AS d WHERE d.retracts IS NULL ORDER BY d.number DESC "
        "LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )


_OPEN = "NOT EXISTS (SELECT 1 FROM standing WHERE standing.subject = c.id)"


def open_claims(
    store: SqlStore, after: tuple[str, int, str] = ("", -1, ""), most: int = PAGE, kind: str = ""
) -> list[Row]:
    """Return claims that nobody has decided on, in reading order, from a place on.

    The walk is along ix_claim_reading and ends after `most` claims; made claims are never open.
    """
    return store.select(
        "SELECT c.id, c.document_id, coalesce(c.start, -1) AS start FROM claim AS c "  # noqa: S608
        "INDEXED BY ix_claim_reading "
        "WHERE (c.document_id > :document OR (c.document_id = :document AND "
        "(coalesce(c.start, -1), c.id) > (:start, :id))) AND c.document_id >= :document "
        f"AND (:kind = '' OR c.kind = :kind) AND {_OPEN} "
        "ORDER BY c.document_id, c.start, c.id LIMIT :most",
        document=after[0],
        start=after[1],
        id=after[2],
        kind=kind,
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
    """Return ids of open claims with a word in an indexed column, for a decision on many."""
    name = "mode" if column == "mode" else _column_of(column)
    found = store.select(
        f"SELECT c.id FROM claim AS c WHERE c.{name} = :word AND {_OPEN} "  # noqa: S608 - checked
        "ORDER BY c.document_id, c.start, c.id LIMIT :most",
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
