"""Roles that the words leave to the context: who fired, whose tank it was, from whom it was taken.

In: a frame with the roles found so far, the conflicts and claims before it. Out: further roles,
each with the reason. Refused: a filler from another paragraph or more than a few sentences back.

Two plain habits of reports are used: a fight names both sides, and what is taken in it comes from
the other side; a string of sentences about one raid keeps its actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from enduse.extract.attributes import governing_clause
from enduse.extract.entities import Ledger, Party, keys_of
from enduse.extract.filling import Frame
from enduse.extract.fitting import ACTORS
from enduse.extract.grammar import Clause
from enduse.extract.owners import owner_phrase
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.phrases import Phrase, singular
from enduse.extract.quantities import read_number
from enduse.extract.roles import make_role
from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.mention import EntityKind

_NEAR = 3  # sentences
_CLOSE = 2
_FAR = 8


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that a sentence sets against each other."""

    sentence: int
    paragraph: int
    one: Role | None
    other: Role | None


@dataclass(slots=True)
class Context:
    """What the sentences so far tell beyond names: conflicts and claims. One document long."""

    conflicts: list[Conflict] = field(default_factory=list)
    claims: list[tuple[int, int, Claim]] = field(default_factory=list)

    def recent(self, parsed: Parsed, reach: int = _NEAR) -> Iterator[Claim]:
        """Yield the claims of the sentences just before and of this one, latest first."""
        for sentence, _, claim in reversed(self.claims):
            if parsed.index - sentence > reach:
                return
            yield claim


def note_ties(ledger: Ledger, claims: Sequence[Claim]) -> None:
    """Keep who was tied to whom, for descriptions such as "the al Qaeda branch"."""
    for claim in claims:
        actor, other = claim.role(Part.ACTOR), claim.role(Part.OTHER)
        if claim.kind is not ClaimKind.AFFILIATION or actor is None or other is None:
            continue
        party = next((p for p in reversed(ledger.parties) if p.text == actor.text), None)
        if party is not None and other.reference is not None and claim.mode in ("branch", "member"):
            ledger.ties.append((other.reference, party))


def note_conflicts(context: Context, parsed: Parsed, ledger: Ledger) -> None:
    """Add the conflicts that a sentence names, and who fights "us"."""
    for clause in parsed.clauses:
        _note_foes(clause, parsed, ledger)
        if parsed.tokens[clause.main].lemma not in parsed.cues.group("fights"):
            continue
        groups = [
            clause.objects,
            *(g for w, g in clause.preps if w in ("with", "against", "on", "by")),
        ]
        one = _side(clause.subject, parsed, ledger)
        other = next((s for g in groups if (s := _side(g, parsed, ledger)) is not None), None)
        if one is not None or other is not None:
            if clause.passive:
                one, other = other, one
            context.conflicts.append(Conflict(parsed.index, parsed.paragraph, one, other))
    for at, phrase in parsed.phrases():
        if singular(parsed.tokens[phrase.head].low) in parsed.cues.group("fight_nouns"):
            _note_noun(context, at, parsed, ledger)


def _note_foes(clause: Clause, parsed: Parsed, ledger: Ledger) -> None:
    """Keep whom "we" fight or harm, and who fights "us": none of them is the one who speaks."""
    harms = parsed.cues.group("fights") | parsed.cues.group("harming")
    if parsed.tokens[clause.main].lemma not in harms:
        return
    ends = [p for i in clause.subject if (p := parsed.chunks[i].phrase)]
    others = [*clause.objects, *(i for w, g in clause.preps if w in _AGAINST for i in g)]
    far = [p for i in others if (p := parsed.chunks[i].phrase)]
    for side, other in ((ends, far), (far, ends)):
        if any(_is_first_person(phrase, parsed) for phrase in side):
            parties = [phrase for phrase in other if phrase.kind in _FIGHTERS]
            ledger.foes |= {name for phrase in parties for name in keys_of(phrase, parsed)}


_FIGHTERS = frozenset({"group", "people", "name"})
_AGAINST = ("with", "against", "on", "by", "from")


def _is_first_person(phrase: Phrase, parsed: Parsed) -> bool:
    return parsed.tokens[phrase.head].low in ("we", "us") or phrase.determiner == "our"


def _note_noun(context: Context, at: int, parsed: Parsed, ledger: Ledger) -> None:
    other = None
    nexts = parsed.chunks[at + 1 : at + 3]
    if len(nexts) == len("ab") and nexts[0].tag == "I" and nexts[1].phrase is not None:
        word = parsed.tokens[nexts[0].first].low
        if word in ("with", "against", "on"):
            other = _side((at + 2,), parsed, ledger)
    if other is not None:
        context.conflicts.append(Conflict(parsed.index, parsed.paragraph, None, other))


def _side(group: Sequence[int], parsed: Parsed, ledger: Ledger) -> Role | None:
    phrases = [p for i in group if (p := parsed.chunks[i].phrase) and p.kind in ACTORS]
    if not phrases:
        return None
    role, _ = make_role(Part.FROM, phrases[:1], parsed, ledger)
    return role


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
    before = _last(context, parsed, (Part.ACTOR, Part.BY), ClaimKind.USE)
    if before is not None and not _is_target(before, roles):
        _offer(found, Part.ACTOR, before, "actor before")


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
    if victim is None or victim.described or not bare:
        return
    ledger, context = memory
    side = _last_side(roles.get(Part.ACTOR), parsed, context, ledger)
    _offer(found, Part.VICTIM, side, "the other side of the fight")


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
        return _side(clause.subject if clause.passive else clause.objects, parsed, ledger)
    if clause.passive or lemma not in parsed.cues.group("doers") | parsed.cues.group("takers"):
        return None
    return _side(clause.subject, parsed, ledger)


def _subject_above(frame: Frame, parsed: Parsed, ledger: Ledger) -> Role | None:
    """Return the subject of the clause that an -ing clause hangs on: "made raids using X"."""
    clause = parsed.clauses[frame.clause] if frame.clause >= 0 else None
    if clause is None or clause.parent < 0 or parsed.tokens[clause.main].tag != "g":
        return None
    above = parsed.clauses[clause.parent]
    return None if above.passive else _side(above.subject, parsed, ledger)


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
