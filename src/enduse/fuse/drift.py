"""Claims followed through their copies: where a hedge, a speaker or a number changed.

In: claims, documents, reprints, and the incidents they were fused to. Out: one drift for each
change. A headline counts as harder than a text if its claim is of the same incident, or stands in
a copy of it, and is firmer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from enduse.fuse.accounts import MADE_IN_CASE, fold
from enduse.fuse.copies import Retelling, find_retellings
from enduse.model.claim import AGAIN, Because, Certainty, Claim, Role
from enduse.model.document import Document, SectionKind, Span
from enduse.model.drift import Drift, Shift
from enduse.model.incident import Incident
from enduse.model.record import make_id
from enduse.model.reprint import Reprint

HEDGE = "certainty:"


def find_drift(
    incidents: Iterable[Incident],
    claims: Iterable[Claim],
    documents: Iterable[Document],
    reprints: Iterable[Reprint],
) -> tuple[Drift, ...]:
    """Return every change between a claim and its copies, sorted by copy and shift."""
    home = {
        claim_id: incident.id
        for incident in incidents
        for claim_id in (*incident.claims, *incident.denials)
    }
    return compare_copies(home, claims, documents, reprints)


def compare_copies(
    home: Mapping[str, str],
    claims: Iterable[Claim],
    documents: Iterable[Document],
    reprints: Iterable[Reprint],
) -> tuple[Drift, ...]:
    """Return every change between a claim and its copies, sorted by copy and shift.

    The changes of one copy rest on the claims of the documents it copies, and of those that they
    copy; nothing further off bears on them, so a part of a case may be compared by itself.

    Args:
        home: the incident that each claim tells of, by id.
        claims: of the copies, of what they copy, and of what that copies.
        documents: those that the claims stand in; only their sections are read.
        reprints: those between the documents.
    """
    by_id = {claim.id: claim for claim in claims}
    reprints = tuple(reprints)
    titles = _find_titles(by_id.values(), documents)
    found = [
        _drift(shift, told.original, told.copy, words, told.reprint.id, home)
        for told in _first_tellings(find_retellings(by_id.values(), reprints))
        for shift, words in _compare(told.original, told.copy)
    ]
    found += _hard_headlines(titles, by_id, home, reprints)
    return tuple(sorted(found, key=lambda each: (each.copy_document, each.copy, each.id)))


def _first_tellings(retellings: Iterable[Retelling]) -> Iterator[Retelling]:
    """Yield the retellings that have a direction, each copy against the first telling.

    Where a copy repeats two claims of which one repeats the other, the change is told once.
    """
    directed = [told for told in retellings if told.reprint.directed]
    originals: dict[str, set[str]] = defaultdict(set)
    for told in directed:
        originals[told.copy.id].add(told.original.id)
    for told in directed:
        if not originals[told.original.id] & originals[told.copy.id]:
            yield told


def _drift(
    shift: Shift,
    original: Claim,
    copy: Claim,
    words: tuple[str, str],
    reprint_id: str | None,
    home: Mapping[str, str],
) -> Drift:
    incident = home.get(original.id)
    return Drift(
        id=make_id("drift", shift, original.id, copy.id),
        shift=shift,
        original=original.id,
        copy=copy.id,
        original_document=original.document_id,
        copy_document=copy.document_id,
        before=words[0],
        after=words[1],
        reprint_id=reprint_id,
        incident_id=incident if incident == home.get(copy.id) else None,
    )


def _compare(original: Claim, copy: Claim) -> Iterator[tuple[Shift, tuple[str, str]]]:
    if original.certainty is not copy.certainty:
        harder = copy.certainty.rank < original.certainty.rank
        shift = Shift.HEDGE_DROPPED if harder else Shift.HEDGE_ADDED
        yield shift, (hedge_words(original), hedge_words(copy))
    speakers = [_speakers(original), _speakers(copy)]
    if speakers[0] and not speakers[1]:
        yield Shift.SPEAKER_LOST, (speakers[0], "no speaker")
    if speakers[1] and not speakers[0]:
        yield Shift.SPEAKER_ADDED, ("no speaker", speakers[1])
    if original.planned and not copy.planned:
        yield Shift.PLAN_TO_DEED, (original.status or "", copy.status or "done")
    if original.polarity is not copy.polarity:
        yield Shift.DENIAL_TURNED, (original.polarity.value, copy.polarity.value)
    yield from _compare_figures(original, copy)


def _compare_figures(original: Claim, copy: Claim) -> Iterator[tuple[Shift, tuple[str, str]]]:
    one, other = original.quantity, copy.quantity
    if one and other and (one.min, one.max) != (other.min, other.max):
        yield Shift.NUMBER_CHANGED, (one.text, other.text)
    for role in original.roles:
        there = copy.role(role.part)
        if there and _differ(role, there):
            yield Shift.PARTY_CHANGED, (role.label, there.label)


def _differ(role: Role, there: Role) -> bool:
    """Return whether two parties are known to be others.

    One name read in two ways is not, nor is one that only this case knows: it may be an alias.
    """
    references = role.reference, there.reference
    if fold(role.text) == fold(there.text) or role.reference == there.reference:
        return False
    return all(each is not None and not each.startswith(MADE_IN_CASE) for each in references)


def hedge_words(claim: Claim) -> str:
    """Return the claim's certainty and the words that make it so.

    >>> hedge_words(Claim("c", "d", "use", ()))
    'certain'
    """
    cues = [cue.text for cue in claim.because.cues if cue.sense.startswith(HEDGE)]
    return f"{claim.certainty.value}: {', '.join(cues)}" if cues else claim.certainty.value


def _speakers(claim: Claim) -> str:
    return ", ".join(speaker.name or speaker.text for speaker in claim.attribution)


def _find_titles(claims: Iterable[Claim], documents: Iterable[Document]) -> list[Claim]:
    """Return the claims that stand in a title, by id; those said again there as said there."""
    spans = {
        document.id: [part for part in document.sections if part.kind is SectionKind.TITLE]
        for document in documents
    }
    told = (each for claim in claims for each in (claim, *_said_again(claim)))
    return sorted(
        (
            claim
            for claim in told
            if claim.span
            and any(
                part.start <= claim.span.start and claim.span.end <= part.end
                for part in spans.get(claim.document_id, ())
            )
        ),
        key=lambda claim: (claim.id, claim.span.start if claim.span else 0),
    )


def _said_again(claim: Claim) -> Iterator[Claim]:
    """Yield the claim as it is said once more elsewhere in its document."""
    for cue in claim.because.cues:
        if cue.sense.endswith(AGAIN):
            certainty = Certainty(cue.sense.removesuffix(AGAIN))
            span = Span(claim.document_id, cue.start, cue.end, cue.text)
            why = Because(claim.because.rule)
            yield replace(claim, span=span, certainty=certainty, because=why)


def _hard_headlines(
    titles: Sequence[Claim],
    by_id: Mapping[str, Claim],
    home: Mapping[str, str],
    reprints: Sequence[Reprint],
) -> Iterator[Drift]:
    """Yield the headlines firmer than the text under them, or than the text they are drawn from."""
    by_incident: dict[str, list[Claim]] = defaultdict(list)
    for claim_id in sorted(by_id.keys() & home.keys() - {title.id for title in titles}):
        by_incident[home[claim_id]].append(by_id[claim_id])
    sources = {(each.copy, each.of): each.id for each in reprints if each.directed}
    for title in titles:
        softer = [
            claim
            for claim in by_incident.get(home.get(title.id, ""), ())
            if title.certainty.rank < claim.certainty.rank
        ]
        for claim, reprint_id in _related(title, softer, sources):
            words = (hedge_words(claim), f"{hedge_words(title)} (headline)")
            yield _drift(Shift.HEADLINE_HARDENED, claim, title, words, reprint_id, home)


def _related(
    title: Claim, claims: Sequence[Claim], sources: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Claim, str | None]]:
    """Yield the claims of the title's own text, and of the first texts that it copies."""
    at = title.document_id
    lenders = {claim.document_id for claim in claims if (at, claim.document_id) in sources}
    first = {each for each in lenders if not any((each, other) in sources for other in lenders)}
    for claim in claims:
        if claim.document_id == at or claim.document_id in first:
            yield claim, sources.get((at, claim.document_id))
