"""One sentence with everything read from it, shared by the steps that follow.

In: a document's text, a sentence's offsets, names, cues. Out: a parsed sentence. Refused: nothing;
an over-long sentence has been cut before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from enduse.extract.clauses import find_clauses
from enduse.extract.grammar import Clause, View
from enduse.extract.joining import join_phrases
from enduse.extract.names import Named
from enduse.extract.phrases import Chunk, Phrase, chunk_sentence
from enduse.extract.sharing import name_by_neighbours
from enduse.extract.syntax.clauses import find_tree_clauses
from enduse.extract.syntax.trees import Tree
from enduse.extract.tagger import tag_sentence
from enduse.extract.times import TimeFound, find_times
from enduse.extract.tokens import Token, is_all_capitals
from enduse.model.mention import EntityKind, Mention
from enduse.reference.cues import Cues


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence: where it stands, its words, chunks, clauses and times.

    `paragraph` numbers the paragraph it stands in; `names` are those inside it, which the tokens'
    `mention` counts; `by_rules` are the clauses without the tree's help, where there is a tree.
    """

    index: int
    start: int
    end: int
    paragraph: int
    text: str
    tokens: tuple[Token, ...]
    names: tuple[Named, ...]
    chunks: tuple[Chunk, ...]
    clauses: tuple[Clause, ...]
    times: tuple[TimeFound, ...]
    cues: Cues
    capitals: bool = False
    by_rules: tuple[Clause, ...] = ()

    def words(self, first: int, last: int) -> tuple[str, ...]:
        """Return the lower-case words of tokens first to last (not included)."""
        return tuple(token.low for token in self.tokens[first:last])

    @property
    def view(self) -> View:
        """The chunks as the walks over them see them."""
        return View(self.chunks, self.tokens, self.cues)

    def phrases(self) -> list[tuple[int, Phrase]]:
        """Return chunk index and phrase of every noun phrase."""
        return [(i, chunk.phrase) for i, chunk in enumerate(self.chunks) if chunk.phrase]


@dataclass(frozen=True, slots=True)
class Clock:
    """What the document tells of its own day: the day, else the year its bare dates belong to.

    `years` are the years told in full, each with its offset: a bare date belongs to the last one.
    """

    written: date | None
    year: int | None = None
    years: tuple[tuple[int, int], ...] = ()

    def year_at(self, offset: int) -> int | None:
        """Return the year that a bare date at an offset belongs to, None if nothing tells."""
        at = bisect_right(self.years, (offset, 0))
        return self.years[at - 1][1] if at else self.year


_ANY_DAY = date(2000, 1, 1)  # "last night" is a time even where nothing tells which night


def parse_sentence(
    text: str,
    place: tuple[int, int, int, int],
    names: Sequence[Named],
    cues: Cues,
    clock: Clock,
) -> Parsed:
    """Return the sentence as the rules read it; see add_tree.

    Args:
        text: the document's text.
        place: the sentence's number, start, end and paragraph.
        names: the names inside it, in order.
        cues: the language's cues.
        clock: the document's day.
    """
    index, start, end, paragraph = place
    mentions = [Mention(n.start, n.end, n.text, n.kind, (n.entity,)) for n in names]
    times = find_times(text, (start, end), clock.written, clock.year_at(end))
    worded = times if clock.written else find_times(text, (start, end), _ANY_DAY)
    timed = [(time.start, time.end) for time in worded if time.rule not in ("recent", "soon")]
    tokens = tag_sentence(text, (start, end), cues, mentions, timed)
    joined = join_phrases(chunk_sentence(tokens, names, cues), tokens, names, cues)
    joined = name_by_neighbours(joined, tokens, cues)
    chunks = [_mark_time(chunk, tokens, worded, cues) for chunk in joined]
    clauses = find_clauses(chunks, tokens, cues)
    capitals = is_all_capitals([token.text for token in tokens])
    return Parsed(
        index, start, end, paragraph, text[start:end], tokens, tuple(names), tuple(chunks),
        tuple(clauses), times, cues, capitals,
    )  # fmt: skip


def add_tree(parsed: Parsed, tree: Tree | None) -> Parsed:
    """Return the sentence with its clauses as the network's tree tells them, if there is one."""
    if tree is None:
        return parsed
    clauses = find_tree_clauses(parsed.view, parsed.clauses, tree, trusted=not parsed.capitals)
    return replace(parsed, clauses=tuple(clauses), by_rules=parsed.clauses)


def _mark_time(
    chunk: Chunk, tokens: Sequence[Token], times: Sequence[TimeFound], cues: Cues
) -> Chunk:
    if chunk.phrase is None:
        return chunk
    head = tokens[chunk.phrase.head]
    inside = any(time.start <= head.start < time.end for time in times)
    if inside or head.low in cues.group("time"):
        return replace(chunk, tag="Y", phrase=None)
    return chunk


def is_country(name: Named | None) -> bool:
    """Return whether the register knows the name as a state."""
    return name is not None and (
        name.category in ("state", "country")
        or (name.kind is EntityKind.PLACE and name.category == "country")
    )
