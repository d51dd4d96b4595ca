"""A part of a case: what hangs on some documents, claims or parties, read by index.

In: an open store and ids. Out: plain rows, in order of their ids. A list of ids goes to the
database in one piece, as JSON, so that one query answers for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from enduse.store.pages import Row
from enduse.store.sql import SqlStore

_GIVEN = "(SELECT value FROM json_each(:ids))"

_OF_THEM = f"party IN {_GIVEN} AND part IN (SELECT value FROM json_each(:parts))"  # noqa: S608
_READ_OFF = (
    f"SELECT DISTINCT incident_id, started FROM takes_part WHERE {_OF_THEM} "  # noqa: S608 - ours
    "ORDER BY started DESC, incident_id DESC LIMIT :most"
)
_WALKED = (
    "SELECT i.id AS incident_id FROM incident AS i INDEXED BY ix_incident_started "  # noqa: S608
    "WHERE EXISTS (SELECT 1 FROM takes_part AS t INDEXED BY ix_takes_part_incident_id "
    f"WHERE t.incident_id = i.id AND {_OF_THEM}) "
    "ORDER BY i.started DESC LIMIT :most"
)


def _ask(store: SqlStore, query: str, ids: Iterable[str]) -> list[Row]:
    return store.select(query, ids=json.dumps(sorted(set(ids))))


def documents_without_text(store: SqlStore, ids: Iterable[str]) -> list[Row]:
    """Return the bodies of documents, which do not hold the text."""
    return _ask(store, f"SELECT body FROM document WHERE id IN {_GIVEN} ORDER BY id", ids)  # noqa: S608


def claims_of(store: SqlStore, documents: Iterable[str]) -> list[Row]:
    """Return the bodies of the resolved claims of documents, by ix_resolved_document_id."""
    return _ask(
        store,
        f"SELECT body FROM resolved WHERE document_id IN {_GIVEN} ORDER BY id",  # noqa: S608
        documents,
    )


def copies_by(store: SqlStore, documents: Iterable[str]) -> list[Row]:
    """Return id and body of what shows that the documents copy others, by ix_reprint_copy_id."""
    return _ask(
        store,
        f"SELECT id, body FROM reprint WHERE copy_id IN {_GIVEN} ORDER BY id",  # noqa: S608
        documents,
    )


def copies_from(store: SqlStore, documents: Iterable[str]) -> list[str]:
    """Return the ids of the documents that copy from these, by ix_reprint_of_id."""
    rows = _ask(
        store,
        f"SELECT DISTINCT copy_id FROM reprint WHERE of_id IN {_GIVEN} ORDER BY copy_id",  # noqa: S608
        documents,
    )
    return [row["copy_id"] for row in rows]


def copies_named(store: SqlStore, reprints: Iterable[str]) -> list[str]:
    """Return the ids of the documents that copy, by the ids of what shows it."""
    rows = _ask(store, f"SELECT copy_id FROM reprint WHERE id IN {_GIVEN}", reprints)  # noqa: S608
    return [row["copy_id"] for row in rows]


def drift_in(store: SqlStore, documents: Iterable[str]) -> list[str]:
    """Return the ids of the changes kept of these copies, by ix_drift_order."""
    rows = _ask(store, f"SELECT id FROM drift WHERE copy_document IN {_GIVEN}", documents)  # noqa: S608
    return [row["id"] for row in rows]


def homes_of(store: SqlStore, claims: Iterable[str]) -> dict[str, str]:
    """Return the incident that each claim tells of; the last by id, if it tells of several."""
    rows = _ask(
        store,
        "SELECT claim_id, max(incident_id) AS incident_id FROM tells "  # noqa: S608
        f"WHERE claim_id IN {_GIVEN} GROUP BY claim_id",
        claims,
    )
    return {row["claim_id"]: row["incident_id"] for row in rows}


def all_parties(store: SqlStore) -> list[str]:
    """Return the keys of all actors of the case, as they are kept."""
    rows = store.select("SELECT party FROM party WHERE kind = 'actor' ORDER BY party")
    return [row["party"] for row in rows]


def memberships(store: SqlStore) -> list[Row]:
    """Return the bodies of the incidents of one actor being part of another."""
    return store.select(
        "SELECT body FROM incident WHERE kind = 'affiliation' "
        "AND mode IN ('branch', 'member', 'command') ORDER BY id"
    )


def last_ended(store: SqlStore) -> str | None:
    """Return the last day that any incident may have, by ix_incident_ended."""
    last: str | None = store.select("SELECT max(ended) AS last FROM incident")[0]["last"]
    return last


def incidents_with(
    store: SqlStore, parties: Iterable[str], parts: Iterable[str], most: int
) -> list[str]:
    """Return the ids of the latest incidents in which a party plays one of the parts.

    Where the parties have few incidents those are read, from ix_takes_part_party_started alone.
    Where they have many, incidents are walked from the latest on, by ix_incident_started, until
    enough were found: the more the parties have the sooner that is.
    """
    ids = json.dumps(sorted(set(parties)))
    told = store.select(
        "SELECT coalesce(sum(incidents), 0) AS theirs, "  # noqa: S608
        "(SELECT coalesce(max(rowid), 0) FROM incident) AS every FROM party "
        f"WHERE kind IN ('actor', 'weapon', 'place') AND party IN {_GIVEN}",
        ids=ids,
    )[0]
    # reading off costs about a third of a step of the walk, which takes most * every / theirs steps
    walk = told["theirs"] ** 2 > 3 * most * told["every"]
    rows = store.select(
        _WALKED if walk else _READ_OFF,
        ids=ids,
        parts=json.dumps(sorted(parts)),
        most=most,
    )
    return [row["incident_id"] for row in rows]


def incidents_of_modes(store: SqlStore, modes: Iterable[str], most: int) -> list[str]:
    """Return the ids of the latest transfers of the modes, by ix_incident_kind_mode."""
    found: list[str] = []
    for mode in sorted(set(modes)):
        rows = store.select(
            "SELECT id FROM incident WHERE kind = 'transfer' AND mode = :mode "
            "ORDER BY started DESC LIMIT :most",
            mode=mode,
            most=most,
        )
        found += [row["id"] for row in rows]
    return found[:most]


def incidents_by_id(store: SqlStore, ids: Iterable[str]) -> list[Row]:
    """Return the bodies of the incidents with these ids, in order of id."""
    return _ask(store, f"SELECT body FROM incident WHERE id IN {_GIVEN} ORDER BY id", ids)  # noqa: S608


def claims_by_id(store: SqlStore, ids: Iterable[str]) -> list[Row]:
    """Return the bodies of the resolved claims with these ids, in order of id."""
    return _ask(store, f"SELECT body FROM resolved WHERE id IN {_GIVEN} ORDER BY id", ids)  # noqa: S608


def claims_naming(store: SqlStore, parties: Iterable[str], most: int) -> list[str]:
    """Return the ids of claims that name one of the parties, weapons and places left out."""
    rows = store.select(
        f"SELECT DISTINCT claim_id FROM named WHERE party IN {_GIVEN} LIMIT :most",  # noqa: S608
        ids=json.dumps(sorted(set(parties))),
        most=most,
    )
    return [row["claim_id"] for row in rows]


def told_by(store: SqlStore, claim_id: str) -> list[str]:
    """Return the ids of the incidents that a claim tells of."""
    rows = store.select("SELECT incident_id FROM tells WHERE claim_id = :id", id=claim_id)
    return [row["incident_id"] for row in rows]


def quotes_of(store: SqlStore, claims: Iterable[str]) -> dict[str, str]:
    """Return the words that carry each resolved claim."""
    rows = _ask(
        store,
        "SELECT id, coalesce(body ->> '$.span.quote', '') AS quote FROM resolved "  # noqa: S608
        f"WHERE id IN {_GIVEN}",
        claims,
    )
    return {row["id"]: row["quote"] for row in rows}


def may_hold_drift(store: SqlStore) -> list[str]:
    """Return the ids of the documents that copy others or have a title in their text, sorted.

    Reads every document's body: for a run, not for a page.
    """
    rows = store.select(
        "SELECT copy_id AS id FROM reprint UNION SELECT d.id FROM document AS d WHERE EXISTS ("
        "SELECT 1 FROM json_each(d.body, '$.sections') AS s WHERE s.value ->> 'kind' = 'title') "
        "ORDER BY id"
    )
    return [row["id"] for row in rows]
