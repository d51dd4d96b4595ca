"""What a page of the workbench shows, a screenful at a time: queries that stay fast in large cases.

In: an open store and where the page starts. Out: plain rows. Each query walks an index and stops;
the plan is noted beside those where that is not plain to see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from enduse.store.kinds import DECISION, Kind
from enduse.store.sql import SqlStore
from enduse.store.tables import IN_DOUBT

PAGE = 50
"""Rows on one page of a list."""

_BY_HAND = "c.extractor >= 'person:' AND c.extractor < 'person;'"
_BY_PEOPLE = "(j.judge < 'rule:' OR j.judge >= 'rule;')"

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

    The inner query walks ix_document_published, or with a text ix_document_listing, which holds
    all that is looked at; neither reads a document.
    """
    listing = (
        "INDEXED BY ix_document_listing "
        "WHERE title LIKE :like OR publisher LIKE :like OR name LIKE :like"
    )
    where = listing if text else ""
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
    joined = "SELECT d.body FROM standing AS s JOIN decision AS d ON d.id = s.decision_id "
    if subjects is None:
        return store.select(f"{joined} WHERE s.matter = :matter ORDER BY s.number", matter=matter)
    return [
        row
        for subject in subjects
        for row in store.select(
            f"{joined} WHERE s.matter = :matter AND s.subject = :subject",
            matter=matter,
            subject=subject,
        )
    ]


def decided(store: SqlStore, matter: str, *verdicts: str) -> list[str]:
    """Return the subjects on which one of the verdicts stands, by ix_standing_verdict."""
    rows = store.select(
        "SELECT subject FROM standing WHERE matter = :matter "
        "AND verdict IN (SELECT value FROM json_each(:verdicts))",
        matter=matter,
        verdicts=json.dumps(verdicts),
    )
    return [row["subject"] for row in rows]


def accepted_among(store: SqlStore, claims: Iterable[str]) -> list[str]:
    """Return those of the claims on which acceptance stands."""
    rows = store.select(
        "SELECT subject FROM standing WHERE matter = 'claim' AND verdict = 'accept' "
        "AND subject IN (SELECT value FROM json_each(:ids))",
        ids=json.dumps(list(claims)),
    )
    return [row["subject"] for row in rows]


def made_by_decisions(store: SqlStore) -> list[str]:
    """Return the claims that standing decisions on claims made, by ix_standing_made."""
    rows = store.select(
        "SELECT made FROM standing INDEXED BY ix_standing_made "
        "WHERE made IS NOT NULL AND matter = 'claim' ORDER BY made"
    )
    return [row["made"] for row in rows]


def last_standing(store: SqlStore) -> list[Row]:
    """Return the body of the latest decision that stands, if there is one."""
    return store.select(
        "SELECT d.body FROM standing AS s JOIN decision AS d ON d.id = s.decision_id "
        "ORDER BY s.number DESC LIMIT 1"
    )


def standing_in(store: SqlStore, document_id: str) -> list[Row]:
    """Return the bodies of the decisions on claims of a document that stand."""
    return store.select(
        "SELECT d.body FROM standing AS s JOIN decision AS d ON d.id = s.decision_id "
        "WHERE s.document_id = :document AND s.matter = 'claim' ORDER BY s.number",
        document=document_id,
    )


def last_number(store: SqlStore) -> int:
    """Return the number of the latest decision, 0 if there is none."""
    return int(store.select("SELECT coalesce(max(number), 0) AS last FROM decision")[0]["last"])


def list_decisions(store: SqlStore, page: int) -> list[Row]:
    """Return decisions on a page, latest first, each with the id of what took it back."""
    return store.select(
        "SELECT d.body, (SELECT t.id FROM decision AS t WHERE t.retracts = d.id) AS taken_back, "
        "EXISTS(SELECT 1 FROM standing AS s WHERE s.decision_id = d.id) AS stands "
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
    """Return how many claims that are there have been decided on, those made by people left out.

    The first count reads ids only; that claims made by people are few makes the second short.
    """
    return int(
        store.select(
            "SELECT (SELECT count(*) FROM standing AS s WHERE s.matter = 'claim' "  # noqa: S608
            "AND EXISTS (SELECT 1 FROM claim WHERE claim.id = s.subject)) - "
            f"(SELECT count(*) FROM claim AS c WHERE {_BY_HAND} "
            "AND EXISTS (SELECT 1 FROM standing AS s "
            "WHERE s.matter = 'claim' AND s.subject = c.id)) AS many"
        )[0]["many"]
    )


def count_by_hand(store: SqlStore) -> int:
    """Return how many claims people made, by ix_claim_extractor."""
    return int(store.select(f"SELECT count(*) AS many FROM claim AS c WHERE {_BY_HAND}")[0]["many"])  # noqa: S608


def unaccepted_by_hand(store: SqlStore) -> list[str]:
    """Return the ids of the claims that people made and no acceptance stands on."""
    rows = store.select(
        f"SELECT c.id FROM claim AS c WHERE {_BY_HAND} AND NOT EXISTS ("  # noqa: S608 - ours
        "SELECT 1 FROM standing AS s WHERE s.matter = 'claim' AND s.subject = c.id "
        "AND s.verdict = 'accept')"
    )
    return [row["id"] for row in rows]


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
        f"SELECT j.body FROM judgement AS j WHERE {_BY_PEOPLE} "  # noqa: S608 - ours
        "AND j.body ->> '$.retracts' IS NULL AND j.id NOT IN ("
        f"SELECT j.body ->> '$.retracts' FROM judgement AS j WHERE {_BY_PEOPLE} "
        "AND j.body ->> '$.retracts' IS NOT NULL) "
        "ORDER BY j.body ->> '$.on' DESC, j.id LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def judged_by_people(store: SqlStore) -> list[str]:
    """Return the ids of the judgements by people, sorted."""
    rows = store.select(f"SELECT j.id FROM judgement AS j WHERE {_BY_PEOPLE}")  # noqa: S608 - ours
    return sorted(row["id"] for row in rows)


def list_reprints(store: SqlStore, page: int) -> list[Row]:
    """Return the copies on a page, those nobody decided on first: ids are sorted, bodies read."""
    return store.select(
        "SELECT r.body, r.id FROM (SELECT id, EXISTS(SELECT 1 FROM standing "
        "WHERE standing.subject = reprint.id) AS decided FROM reprint ORDER BY decided, id "
        "LIMIT :most OFFSET :skip) AS p JOIN reprint AS r ON r.id = p.id "
        "ORDER BY p.decided, p.id",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def list_drift(store: SqlStore, page: int) -> list[Row]:
    """Return the bodies of changes in copies on a page, by copy."""
    return store.select(
        "SELECT body FROM drift ORDER BY copy_document, copy_claim, id LIMIT :most OFFSET :skip",
        most=PAGE + 1,
        skip=PAGE * page,
    )


def label_of(store: SqlStore, document_id: str) -> str | None:
    """Return the title or name of a document without reading its text, None if there is none."""
    rows = store.select(
        "SELECT coalesce(nullif(title, ''), nullif(name, ''), id) AS label FROM document "
        "WHERE id = :id",
        id=document_id,
    )
    return str(rows[0]["label"]) if rows else None


def _column(kind: Kind[Any], column: str) -> str:
    if kind is DECISION or not column.isidentifier():
        raise ValueError(f"{column!r} is no column to count by")
    return column


def _column_of(column: str) -> str:
    if column not in ("kind", "status", "certainty", "polarity", "extractor", "document_id"):
        raise ValueError(f"{column!r} is no column to choose by")
    return column


def problems_of_shown(store: SqlStore, stage: str) -> list[str]:
    """Return the ids of problems of reading media that pages show, as noted under the stage."""
    rows = store.select(
        "SELECT id FROM problem WHERE stage = 'read' "
        "AND EXISTS (SELECT 1 FROM work WHERE work.stage = :stage AND work.subject = "
        "problem.subject) AND EXISTS (SELECT 1 FROM snapshot WHERE snapshot.address = "
        "problem.subject AND (media_type LIKE 'image/%' OR media_type LIKE 'video/%' "
        "OR media_type LIKE 'audio/%')) ORDER BY id",
        stage=stage,
    )
    return [row["id"] for row in rows]


def standing_near(store: SqlStore, number: int, most: int) -> list[Row]:
    """Return the bodies of the standing decisions among the last `most` up to this number."""
    return store.select(
        "SELECT body FROM decision WHERE number <= :number AND number > :number - :most "
        "AND id IN (SELECT decision_id FROM standing) ORDER BY number",
        number=number,
        most=most,
    )
