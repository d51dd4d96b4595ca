"""What a dossier is composed from, and how it is to be composed: values only.

In: nothing. Out: `Evidence` (documents, claims, incidents, reprints, digests) and `Options`.
Refused: a claim or document that is asked for and is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from enduse.errors import MisuseError
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.drift import Drift
from enduse.model.incident import Incident
from enduse.model.reprint import Reprint
from enduse.model.snapshot import Snapshot
from enduse.reference.priors import Band


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a dossier may cite.

    Attributes:
        documents, claims: by id; claims are the resolved ones where they are resolved.
        incidents: every incident of the casebook, not only those of the trace.
        reprints: which document copies which.
        digests: SHA-256 of the bytes of each document, by document id.
        drifts: what copies changed.
    """

    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]
    incidents: tuple[Incident, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    drifts: tuple[Drift, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """Return the claim.

        Raises:
            MisuseError: the evidence lacks it; names the claim.
        """
        if claim_id not in self.claims:
            raise _missing("claim", claim_id)
        return self.claims[claim_id]

    def document(self, document_id: str) -> Document:
        """Return the document.

        Raises:
            MisuseError: the evidence lacks it; names the document.
        """
        if document_id not in self.documents:
            raise _missing("document", document_id)
        return self.documents[document_id]

    def incident(self, incident_id: str | None) -> Incident | None:
        """Return the incident, or None where a step names none that is here."""
        return next((found for found in self.incidents if found.id == incident_id), None)


def gather(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    incidents: Iterable[Incident],
    reprints: Iterable[Reprint],
    snapshots: Iterable[Snapshot],
    drifts: Iterable[Drift] = (),
) -> Evidence:
    """Return the evidence made of lists, with the digest of each document's snapshot."""
    kept = {document.id: document for document in documents}
    digest_of = {snapshot.id: snapshot.digest for snapshot in snapshots}
    return Evidence(
        documents=kept,
        claims={claim.id: claim for claim in claims},
        incidents=tuple(sorted(incidents, key=lambda incident: incident.id)),
        reprints=tuple(sorted(reprints, key=lambda reprint: reprint.id)),
        digests={key: digest_of.get(value.snapshot_id, "") for key, value in kept.items()},
        drifts=tuple(drifts),
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What a named party was asked before publication, and what it answered."""

    party: str
    asked: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How a dossier is composed.

    Attributes:
        as_of: only documents published by this day were used; None is no limit.
        prepared: the day of composing, given by the caller; None prints no day.
        reviewed: ids of the claims that a person has accepted.
        place_precision: the finest precision of a place that is printed: town, admin1 or country.
        place_limits: (place id, precision) pairs that are stricter; the strictest one wins.
        delay_days: places of things less than this many days before `prepared` are printed as
            countries only.
        replies: the right-of-reply ledger kept so far.
        bands: the likelihood words; empty takes the shipped ones.
        limit: how many incidents a list shows at most.
        told: how many chains are told step by step; the others are only ranked.
    """

    as_of: date | None = None
    prepared: date | None = None
    reviewed: frozenset[str] = frozenset()
    place_precision: str = "town"
    place_limits: tuple[tuple[str, str], ...] = ()
    delay_days: int = 30
    replies: tuple[Reply, ...] = ()
    bands: tuple[Band, ...] = ()
    limit: int = 20
    told: int = 5


def _missing(what: str, missing_id: str) -> MisuseError:
    return MisuseError(
        f"the {what} {missing_id} is cited but is not among the evidence",
        next_step="Run the casebook again, then publish",
    )
