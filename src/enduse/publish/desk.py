"""What every section of one dossier shares: the trace, the evidence, the citations, the limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from enduse.model.claim import Certainty, ClaimKind, Part
from enduse.model.custody import Chain, Trace
from enduse.model.dossier import Sentence
from enduse.model.incident import Incident
from enduse.ports import Register
from enduse.publish.citing import CitationBook
from enduse.publish.evidence import Evidence, Options
from enduse.publish.support import chain_voices, voices
from enduse.reference.priors import Band


@dataclass(frozen=True)
class Desk:
    """The desk a dossier is composed at.

    Attributes:
        book: the citations, which grow while sections are composed.
        bands: the likelihood words.
    """

    trace: Trace
    evidence: Evidence
    register: Register | None
    options: Options
    book: CitationBook
    bands: tuple[Band, ...]

    def say(self, text: str, claim_ids: Iterable[str]) -> Sentence:
        """Return a sentence that cites the claims, copies set aside."""
        return self.book.sentence(text, voices(claim_ids, self.evidence))

    @cached_property
    def seen(self) -> tuple[Incident, ...]:
        """The incidents in which the weapon was seen with the holder, likeliest first."""
        found = (self.evidence.incident(key) for key in self.trace.sighting.incidents)
        known = [incident for incident in found if incident and not incident.planned]
        return tuple(sorted(known, key=lambda found: (-found.probability, found.id)))

    @cached_property
    def ground(self) -> tuple[str, ...]:
        """The claims that the account as a whole rests on: the sighting's, else the chains'."""
        chained = (claim for chain in self.trace.chains for claim in self.cited_by(chain))
        return tuple(self.trace.sighting.claims) or tuple(chained)

    @cached_property
    def stepping(self) -> frozenset[str]:
        """The ids of the incidents that tell a step of any chain."""
        steps = (step for chain in self.trace.chains for step in chain.steps)
        return frozenset(
            key for step in steps for key in (step.incident_id, *step.incidents) if key
        )

    @cached_property
    def near(self) -> tuple[Incident, ...]:
        """Incidents about arms that touch the trace: its weapon, or an actor of its chains."""
        arms = (ClaimKind.TRANSFER, ClaimKind.USE, ClaimKind.POSSESSION, ClaimKind.LOSS)
        found = [one for one in self.evidence.incidents if one.kind in arms and self._touches(one)]
        return tuple(sorted(found, key=_by_time))

    def cited_by(self, chain: Chain) -> tuple[str, ...]:
        """Return the claims to cite for a whole chain."""
        return chain_voices(chain, self.trace, self.evidence)

    def planned(self) -> tuple[Incident, ...]:
        """Return the planned and stopped transfers near the trace, earliest first."""
        by_id = {one.id: one for one in self.near if one.planned and one.claims}
        named = (self.evidence.incident(key) for key in self.trace.plans)
        every = by_id | {one.id: one for one in named if one and one.claims}
        return tuple(sorted(every.values(), key=_by_time))

    def feared(self) -> tuple[Incident, ...]:
        """Return what is said to be possible only and is no step of a chain, earliest first."""
        kinds = (ClaimKind.TRANSFER, ClaimKind.USE)
        return tuple(
            one
            for one in self.near
            if one.kind in kinds
            and one.certainty is Certainty.POSSIBLE
            and not one.planned
            and one.claims
            and one.id not in self.stepping
            and one.id not in self.trace.sighting.incidents
        )

    def denied(self) -> tuple[Incident, ...]:
        """Return the incidents near the trace that somebody denies, earliest first."""
        return tuple(one for one in self.near if one.denials)

    def done_as(self, wanted: Incident) -> bool:
        """Return whether a claim says that just this passed from the same to the same."""
        parts = (Part.FROM, Part.TO, Part.WEAPON)
        keys = [_key(wanted, part) for part in parts]
        return any(
            [_key(one, part) for part in parts] == keys
            for one in self.evidence.incidents
            if one.kind is wanted.kind
            and not one.planned
            and one.claims
            and one.certainty is not Certainty.POSSIBLE
        )

    def _touches(self, incident: Incident) -> bool:
        weapon, who = incident.party(Part.WEAPON), (Part.FROM, Part.TO, Part.ACTOR)
        actors = {_key(incident, part) for part in who}
        same = weapon is not None and weapon.key in self._weapons
        return incident.id in self.stepping or same or bool(actors & self._actors)

    @cached_property
    def _weapons(self) -> frozenset[str]:
        steps = (step.weapon.key for chain in self.trace.chains for step in chain.steps)
        return frozenset({self.trace.sighting.weapon.key, *steps})

    @cached_property
    def _actors(self) -> frozenset[str]:
        steps = [step for chain in self.trace.chains for step in chain.steps]
        ends = {party.key for step in steps for party in (step.giver, step.taker)}
        return frozenset({self.trace.sighting.holder.key, *ends})


def _key(incident: Incident, part: Part) -> str | None:
    party = incident.party(part)
    return party.key if party else None


def _by_time(incident: Incident) -> tuple[str, str]:
    start = incident.time.start if incident.time else None
    return (start.isoformat() if start else "9999", incident.id)
