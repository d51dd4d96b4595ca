"""Clauses read from the tree: each verb group with subject, objects and prepositions.

In: the chunks of a sentence, the clauses that the rules read, and the tree. Out: clauses in the
same order and number. Refused: a verb group that is no verb in the tree keeps what the rules read.

What the walk over chunks can only guess at, the tree tells: the antecedent of a relative or
participle clause, the subject shared by coordinated verbs, by infinitives and by "by"/"of" with
-ing (control), the objects of coordination, and which phrase a preposition belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from enduse.extract.grammar import Clause, Preps, View
from enduse.extract.syntax.aligning import Aligned, align
from enduse.extract.syntax.trees import Tree

_SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_OBJECT = ("dobj", "dative", "attr", "oprd")
_PREPOSITION = ("prep", "agent", "dative", "prt")
_WHO = frozenset({"WDT", "WP"})
_DEEPEST = 6  # verbs a subject may be handed down through
Entry = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Reader:
    aligned: Aligned
    index: dict[int, int]  # verb's word to number of its clause
    trusted: bool  # text in capitals is read less well

    @property
    def tree(self) -> Tree:
        return self.aligned.tree

    def clause(self, verb: int, base: Clause) -> Clause:
        """Return the clause with the tree's slots first, then what only the rules read."""
        label = self.tree.labels[verb]
        objects = _joined(self.aligned.phrases(self.objects(verb)), base.objects)
        preps, local = self.prepositions(verb, objects)
        subject = self.aligned.phrases(self.subject(verb))
        return replace(
            base,
            passive=base.passive or self.is_passive(verb),
            subject=subject or base.subject,
            objects=objects,
            preps=_joined(preps, base.preps),
            parent=self.parent(verb),
            relative=label in ("relcl", "acl"),
            local=local or base.local,
            sure=bool(subject) and self.trusted,
        )

    def is_passive(self, verb: int) -> bool:
        tree = self.tree
        if any(True for _ in tree.under(verb, "auxpass", "nsubjpass", "csubjpass", "agent")):
            return True
        bare = not any(True for _ in tree.under(verb, "aux", "dobj"))
        return tree.tags[verb] == "VBN" and bare and tree.labels[verb] in ("acl", "advcl", "relcl")

    def parent(self, verb: int) -> int:
        """Return the clause it is the content of, or shares its subject with; -1 for none."""
        tree = self.tree
        label, head = tree.labels[verb], tree.heads[verb]
        if label == "pcomp":
            head = tree.heads[head]
        own = any(True for _ in tree.under(verb, *_SUBJECT))
        if label in ("acl", "relcl") and any(True for _ in tree.under(verb, "mark")):
            return self.index.get(self.doing_verb(head), -1)  # "refuted reports that it fired"
        if label in ("ccomp", "xcomp", "conj", "pcomp") or (label == "advcl" and not own):
            return self.index.get(head, -1)
        return -1

    def subject(self, verb: int, depth: int = 0) -> Iterator[int]:
        """Yield the words of the subject, its own or the one it shares."""
        tree = self.tree
        own = list(tree.under(verb, *_SUBJECT))
        if own and not (tree.tags[own[0]] in _WHO and tree.labels[verb] == "relcl"):
            for word in own:
                yield from self.aligned.row(word)
            return
        label, head = tree.labels[verb], tree.heads[verb]
        if label == "acl" and self.is_means(verb):
            yield from self.subject(self.doing_verb(head), depth + 1)
        elif label in ("relcl", "acl"):
            yield from self.antecedent(head)
        elif depth < _DEEPEST and head != verb:
            yield from self.shared(head, label, depth + 1)

    def is_means(self, verb: int) -> bool:
        """Return whether it says by what means the verb above is done ("struck X using Y").

        The network hangs such a participle on the nearest noun; it belongs to the doer.
        """
        tree = self.tree
        noun = tree.heads[verb]
        lemma = self.aligned.view.tokens[self.aligned.token[verb]].lemma
        means = tree.tags[verb] == "VBG" and lemma in self.aligned.view.cues.group("means")
        hung = tree.labels[noun] in ("pobj", "dobj", "conj")
        return means and hung and self.doing_verb(noun) >= 0

    def doing_verb(self, word: int) -> int:
        """Return the nearest verb above a word that has a subject of its own, -1 for none."""
        for _ in range(2 * _DEEPEST):
            if any(True for _ in self.tree.under(word, *_SUBJECT)):
                return word
            word = self.tree.heads[word]
        return -1

    def antecedent(self, word: int) -> Iterator[int]:
        """Yield what a relative or participle clause hangs on, and what that is an amount of.

        "A shipment of rifles bound for Tabir": the rifles and the shipment.
        """
        link = self.tree.heads[word]
        above = self.tree.heads[link]
        part = self.tree.labels[word] == "pobj" and self.tree.words[link].text.lower() == "of"
        if not (part and self.is_person(above)):
            yield word  # but "the driver of a bus, who was hurt" is the driver alone
        if part:
            yield above

    def is_person(self, word: int) -> bool:
        """Return whether a word is the head of a phrase for a person."""
        phrases = (self.aligned.view.phrase(at) for at in self.aligned.row(word))
        return any(phrase is not None and phrase.kind == "people" for phrase in phrases)

    def shared(self, head: int, label: str, depth: int) -> Iterator[int]:
        """Yield the subject of the verb that governs this one, or its object where that acts."""
        tree, cues = self.tree, self.aligned.view.cues
        if label == "pcomp":  # "accused X of using": X used
            link, head = tree.words[head].text.lower(), tree.heads[head]
            given = (
                list(tree.under(head, "dobj", "nsubjpass")) if link in cues.group("blame") else []
            )
            if given:
                yield from self.aligned.row(given[0])
                return
        if not tree.tags[head].startswith("V") or label in ("prep", "punct", "dep", "ccomp"):
            return
        control = cues.group("object_control")
        lemma = self.aligned.view.tokens[self.aligned.token[head]].lemma
        given = list(tree.under(head, "dobj")) if label == "xcomp" and lemma in control else []
        if given:
            yield from self.aligned.row(given[0])
        else:
            yield from self.subject(head, depth)

    def objects(self, verb: int) -> Iterator[int]:
        """Yield the words of the objects; of a relative clause without one, its antecedent."""
        tree = self.tree
        own = [word for word in tree.under(verb, *_OBJECT) if tree.tags[word] not in ("IN", "TO")]
        asked = [word for word in own if tree.tags[word] in _WHO]
        relative = tree.labels[verb] == "relcl"
        for word in own:
            if word not in asked:
                yield from self.aligned.row(word)
        if relative and (asked or (not own and self.has_gap(verb))):
            yield from self.antecedent(tree.heads[verb])

    def has_gap(self, verb: int) -> bool:
        """Return whether a relative clause lacks its object: "rifles (that) Moscow supplied"."""
        tree = self.tree
        subject = list(tree.under(verb, *_SUBJECT))
        named = bool(subject) and tree.tags[subject[0]] not in _WHO
        place = any(tree.tags[word] == "WRB" for word in tree.children[verb])
        return named and not place and not self.is_passive(verb)

    def prepositions(self, verb: int, objects: Sequence[int]) -> tuple[Preps, dict[int, Preps]]:
        """Return the prepositions of the verb, then those of its objects, with their phrases."""
        tree = self.tree
        local: dict[int, list[Entry]] = {}
        found = list(self.entries(verb))
        nouns = list(self.objects(verb))
        nested: list[Entry] = []
        for noun in nouns:
            mine = list(self.entries(noun))
            nested += mine
            at = self.aligned.chunk[noun]
            if at in objects and mine:
                local.setdefault(at, []).extend(mine)
        for child in tree.under(verb, *_PREPOSITION):
            for noun in tree.under(child, "pobj"):
                nested += self.entries(noun)
        entries = list(dict.fromkeys([*found, *nested]))
        return tuple(entries), {at: tuple(row) for at, row in local.items()}

    def entries(self, word: int) -> Iterator[Entry]:
        """Yield the prepositions under a word, each with its phrases."""
        for child in self.tree.under(word, *_PREPOSITION):
            if self.tree.labels[child] == "dative" and self.tree.tags[child] not in ("IN", "TO"):
                continue
            yield from self.entry(child)

    def entry(self, link: int) -> Iterator[Entry]:
        tree = self.tree
        low = self.aligned.low(link)
        if tree.labels[link] == "prt":
            yield low, ()
            return
        group: list[int] = []
        for noun in tree.under(link, "pobj"):
            if self.aligned.token[noun] == self.aligned.token[link]:  # "in support of" is one word
                inner = [n for p in tree.under(noun, "prep") for n in tree.under(p, "pobj")]
                group += [one for n in inner for one in self.aligned.row(n)]
            else:
                group += self.aligned.row(noun)
        phrases = self.aligned.phrases(group)
        if phrases or not group:
            yield low, phrases
        for after in tree.under(link, "prep"):
            yield from self.entry(after)


T = TypeVar("T")


def _joined(first: tuple[T, ...], then: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(first + then))


def find_tree_clauses(
    view: View, base: Sequence[Clause], tree: Tree, *, trusted: bool
) -> list[Clause]:
    """Return the clauses with their slots as the tree tells them.

    Args:
        view: the sentence's chunks.
        base: its clauses as the rules read them.
        tree: the network's reading.
        trusted: whether it has small letters, which the network needs to read it well.
    """
    aligned = align(view, tree)
    verbs = [_verb_word(aligned, clause) for clause in base]
    index = {word: number for number, word in enumerate(verbs) if word >= 0}
    reader = _Reader(aligned, index, trusted)
    clauses = [
        reader.clause(word, clause) if word >= 0 else clause
        for word, clause in zip(verbs, base, strict=True)
    ]
    return [_without_others(clause, clauses[at + 1 : at + 2]) for at, clause in enumerate(clauses)]


def _without_others(clause: Clause, after: Sequence[Clause]) -> Clause:
    """Return the clause without the next verb's own objects: "killed two and injured six".

    The two verbs of "killed and injured six" share theirs.
    """
    theirs = {at for other in after for at in other.objects if at > other.verb > clause.verb}
    own = tuple(at for at in clause.objects if at not in theirs)
    before = after and any(at < after[0].verb for at in own)
    return replace(clause, objects=own) if before else clause


def _verb_word(aligned: Aligned, clause: Clause) -> int:
    """Return the tree's word of a clause's main verb, -1 where the tree sees no verb there."""
    word = aligned.last_word[clause.main]
    if word < 0 or not aligned.tree.tags[word].startswith("V"):
        return -1
    if aligned.tree.labels[word] in ("amod", "compound", "aux", "auxpass"):
        return -1
    return word
