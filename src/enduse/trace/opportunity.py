"""Ways between two holders that no claim states, and what makes each of them possible.

In: incidents, the stated network, kinship. Out: inferred edges, each saying what it rests on: a
planned delivery, fighting beside or against a holder, a lost place, an alliance, a rivalry, a
change of sides, a succession. Refused: an opportunity whose giver nothing shows with the weapon;
one between parts of the same actor; one by nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from enduse.model.claim import Certainty, ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.trace.holders import Holders
from enduse.trace.kinship import Kinship, Standing
from enduse.trace.network import Edge, Network, parties_of

_FORCE = ("capture", "loot")


@dataclass(frozen=True, slots=True)
class Contact:
    """What brings two actors together, so that a weapon may pass from giver to taker.

    Attributes:
        name: the prior's name after "inferred:".
        mode: how a weapon would pass.
        rests_on: the ground, in words.
    """

    name: str
    mode: str
    giver: Party
    taker: Party
    rests_on: str
    start: date | None
    end: date | None
    chance: float
    claims: tuple[str, ...]
    incident_id: str | None
    certainty: Certainty = Certainty.CERTAIN
    weapon: Party | None = None


def infer_edges(
    incidents: Iterable[Incident], network: Network, wanted: Party, kinship: Kinship
) -> tuple[Edge, ...]:
    """Return the inferred edges for the wanted weapon, sorted by key, the best of each kind.

    Two contacts of one kind between the same two actors in the same way give one edge.
    """
    told = sorted((one for one in incidents if one.claims), key=lambda one: one.id)
    contacts = [contact for one in told for contact in _contacts_of(one)]
    contacts += _register_contacts(network, kinship)
    contacts += _changes_of_side(contacts)
    holders = Holders(network, kinship)
    best: dict[tuple[str, str, str], Edge] = {}
    for contact in contacts:
        for edge in _edge_of(contact, holders, wanted, kinship):
            pair = (edge.giver.key, edge.taker.key, edge.mode)
            if pair not in best or _order(edge) < _order(best[pair]):
                best[pair] = edge
    stated = _firmest_stated(network, wanted, kinship)
    inferred = [edge for pair, edge in best.items() if stated.get(pair, 0.0) < edge.chance]
    plans = (edge for plan in network.plans for edge in _plan_edges(plan, kinship))
    return tuple(sorted([*inferred, *plans], key=lambda edge: edge.key))


def _order(edge: Edge) -> tuple[float, date, str]:
    return -edge.chance, edge.earliest, edge.key


def _contacts_of(incident: Incident) -> Iterator[Contact]:
    if incident.kind is ClaimKind.USE:
        yield from _contacts_of_use(incident)
    elif incident.kind is ClaimKind.CONTROL:
        yield from _contacts_of_control(incident)
    elif incident.kind is ClaimKind.AFFILIATION:
        yield from _contacts_of_tie(incident)
    elif incident.kind is ClaimKind.TRANSFER and incident.mode in _FORCE and not incident.planned:
        yield from _pairs(incident, Part.FROM, Part.TO, "battle", "capture", "fighting between")


def _contacts_of_use(incident: Incident) -> Iterator[Contact]:
    yield from _pairs(
        incident, Part.ACTOR, Part.BENEFICIARY, "hand-over", "hand-over", "use in support:"
    )
    yield from _pairs(incident, Part.TARGET, Part.ACTOR, "battle", "capture", "fighting between")
    yield from _pairs(incident, Part.ACTOR, Part.TARGET, "battle", "capture", "fighting between")


def _contacts_of_control(incident: Incident) -> Iterator[Contact]:
    if incident.status in (None, "gained"):
        yield from _pairs(
            incident, Part.FROM, Part.ACTOR, "lost-place", "capture", "a place that changed hands:"
        )


def _contacts_of_tie(incident: Incident) -> Iterator[Contact]:
    words = f"a tie that claims state ({incident.mode}):"
    for part, other in ((Part.ACTOR, Part.OTHER), (Part.OTHER, Part.ACTOR)):
        if incident.mode in ("ally", "backed"):
            yield from _pairs(incident, part, other, "alliance", "hand-over", words)
        elif incident.mode == "rival":
            yield from _pairs(incident, part, other, "rivalry", "capture", words)
    if incident.mode == "successor":
        yield from _pairs(incident, Part.OTHER, Part.ACTOR, "succession", "inheritance", words)


def _pairs(
    incident: Incident, giving: Part, taking: Part, name: str, mode: str, words: str
) -> Iterator[Contact]:
    for giver in parties_of(incident, giving):
        for taker in parties_of(incident, taking):
            yield Contact(
                name=name,
                mode=mode,
                giver=giver,
                taker=taker,
                rests_on=f"{words} {giver.label} and {taker.label}",
                start=incident.time.start if incident.time else None,
                end=None if name in ("hand-over", "succession") else _end(incident),
                chance=incident.probability,
                claims=incident.claims,
                incident_id=incident.id,
                certainty=incident.certainty,
            )


def _end(incident: Incident) -> date | None:
    return incident.time.end if incident.time else None


def _register_contacts(network: Network, kinship: Kinship) -> list[Contact]:
    """Return the contacts that the register's dated ties make between actors of the network."""
    actors = {party.key: party for party in _actors(network)}
    found = []
    for key in sorted(actors):
        entity = kinship.entity(actors[key])
        for tie in entity.ties if entity else ():
            if tie.other in actors:
                found += _tie_contacts(actors[key], actors[tie.other], tie.kind, tie.start, tie.end)
    return found


def _actors(network: Network) -> Iterator[Party]:
    for edge in network.edges:
        yield edge.giver
        yield edge.taker
    for held in network.holdings:
        yield held.holder


def _tie_contacts(
    one: Party, other: Party, kind: str, start: date | None, end: date | None
) -> list[Contact]:
    ways = {"ally": ("alliance", "hand-over"), "rival": ("rivalry", "capture")}
    if kind not in ways:
        return []
    name, mode = ways[kind]
    words = f"a tie in the register ({kind}): {one.label} and {other.label}"
    return [
        Contact(name, mode, giver, taker, words, start, end, 1.0, (), None)
        for giver, taker in ((one, other), (other, one))
    ]


def _changes_of_side(contacts: Iterable[Contact]) -> list[Contact]:
    """Return, for each pair in contact by force, a chance of purchase or of a change of sides."""
    forced = [one for one in contacts if one.name in ("battle", "lost-place", "rivalry")]
    return [
        Contact(
            name="defection",
            mode="purchase or defection",
            giver=one.giver,
            taker=one.taker,
            rests_on=f"contact by force, which brings sales and changes of side: {one.rests_on}",
            start=one.start,
            end=one.end,
            chance=one.chance,
            claims=one.claims,
            incident_id=one.incident_id,
            certainty=one.certainty,
        )
        for one in forced
    ]


def _edge_of(contact: Contact, holders: Holders, wanted: Party, kinship: Kinship) -> Iterator[Edge]:
    nobody = (Standing.NOBODY, Standing.KIND)
    if kinship.standing(contact.giver) in nobody or kinship.standing(contact.taker) in nobody:
        return
    if kinship.same_family(contact.giver, contact.taker):
        return
    if holders.chance(contact.giver, wanted, contact.end) <= 0:
        return
    yield Edge(
        key=f"inferred|{contact.name}|{contact.giver.key}|{contact.taker.key}|{contact.mode}",
        giver=contact.giver,
        taker=contact.taker,
        weapon=wanted,
        mode=contact.mode,
        chance=contact.chance * kinship.priors[f"inferred:{contact.name}"],
        start=contact.start,
        end=contact.end,
        inferred=True,
        rests_on=contact.rests_on,
        claims=contact.claims,
        incident_id=None,
        certainty=Certainty.POSSIBLE,
    )


def _firmest_stated(
    network: Network, wanted: Party, kinship: Kinship
) -> dict[tuple[str, str, str], float]:
    """Return the highest chance at which claims state each step, by giver, taker and mode."""
    found: dict[tuple[str, str, str], float] = {}
    for edge in network.edges:
        if not edge.inferred:
            pair = (edge.giver.key, edge.taker.key, edge.mode)
            chance = kinship.covers(edge.weapon, wanted) * edge.chance
            found[pair] = max(found.get(pair, 0.0), chance)
    return found


def _plan_edges(plan: Incident, kinship: Kinship) -> Iterator[Edge]:
    """Yield the weak hypotheses that a planned (never a stopped) delivery began unseen."""
    if plan.status != "planned":
        return
    for giver in parties_of(plan, Part.FROM):
        for taker in parties_of(plan, Part.TO):
            for weapon in parties_of(plan, Part.WEAPON):
                yield Edge(
                    key=f"plan|{plan.id}|{giver.key}|{taker.key}|{weapon.key}",
                    giver=giver,
                    taker=taker,
                    weapon=weapon,
                    mode=f"planned {plan.mode or 'transfer'}",
                    chance=plan.probability * kinship.priors["inferred:planned"],
                    start=plan.time.start if plan.time else None,
                    end=None,
                    inferred=True,
                    rests_on="a plan; no claim says that it was delivered",
                    claims=plan.claims,
                    certainty=Certainty.POSSIBLE,
                )
