"""The gate before publication: what is not reviewed, who was not asked, which marking forbids it.

In: a dossier as composed, and the decisions that stand now. Out: what still forbids publishing.
Refused: writing a dossier that a marking forbids, that cites a claim that a person set aside, that
decisions have overtaken, or that names a party of which nobody said that it was asked, or why not;
one with unreviewed claims, unless the user says so. What was not done the dossier says too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from enduse.case.ask import answer
from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.evidence import gather_evidence
from enduse.case.publishing import WAITING, Forbidden, compose, forbidden_in
from enduse.case.standing import accepted_among, decisions_on, set_aside, waits_for_run
from enduse.case.views.claims import ClaimView, view_claims
from enduse.case.views.custody import TraceRow, find_trace, list_traces
from enduse.errors import MisuseError, NotFoundError
from enduse.model.custody import Question
from enduse.model.decision import NOT_ASKED, Decision, Matter
from enduse.model.dossier import Dossier
from enduse.publish import EXPORTERS
from enduse.store.kinds import DOSSIER

_ENDINGS = {"html": "html", "markdown": "md", "json": "json", "geojson": "geojson"}


@dataclass(frozen=True, slots=True)
class PartyAsked:
    """A party that the dossier names, and what it was asked before publication."""

    label: str
    named_as: str
    reply: Decision | None


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A composed dossier on one line."""

    id: str
    title: str
    trace_id: str
    prepared: str
    cited: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A dossier and what stands between it and the public.

    Attributes:
        unasked: parties of which nobody said that they were asked, or why not.
        set_aside: ids of the cited claims that a person rejected or corrected.
        waiting: whether the case is to be run again before it tells what people decided.
        passes: whether it may be published as it is.
        may_insist: whether unreviewed claims are all that stands in the way; a user may then
            publish all the same, and the dossier says so.
    """

    dossier: DossierRow
    unreviewed: tuple[ClaimView, ...]
    reviewed: int
    parties: tuple[PartyAsked, ...]
    forbidden: tuple[Forbidden, ...]
    warnings: tuple[str, ...]
    forms: tuple[str, ...]
    unasked: tuple[str, ...]
    set_aside: tuple[str, ...]
    waiting: bool
    passes: bool
    may_insist: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What may be published, what was composed, what was written."""

    traces: tuple[TraceRow, ...]
    dossiers: tuple[DossierRow, ...]
    files: tuple[str, ...]


def list_dossiers(book: Casebook) -> tuple[DossierRow, ...]:
    """Return the composed dossiers, latest first."""
    rows = (_row(dossier) for dossier in book.store.find(DOSSIER))
    return tuple(sorted(rows, key=lambda row: (row.prepared, row.id), reverse=True))


def view_desk(book: Casebook) -> Desk:
    """Return what there is to publish and what was published."""
    return Desk(list_traces(book).rows, list_dossiers(book), published_files(book))


def prepare_dossier(book: Casebook, trace_id: str) -> Dossier:
    """Compose the dossier of a trace from the case as it is now, keep it and return it.

    Raises:
        NotFoundError: there is no such trace.
    """
    asked = find_trace(book, trace_id)
    evidence = gather_evidence(book)
    sighting = asked.sighting
    trace = answer(book, evidence, Question(sighting.weapon, sighting.holder, sighting.at))
    return compose(book, evidence, trace)


def view_gate(book: Casebook, dossier_id: str) -> Gate:
    """Return what still stands in the way of a dossier.

    Raises:
        NotFoundError: there is no such dossier.
    """
    dossier = book.store.get(DOSSIER, dossier_id)
    if dossier is None:
        raise NotFoundError(
            f"there is no dossier {dossier_id!r}", str(book.folder), "Prepare it again"
        )
    return _gate(book, dossier)


def publish_dossier(book: Casebook, dossier_id: str, form: str, *, insist: bool = False) -> Path:
    """Compose the dossier afresh, hold it against the gate, and write it; return the file.

    Raises:
        MisuseError: something stands in the way, or there is no such format.
        NotFoundError: there is no such dossier.
    """
    if form not in _ENDINGS:
        raise MisuseError(
            f"there is no format {form!r}", next_step=f"Formats: {', '.join(_ENDINGS)}"
        )
    dossier = prepare_dossier(book, view_gate(book, dossier_id).dossier.trace_id)
    gate = _gate(book, dossier)
    if not gate.passes and not (insist and gate.may_insist):
        raise MisuseError(_reasons(gate), dossier.title, _next_step(book, gate))
    folder = book.folder / "published"
    folder.mkdir(exist_ok=True)
    path = folder / f"{dossier.id}.{_ENDINGS[form]}"
    with path.open("wb") as stream:
        _write(_with_warning(dossier, gate), form, stream)
    return path


def published_files(book: Casebook) -> tuple[str, ...]:
    """Return the names of the files written so far, sorted."""
    folder = book.folder / "published"
    return tuple(sorted(path.name for path in folder.glob("*"))) if folder.is_dir() else ()


def published_file(book: Casebook, name: str) -> Path:
    """Return the file with this name.

    Raises:
        NotFoundError: nothing of this name was published.
    """
    if name not in published_files(book):
        raise NotFoundError(f"nothing is published as {name!r}", next_step="Publish it first")
    return book.folder / "published" / name


def _gate(book: Casebook, dossier: Dossier) -> Gate:
    cited = dict.fromkeys(citation.claim_id for citation in dossier.citations)
    accepted = accepted_among(book, cited)
    unreviewed = view_claims(book, [key for key in cited if key not in accepted])
    parties, forbidden = _parties(book, dossier), forbidden_in(book, dossier)
    unasked = tuple(party.label for party in parties if party.reply is None)
    out = set_aside(book)
    withdrawn, waiting = tuple(key for key in cited if key in out), waits_for_run(book)
    stopped = forbidden or unasked or withdrawn or waiting
    return Gate(
        dossier=_row(dossier),
        unreviewed=unreviewed,
        reviewed=sum(key in accepted for key in cited),
        parties=parties,
        forbidden=forbidden,
        warnings=dossier.warnings,
        forms=tuple(_ENDINGS),
        unasked=unasked,
        set_aside=withdrawn,
        waiting=waiting,
        passes=not (unreviewed or stopped),
        may_insist=not stopped,
    )


def _parties(book: Casebook, dossier: Dossier) -> tuple[PartyAsked, ...]:
    tables = [t for section in dossier.sections if section.key == "parties" for t in section.tables]
    named = {row[0]: row[1] for table in tables for row in table.rows}
    asked = {one.subject: one for one in decisions_on(book, Matter.REPLY, named)}
    return tuple(PartyAsked(label, role, asked.get(label)) for label, role in named.items())


def _reasons(gate: Gate) -> str:
    told = (
        (len(gate.unreviewed), "claims are not reviewed"),
        (len(gate.forbidden), "documents are marked against publication"),
        (len(gate.unasked), "parties were not asked, and nobody said why"),
        (len(gate.set_aside), "cited claims were rejected or corrected"),
    )
    reasons = [f"{many} {words}" for many, words in told if many]
    return "not published: " + "; ".join([*reasons, *([WAITING] if gate.waiting else [])])


def _next_step(book: Casebook, gate: Gate) -> str:
    """Return what to do first: what waits for a run may look otherwise after it."""
    if gate.waiting:
        return f"enduse run {book.folder}, then prepare the dossier again"
    return "Open the dossier's page to settle them"


def _with_warning(dossier: Dossier, gate: Gate) -> Dossier:
    """Return the dossier, saying in its first lines what was not done before publication."""
    said = []
    if gate.unreviewed:
        said.append(
            f"{len(gate.unreviewed)} of {len(gate.unreviewed) + gate.reviewed} cited claims were "
            "found by a program and have not been reviewed by a person."
        )
    said += [
        f"{party.label} was not asked before publication: {party.reply.because.rstrip('.')}."
        for party in gate.parties
        if party.reply is not None and party.reply.verdict in NOT_ASKED
    ]
    return replace(dossier, warnings=(*said, *dossier.warnings)) if said else dossier


def _write(dossier: Dossier, form: str, stream: BinaryIO) -> None:
    EXPORTERS[form].write(dossier, stream)


def _row(dossier: Dossier) -> DossierRow:
    prepared = (dossier.prepared or now().date()).isoformat()
    return DossierRow(dossier.id, dossier.title, dossier.trace_id, prepared, len(dossier.citations))
