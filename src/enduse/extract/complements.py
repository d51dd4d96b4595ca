"""What stands after a verb or a noun: objects, lists of them, and prepositions with their phrases.

In: a row of chunks and where to start. Out: chunk indices. Refused: a phrase that is the subject
of a verb of its own, and whatever stands past the end of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from enduse.extract.grammar import REACH, Preps, View

_NAMELIKE = frozenset({"group", "people", "name", "place", "speaker", "pronoun"})
_ASIDE = 8  # chunks an apposition may have
Entry = tuple[str, tuple[int, ...]]


class _Right:
    """The walk to the right of one verb: what it has found so far and where it stands."""

    def __init__(self, at: int, view: View) -> None:
        self.view = view
        self.at = at
        self.j = at + 1
        self.objects: list[int] = []
        self.preps: list[Entry] = []
        self.local: dict[int, list[Entry]] = {}

    def walk(self) -> None:
        while self.j < len(self.view.chunks) and self.j - self.at < REACH:
            if not self.step():
                break

    def step(self) -> bool:
        """Take in the chunk at hand; False where the clause ends."""
        tag = self.view.tag(self.j)
        if tag in 'AYO"EJK':
            self.j += 1
        elif tag in "([":
            self.j = _close_bracket(self.j, self.view) + 1
        elif tag == "N":
            return self.take_phrase()
        elif tag == "I":
            return self.take_preposition()
        elif tag == "," and self.objects and _aside_end(self.j, self.view) > 0:
            self.j = _aside_end(self.j, self.view) + 1
        elif tag in ",C-" and self.list_goes_on():
            self.j += 1
        else:
            return False
        return True

    def take_phrase(self) -> bool:
        if self.objects and has_verb_after(self.j, self.view):
            return False
        if not self.preps or _same_sort(self.objects, self.j, self.view):
            self.objects.append(self.j)
        self.j += 1
        return True

    def take_preposition(self) -> bool:
        if self.view.tag(self.j + 1) == "I":
            self.preps.append((self.view.word(self.j), ()))  # a particle: "shot down by"
            self.j += 1
            return True
        group, after = prep_group(self.j, self.view, self.objects)
        if not group and self.view.tag(self.j + 1) == "V":
            return False
        entry = (self.view.word(self.j), group)
        extra = entry[0] == "with" and _is_extra(self.objects, group, self.view)
        if group and self.objects:
            self.local.setdefault(self.objects[-1], []).append(entry)
        if extra:
            self.objects.extend(group)
        else:
            self.preps.append(entry)
        self.j = after
        return True

    def list_goes_on(self) -> bool:
        """Return whether after the mark at hand another object or preposition follows."""
        k = self.view.skip(self.j + 1, 1, 'CAY",')
        if self.view.tag(k) == "I":
            return self.view.tag(self.j) == "," and bool(self.objects or self.preps)
        if self.view.tag(k) != "N" or not self.objects or has_verb_after(k, self.view):
            return False
        if _same_sort(self.objects, k, self.view):
            return True
        last = self.view.phrase(self.objects[-1])
        if self.preps or (last is not None and last.sense == "apposed"):
            return False
        counted = len(self.objects) > 1 or _counted(self.objects[-1], self.view)
        alike = _alike(self.objects[-1], k, self.view) or self.is_series(k)
        return alike or (counted and _counted(k, self.view))

    def is_series(self, k: int) -> bool:
        """Return whether bare nouns follow up to an "and": "passports, weapons and money"."""
        while self.view.tag(k) == "N" and k - self.j < REACH and not has_verb_after(k, self.view):
            phrase = self.view.phrase(k)
            if phrase is None or phrase.determiner in ("the", "this", "his", "its", "their"):
                return False
            if self.view.tag(k - 1) == "C" and self.view.word(k - 1) in ("and", "or"):
                return True
            k = (
                self.view.skip(k + 1, 1, ",C")
                if self.view.tag(k + 1) in ",C"
                else len(self.view.chunks)
            )
        return False

    def add_ellipsis(self) -> None:
        """Take in a later object of the same sort: "after fighting X, as well as Y near Z"."""
        view = self.view
        for k in range(self.j, min(self.j + REACH, len(view.chunks) - 1) if self.objects else 0):
            if view.tag(k) in ";:.SW" or (view.tag(k) == "V" and view.lead(k) not in "gdnT"):
                return
            joins = view.tag(k) == "C" and view.word(k) in view.cues.group("adding")
            if joins and view.tag(k + 1) == "N" and _same_sort(self.objects, k + 1, view):
                self.objects.append(k + 1)
                if view.tag(k + 2) == "I":
                    group, _ = prep_group(k + 2, view)
                    self.local.setdefault(k + 1, []).append((view.word(k + 2), group))


def _counted(at: int, view: View) -> bool:
    """Return whether a phrase is an item of a count: "three tanks", "a bridge"."""
    phrase = view.phrase(at)
    return phrase is not None and (phrase.quantity is not None or phrase.determiner in ("a", "an"))


def find_complements(at: int, view: View) -> tuple[tuple[int, ...], Preps, dict[int, Preps]]:
    """Return the objects, the prepositions after the verb, and those of single objects."""
    right = _Right(at, view)
    right.walk()
    right.add_ellipsis()
    local = {key: tuple(entries) for key, entries in right.local.items()}
    return tuple(right.objects), tuple(right.preps), local


def _aside_end(j: int, view: View) -> int:
    """Return the comma that closes an apposition opened at j ("X, an ally of Y,"), -1 if none."""
    first, before = view.phrase(j + 1), view.phrase(j - 1)
    if first is None or first.determiner not in ("a", "an", "the") or before is None:
        return -1
    if view.tokens[before.head].tag != "P":
        return -1
    for k in range(j + 2, min(j + _ASIDE, len(view.chunks))):
        if view.tag(k) == ",":
            return k if view.tag(k + 1) in ("I", "V") else -1
        if view.tag(k) not in "INO":
            return -1
    return -1


def _is_extra(objects: Sequence[int], group: tuple[int, ...], view: View) -> bool:
    """Return whether "with 40 grenades" adds to a list of weapons."""
    phrase = view.phrase(group[0]) if group else None
    weapon = phrase is not None and phrase.kind == "weapon" and phrase.quantity is not None
    return weapon and _same_sort(objects, group[0], view)


def _close_bracket(j: int, view: View) -> int:
    k = j
    while k < len(view.chunks) - 1 and view.tag(k) not in ")]" and k - j < REACH:
        k += 1
    return k


def has_verb_after(j: int, view: View) -> bool:
    """Return whether the phrase at j is the subject of a verb of its own."""
    return view.tag(view.skip(j + 1, 1, 'AY"')) == "V"


def _same_sort(objects: Sequence[int], j: int, view: View) -> bool:
    last = view.phrase(objects[-1]) if objects else None
    here = view.phrase(j)
    return last is not None and here is not None and last.kind == here.kind


def prep_group(j: int, view: View, objects: Sequence[int] = ()) -> tuple[tuple[int, ...], int]:
    """Return the phrases after the preposition at j and where they end.

    A list of the objects' own sort is not continued in it: "rifles with 40 rounds, and mortars".
    """
    k = j + 1
    while view.tag(k) in 'AYIC"JEO':
        if view.tag(k) == "C" and view.tag(k + 1) != "I":
            break
        k += 1
    if view.tag(k) != "N":
        return (), j + 1
    group = [k]
    k += 1
    if view.tag(k) == "," and _same_sort(objects, group[0], view):
        return tuple(group), k
    while k + 1 < len(view.chunks) and k - j < REACH:
        step = _list_step(k, view)
        if step < 0 or has_verb_after(step, view) or not _alike(group[0], step, view):
            break
        group.append(step)
        k = step + 1
    return tuple(group), k


def _alike(one: int, two: int, view: View) -> bool:
    a, b = view.phrase(one), view.phrase(two)
    if a is None or b is None:
        return False
    same = {a.kind, b.kind} <= _NAMELIKE or a.kind == b.kind
    return same and not (b.determiner in ("a", "an") and a.kind in _NAMELIKE)


def _list_step(k: int, view: View) -> int:
    """Return the next phrase of a list whose mark stands at k, -1 if the list ends."""
    i = k
    while view.tag(i) in ",C" and i - k < len(",C"):
        i += 1
    i = view.skip(i, 1, 'AY"') if i > k else i
    return i if i > k and view.tag(i) == "N" else -1
