"""Roles that the words leave to the context: who fired, whose tank it was, from whom it was taken.

In: a frame with the roles found so far, the conflicts and claims before it. Out: further roles,
each with the reason. Refused: a filler from another paragraph or more than a few sentences back.

Two plain habits of reports are used: a fight names both sides, and what is taken in it comes from
the other side; a string of sentences about one raid keeps its actor.
"""

from __future__ import annotations

from collections.abc import Mapping

from enduse.extract.attributes import governing_clause
from enduse.extract.conflicts import Context, side_role
from enduse.extract.entities import Ledger, Party
from enduse.extract.filling import Frame
from enduse.extract.fitting import ACTORS
from enduse.extract.owners import owner_phrase
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import singular
from enduse.extract.quantities import read_number
from enduse.extract.roles import make_role
from enduse.model.claim import ClaimKind, Part, Role
from enduse.model.mention import EntityKind

_NEAR = 3  # sentences
_CLOSE = 2
_FAR = 8


def fill_roles(
    frame: Frame,
    parsed: Parsed,
    ledger: Ledger,
    context: Context,
    roles: Mapping[Part, Role],
) -> dict[Part, tuple[Role, str]]:
    """Return roles to add with how each was found."""
    kind = frame.action.kind
    found: dict[Part, tuple[Role, str]] = {}
    if kind is ClaimKind.USE and Part.ACTOR not in roles:
        _fill_actor(frame, parsed, ledger, context, roles, found)
    if kind is ClaimKind.POSSESSION and Part.ACTOR not in roles:
        _offer(found, Part.ACTOR, _keeper(frame, parsed, ledger), "whose place it was found at")
    if kind is ClaimKind.TRANSFER:
        _fill_transfer(frame, parsed, ledger, context, roles, found)
    if kind is ClaimKind.CASUALTIES:
        _fill_victim(frame, parsed, (ledger, context), roles, found)
    if kind is ClaimKind.LOSS:
        _fill_loss(parsed, context, ledger, roles, found)
    return found


def _keeper(frame: Frame, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return who owns the place where it was found, or that this sentence says was searched."""
    places = [phrase for _, phrases in frame.preps for phrase in phrases]
    for clause in parsed.clauses[: max(frame.clause, 0)]:
        if parsed.tokens[clause.main].lemma in parsed.cues.group("searches"):
            places += [p for i in clause.objects if (p := parsed.chunks[i].phrase)]
    for phrase in places:
        owner = owner_phrase(parsed, phrase)
        if owner is not None and not is_country(owner.named) and owner.kind in ACTORS:
            role, _ = make_role(Part.ACTOR, (owner,), parsed, ledger)
            return role
    return None


def _fill_actor(
    frame: Frame,
    parsed: Parsed,
    ledger: Ledger,
    context: Context,
    roles: Mapping[Part, Role],
    found: dict[Part, tuple[Role, str]],
) -> None:
    """Offer who used it: the sentence's subject, then the actor before."""
    _offer(found, Part.ACTOR, _governing_subject(frame, parsed, ledger), "subject of the sentence")
    _offer(found, Part.ACTOR, _subject_above(frame, parsed, ledger), "subject of the clause above")
    _offer(found, Part.ACTOR, _user_before(frame, context, roles), "who used it before")
    before = _last(context, parsed, (Part.ACTOR, Part.BY), ClaimKind.USE)
    if before is not None and not _is_target(before, roles):
        _offer(found, Part.ACTOR, before, "actor before")
    only = _only_user(context)
    if only is not None and Part.TARGET in roles and not _is_target(only, roles):
        _offer(found, Part.ACTOR, only, "the only user so far")


def _fill_victim(
    frame: Frame,
    parsed: Parsed,
    memory: tuple[Ledger, Context],
    roles: Mapping[Part, Role],
    found: dict[Part, tuple[Role, str]],
) -> None:
    """Offer the other side of the fight for a bare number: "we killed three"."""
    victim = roles.get(Part.VICTIM)
    phrases = frame.roles.get(Part.VICTIM, ())
    nouns = parsed.cues.table("toll_nouns")
    bare = all(
        parsed.tokens[p.head].tag == "Q" or singular(parsed.tokens[p.head].low) in nouns
        for p in phrases
    )
    if victim is None or victim.described or not bare or Part.ACTOR not in roles:
        return
    ledger, context = memory
    struck = _struck_above(frame, parsed, ledger)
    _offer(found, Part.VICTIM, struck, "whom the clause above says was struck")
    side = _last_side(roles.get(Part.ACTOR), parsed, context, ledger)
    _offer(found, Part.VICTIM, side, "the other side of the fight")


def _struck_above(frame: Frame, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the people struck in the clause an -ing clause hangs on: "bombed X, killing nine"."""
    clause = parsed.clauses[frame.clause] if frame.clause >= 0 else None
    at = clause.parent if clause is not None and parsed.tokens[clause.main].tag == "g" else -1
    while at >= 0 and parsed.tokens[parsed.clauses[at].main].tag == "g":
        at = parsed.clauses[at].parent  # "killing nine and wounding six"
    if at < 0:
        return None
    above = parsed.clauses[at]
    struck = above.subject if above.passive else above.objects
    phrases = [p for i in struck if (p := parsed.chunks[i].phrase) and p.kind in ACTORS]
    return side_role(struck, parsed, ledger) if phrases else None


def _user_before(frame: Frame, context: Context, roles: Mapping[Part, Role]) -> Role | None:
    """Return who is said to have used "the rocket" that this sentence takes up."""
    weapon = roles.get(Part.WEAPON)
    phrases = frame.roles.get(Part.WEAPON, ())
    if weapon is None or not any(phrase.determiner in _TAKING_UP for phrase in phrases):
        return None
    for _, _, claim in reversed(context.claims):
        used = claim.role(Part.WEAPON)
        if claim.kind is ClaimKind.USE and used is not None and same_party(used, weapon):
            return claim.role(Part.ACTOR)
    return None


_TAKING_UP = frozenset({"the", "this", "that", "these", "those"})


def _only_user(context: Context) -> Role | None:
    """Return who used every weapon told of so far, None if several or nobody did."""
    users = [
        role
        for _, _, claim in context.claims
        if claim.kind is ClaimKind.USE and (role := claim.role(Part.ACTOR)) is not None
    ]
    return users[-1] if users and all(same_party(users[-1], one) for one in users) else None


def _is_target(role: Role, roles: Mapping[Part, Role]) -> bool:
    target = roles.get(Part.TARGET)
    return target is not None and same_party(role, target)


def _offer(found: dict[Part, tuple[Role, str]], part: Part, role: Role | None, how: str) -> None:
    if role is not None and part not in found:
        moved = Role(
            part,
            role.text,
            role.start,
            role.end,
            role.reference,
            role.name,
            role.also,
            role.described,
        )
        found[part] = (moved, how)


def _governing_subject(frame: Frame, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the subject of the clause a noun of action stands in."""
    index = governing_clause(frame, parsed)
    if index < 0 or frame.clause >= 0:
        return None
    clause = parsed.clauses[index]
    lemma = parsed.tokens[clause.main].lemma
    if lemma in parsed.cues.group("blamers"):
        return side_role(clause.subject if clause.passive else clause.objects, parsed, ledger)
    if clause.passive and lemma in parsed.cues.group("involving"):
        return side_role(clause.subject, parsed, ledger)  # "was involved in the use of"
    if clause.passive or lemma not in parsed.cues.group("doers") | parsed.cues.group("takers"):
        return None
    return side_role(clause.subject, parsed, ledger)


def _subject_above(frame: Frame, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the subject of the clause that an -ing clause hangs on: "made raids using X"."""
    clause = parsed.clauses[frame.clause] if frame.clause >= 0 else None
    if clause is None or clause.parent < 0 or parsed.tokens[clause.main].tag != "g":
        return None
    above = parsed.clauses[clause.parent]
    return None if above.passive else side_role(above.subject, parsed, ledger)


_TAKING = frozenset({"capture", "seizure"})


def _fill_transfer(
    frame: Frame,
    parsed: Parsed,
    ledger: Ledger,
    context: Context,
    roles: Mapping[Part, Role],
    found: dict[Part, tuple[Role, str]],
) -> None:
    taking = frame.action.mode in _TAKING
    if frame.clause < 0 and not {Part.TO, Part.FROM} & set(roles):
        _fill_deal(frame, parsed, ledger, found)
    if taking and Part.TO not in roles:
        _offer(found, Part.TO, _governing_subject(frame, parsed, ledger), "subject of the sentence")
        user = _user_of(roles.get(Part.WEAPON), parsed, context)
        _offer(found, Part.TO, user, "who used it in this sentence")
        user = _user_there(roles.get(Part.WEAPON), parsed, context)
        _offer(found, Part.TO, user, "who used one at the place named")
        _offer(
            found, Part.TO, _last(context, parsed, (Part.TO,), ClaimKind.TRANSFER), "taker before"
        )
    if taking and Part.FROM not in roles:
        _offer(found, Part.FROM, _harmed(parsed, context), "who was arrested or killed")
        taker = roles.get(Part.TO) or (found[Part.TO][0] if Part.TO in found else None)
        _offer(
            found,
            Part.FROM,
            _opponent(taker, parsed, context, ledger),
            "the other side of the fight",
        )


def _harmed(parsed: Parsed, context: Context) -> Role | None:
    """Return whom this sentence says was arrested or killed: what was seized was theirs."""
    for sentence, _, claim in reversed(context.claims):
        if sentence != parsed.index:
            return None
        victim = claim.role(Part.VICTIM)
        counted = victim is None or read_number(victim.text.lower().split()[:1]) is not None
        if claim.mode in ("captured", "killed") and victim is not None and not counted:
            return victim
    return None


def _fill_deal(
    frame: Frame, parsed: Parsed, ledger: Ledger, found: dict[Part, tuple[Role, str]]
) -> None:
    """Offer the party of "requested the sale of rifles" or "approved the sale of rifles"."""
    index = governing_clause(frame, parsed)
    if index < 0:
        return
    lemma = parsed.tokens[parsed.clauses[index].main].lemma
    subject = _governing_subject(frame, parsed, ledger)
    if lemma in parsed.cues.group("takers"):
        _offer(found, Part.TO, subject, "who asks for it")
    elif lemma in parsed.cues.group("givers"):
        _offer(found, Part.FROM, subject, "who decides on it")


def _user_of(weapon: Role | None, parsed: Parsed, context: Context) -> Role | None:
    """Return who is said, in this sentence, to have used the very weapon that was taken."""
    for sentence, _, claim in reversed(context.claims):
        used = claim.role(Part.WEAPON)
        if sentence != parsed.index or weapon is None:
            return None
        if claim.kind is ClaimKind.USE and used is not None and used.start == weapon.start:
            return claim.role(Part.ACTOR)
    return None


def _user_there(weapon: Role | None, parsed: Parsed, context: Context) -> Role | None:
    """Return who used such a weapon, as told before, at a place this sentence names."""
    places = {name.entity for name in parsed.names if name.kind is EntityKind.PLACE}
    for _, _, claim in reversed(context.claims if weapon is not None and places else []):
        used, place = claim.role(Part.WEAPON), claim.role(Part.PLACE)
        if claim.kind is not ClaimKind.USE or used is None or place is None or weapon is None:
            continue
        if place.reference in places and same_party(used, weapon):
            return claim.role(Part.ACTOR)
    return None


def _opponent(taker: Role | None, parsed: Parsed, context: Context, ledger: Ledger) -> Role | None:
    """Return the other side of the last fight, else the last party of the other sort."""
    found = _last_side(taker, parsed, context, ledger)
    if found is not None or taker is None:
        return found
    mine = side_of(taker, ledger)
    for party in reversed(ledger.parties if mine else []):
        if parsed.index - party.sentence > _FAR or party.paragraph != parsed.paragraph:
            return None
        role = party_role(Part.FROM, party)
        if party.sort == "group" and {mine, side_of(role, ledger)} == {"state", "rebel"}:
            return role
    return None


def party_role(part: Part, party: Party) -> Role:
    """Return a party as a role."""
    named = party.named
    return Role(
        part, party.text, party.start, party.end, named.entity if named else None,
        named.label if named else None,
    )  # fmt: skip


def _last_side(taker: Role | None, parsed: Parsed, context: Context, ledger: Ledger) -> Role | None:
    for conflict in reversed(context.conflicts):
        if parsed.index - conflict.sentence > _CLOSE or conflict.paragraph != parsed.paragraph:
            return None
        for side in (conflict.other, conflict.one):
            if side is not None and (taker is None or _opposed(side, taker, ledger)):
                return side
    return None


def side_of(role: Role, ledger: Ledger) -> str:
    """Return "state", "rebel" or "" for a party, from its words and the register's category."""
    words = {singular(word) for word in role.text.lower().split()}
    category = next(
        (p.named.category for p in ledger.parties if p.named and p.named.entity == role.reference),
        "",
    )
    if category in ("armed-group", "militia", "criminal-group") or words & ledger.cues.group(
        "rebels"
    ):
        return "rebel"
    if category in (
        "state",
        "military",
        "armed-forces",
        "police",
        "ministry",
    ) or words & ledger.cues.group("state_forces"):
        return "state"
    return ""


def _opposed(side: Role, taker: Role, ledger: Ledger) -> bool:
    if same_party(side, taker):
        return False
    one, other = side_of(side, ledger), side_of(taker, ledger)
    return not (one and one == other)


def same_party(one: Role, other: Role) -> bool:
    """Return whether two roles name the same party."""
    if one.reference is not None and other.reference is not None:
        return one.reference == other.reference
    return one.text.lower() == other.text.lower()


def _fill_loss(
    parsed: Parsed,
    context: Context,
    ledger: Ledger,
    roles: Mapping[Part, Role],
    found: dict[Part, tuple[Role, str]],
) -> None:
    if Part.BY not in roles:
        last = _last(context, parsed, (Part.ACTOR, Part.BY), ClaimKind.USE)
        _offer(found, Part.BY, last, "actor before")
        only, loser = _only_user(context), roles.get(Part.ACTOR)
        if only is not None and (loser is None or not same_party(only, loser)):
            _offer(found, Part.BY, only, "the only user so far")
    if Part.ACTOR not in roles:
        by = roles.get(Part.BY) or (found[Part.BY][0] if Part.BY in found else None)
        _offer(
            found, Part.ACTOR, _opponent(by, parsed, context, ledger), "the other side of the fight"
        )


def _last(
    context: Context, parsed: Parsed, parts: tuple[Part, ...], kind: ClaimKind
) -> Role | None:
    for claim in context.recent(parsed):
        if claim.kind is kind:
            for part in parts:
                role = claim.role(part)
                if role is not None:
                    return role
    return None
