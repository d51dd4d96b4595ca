"""Questions to a casebook: how a weapon came to a holder, and what a plan risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.case.evidence import Evidence, gather_evidence
from enduse.errors import NotFoundError
from enduse.model.claim import Part
from enduse.model.custody import Chain, Question, Trace, trace_record
from enduse.model.entity import Entity
from enduse.model.incident import Party
from enduse.model.mention import EntityKind
from enduse.model.record import make_id
from enduse.reference.priors import load_priors
from enduse.store.kinds import DOCUMENT, INCIDENT, SNAPSHOT, TRACE
from enduse.trace import trace_custody

__all__ = ["answer", "describe_trace", "find_party", "trace_record", "trace_sighting"]

_LISTED = 8


def trace_sighting(
    book: Casebook,
    wanted: tuple[str, str],
    at: date | None = None,
    as_of: date | None = None,
    top: int = 5,
    priors: Path | None = None,
) -> Trace:
    """Return the ranked ways the weapon may have come to the holder, and keep them for `why`.

    Args:
        book: the casebook, run.
        wanted: the weapon's and the holder's names, any of them.
        at: the day of the sighting; None takes the latest known.
        as_of: use only what was published by this day.
        top: how many chains at most.
        priors: a file of other priors.

    Raises:
        NotFoundError: the casebook tells nothing of such a weapon or holder.
    """
    evidence = gather_evidence(book, as_of)
    question = Question(
        find_party(book, evidence, wanted[0], EntityKind.WEAPON),
        find_party(book, evidence, wanted[1], EntityKind.ACTOR),
        at,
        as_of,
        top,
    )
    return answer(book, evidence, question, priors)


def answer(
    book: Casebook, evidence: Evidence, question: Question, priors: Path | None = None
) -> Trace:
    """Return the trace that answers the question from the evidence, and keep it for `why`."""
    told = question, evidence.incidents, tuple(evidence.claims.values()), book.register
    found = trace_custody(*told, load_priors(priors))
    if priors is not None:
        found = _beside(found, trace_custody(*told, load_priors()))
    asked = now()
    with book.store.writing():
        book.store.put(TRACE, [found])
        book.store.log([_asked(found, asked)])
    return found


def _beside(found: Trace, shipped: Trace) -> Trace:
    """Return the trace with each chain's probability under the shipped priors beside its own."""
    known = {chain.route: chain.probability for chain in shipped.chains}
    chains = (replace(chain, shipped=known.get(chain.route, 0.0)) for chain in found.chains)
    return replace(found, chains=tuple(chains))


def _asked(trace: Trace, on: datetime) -> dict[str, Any]:
    """Return the run log's entry on a question: its version is the trace it got."""
    return {
        "id": make_id("run", "trace", trace.id, on),
        "stage": "trace",
        "version": trace.id,
        "subject": "trace",
        "finished": on.isoformat(),
        "made": len(trace.chains),
    }


def find_party(book: Casebook, evidence: Evidence, name: str, kind: EntityKind) -> Party:
    """Return who or what a name means in this casebook.

    First the entities that incidents speak of are asked for a name spelled so, then the register,
    then names as documents give them; the first of these that an incident speaks of is meant.

    Raises:
        NotFoundError: no incident speaks of it.
    """
    part = Part.WEAPON if kind is EntityKind.WEAPON else Part.ACTOR
    spoken = _spoken_of(evidence, kind)
    candidates = [
        Party(part, entity.name, entity.id)
        for entity in _entities(book, evidence, spoken)
        if name.casefold() in {entity.id, *(n.text.casefold() for n in entity.names)}
    ]
    candidates += [
        Party(part, candidate.label, candidate.entity_id)
        for candidate in book.register.find(name, kind)
    ]
    candidates.append(Party(part, name))
    known = [party for party in candidates if _is_spoken_of(book, party, spoken)]
    if known:
        return known[0]
    raise NotFoundError(
        f"no incident speaks of {name!r} as {kind.value}",
        str(book.folder),
        _next_step(book, evidence, sorted(spoken.values())),
    )


def _next_step(book: Casebook, evidence: Evidence, spoken: Sequence[str]) -> str:
    """Return what to do where nothing of such a name is spoken of."""
    if spoken:
        others = "" if len(spoken) <= _LISTED else ", among others"
        return f"It knows{others}: {', '.join(spoken[:_LISTED])}"
    if not book.store.count(SNAPSHOT) and not book.store.count(DOCUMENT):
        return f"Add documents first: enduse add {book.folder} FILE_OR_ADDRESS…"
    if not book.store.count(INCIDENT):
        return f"There are no incidents yet; enduse run {book.folder} makes them, or tells why not"
    if evidence.as_of is not None:
        return f"Nothing that was published by {evidence.as_of} names one; ask as of a later day"
    return f"No claim names one; enduse show {book.folder} claims lists what was found"


def _entities(book: Casebook, evidence: Evidence, spoken: Iterable[str]) -> Iterator[Entity]:
    """Yield the entities behind the keys, of the register or of this case, sorted by id."""
    for key in sorted(spoken):
        entity = evidence.entities.get(key) or book.register.entity(key)
        if entity is not None:
            yield entity


def _spoken_of(evidence: Evidence, kind: EntityKind) -> dict[str, str]:
    parties = (party for incident in evidence.incidents for party in incident.parties)
    return {
        p.key: p.label for p in parties if (p.part is Part.WEAPON) == (kind is EntityKind.WEAPON)
    }


def _is_spoken_of(book: Casebook, party: Party, spoken: dict[str, str]) -> bool:
    """Return whether it, or something it contains or belongs to, is spoken of."""
    if party.key in spoken:
        return True
    if party.entity_id is None:
        return False
    kin = {party.entity_id, *book.register.ancestors(party.entity_id)}
    return any(party.entity_id in book.register.ancestors(key) or key in kin for key in spoken)


def describe_trace(trace: Trace) -> str:
    """Return the trace in words, for a terminal."""
    sighting = trace.sighting
    when = f" on {sighting.at}" if sighting.at else ""
    lines = [f"How may {sighting.weapon.label} have come to {sighting.holder.label}{when}?", ""]
    for number, chain in enumerate(trace.chains, 1):
        lines += _chain_lines(number, chain)
    lines.append(f"   None of these: {trace.remainder:.0%}. {trace.remainder_words}".rstrip())
    if trace.would_change_most:
        lines += ["", "What would change this most:"]
        lines += [f"   {one.fact} ({one.shift:.0%})" for one in trace.would_change_most]
    return "\n".join([*lines, *(["", *trace.notes] if trace.notes else [])])


def _chain_lines(number: int, chain: Chain) -> list[str]:
    low, high = chain.interval
    head = f"{number}. {chain.words} ({chain.probability:.0%}; {low:.0%} to {high:.0%})  {chain.id}"
    lines = [head, f"   {chain.weighed}"]
    for step in chain.steps:
        marks = [step.certainty, f"{step.witnesses:.2g} independent witnesses"]
        if step.inferred:
            marks = ["inferred, no claim states it", f"rests on {step.rests_on}"]
        lines.append(
            f"   {step.giver.label} --{step.mode}--> {step.taker.label}: "
            f"{step.weapon.label}; {'; '.join(marks)}"
        )
    return [*lines, *(f"   gap: {gap}" for gap in chain.gaps), ""]
