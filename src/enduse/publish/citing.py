"""Citations: each cited claim once, numbered in the order in which the dossier first needs it.

In: claim ids. Out: the numbers for a sentence, and at the end the list of citations. Refused: a
claim that is not among the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from enduse.model.claim import Certainty, Claim, Part
from enduse.model.document import Document, Span
from enduse.model.dossier import Citation, Sentence
from enduse.model.incident import Party
from enduse.model.record import make_id
from enduse.model.reprint import Relation, Reprint
from enduse.ports import Register
from enduse.publish.evidence import Evidence, Options
from enduse.publish.places import coarsen_party
from enduse.publish.wording import finish

_COPIES = (Relation.REPRINT, Relation.EXCERPT)
UNPRINTED = (Part.PLACE, Part.VIA)
"""Parts of a claim that a dossier never names beside its quote: where, and by which route."""


@dataclass(slots=True)
class CitationBook:
    """The citations of one dossier while it is composed.

    Attributes:
        trace_id: enters the ids of the sentences.
        numbers: claim id to citation number, in order.
        told: how often a sentence was said, since a repeated one has an id of its own.
        register: tells which parties are places, and what holds them.
    """

    trace_id: str
    evidence: Evidence
    options: Options
    numbers: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    register: Register | None = None

    def cite(self, claim_ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the claims, giving new ones where needed, in rising order."""
        wanted = sorted(dict.fromkeys(claim_ids), key=self._order)
        return tuple(
            sorted(self.numbers.setdefault(claim_id, len(self.numbers) + 1) for claim_id in wanted)
        )

    def sentence(self, text: str, claim_ids: Iterable[str]) -> Sentence:
        """Return the text as a sentence with its citations and its stable id.

        Raises:
            ValueError: nothing is cited; such a sentence has no place in a dossier.
        """
        cited = tuple(sorted(set(claim_ids)))
        if not cited:
            raise ValueError(f"a sentence of a dossier cites nothing: {text!r}")
        said = finish(text)
        times = self.told[said, cited] = self.told.get((said, cited), 0) + 1
        key = make_id("sentence", self.trace_id, said, cited, times)
        return Sentence(key, said, self.cite(cited))

    def citations(self) -> tuple[Citation, ...]:
        """Return every citation given so far, by number."""
        return tuple(
            make_citation(number, self.evidence.claim(claim_id), self)
            for claim_id, number in self.numbers.items()
        )

    def _order(self, claim_id: str) -> tuple[str, int, str]:
        claim = self.evidence.claim(claim_id)
        written = self.evidence.document(claim.document_id).written
        return (written.isoformat() if written else "9999", claim_start(claim), claim_id)


def make_citation(number: int, claim: Claim, book: CitationBook) -> Citation:
    """Return the citation of one claim with the publication facts of its document."""
    evidence, options = book.evidence, book.options
    document = evidence.document(claim.document_id)
    return Citation(
        number=number,
        claim_id=claim.id,
        document_id=document.id,
        document_label=document.title or document.label,
        publisher=document.publisher,
        published=document.date_published,
        address=document.address,
        digest=evidence.digests.get(document.id, ""),
        quote=claim.span.quote if claim.span else "",
        start=claim.span.start if claim.span else None,
        end=claim.span.end if claim.span else None,
        speakers=tuple(speaker.name or speaker.text for speaker in claim.attribution),
        hedge=hedge_words(claim),
        certainty=claim.certainty.value,
        language=document.language,
        copies=tuple(
            label_document(evidence.document(copy)) for copy in repeats_of(claim, evidence)
        ),
        polarity=claim.polarity.value,
        about=summarize_claim(claim, options, book.register),
        reviewed=claim.id in options.reviewed,
    )


def copies_of(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Return, for each document that is copied, the documents that copy it, sorted."""
    found: dict[str, set[str]] = {}
    for reprint in _copying(evidence):
        found.setdefault(reprint.of, set()).add(reprint.copy)
    return {original: tuple(sorted(copies)) for original, copies in found.items()}


def repeats_of(claim: Claim, evidence: Evidence) -> tuple[str, ...]:
    """Return the documents in which most of the claim's quote stands again, sorted."""
    span = claim.span
    found = {
        reprint.copy
        for reprint in _copying(evidence)
        if reprint.of == claim.document_id
        and (span is None or not reprint.spans or _shared(span, reprint) * 2 >= len(span.quote))
    }
    return tuple(sorted(found))


def _copying(evidence: Evidence) -> Iterator[Reprint]:
    """Yield the reprints whose direction is known and whose documents are both here."""
    for reprint in evidence.reprints:
        known = reprint.copy in evidence.documents and reprint.of in evidence.documents
        if known and reprint.directed and reprint.relation in _COPIES:
            yield reprint


def _shared(span: Span, reprint: Reprint) -> int:
    """Return how many characters of the span stand in the copy."""
    overlaps = (min(span.end, s.of_end) - max(span.start, s.of_start) for s in reprint.spans)
    return sum(max(0, overlap) for overlap in overlaps)


def label_document(document: Document) -> str:
    """Return how the dossier names a document: publisher and day, else its own label."""
    day = document.date_published
    if document.publisher is None:
        return f"“{document.title}”" if document.title else document.label
    return f"{document.publisher}, {day.day} {day:%B %Y}" if day else document.publisher


def hedge_words(claim: Claim) -> str:
    """Return the words of the document that weaken the claim; empty if it is stated flatly."""
    if claim.certainty is Certainty.CERTAIN:
        return ""
    weak = tuple(level.value for level in Certainty if level.rank > 0)
    words = (cue.text for cue in claim.because.cues if cue.sense.endswith(weak))
    return ", ".join(dict.fromkeys(words))


def summarize_claim(claim: Claim, options: Options, register: Register | None) -> str:
    """Return the claim in one line: kind, mode, status, and its parties by role.

    A party that is a place has its coarse name, or is left out.
    """
    head = ", ".join(filter(None, (claim.kind.value, claim.mode, claim.status)))
    told = (role for role in claim.roles if role.part not in UNPRINTED)
    parties = (Party(role.part, role.label, role.reference) for role in told)
    printed = (coarsen_party(party, claim, options, register) for party in parties)
    roles = "; ".join(f"{party.part.value} {party.label}" for party in printed if party)
    return f"{head}: {roles}"


def claim_start(claim: Claim) -> int:
    """Return where the claim's quote starts; -1 for one without a span."""
    return claim.span.start if claim.span else -1
