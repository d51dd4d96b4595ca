"""One assertion in a document: who did what with which weapon, who says so, and how firmly.

The vocabulary is the interchange format's; see docs/reference/claims.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from enduse.model.dates import DateRange
from enduse.model.document import Document, SectionKind, SourceLine, Span
from enduse.model.mention import EntityKind
from enduse.model.quantity import Quantity


class ClaimKind(StrEnum):
    """What a claim says happened or holds."""

    USE = "use"
    POSSESSION = "possession"
    TRANSFER = "transfer"
    LOSS = "loss"
    ORIGIN = "origin"
    AFFILIATION = "affiliation"
    CONTROL = "control"
    CASUALTIES = "casualties"


ARMS_KINDS = (
    ClaimKind.USE,
    ClaimKind.POSSESSION,
    ClaimKind.TRANSFER,
    ClaimKind.LOSS,
    ClaimKind.ORIGIN,
)


class Certainty(StrEnum):
    """How firmly it is said, weakest last."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for certain, 1 for probable, 2 for possible."""
        return list(Certainty).index(self)


class Polarity(StrEnum):
    """Whether the words assert or deny it."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Part(StrEnum):
    """The roles a claim's parties play."""

    ACTOR = "actor"
    WEAPON = "weapon"
    TARGET = "target"
    BENEFICIARY = "beneficiary"
    FROM = "from"
    TO = "to"
    VIA = "via"
    BY = "by"
    OTHER = "other"
    VICTIM = "victim"
    PLACE = "place"

    @property
    def entity_kind(self) -> EntityKind:
        """The kind of entity that plays it."""
        if self is Part.WEAPON:
            return EntityKind.WEAPON
        return EntityKind.PLACE if self is Part.PLACE else EntityKind.ACTOR


@dataclass(frozen=True, slots=True)
class Role:
    """One party of a claim.

    Attributes:
        part: which role it plays.
        text: the name as the document gives it (for "the group", the name it stands for).
        start, end: where the name or description that fills the role stands; None if imported
            without a place.
        reference: the register id it was matched to, None if unknown.
        name: the register's label for it, None if unknown.
        also: further names joined to it ("and"), as texts.
        described: the words actually used ("the jihadist group") where they are not the name.
    """

    part: Part
    text: str
    start: int | None = None
    end: int | None = None
    reference: str | None = None
    name: str | None = None
    also: tuple[str, ...] = ()
    described: str | None = None

    @property
    def label(self) -> str:
        """The register's label, else the text."""
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class Speaker:
    """One on whose word a claim rests, and the words that say so."""

    text: str
    start: int | None = None
    end: int | None = None
    reference: str | None = None
    name: str | None = None
    cue: str | None = None


AGAIN = ":again"  # ends the sense of a cue that tells where a claim is said once more


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided something: what they decided, and where they stand.

    A sense like "certain:again" marks words that say the claim once more, and how firmly.
    """

    sense: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Because:
    """Why an extractor made a claim: its rule, the cues, and what filled each blank.

    Attributes:
        rule: the id of the rule or model part.
        cues: the words it rests on, with the sense each gave ("kind:transfer").
        resolved: one line for each role whose words were not already a name: (part, words, how).
    """

    rule: str
    cues: tuple[Cue, ...] = ()
    resolved: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion found in a document.

    Attributes:
        id: `claim-` and a hash of all that follows but `score`.
        document_id: the document that says it.
        span: the words that carry it; absent for a claim imported without its document.
        attribution: those on whose word it rests, nearest first; empty for the author's own voice.
        extractor: name and version of what found it, or "import:WHO".
        score: calibrated chance that it is right, 0 to 1.
    """

    id: str
    document_id: str
    kind: ClaimKind
    roles: tuple[Role, ...]
    span: Span | None = None
    mode: str | None = None
    status: str | None = None
    time: DateRange | None = None
    quantity: Quantity | None = None
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    attribution: tuple[Speaker, ...] = ()
    medium: str | None = None
    because: Because = Because("unstated")
    extractor: str = ""
    score: float = 1.0

    def role(self, part: Part) -> Role | None:
        """Return the party that plays the part, or None."""
        return next((role for role in self.roles if role.part == part), None)

    def with_roles(self, roles: tuple[Role, ...]) -> Claim:
        """Return the claim with other roles, for resolution; the id stays."""
        return replace(self, roles=roles)

    @property
    def planned(self) -> bool:
        """Whether it is a transfer that has not happened: planned or stopped."""
        return self.kind is ClaimKind.TRANSFER and self.status in ("planned", "stopped")


@dataclass(frozen=True, slots=True)
class Publication:
    """When and by whom a claim was published, as fusing and tracing need it.

    Attributes:
        document_id: the document.
        published: the day the document was published, None if it does not tell.
        publisher: its publisher's name or register id, None if it does not tell.
        byline: its author, None if it does not tell.
        original: what it says of its original, if it is a reprint.
        address: the address that it gives as its own, None if it does not tell.
        title: where its title stands in its text, in code points, None if it has none there.
        based_on: addresses of the works that its markup says it is made from.
    """

    document_id: str
    published: date | None = None
    publisher: str | None = None
    byline: str | None = None
    original: SourceLine | None = None
    address: str | None = None
    title: tuple[int, int] | None = None
    based_on: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Publication:
        """Return what the document tells of its publication.

        >>> Publication.of(Document("doc-1", "", "", publisher="Harbour Journal")).publisher
        'Harbour Journal'
        """
        return cls(
            document.id,
            document.date_published,
            document.publisher,
            document.byline,
            document.source_line,
            document.address,
            next(
                (
                    (part.start, part.end)
                    for part in document.sections
                    if part.kind is SectionKind.TITLE
                ),
                None,
            ),
            document.based_on,
        )
