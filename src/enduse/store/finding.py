"""Search in the text of documents, ranked, in time that does not grow with the number of hits.

In: an open store and the words. Out: ids of documents, best first. To weigh words as the index
does it, every hit in the case is counted. Where there are few hits that is what is done. Where
there are many, candidates are taken from stretches spread over the whole case and the titles, and
are weighed here by the same formula; among documents beyond the candidates there may be better.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from enduse.store.sql import SqlStore

_FEW = 400
"""Hits up to which the index ranks them all."""

_STRETCHES, _OF_EACH, _TITLED = 16, 20, 40
_READ = 20_000
"""Characters of a candidate that are looked at."""

_K1, _B, _TITLE_WEIGHT = 1.2, 0.75, 2.0

_PART = 3
"""Letters from which a word is found inside of words too: one index holds threes of letters."""

_MOST_TERMS = 64
_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_AS_PLAIN = str.maketrans("“”„«»\x00", '""""" ')
_EVERY = 0, 2**62


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several in quotes, that a document must hold; `begins` if it begins a word."""

    text: str
    begins: bool = False

    @property
    def inside(self) -> bool:
        """Whether it is looked for inside of words."""
        return not self.begins and len(self.text) >= _PART

    @property
    def pattern(self) -> str:
        """Return what finds it in a folded text."""
        words = r"\W+".join(map(re.escape, re.split(r"[\s-]+", fold(self.text))))
        return words if self.inside else rf"(?<!\w){words}" + ("" if self.begins else r"(?!\w)")


def read_words(words: str) -> tuple[Term, ...]:
    """Return what a person looks for, from what they typed.

    >>> read_words('TOW missile')
    (Term(text='TOW', begins=False), Term(text='missile', begins=False))
    >>> read_words('"Hazm Movement" launch*')
    (Term(text='Hazm Movement', begins=False), Term(text='launch', begins=True))
    """
    plain = words.encode("utf-8", "replace").decode().translate(_AS_PLAIN)
    terms = []
    for phrase, starred, word in _TERM.findall(plain):
        text = phrase.strip() or word.strip("*")
        term = Term(text, bool(starred) or word.endswith("*"))
        if term.inside or any(letter.isalnum() for letter in text):
            terms.append(term)
    return tuple(terms[:_MOST_TERMS])


def find_place(terms: Sequence[Term], text: str) -> tuple[int, int]:
    """Return where the first of the terms stands in the text; an empty place if none does."""
    found = re.search("|".join(term.pattern for term in terms), fold(text))
    return found.span() if found else (0, 0)


def holds(terms: Sequence[Term], text: str) -> bool:
    """Return whether the text holds every term."""
    folded = fold(text)
    return all(re.search(term.pattern, folded) for term in terms)


class _Folded(dict[int, str]):
    """Letters without capitals and accents, one for one."""

    def __missing__(self, code: int) -> str:
        parts = normalize("NFD", chr(code).lower())
        self[code] = parts[0] if all(map(combining, parts[1:])) else chr(code)
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return the text without capitals and accents, every letter in its place.

    >>> fold("Émile İ")
    'emile i'
    """
    return text.translate(_FOLDED)


def search_documents(store: SqlStore, words: str, most: int) -> list[str]:
    """Return ids of at most `most` documents that hold every word, best first.

    Words of three letters or more are found inside of words too, as they stand; or else all words
    are found whole, whatever their accents. Words in quotes stand together; `*` ends the beginning
    of a word. Capitals do not matter.
    """
    terms = read_words(words)
    if not terms:
        return []
    queries = _queries(terms)
    hits = [list(_hits(store, query, _EVERY, _FEW + 1)) for query in queries]
    if max(map(len, hits)) <= _FEW:
        ranked = [_ranked_by_index(store, query, most) for query in queries]
        return list(dict.fromkeys(key for keys in ranked for key in keys))[:most]
    query, found = next((q, set(h)) for q, h in zip(queries, hits, strict=True) if len(h) > _FEW)
    if not any(term.begins for term in terms):  # each look for beginnings goes through all of them
        found = set(_candidates(store, query))
    if all(term.inside for term in terms):
        found |= set(_titled(store, terms))
    return _ranked(store, sorted(found), terms, most)


@dataclass(frozen=True, slots=True)
class _Query:
    """An index, what must match in it, and what must match in the index of words beside it."""

    index: str
    match: str
    beside: str = ""


def _queries(terms: Sequence[Term]) -> list[_Query]:
    whole = _Query("document_words", _match(terms))
    inside = [term for term in terms if term.inside]
    others = [term for term in terms if not term.inside]
    parts = [_Query("document_parts", _match(inside), _match(others))] if inside else []
    return [*parts, whole]


def _match(terms: Sequence[Term]) -> str:
    quoted = ('"' + term.text.replace('"', '""') + '"' + "*" * term.begins for term in terms)
    return " AND ".join(quoted)


def _where(query: _Query) -> str:
    within = "rowid >= :start AND rowid < :end"
    beside = (
        f" AND +rowid IN (SELECT rowid FROM document_words "  # noqa: S608 - ours
        f"WHERE document_words MATCH :beside AND {within})"
    )
    return f"{query.index} MATCH :match AND {within}{beside if query.beside else ''}"


def _hits(store: SqlStore, query: _Query, rows: tuple[int, int], most: int) -> Iterator[int]:
    """Yield some rows that match, of a stretch of the case."""
    found = store.select(
        f"SELECT rowid AS at FROM {query.index} WHERE {_where(query)} LIMIT :most",  # noqa: S608
        **_given(query, rows, most),
    )
    yield from (row["at"] for row in found)


def _given(query: _Query, rows: tuple[int, int], most: int) -> dict[str, object]:
    given = {"match": query.match, "start": rows[0], "end": rows[1], "most": most}
    return given | ({"beside": query.beside} if query.beside else {})


def is_told(store: SqlStore, name: str) -> bool:
    """Return whether a text holds the name, or a claim gives it as one; letters' case is nothing.

    Every claim is read where no text holds it.
    """
    as_written = _Query("document_parts", _match([Term(name)]))
    return any(_hits(store, as_written, _EVERY, 1)) or bool(
        store.select("SELECT 1 FROM claim WHERE body LIKE :like LIMIT 1", like=f'%"text":"{name}"%')
    )


def _ranked_by_index(store: SqlStore, query: _Query, most: int) -> list[str]:
    found = store.select(
        f"SELECT document.id FROM (SELECT rowid AS at, rank FROM {query.index} "  # noqa: S608
        f"WHERE {_where(query)} ORDER BY rank LIMIT :most) AS f "
        "JOIN document ON document.rowid = f.at ORDER BY f.rank, f.at",
        **_given(query, _EVERY, most),
    )
    return [row["id"] for row in found]


def _candidates(store: SqlStore, query: _Query) -> Iterator[int]:
    """Yield some hits of each of several stretches of the case: the index seeks to each."""
    last = store.select("SELECT max(rowid) AS last FROM document")[0]["last"] or 0
    step = last // _STRETCHES + 1
    for start in range(0, last + 1, step):
        yield from _hits(store, query, (start, start + step), _OF_EACH)


def _titled(store: SqlStore, terms: Sequence[Term]) -> list[int]:
    """Return documents whose title holds the terms; ix_document_listing is read alone."""
    held = (f"instr(lower(title), lower(:term{at})) > 0" for at in range(len(terms)))
    found = store.select(
        "SELECT rowid AS at FROM document INDEXED BY ix_document_listing "  # noqa: S608 - ours
        f"WHERE {' AND '.join(held)} LIMIT :most",
        most=_TITLED,
        **{f"term{at}": term.text for at, term in enumerate(terms)},
    )
    return [row["at"] for row in found]


def _ranked(store: SqlStore, rows: list[int], terms: Sequence[Term], most: int) -> list[str]:
    """Return the ids of the rows, best first: often told in few words, or in the title."""
    wanted, weighed = [term.text.casefold() for term in terms], []
    read = store.select(
        "SELECT id, title, substr(text, 1, :read) AS text, length(text) AS long FROM document "
        "WHERE rowid IN (SELECT value FROM json_each(:rows)) ORDER BY rowid",
        rows=json.dumps(rows),
        read=_READ,
    )
    mean = sum(row["long"] for row in read) / max(len(read), 1) or 1
    for at, row in enumerate(read):
        text, title = row["text"].casefold(), (row["title"] or "").casefold()
        damping = _K1 * (1 - _B + _B * min(row["long"], _READ) / mean)
        often = [max(text.count(one), 1) + _TITLE_WEIGHT * title.count(one) for one in wanted]
        worth = sum(times * (_K1 + 1) / (times + damping) for times in often)
        weighed.append((-worth, at, row["id"]))
    return [key for *_, key in sorted(weighed)[:most]]
