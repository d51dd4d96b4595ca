"""Claims from drafts: names matched, days and amounts read, speakers and hedges added.

In: a sentence's drafts, the sentence as the grammar read it. Out: claims. Refused: a draft whose
anchor is cut off, and a role filled by a pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from enduse.extract.attributes import find_hedge
from enduse.extract.encoder.decoding import Draft, Filled, Filler
from enduse.extract.encoder.labels import CORE_OF
from enduse.extract.names import Named
from enduse.extract.parsed import Clock, Parsed
from enduse.extract.phrases import is_plural
from enduse.extract.quantities import read_quantity
from enduse.extract.scoring import CHANCE, ENCODER, LEFT_OUT, WEAKEST
from enduse.extract.times import find_times
from enduse.extract.timing import clip_days
from enduse.model.claim import (
    Because,
    Certainty,
    Claim,
    ClaimKind,
    Cue,
    Part,
    Polarity,
    Role,
    Speaker,
)
from enduse.model.dates import DateRange
from enduse.model.document import Document, Span
from enduse.model.interchange import with_id
from enduse.model.mention import EntityKind
from enduse.model.quantity import Quantity

AROUND = 30  # code points beside a time that may belong to it ("of 2015")
_SPOKEN = frozenset({"time", "quantity", "speaker"})
_PLACES = frozenset({EntityKind.PLACE})
_ACTORS = frozenset({EntityKind.ACTOR, EntityKind.PLACE})
_WEAPONS = frozenset({EntityKind.WEAPON})
_WORD = re.compile(r"\w+")
_APART = re.compile(r"[,;]")
_ONE_MORE = re.compile(r"(?:[,;]|\band\b).*\ban?\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scene:
    """What drafts of a document are built with: its text, names, day and extractor."""

    document: Document
    names: Sequence[Named]
    clock: Clock
    extractor: str


def build_drafts(drafts: Sequence[Draft], parsed: Parsed, scene: Scene) -> Iterator[Claim]:
    """Yield the claims of a sentence's drafts; a tie of several actors gives a claim for each."""
    for draft in (_with_whole_names(one, scene) for one in drafts):
        if draft.part is Part.WEAPON and _is_of_no_arms(draft, parsed, scene):
            continue
        actors = draft.roles.get("actor", ()) if draft.kind is ClaimKind.AFFILIATION else ()
        for actor in actors or (None,):
            yield _build(draft, actor, parsed, scene)


def _is_of_no_arms(draft: Draft, parsed: Parsed, scene: Scene) -> bool:
    """Return whether the words read as arms are listed as another thing: "a stink bomb"."""
    words = scene.document.text[draft.anchor.start : draft.anchor.end]
    return parsed.cues.senses("heads").get(words.lower()) == "other"


def _with_whole_names(draft: Draft, scene: Scene) -> Draft:
    """Return the draft with the register's names where the encoder marked parts of them."""
    roles = dict(draft.roles)
    for name, row in draft.roles.items():
        if name not in _SPOKEN or name == "speaker":
            part = Part.ACTOR if name == "speaker" else Part(name)
            roles[name] = tuple(whole_name(part, one, scene) for one in row)
    return replace(draft, anchor=whole_name(draft.part, draft.anchor, scene), roles=roles)


def whole_name(part: Part, filler: Filler, scene: Scene) -> Filler:
    """Return the register's name of which the filler is a part: "SHINING" of "SHINING PATH".

    Only where all that it lacks is written as a name is: "Soviet" of "Soviet military" is whole.
    """
    text, at = scene.document.text, bisect_right(scene.names, filler.start, key=_begin)
    if at == 0:
        return filler
    name = scene.names[at - 1]
    if name.kind not in _kinds_of(part) or name.end < filler.end:
        return filler
    lacking = _WORD.findall(f"{text[name.start : filler.start]} {text[filler.end : name.end]}")
    if not lacking or any(word[0].islower() for word in lacking):
        return filler
    return Filler(name.start, name.end, filler.chance)


def _build(draft: Draft, actor: Filler | None, parsed: Parsed, scene: Scene) -> Claim:
    text = scene.document.text
    start, end = _quote(draft, parsed)
    draft = replace(draft, roles=_kept(draft, actor, parsed, scene))
    roles = {draft.part: _role(draft.part, (draft.anchor,), scene)}
    for name, fillers in draft.roles.items():
        if name not in _SPOKEN and name != draft.part.value:
            roles[Part(name)] = _role(Part(name), fillers, scene)
    roles = {part: role for part, role in roles.items() if not _is_said_twice(role, roles)}
    transfer = draft.kind is ClaimKind.TRANSFER
    control = draft.kind is ClaimKind.CONTROL
    planned = transfer and draft.status != "done"
    return with_id(
        Claim(
            id="",
            document_id=scene.document.id,
            kind=draft.kind,
            roles=tuple(roles[part] for part in Part if part in roles),
            span=Span.of(scene.document, start, end),
            mode=None if control else draft.mode or None,
            status=draft.mode if control else draft.status if planned else None,
            time=_time(draft, scene, planned=planned),
            quantity=_quantity(draft, parsed, text),
            polarity=Polarity(draft.polarity),
            certainty=Certainty(draft.certainty),
            attribution=_speakers(draft, text),
            medium=draft.medium or None,
            because=_because(draft, parsed, text),
            extractor=scene.extractor,
            score=round(draft.chance, 4),
        )
    )


def _kept(draft: Draft, actor: Filler | None, parsed: Parsed, scene: Scene) -> Filled:
    """Return the fillers that make roles: of a tie one actor; no pronouns, not the anchor again."""
    roles = dict(draft.roles)
    if actor is not None:
        roles["actor"] = (actor,)
    for name in roles.keys() - _SPOKEN:
        named = (one for one in roles[name] if not _is_pronoun(one, parsed, scene))
        roles[name] = tuple(one for one in named if not _is_anchor(one, draft, scene))
    return {name: row for name, row in roles.items() if row}


def _is_pronoun(filler: Filler, parsed: Parsed, scene: Scene) -> bool:
    low, cues = scene.document.text[filler.start : filler.end].lower(), parsed.cues
    return low in cues.group("person_pronouns") or low in cues.group("body_pronouns")


def _is_anchor(filler: Filler, draft: Draft, scene: Scene) -> bool:
    """Return whether the register knows the filler as what the claim turns on: "Tadmur"."""
    turned, named = _named(draft.part, draft.anchor, scene), _named(draft.part, filler, scene)
    return turned is not None and named is not None and turned.entity == named.entity


def _is_said_twice(role: Role, roles: Mapping[Part, Role]) -> bool:
    """Return whether a giver is named by words of the taker, or a way by those of an end of it.

    So is "Islamic" of "Islamic State".
    """
    ends = {Part.FROM: (Part.ACTOR, Part.TO), Part.VIA: (Part.FROM, Part.TO)}.get(role.part, ())
    low = role.text.lower()
    return any((end := roles.get(part)) is not None and low in end.text.lower() for part in ends)


def _role(part: Part, fillers: Sequence[Filler], scene: Scene) -> Role:
    text = scene.document.text
    first = fillers[0]
    named = _named(part, first, scene)
    words = text[first.start : first.end]
    others = dict.fromkeys(text[one.start : one.end] for one in fillers[1:])
    others.pop(words, None)
    return Role(
        part, words, first.start, first.end, named.entity if named else None,
        named.label if named else None, tuple(others),
    )  # fmt: skip


def _begin(name: Named) -> int:
    return name.start


def _kinds_of(part: Part) -> frozenset[EntityKind]:
    return _WEAPONS if part is Part.WEAPON else _PLACES if part is Part.PLACE else _ACTORS


def _named(part: Part, filler: Filler, scene: Scene) -> Named | None:
    """Return the register's name that makes up most of the filler, None if none does."""
    at = bisect_left(scene.names, filler.start, key=_begin)
    kinds = _kinds_of(part)
    inside = []
    while at < len(scene.names) and scene.names[at].end <= filler.end:
        if scene.names[at].kind in kinds:
            inside.append(scene.names[at])
        at += 1
    best = max(inside, key=lambda name: name.end - name.start, default=None)
    if best is None or 2 * (best.end - best.start) < filler.end - filler.start:
        return None
    return best


def _quote(draft: Draft, parsed: Parsed) -> tuple[int, int]:
    """Return the offsets from the first to the last word of its sentence that it rests on."""
    fillers = [draft.anchor, *(one for row in draft.roles.values() for one in row)]
    inside = [one for one in fillers if parsed.start <= one.start and one.end <= parsed.end]
    first = min((one.start for one in inside), default=parsed.start)
    last = max((one.end for one in inside), default=parsed.end)
    return first, last


def _time(draft: Draft, scene: Scene, *, planned: bool) -> DateRange | None:
    """Return the days of the words marked as its time, or that they lead to: "in" April.

    Of other times that stand near, hardly one in ten is the claim's.
    """
    text, written = scene.document.text, scene.clock.written
    for filler in draft.roles.get("time", ()):
        span = (max(0, filler.start - AROUND), min(len(text), filler.end + AROUND))
        for time in find_times(text, span, written, scene.clock.year_at(filler.end)):
            if time.start <= filler.end + 1 and time.end >= filler.start - 1 and time.days.start:
                return clip_days(time.days, written, planned=planned)
    return None


def _quantity(draft: Draft, parsed: Parsed, text: str) -> Quantity | None:
    filler = next(iter(draft.roles.get("quantity", ())), None)
    if filler is not None and not _counts_others(filler, draft, text):
        inside = [
            i for i, token in enumerate(parsed.tokens)
            if token.start < filler.end and token.end > filler.start
        ]  # fmt: skip
        if inside:
            return read_quantity(parsed.tokens, (inside[0], inside[-1] + 1), parsed.cues)
    return None


def _counts_others(amount: Filler, draft: Draft, text: str) -> bool:
    """Return whether an amount before the victim is of others.

    So it is before one more ("two women and a boy"), and a comma before a name ("five Israelis,
    the driver, X"); names in -s pass for plurals.
    """
    words = text[draft.anchor.start : draft.anchor.end]
    if draft.part is not Part.VICTIM or is_plural(words):
        return False
    between = text[amount.end : draft.anchor.start]
    named = not words.isupper() and all(word[0].isupper() for word in words.split())
    return bool(_ONE_MORE.search(between) or (named and _APART.search(between)))


def _speakers(draft: Draft, text: str) -> tuple[Speaker, ...]:
    told = draft.roles.get("speaker", ())[:2]
    return tuple(Speaker(text[one.start : one.end], one.start, one.end) for one in told)


def _because(draft: Draft, parsed: Parsed, text: str) -> Because:
    """Return the marked words with what each was taken for, and the hedge beside them."""
    rows = [(f"{CHANCE}{draft.chance:.2f}", draft.anchor), *_doubts(draft)]
    rows += [(f"role:{name}", one) for name, row in draft.roles.items() for one in row]
    cues = [Cue(sense, one.start, one.end, text[one.start : one.end]) for sense, one in rows]
    hedge = find_hedge(Certainty(draft.certainty), parsed, draft.anchor.start)
    cues += [hedge] if hedge else []
    form = f"{draft.kind.value}-{draft.mode}" if draft.mode else draft.kind.value
    return Because(f"{ENCODER}/{form}", tuple(cues))


def _doubts(draft: Draft) -> Iterator[tuple[str, Filler]]:
    """Yield the least sure of the core roles, and what nearly fills one more."""
    parties = [draft.roles[name][0] for name in CORE_OF[draft.kind] if name in draft.roles]
    others = [draft.left_out[name] for name in CORE_OF[draft.kind] if name in draft.left_out]
    if parties:
        least = min(parties, key=lambda one: one.chance)
        yield f"{WEAKEST}{least.chance:.2f}", least
    if others:
        nearest = max(others, key=lambda one: one.chance)
        yield f"{LEFT_OUT}{nearest.chance:.2f}", nearest
