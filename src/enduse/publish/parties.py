"""The parties that a dossier names, as what, and what they were asked before publication.

In: the desk. Out: one section. Refused: wrongdoing by a lawful early link is never implied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enduse.model.claim import Part
from enduse.model.dossier import DossierSection, Sentence, Table
from enduse.publish.desk import Desk
from enduse.publish.support import voices
from enduse.publish.wording import join, name_party

INFERRED = " (inferred)"


def compose_parties(desk: Desk) -> DossierSection:
    """Return every party named, as what, and the right-of-reply ledger."""
    found = list(_roles(desk))
    named = dict.fromkeys(label for label, _, _ in found)
    replies = {reply.party: reply for reply in desk.options.replies}
    rows, cited = [], []
    for label in named:
        of_party = [(role, claims) for who, role, claims in found if who == label]
        reply = replies.get(label)
        asked = "not asked" if reply else "not yet asked"
        if reply and reply.asked:
            asked = reply.asked.isoformat()
        roles = join(_strongest(role for role, _ in of_party))
        rows.append((label, roles, asked, reply.answer if reply and reply.answer else "none yet"))
        cited.append(desk.book.cite({claim for _, claims in of_party for claim in claims}))
    table = Table(
        "Parties named", ("Party", "Named as", "Asked", "Answer"), tuple(rows), tuple(cited)
    )
    heading = "Parties and right of reply"
    return DossierSection(heading, tuple(_lawful(desk)), (table,) if rows else (), "parties")


def _strongest(roles: Iterable[str]) -> list[str]:
    """Return the roles once each, an inferred one only if the same is not also stated."""
    named = list(dict.fromkeys(roles))
    stated = {role for role in named if not role.endswith(INFERRED)}
    return [r for r in named if r in stated or r.removesuffix(INFERRED) not in stated]


def _roles(desk: Desk) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield party, what it is named as, and the claims that name it so."""
    if desk.ground:
        yield desk.trace.sighting.holder.label, "holder seen with the weapon", desk.ground
    for chain in desk.trace.chains:
        for step in chain.steps:
            cited = voices(step.claims, desk.evidence) or desk.cited_by(chain)
            earlier = f"earlier holder{INFERRED}" if step.inferred else "earlier holder"
            yield step.giver.label, "lawful early link" if step.lawful else earlier, cited
            if step.taker.key != desk.trace.sighting.holder.key:
                yield step.taker.label, earlier, cited
    for incident in desk.planned():
        for part, role in ((Part.FROM, "giver in a plan"), (Part.TO, "taker in a plan")):
            party = incident.party(part)
            if party is not None:
                yield party.label, role, voices(incident.claims, desk.evidence)


def _lawful(desk: Desk) -> Iterator[Sentence]:
    steps = [step for chain in desk.trace.chains for step in chain.steps if step.lawful]
    cited = [claim for step in steps for claim in step.claims]
    if cited:
        names = join(dict.fromkeys(name_party(step.giver.label) for step in steps))
        yield desk.say(f"as a lawful early link stands {names}; this implies no wrongdoing", cited)
