"""The subject of a verb group: the walk to its left.

In: a row of chunks, a verb group, the clauses before it. Out: subject, parent clause, and for a
relative clause the phrase it hangs on. Refused: nothing; what no rule finds is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from enduse.extract.grammar import REACH, Clause, View


@dataclass(frozen=True, slots=True)
class Found:
    """A subject's chunks, the clause it depends on, and the antecedent where that is the object."""

    subject: tuple[int, ...] = ()
    parent: int = -1
    relative: bool = False
    gap: tuple[int, ...] = ()


def find_subject(  # noqa: C901, PLR0911 - one neighbour a line
    at: int, view: View, done: list[Clause]
) -> Found:
    """Return the subject of the verb group at a chunk."""
    if view.lead(at) == "T" and _is_for_subject(at, view):
        return Found((at - 1,))
    if view.lead(at) == "T":
        return _inherit(at, at - 1, view, done)
    j = at - 1
    closed = False
    while j >= 0 and at - j < REACH:
        tag = view.tag(j)
        if tag in 'AYJK"O' or (tag == "V" and _is_reduced(j, at, view)):
            j -= 1
        elif tag in ")]":
            j = _open_bracket(j, view) - 1
        elif tag == "N" and _opens_clause(j, view):
            return Found((j,))
        elif tag == "N" and _in_preposition(j, view):
            j = _before_preposition(j, view)
        elif tag == "N":
            return _with_parent(_subject_from(j, view, closed=closed), view, done)
        elif tag in ",-" and _aside_start(j, view) >= 0:
            closed, j = True, _aside_start(j, view) - 1
        elif tag == "W":
            subject = _antecedent(j, view)
            return Found(subject, relative=bool(subject))
        else:
            if tag == "S":
                return _with_parent(Found((), gap=()), view, done, at=j)
            return _inherit(at, j, view, done) if tag in "CVI,-" else Found()
    return Found()


def _is_reduced(j: int, at: int, view: View) -> bool:
    """Return whether the verb at j is a bare participle after a noun: "the rifle used in X was"."""
    single = view.chunks[j].last - view.chunks[j].first == 1 and view.lead(j) in "dng"
    return single and view.lead(at) in "XMzd" and view.tag(j - 1) == "N"


def _open_bracket(j: int, view: View) -> int:
    k = j
    while k > 0 and view.tag(k) not in "([" and j - k < REACH:
        k -= 1
    return k


def _opens_clause(j: int, view: View) -> bool:
    """Return whether ", and" before a phrase opens a clause: "in the clash, and nine men were"."""
    joined = view.tag(j - 1) == "C" and view.tag(j - 2) == "," and view.tag(j - 4) != ","
    return joined and any(view.tag(k) == "V" for k in range(max(0, j - REACH), j - 2))


def _in_preposition(j: int, view: View) -> bool:
    k = view.skip(group_start(j, view) - 1, -1, 'AY"')
    return k >= 0 and view.tag(k) in "IE"


def _before_preposition(j: int, view: View) -> int:
    k = view.skip(group_start(j, view) - 1, -1, 'AY"')
    return view.skip(k, -1, "IEC")


def group_start(j: int, view: View) -> int:
    """Return the first phrase of the list that ends at j: "A, B and C"."""
    k = j
    while k > 1 and view.tag(k - 1) == "C" and view.tag(k - 2) == "N":
        k = _comma_start(k - 2, view)
    if (
        view.tag(k - 1) == "C"
        and view.tag(k - 2) == ","
        and k > len("N,")
        and view.tag(k - 3) == "N"
    ):
        k = _comma_start(k - 3, view)
    return k


def _comma_start(k: int, view: View) -> int:
    while k > 1 and view.tag(k - 1) == "," and view.tag(k - 2) == "N":
        k -= 2
    return k


def _subject_from(j: int, view: View, *, closed: bool) -> Found:
    start = group_start(j, view)
    group = tuple(k for k in range(start, j + 1) if view.tag(k) == "N")
    if closed and len(group) > 1 and not any(view.tag(k) == "C" for k in range(start, j)):
        group = group[:1]  # "X, a member of Y, ... did": X did
    if closed and start > 1 and view.tag(start - 1) == "," and view.tag(start - 2) == "N":
        group = (start - 2,)
    before = view.skip(start - 1, -1, 'AY"')
    if before >= 0 and view.tag(before) == "W":
        return Found(group, relative=True, gap=_antecedent(before, view))
    if len(group) == 1 and _is_contact(start, view):
        return Found(group, relative=True, gap=(start - 1,))
    return Found(group)


def _is_theirs(lemma: str, word: str, view: View) -> bool:
    """Return whether what follows the preposition is the deed of the verb's object."""
    if word == "from":
        return lemma in view.cues.group("thwarters")
    return word in view.cues.group("blame") and lemma in view.cues.group("blamers")


def _is_for_subject(at: int, view: View) -> bool:
    """Return whether "for X" stands before the infinitive: "easy for the gang to get rifles"."""
    phrase = view.phrase(at - 1)
    return (
        phrase is not None
        and phrase.kind in ("group", "people", "name")
        and view.tag(at - 2) in "IS"
        and view.word(at - 2) == "for"
    )


def _is_contact(at: int, view: View) -> bool:
    """Return whether a weapon stands right before: "the tanks the army sold"."""
    before, here = view.phrase(at - 1), view.phrase(at)
    if before is None or here is None or before.kind not in ("weapon", "craft", "weapon_part"):
        return False
    return view.tag(at - 1) == "N" and (here.determiner == "the" or here.kind != "other")


def _with_parent(found: Found, view: View, done: list[Clause], at: int = -1) -> Found:
    """Return what was found with the clause it is the content of: "denied that X", "said X"."""
    first = found.subject[0] if found.subject else at + 1
    opener = view.skip(first - 1, -1, 'AY"')
    content = view.tag(opener) == "S" and view.word(opener) in ("that", "whether")
    direct = view.tag(opener) == "V"
    if found.relative or not (content or direct):
        return found
    verb = opener if direct else view.skip(opener - 1, -1, "ANIOJY")
    index = next((i for i in range(len(done) - 1, -1, -1) if done[i].verb == verb), -1)
    return replace(found, parent=index)


def _antecedent(j: int, view: View) -> tuple[int, ...]:
    """Return the phrase that which/who at j stands for."""
    k = view.skip(j - 1, -1, ',IAY"-')
    if k < 0 or view.tag(k) != "N":
        return ()
    return tuple(i for i in range(group_start(k, view), k + 1) if view.tag(i) == "N")


def _aside_start(j: int, view: View) -> int:
    """Return the mark that opens the aside closed by the mark at j, -1 if there is none."""
    for k in range(j - 1, max(0, j - REACH), -1):
        if view.tag(k) == view.tag(j):
            return k if view.tag(k + 1) in "WIDANV" and view.tag(k - 1) in 'NK")]' else -1
        if view.tag(k) in ";:":
            return -1
    return -1


def _inherit(at: int, j: int, view: View, done: list[Clause]) -> Found:
    """Return the subject of the verb before: coordination, infinitive, complement, participle."""
    k = j
    while k >= 0 and view.tag(k) != "V" and view.tag(k) != ";" and at - k < REACH:
        k -= 1
    index = next((i for i in range(len(done) - 1, -1, -1) if done[i].verb == k), -1)
    if index < 0:
        return Found()
    parent = done[index]
    lemma = view.tokens[parent.main].lemma
    if view.lead(at) == "T" and parent.objects and lemma in view.cues.group("thwarters"):
        return Found((), index)  # "thwarted an attempt to": somebody else's
    control = lemma in view.cues.group("object_control")
    if parent.objects and view.tag(at - 1) == "I" and _is_theirs(lemma, view.word(at - 1), view):
        return Found(parent.objects, index)  # "accused X of", "kept X from", "warned X against"
    if view.lead(at) == "T" and parent.objects and not parent.passive and control:
        return Found(parent.objects, index)
    return Found(parent.subject, index)
