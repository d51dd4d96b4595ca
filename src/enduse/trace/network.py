"""The dated network of custody that incidents make: who can have given what to whom, and when.

In: incidents, the claims behind them, kinship and priors. Out: `Network`: stated and inferred
edges, holdings, makers and plans. Refused: a planned or stopped transfer is never an edge of
stated custody, a capture that is only feared is a hypothesis, marked as inferred, and a use that
is only feared shows nobody with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from enduse.model.claim import Certainty, Claim, ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.reference.priors import Priors
from enduse.trace.kinship import Kinship, Standing

SIGHTINGS = (ClaimKind.USE, ClaimKind.POSSESSION, ClaimKind.LOSS)
UNTOLD_GIVER = Party(Part.FROM, "an unnamed giver")
_UNTOLD_WEAPON = Party(Part.WEAPON, "arms")
_MONTH = re.compile(r"(?<=[\w,;] )May\b|\bMAY(?= \d)|(?<=\d )MAY\b")  # no verb in a sentence


@dataclass(frozen=True, slots=True)
class Edge:
    """One possible change of holder.

    Attributes:
        key: the incident's id, or for an inferred edge its kind, parties and ground.
        chance: chance that it happened, from reports (or priors, if inferred), 0 to 1.
        start, end: the days between which it happened; None is open.
        documents: the documents that speak for it, so that shared ones can be told.
        rests_on: for an inferred edge, what it rests on, in words.
    """

    key: str
    giver: Party
    taker: Party
    weapon: Party
    mode: str
    chance: float
    start: date | None = None
    end: date | None = None
    inferred: bool = False
    rests_on: str = ""
    claims: tuple[str, ...] = ()
    incident_id: str | None = None
    witnesses: float = 0.0
    documents: frozenset[str] = frozenset()
    certainty: Certainty = Certainty.CERTAIN
    conflicts: tuple[str, ...] = ()

    def weight(self, priors: Priors) -> float:
        """Return how much such a way moves beside a supply; one that nobody reports moves less."""
        return priors["weight:opportunity"] if self.inferred else priors.weight(self.mode)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        return self.end or date.max

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return self.start or date.min


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder seen with a weapon: by use, possession or loss."""

    holder: Party
    weapon: Party
    start: date | None
    end: date | None
    chance: float
    claims: tuple[str, ...]
    incident_id: str


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes a weapon, by a claim of its origin."""

    maker: Party
    weapon: Party
    chance: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All that custody can be traced through, in a fixed order.

    Attributes:
        plans: incidents of planned and stopped transfers: never edges of stated custody.
        receivers: for each actor the chance that it was ever given, took or used arms, of any
            sort: who did is the less likely to be where a chain lawfully begins.
    """

    edges: tuple[Edge, ...]
    holdings: tuple[Holding, ...]
    makings: tuple[Making, ...]
    plans: tuple[Incident, ...]
    receivers: Mapping[str, float] = field(default_factory=dict)

    def with_edges(self, edges: Iterable[Edge]) -> Network:
        """Return the network with other edges, in the order of their keys."""
        return replace(self, edges=tuple(sorted(edges, key=lambda edge: edge.key)))


def read_network(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], kinship: Kinship
) -> Network:
    """Return the stated part of the network: transfers done, holdings, makers, plans.

    Incidents that every claim denies are left out. The order of the incidents does not matter.
    """
    told = sorted((one for one in incidents if one.claims), key=lambda one: one.id)
    done = [one for one in told if one.kind is ClaimKind.TRANSFER and not one.planned]
    return Network(
        edges=tuple(edge for one in done for edge in _edges_of(one, claims, kinship)),
        holdings=tuple(
            held
            for one in told
            if not _only_feared(one, claims, kinship.priors)
            for held in _holdings_of(one, kinship)
        ),
        makings=tuple(made for one in told for made in _makings_of(one)),
        plans=tuple(one for one in told if one.planned),
        receivers=_receivers(told),
    )


def _receivers(told: Iterable[Incident]) -> dict[str, float]:
    """Return the chance of each actor that reports of it receiving or using arms are right."""
    missed: dict[str, float] = {}
    for one in told:
        parts = {ClaimKind.TRANSFER: (Part.TO,), ClaimKind.USE: (Part.ACTOR,)}.get(one.kind, ())
        for party in one.parties if not one.planned else ():
            if party.part in parts:
                missed[party.key] = missed.get(party.key, 1.0) * (1 - one.probability)
    return {key: 1 - chance for key, chance in missed.items()}


def is_feared(claim: Claim, priors: Priors) -> bool:
    """Return whether a claim tells what may come ("runs the risk"), not what may have been.

    Only a claim of certainty possible can be one; its cues and its quote are read.
    """
    if claim.certainty is not Certainty.POSSIBLE:
        return False
    words = " ".join(cue.text for cue in claim.because.cues)
    text = f"{words} {claim.span.quote if claim.span else ''}"
    if claim.time is not None and claim.time.text:
        text = text.replace(claim.time.text, "")
    text = _MONTH.sub("", text).casefold()
    if _has_phrase(text, priors.hedged_phrases):
        return False
    return _has_phrase(text, priors.feared_phrases)


def _only_feared(incident: Incident, claims: Mapping[str, Claim], priors: Priors) -> bool:
    told = [claims[name] for name in incident.claims if name in claims]
    return bool(told) and all(is_feared(claim, priors) for claim in told)


def _has_phrase(text: str, phrases: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(phrase)}\b", text) for phrase in phrases)


def parties_of(incident: Incident, part: Part) -> tuple[Party, ...]:
    """Return every party that plays the part, in order."""
    return tuple(party for party in incident.parties if party.part is part)


def _edges_of(incident: Incident, claims: Mapping[str, Claim], kinship: Kinship) -> Iterable[Edge]:
    givers = parties_of(incident, Part.FROM) or (UNTOLD_GIVER,)
    weapons = parties_of(incident, Part.WEAPON) or (_UNTOLD_WEAPON,)
    for giver in givers:
        for taker in parties_of(incident, Part.TO):
            for weapon in weapons:
                if _tells_something(giver, taker, kinship):
                    edge = _stated_edge(incident, giver, taker, weapon)
                    yield _as_hypothesis(edge, incident, claims, kinship.priors)


def _tells_something(giver: Party, taker: Party, kinship: Kinship) -> bool:
    """Return whether a transfer names enough to be a step: a taker, or a giver to a kind of one."""
    standing = kinship.standing(taker)
    if standing is Standing.NOBODY or taker.key == giver.key:
        return False
    return standing is not Standing.KIND or kinship.standing(giver) is not Standing.NOBODY


def _stated_edge(incident: Incident, giver: Party, taker: Party, weapon: Party) -> Edge:
    return Edge(
        key=f"{incident.id}|{giver.key}|{taker.key}|{weapon.key}",
        giver=giver,
        taker=taker,
        weapon=weapon,
        mode=incident.mode or "unspecified",
        chance=incident.probability,
        start=incident.time.start if incident.time else None,
        end=incident.time.end if incident.time else None,
        claims=incident.claims,
        incident_id=incident.id,
        witnesses=incident.independent,
        documents=frozenset(witness.document_id for witness in incident.witnesses),
        certainty=incident.certainty,
        conflicts=incident.conflicts,
    )


def _as_hypothesis(
    edge: Edge, incident: Incident, claims: Mapping[str, Claim], priors: Priors
) -> Edge:
    """Return the edge, held down where every report hedges it, or only fears it.

    However many repeat a hedged story, it stays hedged: their number may be copies unseen.
    """
    if incident.certainty is Certainty.CERTAIN:
        return edge
    if _only_feared(incident, claims, priors):
        return replace(
            edge,
            mode=f"feared {edge.mode}",
            inferred=True,
            chance=min(edge.chance, priors["inferred:feared"]),
            rests_on="a claim that fears it may come; no claim says that it happened",
        )
    return replace(edge, chance=min(edge.chance, priors[f"certainty:{incident.certainty.value}"]))


def _holdings_of(incident: Incident, kinship: Kinship) -> Iterable[Holding]:
    if incident.kind not in SIGHTINGS:
        return
    for holder in parties_of(incident, Part.ACTOR):
        for weapon in parties_of(incident, Part.WEAPON):
            if kinship.standing(holder) is not Standing.NOBODY:
                yield Holding(
                    holder,
                    weapon,
                    incident.time.start if incident.time else None,
                    incident.time.end if incident.time else None,
                    incident.probability,
                    incident.claims,
                    incident.id,
                )


def _makings_of(incident: Incident) -> Iterable[Making]:
    if incident.kind is not ClaimKind.ORIGIN:
        return
    for maker in parties_of(incident, Part.ACTOR):
        for weapon in parties_of(incident, Part.WEAPON):
            yield Making(maker, weapon, incident.probability, incident.claims)
