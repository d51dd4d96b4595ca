"""Publishing: the dossier of a sighting, or the claims, written to a stream.

In: an open casebook that has been run, and what is ordered. Out: bytes on a stream. Refused: what
decisions have overtaken, until the casebook is run again; a dossier that cites a document whose
marking forbids it. Nobody can insist on either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from enduse.case.ask import answer, find_party
from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.evidence import Evidence, gather_evidence
from enduse.case.standing import accepted_claims, decisions_on, waits_for_run
from enduse.errors import MisuseError, NotFoundError
from enduse.fuse import find_drift
from enduse.model.claim import Claim, ClaimKind, Part
from enduse.model.custody import Question, Trace
from enduse.model.decision import KEPT_BACK, NOT_ASKED, Decision, Matter
from enduse.model.document import Document
from enduse.model.dossier import Dossier
from enduse.model.incident import Incident, Party
from enduse.model.mention import EntityKind
from enduse.publish import CLAIM_EXPORTERS, EXPORTERS, Options, Reply, compose_dossier, gather
from enduse.store.kinds import DOSSIER, SNAPSHOT, TRACE

_ENDINGS = {
    "html": "dossier.html",
    "markdown": "dossier.md",
    "claims-jsonl": "claims.jsonl",
    "csv": "claims.csv",
}

WAITING = "decisions were made since the last run, and it does not know them"
"""Why nothing is published while a run is waiting."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to publish: the format, and for a dossier which sighting, as of which day."""

    form: str
    weapon: str | None = None
    holder: str | None = None
    at: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A cited document whose marking forbids publication."""

    document_id: str
    label: str
    marking: str


def default_output(book: Casebook, form: str) -> Path:
    """Return where a format is written if nobody says: in the casebook's folder."""
    return book.folder / _ENDINGS.get(form, f"published.{form}")


def publish_case(book: Casebook, order: Order, stream: BinaryIO) -> None:
    """Write what is ordered.

    A dossier without a named sighting is about the one asked last, or, where none was asked, the
    best-witnessed one that has a chain.

    Raises:
        MisuseError: there is no such format, only one of weapon and holder is named, a run is
            waiting after decisions, or a cited document's marking forbids publication.
        NotFoundError: there is no sighting to write about.
    """
    if order.form not in {*EXPORTERS, *CLAIM_EXPORTERS}:
        formats = ", ".join(sorted({*EXPORTERS, *CLAIM_EXPORTERS}))
        raise MisuseError(f"there is no format {order.form!r}", next_step=f"Formats: {formats}")
    if waits_for_run(book):
        raise MisuseError(
            f"not published: {WAITING}", str(book.folder), f"enduse run {book.folder}"
        )
    evidence = gather_evidence(book, order.as_of)
    if order.form in CLAIM_EXPORTERS:
        CLAIM_EXPORTERS[order.form].write(_claims(evidence), stream)
        return
    dossier = compose(book, evidence, _find_trace(book, evidence, order))
    _refuse_marked(book, dossier)
    EXPORTERS[order.form].write(dossier, stream)


def forbidden_in(book: Casebook, dossier: Dossier) -> tuple[Forbidden, ...]:
    """Return the cited documents whose marking forbids publication."""
    labels = {c.document_id: c.document_label for c in dossier.citations}
    return tuple(
        Forbidden(one.subject, labels[one.subject], one.verdict)
        for one in decisions_on(book, Matter.MARKING, labels)
        if one.verdict in KEPT_BACK
    )


def _refuse_marked(book: Casebook, dossier: Dossier) -> None:
    marked = forbidden_in(book, dossier)
    if marked:
        named = "; ".join(f"{one.label} ({one.document_id}): {one.marking}" for one in marked)
        raise MisuseError(
            f"not published: it cites what is marked against publication: {named}",
            dossier.title,
            f"See the markings in the browser: enduse serve {book.folder}",
        )


def compose(book: Casebook, evidence: Evidence, trace: Trace) -> Dossier:
    """Return the dossier of a trace with what people accepted and asked, and keep it for `why`.

    Args:
        book: the casebook; it tells which claims are accepted, and what parties answered.
        evidence: what it rests on.
        trace: the answer it tells.
    """
    reviewed, replies = accepted_claims(book), _replies(book)
    dossier = compose_dossier(
        trace,
        gather(
            evidence.documents.values(),
            evidence.claims.values(),
            evidence.incidents,
            evidence.reprints,
            book.store.find(SNAPSHOT),
            find_drift(
                evidence.incidents,
                evidence.claims.values(),
                evidence.documents.values(),
                evidence.reprints,
            ),
        ),
        book.register,
        Options(as_of=evidence.as_of, prepared=now().date(), reviewed=reviewed, replies=replies),
    )
    book.store.put(DOSSIER, [dossier])
    return dossier


def _replies(book: Casebook) -> tuple[Reply, ...]:
    return tuple(_reply(one) for one in decisions_on(book, Matter.REPLY))


def _reply(decision: Decision) -> Reply:
    if decision.verdict in NOT_ASKED:
        return Reply(decision.subject, None, f"not asked: {decision.because}")
    return Reply(decision.subject, decision.on.date(), decision.because or decision.verdict)


def _claims(evidence: Evidence) -> Iterator[tuple[Claim, Document]]:
    for claim in sorted(evidence.claims.values(), key=_in_reading_order):
        yield claim, evidence.documents[claim.document_id]


def _in_reading_order(claim: Claim) -> tuple[str, int, str]:
    return claim.document_id, claim.span.start if claim.span else -1, claim.id


def _find_trace(book: Casebook, evidence: Evidence, order: Order) -> Trace:
    if (order.weapon is None) != (order.holder is None):
        raise MisuseError(
            "a sighting has a weapon and a holder", next_step="Give both --weapon and --holder"
        )
    if order.weapon is not None and order.holder is not None:
        weapon = find_party(book, evidence, order.weapon, EntityKind.WEAPON)
        holder = find_party(book, evidence, order.holder, EntityKind.ACTOR)
        question = Question(weapon, holder, order.at, order.as_of)
        return answer(book, evidence, question)
    return _asked_last(book, evidence, order) or _best_witnessed(book, evidence, order)


def _asked_last(book: Casebook, evidence: Evidence, order: Order) -> Trace | None:
    log = book.store.lineage("trace")
    last = book.store.get(TRACE, log[-1]["version"]) if log else None
    if last is None:
        return None
    sighting = last.sighting
    at = order.at or last.asked_at
    question = Question(sighting.weapon, sighting.holder, at, order.as_of)
    return answer(book, evidence, question)


def _best_witnessed(book: Casebook, evidence: Evidence, order: Order) -> Trace:
    for incident in sorted(evidence.incidents, key=_by_witness):
        parties = _sighting_of(incident)
        if parties is not None:
            question = Question(*parties, order.at, order.as_of)
            trace = answer(book, evidence, question)
            if trace.chains:
                return trace
    raise NotFoundError(
        "no sighting in this casebook has a chain of custody",
        str(book.folder),
        "Name one with --weapon and --holder, or add documents and run again",
    )


def _sighting_of(incident: Incident) -> tuple[Party, Party] | None:
    weapon, holder = incident.party(Part.WEAPON), incident.party(Part.ACTOR)
    seen = incident.kind in (ClaimKind.USE, ClaimKind.POSSESSION) and incident.claims
    known = weapon and holder and weapon.entity_id and holder.entity_id
    return (weapon, holder) if seen and known and weapon and holder else None


def _by_witness(incident: Incident) -> tuple[float, float, str]:
    return -incident.independent, -incident.probability, incident.id
