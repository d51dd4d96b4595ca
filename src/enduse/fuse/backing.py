"""One claim to its witnesses: of those who tell of its incident, those who say as much as it does.

In: a claim, the claims of its incident, publications and reprints. Out: its testimony. A claim
that names more, or gives a figure, may have fewer witnesses than its incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enduse.fuse.copies import Copies
from enduse.fuse.witnesses import Evidence, Testimony, weigh_testimony
from enduse.model.claim import Claim, Publication
from enduse.model.reprint import Reprint
from enduse.reference.reuse import load_fusion_numbers


def weigh_claim(
    claim: Claim,
    others: Iterable[Claim],
    publications: Iterable[Publication],
    reprints: Iterable[Reprint],
    numbers: Mapping[str, float] | None = None,
) -> Testimony:
    """Return who stands behind one claim.

    Args:
        claim: the claim.
        others: the claims of its incident; the claim itself may be among them.
        publications: what the documents tell of their publication; may lack some.
        reprints: who copies whom.
        numbers: by name; the reviewed ones of `priors/fusion.tsv` if None.

    >>> said = Claim("c", "doc-1", "use", ())
    >>> weigh_claim(said, [], [], []).independent
    1.0
    """
    numbers = load_fusion_numbers() if numbers is None else numbers
    known = {each.document_id: each for each in publications}
    telling = {each.id: each for each in others if says_as_much(each, claim)} | {claim.id: claim}
    return weigh_testimony(list(telling.values()), Evidence(Copies(reprints), known, numbers, {}))


def says_as_much(other: Claim, claim: Claim) -> bool:
    """Return whether another claim of the same incident says what the claim does, or more."""
    if other.polarity is not claim.polarity or other.planned != claim.planned:
        return False
    if any(other.role(role.part) is None for role in claim.roles):
        return False
    if claim.quantity is None:
        return True
    figure, given = claim.quantity, other.quantity
    return given is not None and (given.min, given.max) == (figure.min, figure.max)
