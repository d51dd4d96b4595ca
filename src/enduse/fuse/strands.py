"""Groups of documents to strands: how firm a voice is, and whose interest speaks.

In: a group, the parties of the incident and the register. Out: one strand a group. The certainty
of a group is that of its weakest original wording: a copy that drops a hedge makes nothing
firmer, and a headline no firmer than the text under it.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.fuse.chance import Strand
from enduse.fuse.witnesses import Group
from enduse.model.claim import Claim, Publication
from enduse.model.dates import DateRange
from enduse.model.incident import Party, Witness
from enduse.ports import Register
from enduse.text.bylines import names_agree


def make_strand(
    group: Group, publication: Publication, parties: Sequence[Party], register: Register
) -> Strand:
    """Return the group as one voice on an incident between the parties."""
    certainty = max((claim.certainty for claim in group.claims), key=lambda each: each.rank)
    media = sorted({claim.medium for claim in group.claims if claim.medium})
    party = all(_is_partial(claim, publication, parties, register) for claim in group.claims)
    return Strand(certainty, party, tuple(media), max(claim.score for claim in group.claims))


def make_witness(group: Group, strand: Strand) -> Witness:
    """Return the group as the incident shows it: its root, its copies, and what ties them."""
    copies = tuple(each for each in group.members if each != group.root)
    return Witness(group.root, copies, group.because if copies else "", strand.party)


def _is_partial(
    claim: Claim, publication: Publication, parties: Sequence[Party], register: Register
) -> bool:
    """Return whether the claim rests on the word of a party: its last speaker or its publisher."""
    if claim.attribution:
        speaker = claim.attribution[-1]
        name, reference = speaker.name or speaker.text, speaker.reference
    else:
        name, reference = publication.publisher or "", None
    day = publication.published
    days = DateRange(day, day) if day else None
    return any(_is_party((name, reference), party, days, register) for party in parties)


def _is_party(
    speaker: tuple[str, str | None], party: Party, days: DateRange | None, register: Register
) -> bool:
    """Return whether a speaker, by name and entry, is the party, or one holds the other."""
    name, reference = speaker
    if reference is None or party.entity_id is None:
        return bool(name) and names_agree(name, party.label)
    if reference == party.entity_id:
        return True
    above = register.ancestors(party.entity_id, days)
    return reference in above or party.entity_id in register.ancestors(reference, days)
