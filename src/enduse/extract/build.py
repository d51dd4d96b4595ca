"""Claims from frames: roles named, lists parted, attributes, speakers, place and time added.

In: frames of parsed sentences, the ledger. Out: claims without duplicates, in order of their
spans. Refused: a frame whose core roles nothing names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.extract.attributes import Attributes, read_attributes
from enduse.extract.conflicts import Context
from enduse.extract.discourse import fill_roles, side_of
from enduse.extract.entities import Ledger
from enduse.extract.filling import Frame
from enduse.extract.owners import OWNER_KINDS, owner_beside
from enduse.extract.parsed import Clock, Parsed, is_country
from enduse.extract.persons import last_word
from enduse.extract.phrases import Phrase, singular
from enduse.extract.places import carried_place, find_place, place_role
from enduse.extract.roles import flag_role, make_role
from enduse.extract.speakers import Said, find_medium, is_quoted
from enduse.extract.timing import Calendar, find_time
from enduse.model.claim import Because, Claim, ClaimKind, Cue, Part, Role, Speaker
from enduse.model.document import Document, Span
from enduse.model.interchange import with_id
from enduse.reference.cues import Cues

_SPLIT = {
    ClaimKind.CASUALTIES: Part.VICTIM,
    ClaimKind.CONTROL: Part.PLACE,
    ClaimKind.AFFILIATION: Part.ACTOR,
}
_OWNED = {ClaimKind.USE: Part.ACTOR, ClaimKind.LOSS: Part.ACTOR, ClaimKind.POSSESSION: Part.ACTOR}
_COUNTED = frozenset(
    {ClaimKind.USE, ClaimKind.TRANSFER, ClaimKind.LOSS, ClaimKind.POSSESSION, ClaimKind.CASUALTIES}
)
_PARTIES = {Part.FROM, Part.TO, Part.ACTOR, Part.BY}
_ENDS = {Part.ACTOR, Part.TARGET}
Resolved = tuple[str, str, str]
Memory = tuple[Ledger, Context]


@dataclass(frozen=True, slots=True)
class Setting:
    """What building a document's claims needs beside the frame: document, cues, day, extractor."""

    document: Document
    cues: Cues
    written: date | None
    extractor: str
    clock: Clock


def build_claims(
    frame: Frame, parsed: Parsed, said: list[Said], memory: Memory, setting: Setting
) -> Iterator[Claim]:
    """Yield the claims of a frame: one for each weapon, victim, place or actor of its list."""
    split = _SPLIT.get(frame.action.kind, Part.WEAPON)
    items = frame.roles.get(split) or ()
    if split is Part.PLACE:
        items = tuple(p for i, p in enumerate(items) if i == 0 or p.determiner not in ("a", "an"))
    if split is Part.VICTIM:
        items = _without_titles(items, parsed)
    for item in items or (None,):
        made = _build_one(frame, item, parsed, said, memory, setting)
        if made is not None:
            yield made


def _without_titles(items: Sequence[Phrase], parsed: Parsed) -> tuple[Phrase, ...]:
    """Return the victims without what says who a named one is: "Karo, head of the Front"."""
    names = {p.first for p in items if parsed.tokens[p.head].tag == "P" and p.quantity is None}
    return tuple(item for item in items if not names or not _tells_who(item, parsed))


def _tells_who(item: Phrase, parsed: Parsed) -> bool:
    """Return whether it is a bare title or kin noun: "leader", "son"."""
    low = parsed.tokens[item.head].low
    if parsed.tokens[item.head].tag == "P" or item.quantity is not None:
        return False
    bare = item.kind == "people" and not item.determiner and low == singular(low)
    return low in parsed.cues.senses("ties") or bare


def _first_roles(
    frame: Frame,
    choice: tuple[Phrase | None, Part],
    parsed: Parsed,
    ledger: Ledger,
    quoted: frozenset[str],
) -> tuple[dict[Part, Role], list[Resolved]]:
    """Return the roles that the frame's own phrases fill, and how each was resolved."""
    item, split = choice
    roles: dict[Part, Role] = {}
    resolved: list[Resolved] = []
    doers = [part for part in (Part.ACTOR, Part.BY) if part in frame.roles]
    for part in sorted(frame.roles, key=lambda part: part not in doers):
        wanted = (item,) if part is split and item is not None else frame.roles[part]
        barred = {last_word(roles[doer].text) for doer in doers if doer in roles}
        role, hows = make_role(part, wanted, parsed, ledger, frozenset(barred | quoted))
        if role is not None:
            roles[part] = role
            resolved += hows
    return _undo_reflexive(roles), resolved


def _undo_reflexive(roles: dict[Part, Role]) -> dict[Part, Role]:
    """Return the roles with a description's own words where it would stand for another role.

    "Karo was captured by the militia": the militia is not Karo.
    """
    for part, role in roles.items():
        others = {one.text.lower() for at, one in roles.items() if at is not part}
        if role.described and role.text.lower() in others:
            roles[part] = Role(part, role.described, role.start, role.end)
    return roles


def _is_inside(role: Role, weapon: Role | None) -> bool:
    """Return whether a doer is read from the weapon's own last word: a vehicle is nobody."""
    doer = role.part in (Part.ACTOR, Part.BY, Part.FROM, Part.TO)
    return doer and weapon is not None and role.end is not None and role.end == weapon.end


def _build_one(
    frame: Frame,
    item: Phrase | None,
    parsed: Parsed,
    said: list[Said],
    memory: Memory,
    setting: Setting,
) -> Claim | None:
    ledger, context = memory
    kind = frame.action.kind
    attributes = read_attributes(frame, parsed)
    speakers = _speakers_of(frame, parsed, said)
    quoted = _quoted_names(frame, parsed, speakers)
    choice = item, _SPLIT.get(kind, Part.WEAPON)
    roles, resolved = _first_roles(frame, choice, parsed, ledger, quoted)
    _add_owner(frame, item, parsed, ledger, roles)
    filled = fill_roles(frame, parsed, ledger, context, roles)
    resolved += [(part.value, role.text, how) for part, (role, how) in filled.items()]
    roles |= {part: role for part, (role, _) in filled.items()}
    roles = {p: role for p, role in roles.items() if not _is_inside(role, roles.get(Part.WEAPON))}
    if not _core_stands(frame, parsed, roles) or _is_civil_deal(item, parsed, ledger, roles):
        return None
    _name_place(frame, item, parsed, roles)
    if kind is ClaimKind.CONTROL and Part.PLACE not in roles:
        return None
    _add_place(frame, item, parsed, ledger, roles)
    planned = attributes.status in ("planned", "stopped")
    calendar = Calendar(setting.document.text, setting.clock)
    return with_id(
        Claim(
            id="",
            document_id=setting.document.id,
            kind=kind,
            roles=tuple(roles[part] for part in Part if part in roles),
            span=Span.of(setting.document, *_quote(frame, item, parsed)),
            mode=_mode(frame, parsed, roles),
            status=attributes.status,
            time=find_time(frame, parsed, calendar, planned=planned),
            quantity=item.quantity if item is not None and kind in _COUNTED else None,
            polarity=attributes.polarity,
            certainty=attributes.certainty,
            attribution=speakers,
            medium=find_medium(parsed, setting.cues, said=bool(speakers)),
            because=_because(frame, parsed, attributes, resolved),
            extractor=setting.extractor,
            score=0.6,
        )
    )


def _quoted_names(frame: Frame, parsed: Parsed, speakers: Iterable[Speaker]) -> frozenset[str]:
    """Return the last words of the names of those in whose quoted words the frame stands."""
    if not is_quoted(parsed, parsed.tokens[frame.trigger[0]].start):
        return frozenset()
    return frozenset(last_word(speaker.text) for speaker in speakers)


def _ties_itself(frame: Frame, roles: Mapping[Part, Role]) -> bool:
    one, two = roles.get(Part.ACTOR), roles.get(Part.OTHER)
    tie = frame.action.kind is ClaimKind.AFFILIATION
    return tie and one is not None and two is not None and one.text.lower() == two.text.lower()


def _is_errand(frame: Frame, parsed: Parsed) -> bool:
    """Return whether one plain person goes somewhere: "the driver took the road", "a man fled"."""
    movers = frame.roles.get(Part.ACTOR, ()) if frame.action.kind is ClaimKind.CONTROL else ()
    heads = [parsed.tokens[mover.head] for mover in movers if mover.named is None]
    alone = [head for head in heads if head.tag == "N" and head.low == singular(head.low)]
    persons = parsed.cues.group("male") | parsed.cues.group("female")
    return (
        len(movers) == 1 and bool(alone) and (movers[0].kind == "people" or alone[0].low in persons)
    )


def _harms_itself(roles: Mapping[Part, Role]) -> bool:
    """Return whether a pronoun was taken for the doer: in "they killed them" it is another."""
    doer, victim = roles.get(Part.ACTOR), roles.get(Part.VICTIM)
    if doer is None or victim is None or not victim.described or "sel" in victim.described:
        return False
    return doer.text.lower() == victim.text.lower()


def _core_stands(frame: Frame, parsed: Parsed, roles: Mapping[Part, Role]) -> bool:
    needs = frame.action.needs
    if _ties_itself(frame, roles) or _harms_itself(roles) or _is_errand(frame, parsed):
        return False
    if not needs:
        return all(part in roles for part in frame.roles)
    if frame.rule == "use-weapon/noun" and not {*roles, *frame.roles} & _ENDS:
        return False  # "the launch of a rocket": nobody's, at nothing
    return all(any(part in roles for part in choice) for choice in needs)


def _is_civil_deal(
    item: Phrase | None, parsed: Parsed, ledger: Ledger, roles: Mapping[Part, Role]
) -> bool:
    """Return whether a craft of nobody's is told of, and no party that bears arms."""
    if item is None or item.kind != "craft" or owner_beside(parsed, item) is not None:
        return False
    low = singular(parsed.tokens[item.head].low)
    if Part.BY in roles and low not in parsed.cues.group("civil_crafts"):
        return False
    return not any(side_of(role, ledger) for part, role in roles.items() if part in _PARTIES)


def _add_owner(
    frame: Frame,
    item: Phrase | None,
    parsed: Parsed,
    ledger: Ledger,
    roles: dict[Part, Role],
) -> None:
    """Fill the actor of a use, loss or possession from the weapon's owner ("ISIL tanks")."""
    part = _OWNED.get(frame.action.kind)
    if part is None or part in roles or item is None:
        return
    flag = flag_role(part, item, parsed, ledger)
    if flag is not None:
        roles[part] = flag
        return
    owner = owner_beside(parsed, item) or _owner_of_list(frame, item, parsed)
    if (
        owner is not None
        and owner.kind in OWNER_KINDS
        and (owner.kind != "place" or is_country(owner.named))
    ):
        role, _ = make_role(part, (owner,), parsed, ledger)
        if role is not None:
            roles[part] = role


def _owner_of_list(frame: Frame, item: Phrase, parsed: Parsed) -> Phrase | None:
    """Return the owner named before the first of a list: "the gang's rifles, mortars and mines"."""
    listed = frame.roles.get(Part.WEAPON) or ()
    if item not in listed[1:] or item.quantity is not None or item.determiner:
        return None
    return owner_beside(parsed, listed[0])


def _add_place(
    frame: Frame, item: Phrase | None, parsed: Parsed, ledger: Ledger, roles: dict[Part, Role]
) -> None:
    if frame.action.kind in (ClaimKind.AFFILIATION, ClaimKind.ORIGIN) or Part.PLACE in roles:
        return
    role = find_place(frame, item, parsed) or carried_place(ledger, parsed, 5)
    if role is not None:
        roles[Part.PLACE] = role


def _name_place(frame: Frame, item: Phrase | None, parsed: Parsed, roles: dict[Part, Role]) -> None:
    """Give gained ground its name: "seized territory in Tabir"; drop what has neither."""
    if frame.action.kind is not ClaimKind.CONTROL or item is None or Part.PLACE not in roles:
        return
    if item.named is not None or any(parsed.tokens[i].tag == "P" for i in range(*item.core)):
        return
    named = find_place(frame, None, parsed)
    if named is not None:
        roles[Part.PLACE] = named
    elif item.determiner != "the":
        del roles[Part.PLACE]


def _mode(frame: Frame, parsed: Parsed, roles: Mapping[Part, Role]) -> str | None:
    mode = frame.action.mode
    first, last = frame.trigger
    around = set(parsed.words(max(0, first - 1), last + 1))
    if mode == "wounded" and around & parsed.cues.group("deadly"):
        return "killed"  # "fatally stabbed"
    taker = roles.get(Part.TO)
    if mode == "capture" and taker is not None:
        words = {singular(word) for word in taker.text.lower().split()}
        if words & parsed.cues.group("authorities"):
            return "seizure"
    return mode


def _speakers_of(frame: Frame, parsed: Parsed, said: list[Said]) -> tuple[Speaker, ...]:
    if frame.clause < 0 and frame.action.kind is ClaimKind.AFFILIATION:
        return ()  # a name's own epithet is the author's: "the Tabir-backed Northern Front said"
    at = parsed.tokens[frame.trigger[0]].start
    found: list[Speaker] = []
    for one in said:
        own = one.clause >= 0 and one.clause == frame.clause
        if one.covers(at) and not own and one.speaker.text not in [s.text for s in found]:
            found.append(one.speaker)
    return tuple(found)


def _quote(frame: Frame, item: Phrase | None, parsed: Parsed) -> tuple[int, int]:
    """Return the offsets from the first to the last word of the frame and its fillers."""
    firsts, lasts = [frame.trigger[0]], [frame.trigger[1]]
    for phrases in frame.roles.values():
        for phrase in phrases:
            firsts.append(phrase.first)
            lasts.append(phrase.last)
    if item is not None:
        firsts.append(item.first)
        lasts.append(item.last)
    return parsed.tokens[min(firsts)].start, parsed.tokens[max(lasts) - 1].end


def _because(
    frame: Frame, parsed: Parsed, attributes: Attributes, resolved: list[Resolved]
) -> Because:
    first, last = parsed.tokens[frame.trigger[0]], parsed.tokens[frame.trigger[1] - 1]
    words = parsed.text[first.start - parsed.start : last.end - parsed.start]
    trigger = Cue(f"kind:{frame.action.kind.value}", first.start, last.end, words)
    return Because(frame.rule, (trigger, *attributes.cues), tuple(resolved))


def as_place(claim: Claim, phrase: Phrase, parsed: Parsed) -> Claim:
    """Return the claim with a place from a phrase."""
    kept = tuple(role for role in claim.roles if role.part is not Part.PLACE)
    return with_id(replace(claim, roles=(*kept, place_role(phrase, parsed))))
