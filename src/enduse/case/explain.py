"""`why`: from any claim, incident, chain or sentence down to quotes, documents and digests.

Contradictions are kept nowhere: they are found again, as of today, when one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.evidence import gather_evidence
from enduse.errors import MisuseError, NotFoundError
from enduse.fuse import find_contradictions
from enduse.model.claim import Claim
from enduse.model.contradiction import Contradiction
from enduse.model.custody import Chain, Step, Trace
from enduse.model.document import Document
from enduse.model.drift import Drift
from enduse.model.incident import Incident
from enduse.store.kinds import (
    CLAIM,
    DECISION,
    DOCUMENT,
    DOSSIER,
    DRIFT,
    ENTITY,
    INCIDENT,
    JUDGEMENT,
    KINDS,
    PROBLEM,
    REPRINT,
    RESOLVED,
    SNAPSHOT,
    TRACE,
    Kind,
)


@dataclass(frozen=True, slots=True)
class Reasoning:
    """One thing, in words, and the things it rests on, down to bytes.

    Attributes:
        id: of the thing.
        what: its kind ("chain", "claim", "document", "snapshot", …).
        words: what it says and how it was concluded.
        rests_on: what it was concluded from.
    """

    id: str
    what: str
    words: str
    rests_on: tuple[Reasoning, ...] = ()


def explain(book: Casebook, wanted: str) -> Reasoning:
    """Return why the casebook holds the thing with this id, or with an id that starts so.

    Raises:
        NotFoundError: nothing has this id.
        MisuseError: several things have an id that starts so.
    """
    found = list(_all_explanations(book, wanted))
    if not found:
        raise NotFoundError(
            f"nothing has the id {wanted!r}",
            str(book.folder),
            "enduse show lists what there is; what --as-of told holds for its day alone",
        )
    if len(found) > 1:
        raise MisuseError(
            f"several things have an id that starts with {wanted!r}",
            str(book.folder),
            "Give more of the id",
        )
    return found[0]()


def _all_explanations(book: Casebook, wanted: str) -> Iterator[Callable[[], Reasoning]]:
    makers: list[tuple[Kind[Any], Callable[[Casebook, Any], Reasoning]]] = [
        (RESOLVED, _claim),
        (CLAIM, _claim),
        (INCIDENT, _incident),
        (TRACE, _trace),
        (DOCUMENT, _document),
        (SNAPSHOT, _snapshot),
        (REPRINT, _plain("reprint")),
        (DRIFT, _drift),
        (JUDGEMENT, _plain("judgement")),
        (ENTITY, _plain("entity")),
        (PROBLEM, _plain("problem")),
        (DOSSIER, _plain("dossier")),
        (DECISION, _plain("decision")),
    ]
    exact = next((pair for pair in makers if book.store.has(pair[0], wanted)), None)
    if exact is not None:
        yield _later(book, *exact, wanted)
        return
    seen: set[str] = set()  # a claim is of two kinds once its names are tied
    for kind, make in makers:
        for value_id in book.store.starting(kind, wanted):
            if value_id not in seen:
                seen.add(value_id)
                yield _later(book, kind, make, value_id)
    yield from _inside(book, wanted)


def _later(
    book: Casebook, kind: Kind[Any], make: Callable[[Casebook, Any], Reasoning], value_id: str
) -> Callable[[], Reasoning]:
    return lambda: make(book, book.store.get(kind, value_id))


def _inside(book: Casebook, wanted: str) -> Iterator[Callable[[], Reasoning]]:
    """Yield what is kept in no table: chains, sentences and contradictions, each once."""
    if wanted.startswith("chain-"):
        chains = {c.id: c for t in book.store.find(TRACE) for c in t.chains}
        for chain in (c for key, c in chains.items() if key.startswith(wanted)):
            yield lambda chain=chain: _chain(book, chain)  # type: ignore[misc]
    if wanted.startswith("sentence-"):
        yield from _sentences(book, wanted)
    if wanted.startswith("contradiction-"):
        evidence = gather_evidence(book)
        for each in find_contradictions(evidence.incidents, evidence.claims):
            if each.id.startswith(wanted):
                yield lambda each=each: _contradiction(book, each)  # type: ignore[misc]


def _sentences(book: Casebook, wanted: str) -> Iterator[Callable[[], Reasoning]]:
    seen = set()
    for dossier in book.store.find(DOSSIER):
        cited = {citation.number: citation.claim_id for citation in dossier.citations}
        for sentence in (s for section in dossier.sections for s in section.sentences):
            if sentence.id.startswith(wanted) and sentence.id not in seen:
                seen.add(sentence.id)
                claims = tuple(dict.fromkeys(cited[number] for number in sentence.citations))
                yield lambda s=sentence, c=claims: Reasoning(  # type: ignore[misc]
                    s.id, "sentence", s.text, _claims(book, c)
                )


def _trace(book: Casebook, trace: Trace) -> Reasoning:
    words = (
        f"How {trace.sighting.weapon.label} came to {trace.sighting.holder.label}: "
        f"{len(trace.chains)} chains; none of these has {trace.remainder:.0%}. "
        f"{trace.remainder_words}. {' '.join(trace.notes)}"
    )
    chains = tuple(_chain(book, chain) for chain in trace.chains)
    sighting = Reasoning(
        trace.id,
        "sighting",
        f"{trace.sighting.weapon.label} seen with {trace.sighting.holder.label}",
        _claims(book, trace.sighting.claims),
    )
    return Reasoning(trace.id, "trace", words, (sighting, *chains))


def _chain(book: Casebook, chain: Chain) -> Reasoning:
    low, high = chain.interval
    route = " -> ".join([chain.steps[0].giver.label, *(step.taker.label for step in chain.steps)])
    words = f"{route}: {chain.words}, {chain.probability:.0%} ({low:.0%} to {high:.0%}); "
    words += chain.weighed
    extra = "; ".join((*chain.reasons, *(f"gap: {gap}" for gap in chain.gaps)))
    steps = tuple(_step(book, chain.id, step) for step in chain.steps)
    return Reasoning(chain.id, "chain", f"{words}. {extra}" if extra else words, steps)


def _step(book: Casebook, chain_id: str, step: Step) -> Reasoning:
    words = (
        f"{step.giver.label} to {step.taker.label}, {step.mode}, {step.weapon.label}: "
        f"{step.probability:.0%}, {step.witnesses:g} independent witnesses"
    )
    if step.inferred:
        words += f". Inferred, no claim states it; it rests on {step.rests_on}"
    names = dict.fromkeys(filter(None, (step.incident_id, *step.incidents)))
    incidents = filter(None, (book.store.get(INCIDENT, name) for name in names))
    rests = tuple(_incident(book, one) for one in incidents) or _claims(book, step.claims)
    return Reasoning(step.incident_id or chain_id, "step", words, rests)


def _incident(book: Casebook, incident: Incident) -> Reasoning:
    parties = ", ".join(f"{party.part.value} {party.label}" for party in incident.parties)
    kind = " ".join(filter(None, (incident.kind.value, incident.mode, incident.status)))
    when = f", {incident.time.words}" if incident.time else ""
    where = f", {incident.place.label}" if incident.place else ""
    low, high = incident.interval
    words = (
        f"{kind}: {parties}{where}{when}. Probability {incident.probability:.2f}; "
        f"{incident.independent:.1f} independent witnesses ({low:.1f} to {high:.1f})"
    )
    reasons = "; ".join(f"{reason.words} ({reason.value:+.2f})" for reason in incident.reasons)
    claims = _claims(book, (*incident.claims, *incident.denials))
    return Reasoning(incident.id, "incident", f"{words}. {reasons}" if reasons else words, claims)


def _contradiction(book: Casebook, found: Contradiction) -> Reasoning:
    sides = tuple(
        Reasoning(side.incident_id, "side", side.words, _claims(book, side.claims))
        for side in found.sides
    )
    words = f"{found.matter.value}: {' against '.join(side.words for side in found.sides)}"
    return Reasoning(found.id, "contradiction", words, sides)


def _drift(book: Casebook, drift: Drift) -> Reasoning:
    reprint = book.store.get(REPRINT, drift.reprint_id) if drift.reprint_id else None
    shown_by = (_plain("reprint")(book, reprint),) if reprint else ()
    return Reasoning(
        drift.id, "drift", drift.words, (*_claims(book, (drift.original, drift.copy)), *shown_by)
    )


def _claims(book: Casebook, ids: tuple[str, ...]) -> tuple[Reasoning, ...]:
    found = (
        book.store.get(RESOLVED, claim_id) or book.store.get(CLAIM, claim_id) for claim_id in ids
    )
    return tuple(_claim(book, claim) for claim in found if claim is not None)


def _claim(book: Casebook, claim: Claim) -> Reasoning:
    document = book.store.get(DOCUMENT, claim.document_id)
    rests = (_document(book, document),) if document else ()
    return Reasoning(claim.id, "claim", describe_claim(claim), rests)


def describe_claim(claim: Claim) -> str:
    """Return the claim in words: what it says, on which quote, on whose word, by which rule."""
    roles = ", ".join(_role_words(role.part.value, role.text, role.name) for role in claim.roles)
    head = " ".join(filter(None, (claim.kind.value, claim.mode, claim.status)))
    words = f"{head}: {roles}; {claim.polarity.value}, {claim.certainty.value}"
    if claim.attribution:
        words += "; on the word of " + ", on the word of ".join(s.text for s in claim.attribution)
    if claim.span is not None:
        words += f". Quote at {claim.span.start}-{claim.span.end}: «{claim.span.quote}»"
    words += f". Found by {claim.extractor}, rule {claim.because.rule}"
    cues = ", ".join(f"{cue.sense} from «{cue.text}»" for cue in claim.because.cues)
    resolved = "; ".join(f"{part} «{said}»: {how}" for part, said, how in claim.because.resolved)
    return ". ".join(filter(None, (words, cues, resolved)))


def _role_words(part: str, text: str, name: str | None) -> str:
    return f"{part} {text}" + (f" (= {name})" if name and name != text else "")


def _document(book: Casebook, document: Document) -> Reasoning:
    facts = (
        document.title,
        document.publisher,
        document.date_published.isoformat() if document.date_published else None,
        document.address,
    )
    snapshot = book.store.get(SNAPSHOT, document.snapshot_id)
    rests = (_snapshot(book, snapshot),) if snapshot else ()
    words = f"{document.label}: " + ", ".join(filter(None, facts))
    return Reasoning(document.id, "document", words, rests)


def _snapshot(_book: Casebook, snapshot: Any) -> Reasoning:
    words = (
        f"{snapshot.address}, {snapshot.size} bytes of {snapshot.media_type or 'unstated type'}, "
        f"received {snapshot.fetched_at.isoformat()} by {snapshot.fetched_by}, "
        f"SHA-256 {snapshot.digest}"
    )
    return Reasoning(snapshot.id, "snapshot", words)


def _plain(what: str) -> Callable[[Casebook, Any], Reasoning]:
    kind = next(kind for kind in KINDS if kind.table == what)

    def describe(_book: Casebook, value: Any) -> Reasoning:
        row = kind.to_row(value)
        facts = {k: v for k, v in row.items() if k not in ("id", "digest", "body", "text") and v}
        extra = getattr(value, "because", "") or getattr(value, "message", "")
        words = ", ".join(f"{name} {fact}" for name, fact in facts.items())
        return Reasoning(value.id, what, f"{words}. {extra}" if extra else words)

    return describe
