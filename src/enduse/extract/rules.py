"""The first engine: a grammar over reviewed cue data.

In: a document and the register. Out: its claims in order of their spans, and a problem where the
language has no cue tables. Refused: sections that are not title, body or caption.

The steps, each a module: sentences; a gate; names; words and classes; phrases; clauses; frames;
attributes, speakers, place and time; whom descriptions stand for; repeats dropped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from enduse.errors import DataError
from enduse.extract.build import Memory, Setting, build_claims
from enduse.extract.dedupe import drop_repeats
from enduse.extract.discourse import Context, note_conflicts, note_ties
from enduse.extract.entities import Ledger, note_phrases
from enduse.extract.filling import Vocabulary, index_actions
from enduse.extract.frames import choose_frames, find_frames
from enduse.extract.gate import gate_words, passes
from enduse.extract.inventories import read_inventory
from enduse.extract.misnamed import drop_misnamed
from enduse.extract.names import Named, find_names
from enduse.extract.parsed import Clock, Parsed, parse_sentence
from enduse.extract.prenouns import find_prenoun_frames
from enduse.extract.quoting import add_speakers, find_stretches
from enduse.extract.segments import find_segments
from enduse.extract.speakers import Said, carry_speech, find_speakers
from enduse.extract.times import find_times, read_dateline
from enduse.extract.tolls import find_toll_frames
from enduse.extract.unreal import is_unreal, told_realms
from enduse.model.claim import ARMS_KINDS, Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.actions import load_actions
from enduse.reference.cues import Cues, load_cues

VERSION = "1"


class RulesExtractor:
    """The grammar engine; see the module. It keeps nothing between documents."""

    name = "rules"
    version = VERSION

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        try:
            cues = load_cues(document.language or "en")
        except DataError:
            yield _unknown_language(document)
            return
        if not cues.verbs:
            yield _unknown_language(document)
            return
        yield from _extract(document, register, cues, f"{self.name}/{self.version}")


def _unknown_language(document: Document) -> Problem:
    return Problem(
        "extract",
        document.id,
        f"no grammar for language {document.language!r}; no claim is read from it",
        "",
        "Write its claims by hand and import them, or add cue tables for the language",
    )


def _extract(document: Document, register: Register, cues: Cues, extractor: str) -> Iterator[Claim]:
    names = drop_misnamed(document.text, find_names(document.text, register), cues)
    clock = read_clock(document)
    actions = load_actions()
    vocabulary = index_actions(actions)
    words = gate_words(cues, actions)
    setting = Setting(document, cues, clock.written, extractor, clock)
    ledger = Ledger(document.text, cues)
    context = Context()
    claims: list[Claim] = []
    spoken: list[Said] = []
    last: tuple[Parsed, list[Said]] | None = None
    for parsed in _parse_all(document, names, cues, clock, words):
        note_phrases(ledger, parsed)
        note_conflicts(context, parsed, ledger)
        found = []
        said = find_speakers(parsed, ledger, cues) or carry_speech(parsed, last)
        last = (parsed, said)
        spoken += said
        for claim in _claims_of(parsed, said, (ledger, context), vocabulary, setting):
            found.append(claim)
            context.claims.append((parsed.index, parsed.paragraph, claim))
        if not any(claim.kind in ARMS_KINDS for claim in found):
            general, items = read_inventory(parsed, context, document)
            claims = [claim for claim in claims if claim is not general]
            found += items
        claims += found
        note_ties(ledger, found)
    stretches = find_stretches(document.text, spoken, cues)
    yield from drop_repeats(add_speakers(claims, stretches))


def _parse_all(
    document: Document,
    names: Sequence[Named],
    cues: Cues,
    clock: Clock,
    words: frozenset[str],
) -> Iterator[Parsed]:
    starts = [name.start for name in names]
    for index, (start, end, paragraph) in enumerate(find_segments(document)):
        inside = names[bisect_left(starts, start) : bisect_right(starts, end - 1)]
        if inside or passes(document.text[start:end], words):
            yield parse_sentence(document.text, (index, start, end, paragraph), inside, cues, clock)


def _claims_of(
    parsed: Parsed, said: list[Said], memory: Memory, vocabulary: Vocabulary, setting: Setting
) -> Iterator[Claim]:
    if parsed.text.rstrip().endswith("?"):
        return
    realms = told_realms(parsed)
    frames = [f for f in find_frames(parsed, vocabulary) if not is_unreal(f, parsed, realms)]
    for frame in choose_frames(parsed, frames):
        yield from build_claims(frame, parsed, said, memory, setting)
    for frame in (*find_prenoun_frames(parsed, setting.cues), *find_toll_frames(parsed)):
        yield from build_claims(frame, parsed, said, memory, setting)


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
