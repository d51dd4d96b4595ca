"""The first engine: a grammar over reviewed cue data.

In: a document and the register. Out: its claims in order of their spans, and a problem where the
language has no cue tables. Refused: sections that are not title, body or caption.

The steps, each a module: sentences; a gate; names; words and classes; phrases; clauses; frames;
attributes, speakers, place and time; whom descriptions stand for; repeats dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.errors import DataError
from enduse.extract.build import Memory, Setting, build_claims
from enduse.extract.conflicts import Context, note_conflicts, note_ties
from enduse.extract.dedupe import drop_repeats
from enduse.extract.encoder.agreeing import agree
from enduse.extract.encoder.building import Scene
from enduse.extract.encoder.network import Network
from enduse.extract.encoder.reading import Drafting
from enduse.extract.entities import Ledger, note_phrases
from enduse.extract.filling import Frame, Vocabulary, load_vocabulary
from enduse.extract.frames import choose_frames, find_frames, may_frame
from enduse.extract.gate import Gate, Opening, load_gate, open_gate
from enduse.extract.inventories import read_inventory
from enduse.extract.misnamed import drop_misnamed
from enduse.extract.names import Named, find_names
from enduse.extract.owning import own_up
from enduse.extract.parsed import Clock, Parsed, add_tree, parse_sentence
from enduse.extract.prenouns import find_prenoun_frames
from enduse.extract.quoting import add_speakers, find_stretches
from enduse.extract.segments import MOST, find_segments
from enduse.extract.speakers import Said, carry_speech, find_speakers
from enduse.extract.syntax.parser import Parser
from enduse.extract.syntax.recasing import recase
from enduse.extract.times import find_times, read_dateline
from enduse.extract.tolls import find_toll_frames
from enduse.extract.unreal import is_unreal, told_realms
from enduse.model.claim import ARMS_KINDS, Claim, Part
from enduse.model.document import Document
from enduse.model.mention import EntityKind
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.cues import Cues, load_cues
from enduse.reference.score_weights import load_score_weights

VERSION = "1"
TOGETHER = 200  # sentences whose trees are read in one go
BEFORE = 6  # sentences: what is named farther back is seldom meant by "the group"
BESIDE = 2  # sentences on each side of one that tells of arms, for the encoder alone
BOTH, TREE_ALONE = 0.64, 0.48  # shares of such claims that are right; see the model card


class RulesExtractor:
    """The grammar engine; see the module. It keeps nothing between documents."""

    name = "rules"
    version = VERSION

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        yield from read_claims(document, register, Engine(f"{self.name}/{self.version}"))


@dataclass(frozen=True, slots=True)
class Engine:
    """What reads the sentences.

    Attributes:
        name: the engine's name and version, kept in each claim.
        parser: reads the sentences' trees; None where the rules read them alone.
        weighs: whether a claim that rules and tree both give gets a higher score.
        network: the trained encoder; None where the grammar reads alone.
        alone: whether only the encoder's claims are given.
    """

    name: str
    parser: Parser | None = None
    weighs: bool = False
    network: Network | None = None
    alone: bool = False


def read_claims(
    document: Document, register: Register, engine: Engine
) -> Iterator[Claim | Problem]:
    """Yield the document's claims in order of their spans.

    Args:
        document: what was read.
        register: the reviewed names.
        engine: what reads the sentences.
    """
    try:
        cues = load_cues(document.language or "en")
    except DataError:
        yield _unknown_language(document)
        return
    if not cues.verbs:
        yield _unknown_language(document)
        return
    unread: list[tuple[int, int]] = []
    segments = list(find_segments(document, unread))
    yield from _endless_sentences(document, unread)
    yield from _extract(document, segments, register, cues, engine)


def _endless_sentences(document: Document, unread: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """Yield a problem for each stretch without a sentence's end that is only read in part."""
    for start, end in unread:
        yield Problem(
            "extract",
            document.id,
            f"a sentence goes on for more than {MOST} characters; the rest of it is not read",
            f"{start}-{end}",
            "Add the document with its line breaks, or without its tables of data",
        )


def _unknown_language(document: Document) -> Problem:
    return Problem(
        "extract",
        document.id,
        f"it is taken to be in the language {document.language!r}, which no engine reads; "
        "no claim is read from it",
        "",
        "Mark its claims in the browser (enduse serve CASE), or write them and use enduse import; "
        'if the language is wrong, add it as JSONL with its own, as "lang": "en"',
    )


def _extract(
    document: Document,
    segments: Sequence[Segment],
    register: Register,
    cues: Cues,
    engine: Engine,
) -> Iterator[Claim]:
    names = drop_misnamed(document.text, find_names(document.text, register), cues)
    clock = read_clock(document)
    grammar = load_vocabulary(), engine.weighs
    setting = Setting(document, cues, clock.written, engine.name, clock)
    ledger = Ledger(document.text, cues)
    context = Context()
    claims: list[Claim] = []
    scene = Scene(document, names, clock, engine.name)
    drafting = Drafting(engine.network, scene, alone=engine.alone)
    spoken: list[Said] = []
    last: Heard | None = None
    chosen = list(_choose(document, segments, names, load_gate(cues.language), engine))
    worth = _Worth(chosen, grammar[0])
    for parsed in _parse_all(document, chosen, names, (cues, engine.parser), clock):
        note_phrases(ledger, parsed)
        note_conflicts(context, parsed, ledger)
        found = []
        said, last = _hear(parsed, last, ledger, cues)
        spoken += said
        for claim in _claims_of(parsed, said, (ledger, context), grammar, setting):
            found.append(claim)
            context.claims.append((parsed.index, parsed.paragraph, claim))
        if not any(claim.kind in ARMS_KINDS for claim in found):
            general, items = read_inventory(parsed, context, document)
            claims = [claim for claim in claims if claim is not general]
            found += items
        claims += found
        if worth.drafting(parsed):
            drafting.add(parsed, found)
        if owned := {id(old): new for old, new in own_up(parsed, ledger, context)}:
            claims = [owned.get(id(claim), claim) for claim in claims]
        note_ties(ledger, found)
    if engine.network:
        claims = _join(claims, drafting.claims(), engine)
    yield from drop_repeats(add_speakers(claims, find_stretches(document.text, spoken, cues)))


class _Worth:
    """Which of the chosen sentences the encoder reads, which is slow, and which the grammar alone.

    It reads those that tell of arms or harm with the BESIDE on each side, and others in which a
    word that may tell of control or ties is so used. Of the rest hardly any tells a claim.
    """

    def __init__(self, chosen: Sequence[Chosen], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ajar = {place[0] for place, _, opening in chosen if opening is Opening.AJAR}
        wide = [place[0] for place, _, opening in chosen if opening is Opening.WIDE]
        self._near = {at + by for at in wide for by in range(-BESIDE, BESIDE + 1)}

    def drafting(self, parsed: Parsed) -> bool:
        """Return whether the encoder reads the sentence."""
        ajar = parsed.index in self._ajar
        return parsed.index in self._near or (ajar and may_frame(parsed, self._vocabulary))


Heard = tuple[Parsed, list[Said]]  # a sentence, and who speaks in it


def _hear(
    parsed: Parsed, last: Heard | None, ledger: Ledger, cues: Cues
) -> tuple[list[Said], Heard]:
    """Return who speaks in a sentence, and the last one of its paragraph in which somebody does."""
    said = find_speakers(parsed, ledger, cues) or carry_speech(parsed, last)
    if said or last is None or parsed.paragraph != last[0].paragraph:
        return said, (parsed, said)
    return said, last


def _join(told: list[Claim], drafted: list[Claim], engine: Engine) -> list[Claim]:
    return drafted if engine.alone else agree(told, drafted, load_score_weights())


def _parse_all(
    document: Document,
    chosen: Sequence[Chosen],
    names: Sequence[Named],
    lore: tuple[Cues, Parser | None],
    clock: Clock,
) -> Iterator[Parsed]:
    cues, parser = lore
    if parser:
        sentences = [place[1:3] for place, _, opening in chosen if opening]
        spans = [(name.start, name.end) for name in names]
        cased = recase(document.text, sentences, spans, cues.everyday)
    for first in range(0, len(chosen), TOGETHER):
        read = [
            (parse_sentence(document.text, place, inside, cues, clock), opening)
            for place, inside, opening in chosen[first : first + TOGETHER]
        ]
        yield from _add_trees(read, parser, cased) if parser else (parsed for parsed, _ in read)


def _add_trees(
    read: Sequence[tuple[Parsed, Opening]], parser: Parser, text: str
) -> Iterator[Parsed]:
    """Yield the sentences, with trees where a claim may be told and clauses have slots to fill."""
    vocabulary = load_vocabulary()
    wanted = [
        opening is Opening.WIDE or (opening is Opening.AJAR and may_frame(parsed, vocabulary))
        for parsed, opening in read
    ]
    pairs = list(zip(read, wanted, strict=True))
    trees = parser.parse(text, [(one.start, one.end) for (one, _), needs in pairs if needs])
    for (parsed, _), needs in pairs:
        yield add_tree(parsed, next(trees)) if needs else parsed


Segment = tuple[int, int, int]  # start, end, paragraph
Chosen = tuple[tuple[int, int, int, int], Sequence[Named], Opening]


def _choose(
    document: Document,
    segments: Sequence[Segment],
    names: Sequence[Named],
    gate: Gate,
    engine: Engine,
) -> Iterator[Chosen]:
    """Yield the sentences to read, their names, and how far the gate opens for them.

    Those for which it opens, those next to one that tells of arms, and those that hold names the
    register knows, or what "he" or "she" may stand for, and stand shortly before one for which it
    opens.
    """
    starts = [name.start for name in names]
    before: deque[Chosen] = deque(maxlen=BEFORE)
    after = 0
    for index, (start, end, paragraph) in enumerate(segments):
        inside = names[bisect_left(starts, start) : bisect_right(starts, end - 1)]
        place = (index, start, end, paragraph)
        armed = any(name.kind is EntityKind.WEAPON for name in inside)
        actor = any(name.kind is EntityKind.ACTOR for name in inside)
        opening = Opening.WIDE if armed else open_gate(document.text[start:end], gate, actor=actor)
        if opening:
            personal = _PERSONAL.search(document.text, start, end) is not None
            reach = BESIDE if engine.network and opening is Opening.WIDE else 0
            yield from (one for one in before if one[1] or personal or index - one[0][0] <= reach)
            before.clear()
            after = max(after - 1, reach)
            yield place, inside, opening
        elif after:
            after -= 1
            yield place, inside, opening
        else:
            before.append((place, inside, opening))


_PERSONAL = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)


def _claims_of(
    parsed: Parsed,
    said: list[Said],
    memory: Memory,
    grammar: tuple[Vocabulary, bool],
    setting: Setting,
) -> Iterator[Claim]:
    if parsed.text.rstrip().endswith("?"):
        return
    vocabulary, weighs = grammar
    frames = list(find_frames(parsed, vocabulary))
    alone = replace(parsed, clauses=parsed.by_rules) if weighs and parsed.by_rules else None
    others = list(find_frames(alone, vocabulary)) if alone else []
    same = [_filled(frame) for frame in frames] == [_filled(frame) for frame in others]
    shared = set()
    if alone and not same:
        built = _built(others, alone, said, memory, setting)
        shared = {_told(claim) for claim in built}
    for claim in _built(frames, parsed, said, memory, setting):
        if alone is None:
            yield claim
        else:
            yield replace(claim, score=BOTH if same or _told(claim) in shared else TREE_ALONE)
    for frame in (*find_prenoun_frames(parsed, setting.cues), *find_toll_frames(parsed)):
        yield from build_claims(frame, parsed, said, memory, setting)


def _built(
    frames: Sequence[Frame],
    parsed: Parsed,
    said: list[Said],
    memory: Memory,
    setting: Setting,
) -> Iterator[Claim]:
    realms = told_realms(parsed)
    frames = [frame for frame in frames if not is_unreal(frame, parsed, realms)]
    for frame in choose_frames(parsed, frames):
        yield from build_claims(frame, parsed, said, memory, setting)


def _filled(frame: Frame) -> tuple[object, ...]:
    """Return what a frame tells and the phrases that fill its roles."""
    roles = ((part, tuple(p.first for p in row)) for part, row in frame.roles.items())
    return (frame.action.id, frame.trigger, tuple(roles))


def _told(claim: Claim) -> tuple[object, ...]:
    """Return the claim's kind and who fills its roles, but for the place."""
    roles = ((r.part, r.text, r.start) for r in claim.roles if r.part is not Part.PLACE)
    return (claim.kind, *roles)


def read_clock(document: Document) -> Clock:
    """Return the document's day from its publication facts, else from a dateline in its text."""
    written = document.written or read_dateline(document.text[:200])
    if written is not None:
        return Clock(written)
    full = find_times(document.text[:20000], (0, min(len(document.text), 20000)), None)
    days = [found.days.end for found in full if found.days.end is not None]
    years = tuple((f.start, f.days.end.year) for f in full if f.days.end is not None)
    return Clock(None, _likely_year(days), years)


def _likely_year(days: Sequence[date]) -> int | None:
    years = [day.year for day in days]
    return max(set(years), key=lambda year: (years.count(year), year)) if years else None
