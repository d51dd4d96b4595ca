"""Writes the made case: rows of every kind, by seed, not by the stages, so that it takes minutes.

Incidents are drawn from runs of one to four claims of a document; a copy's claims stand with the
original's, as fusing would have it. Some claims, copies and documents have been decided on, some
questions have been asked and dossiers composed from the first documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from enduse.case.ask import answer
from enduse.case.casebook import Casebook, create_case, open_case
from enduse.case.deciding import decide, decide_many
from enduse.case.evidence import Evidence
from enduse.case.publishing import compose
from enduse.model.claim import Certainty, Claim, Part
from enduse.model.custody import Question
from enduse.model.decision import Matter
from enduse.model.entity import Judgement, Verdict
from enduse.model.incident import Incident, Party, Witness
from enduse.model.problem import Problem
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
from large.bulk import loading
from large.names import Names, make_names
from large.telling import Page, write_pages

_BATCH, _SIGNER = 2000, "Ana Example"
_LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)
_ASKED_OF = 60


@dataclass(frozen=True)
class Size:
    """How many documents, claims in each, and the seed."""

    documents: int
    claims: int
    seed: int = 7


def make_case(folder: Path, size: Size, *, at_once: bool = True) -> None:
    """Write the case's rows, a batch of documents at a time, indexes last or beside them."""
    chance = random.Random(size.seed)
    event.listen(Engine, "connect", _widen)
    create_case(folder).close()
    with loading(folder / "case.db") if at_once else nullcontext(), open_case(folder) as book:
        names = make_names(book.register)
        book.store.put(ENTITY, names.entities)
        pages = write_pages(size.documents, size.claims, names, size.seed)
        while batch := list(islice(pages, _BATCH)):
            _keep_pages(book, batch, chance)
            print(f"\r{batch[-1].document.name}", end="", flush=True)
        print()
        _keep_judgements(book, names, chance)
    with open_case(folder) as book:
        _keep_decisions(book, size)
        _ask(book)


def _widen(connection: Any, _record: Any) -> None:
    """Let the database hold its indexes in memory: ids are digests, so rows fall everywhere."""
    connection.execute("PRAGMA cache_size = -3000000")
    connection.execute("PRAGMA synchronous = OFF")


def _keep_pages(book: Casebook, batch: Sequence[Page], chance: random.Random) -> None:
    with book.store.writing():
        book.store.put(SNAPSHOT, [page.snapshot for page in batch])
        book.store.put(DOCUMENT, [page.document for page in batch])
        book.store.put(CLAIM, [claim for page in batch for claim in page.claims])
        book.store.put(RESOLVED, [claim for page in batch for claim in page.resolved])
        book.store.put(REPRINT, [page.reprint for page in batch if page.reprint])
        book.store.put(INCIDENT, _incidents(batch, chance))
        book.store.log(_entries(batch))
        book.store.put(PROBLEM, [_problem(page) for page in batch[:: _BATCH // 4]])


def _entries(batch: Sequence[Page]) -> Iterator[dict[str, str | int]]:
    for page in batch:
        for stage, subject in (("read", page.snapshot.id), ("extract", page.document.id)):
            yield {
                "id": f"run-{stage}-{subject}",
                "stage": stage,
                "version": "made",
                "subject": subject,
                "finished": _LONG_AGO.isoformat(),
                "made": 1,
            }


def _problem(page: Page) -> Problem:
    return Problem("read", page.document.id, "a table could not be read", "", "Look at the page")


def _incidents(batch: Sequence[Page], chance: random.Random) -> Iterator[Incident]:
    """Yield an incident for every run of one to four claims of a document that is no copy."""
    copies = {page.reprint.of: page for page in batch if page.reprint}
    for page in batch:
        if page.reprint is not None:
            continue
        copy = copies.get(page.document.id)
        at, most = 0, len(page.resolved)
        while at < most:
            end = min(most, at + chance.choice((1, 2, 3, 4) if at else (2, 3, 4)))
            yield _incident(page.resolved[at:end], copy.resolved[at:end] if copy else (), chance)
            at = end


def _incident(told: Sequence[Claim], again: Sequence[Claim], chance: random.Random) -> Incident:
    first = told[0]
    parties = tuple(Party(r.part, r.label, r.reference) for r in first.roles)
    repeated = tuple({claim.document_id: None for claim in again})
    key = f"incident-{first.id[6:]}"
    return Incident(
        key,
        first.kind,
        first.mode,
        first.status,
        tuple(party for party in parties if party.part is not Part.PLACE),
        next(party for party in parties if party.part is Part.PLACE),
        first.time,
        None,
        tuple(sorted(claim.id for claim in (*told, *again))),
        witnesses=(Witness(first.document_id, repeated),),
        certainty=first.certainty if chance.random() < 0.9 else Certainty.POSSIBLE,
        probability=round(chance.random(), 4),
        conflicts=(key,) if chance.random() < 0.01 else (),
    )


def _keep_judgements(book: Casebook, names: Names, chance: random.Random) -> None:
    """Keep what the program and people judged of each name."""
    verdicts = (Verdict.SAME, Verdict.SAME, Verdict.UNSURE, Verdict.DIFFERENT)
    made = []
    for turn in range(3):
        for number, one in enumerate((*names.weapons, *names.actors, *names.places)):
            by = _SIGNER if number % 100 == turn == 0 else "rule:spelling"
            made.append(
                Judgement(
                    f"judgement-{turn}-{number:06}",
                    one.text,
                    one.reference or "bgm-71-tow",
                    chance.choice(verdicts),
                    by,
                    _LONG_AGO + timedelta(minutes=number),
                    "spelled alike",
                    (("spelling", 0.9),),
                )
            )
    book.store.put(JUDGEMENT, made)


def _keep_decisions(book: Casebook, size: Size) -> None:
    """Decide on a fiftieth of the claims, a hundredth of the copies, and some documents."""
    claims = book.store.select(
        "SELECT id FROM claim ORDER BY document_id, start LIMIT :most",
        most=size.documents * size.claims // 50,
    )
    ids = [row["id"] for row in claims]
    rejected = ids[::7]
    decide_many(book, Matter.CLAIM, sorted({*ids} - {*rejected}), "accept", by=_SIGNER)
    decide_many(book, Matter.CLAIM, rejected, "reject", by=_SIGNER)
    copies = book.store.ids(REPRINT)
    decide_many(book, Matter.REPRINT, copies[::100], "reject", by=_SIGNER)
    decide_many(book, Matter.MARKING, book.store.ids(DOCUMENT)[::500], "amber", by=_SIGNER)
    decide(book, Matter.REPLY, "brigade 1", "asked", by=_SIGNER)


def _ask(book: Casebook) -> None:
    """Ask of the first documents alone how weapons came to their holders; compose dossiers."""
    keys = [f"doc-{number:08}" for number in range(_ASKED_OF)]
    documents = {key: one for key in keys if (one := book.store.get(DOCUMENT, key)) is not None}
    claims = {
        claim.id: claim for key in documents for claim in book.store.find(RESOLVED, document_id=key)
    }
    incidents = [
        one
        for key in claims
        if (one := book.store.get(INCIDENT, f"incident-{key[6:]}")) is not None
    ]
    evidence = Evidence(documents, claims, (), tuple(incidents), {})
    asked = 0
    for one in incidents:
        weapon, taker = one.party(Part.WEAPON), one.party(Part.TO)
        if weapon is None or taker is None or one.planned:
            continue
        holder = replace(taker, part=Part.ACTOR)
        trace = answer(book, evidence, Question(weapon, holder))
        if asked < 5:
            compose(book, evidence, trace, reviewed=frozenset())
        asked += 1
        if asked == 40:
            return
