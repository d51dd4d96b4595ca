"""A trace and its evidence to a dossier in which every sentence cites the quotes it rests on.

In: a trace, the evidence, the register (for places), options. Out: one immutable dossier, the
same for the same input. Refused: a cited claim that is not among the evidence (`MisuseError`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enduse.model.custody import Trace
from enduse.model.dossier import Citation, Dossier, DossierSection
from enduse.model.record import make_id, to_plain
from enduse.ports import Register
from enduse.publish.answer import compose_answer, compose_sighting
from enduse.publish.chains import compose_chains
from enduse.publish.citing import CitationBook
from enduse.publish.coarse import coarsen_trace
from enduse.publish.desk import Desk
from enduse.publish.drifting import compose_drift
from enduse.publish.evidence import Evidence, Options
from enduse.publish.maps import mark_places
from enduse.publish.parties import compose_parties
from enduse.publish.picture import draw_chains
from enduse.publish.places import coarsen_parties
from enduse.publish.setting import (
    compose_doubts,
    compose_feared,
    compose_gaps,
    compose_levers,
    compose_planned,
    compose_speakers,
)
from enduse.publish.stated import keep_to_reports
from enduse.publish.wording import count, finish, name_party, name_weapon, say_day, standing_text
from enduse.reference.priors import load_priors


def compose_dossier(
    trace: Trace,
    evidence: Evidence,
    register: Register | None = None,
    options: Options | None = None,
) -> Dossier:
    """Return the dossier of a sighting.

    Args:
        trace: the ranked chains.
        evidence: everything that may be cited.
        register: tells how precise a place is; without it, a place is printed as it is named.
        options: day, review, limits on places, right of reply.

    Raises:
        MisuseError: the trace or an incident cites a claim that the evidence lacks.
    """
    options = options or Options()
    desk = _open_desk(trace, evidence, register, options)
    sections = tuple(one for one in _sections(desk) if one.sentences or one.tables)
    places = tuple(mark_places(desk))
    citations = desk.book.citations()
    seen = desk.trace.sighting
    warnings = tuple(_warnings(desk, citations))
    content = [to_plain(part) for part in (sections, citations, warnings, places)]
    standing = standing_text()
    notes = (*standing["notes"], *map(finish, desk.trace.notes), *_silence(desk))
    return Dossier(
        id=make_id("dossier", trace.id, options.as_of, options.prepared, *content),
        title=f"{seen.weapon.label} with {seen.holder.label}: how it may have come there",
        as_of=options.as_of,
        standard=tuple(standing["standard"]),
        likelihood_words=tuple((band.words, band.low, band.high) for band in desk.bands),
        sections=sections,
        citations=citations,
        notes=tuple(dict.fromkeys(notes)),
        picture=draw_chains(desk.trace),
        trace_id=trace.id,
        warnings=warnings,
        prepared=options.prepared,
        places=places,
    )


def _coarsen(evidence: Evidence, options: Options, register: Register | None) -> Evidence:
    """Return the evidence with no place among the parties that is finer than may be printed."""
    coarse = tuple(coarsen_parties(one, options, register) for one in evidence.incidents)
    return replace(evidence, incidents=coarse)


def _open_desk(
    trace: Trace, evidence: Evidence, register: Register | None, options: Options
) -> Desk:
    """Return the desk with nothing on it that may not be printed."""
    evidence = _coarsen(evidence, options, register)
    trace = keep_to_reports(trace, evidence, register)
    trace = coarsen_trace(trace, evidence, register, options)
    book = CitationBook(trace.id, evidence, options, register=register)
    bands = options.bands or load_priors().bands
    return Desk(trace, evidence, register, options, book, bands)


def _sections(desk: Desk) -> Iterator[DossierSection]:
    """Yield the sections in reading order; citations are numbered in this order."""
    yield compose_answer(desk)
    yield compose_sighting(desk)
    yield from compose_chains(desk)
    yield compose_planned(desk)
    yield compose_feared(desk)
    yield compose_speakers(desk)
    yield compose_drift(desk)
    yield compose_doubts(desk)
    yield compose_gaps(desk)
    yield compose_levers(desk)
    yield compose_parties(desk)


def _silence(desk: Desk) -> Iterator[str]:
    """Yield the sentence for a question on which no claim speaks; it has nothing to cite."""
    if not desk.ground:
        sighting = desk.trace.sighting
        facts = {
            "who": name_party(sighting.holder.label),
            "what": name_weapon(sighting.weapon.label),
        }
        yield finish(standing_text()["silence"].format_map(facts))


def _warnings(desk: Desk, citations: tuple[Citation, ...]) -> Iterator[str]:
    """Yield what a reader must know before the first line."""
    words = standing_text()["warning"]
    reviewed = sum(citation.reviewed for citation in citations)
    facts = {
        "claims": count(len(citations), "claim"),
        "reviewed": count(reviewed, "claim"),
        "all": str(len(citations)),
    }
    state = "none" if reviewed == 0 else "all" if reviewed == len(citations) else "some"
    yield finish(words[state].format_map(facts))
    bare = sum(citation.start is None for citation in citations)
    if bare:
        yield finish(words["imported"].format(claims=count(bare, "claim")))
    documents = {citation.document_id: citation for citation in citations}
    if len(documents) == 1:
        only = next(iter(documents.values()))
        yield finish(words["one_witness"].format(publisher=only.publisher or only.document_label))
    witnesses = [witness for incident in desk.seen for witness in incident.witnesses]
    if witnesses and all(witness.party_to_conflict for witness in witnesses):
        yield finish(words["one_side"])
    if desk.options.as_of:
        yield finish(words["as_of"].format(day=say_day(desk.options.as_of)))
