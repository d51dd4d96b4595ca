"""One thing that happened, or was planned, as told by one or more claims."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.model.claim import Certainty, ClaimKind, Part
from enduse.model.dates import DateRange
from enduse.model.dependence import Dependence
from enduse.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what plays a part in an incident: an entity id, or a name nobody has resolved."""

    part: Part
    label: str
    entity_id: str | None = None

    @property
    def key(self) -> str:
        """The entity id, or the name in folded form."""
        return self.entity_id or f"name:{self.label.casefold()}"


@dataclass(frozen=True, slots=True)
class Witness:
    """A group of documents that speak with one voice: one who knows, and those who copy them.

    Attributes:
        document_id: the document that speaks for itself.
        copies: documents that repeat it.
        because: in words, what ties the copies to it; empty if there are none.
        party_to_conflict: whether the word rests on a party to the incident itself.
    """

    document_id: str
    copies: tuple[str, ...] = ()
    because: str = ""
    party_to_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor of a probability, in words and as a number."""

    words: str
    value: float


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing in the world, as its claims tell it.

    Attributes:
        id: `incident-` and a hash of kind, parties and claims.
        parties: all parts but the place, sorted.
        claims: ids of the claims that affirm it, sorted.
        denials: ids of the claims that deny it, sorted.
        witnesses: independent voices, sorted; copies do not add one.
        independent: effective number of independent witnesses.
        interval: low and high bound of that number.
        certainty: the firmest certainty that an independent witness gives.
        probability: chance that it happened (or, if planned, that it was planned), 0 to 1.
        reasons: what made the probability.
        conflicts: ids of incidents that cannot both be true.
        figures: the competing figures where witnesses contradict one another; else empty.
        dependences: who depends on whom among those who affirm it, a tree for each witness, and
            then what keeps witnesses from being wholly apart.
    """

    id: str
    kind: ClaimKind
    mode: str | None
    status: str | None
    parties: tuple[Party, ...]
    place: Party | None
    time: DateRange | None
    quantity: Quantity | None
    claims: tuple[str, ...]
    denials: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    independent: float = 1.0
    interval: tuple[float, float] = (1.0, 1.0)
    certainty: Certainty = Certainty.CERTAIN
    probability: float = 0.5
    reasons: tuple[Reason, ...] = ()
    conflicts: tuple[str, ...] = ()
    figures: tuple[Quantity, ...] = ()
    dependences: tuple[Dependence, ...] = ()

    def party(self, part: Part) -> Party | None:
        """Return who plays the part, or None."""
        return next((party for party in self.parties if party.part == part), None)

    @property
    def planned(self) -> bool:
        """Whether it is a transfer that has not happened: planned or stopped."""
        return self.kind is ClaimKind.TRANSFER and self.status in ("planned", "stopped")
