"""Cue words and the word list of a language, from reviewed tables.

In: `data/cues/LANGUAGE/*.tsv`. Out: immutable tables from phrase to sense, and from word to the
ways it may be read. Refused: a table without its columns, a phrase listed twice, an empty sense.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from enduse.errors import DataError

_COLUMNS = ("phrase", "sense", "example", "counterexample", "reviewed")


@dataclass(frozen=True, slots=True)
class CueRow:
    """One reviewed cue: its words, what they decide, and sentences that do and do not hold it."""

    table: str
    phrase: str
    sense: str
    example: str = ""
    counterexample: str = ""
    reviewed: str = "no"


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue tables of one language.

    Attributes:
        language: ISO 639-1 code.
        tables: table name to its rows, by phrase.
        tags: word to its word class, one letter (see extract.tokens).
        verbs: inflected form to (lemma, form): VB, VZ, VD, VN or VG.
        everyday: common words of the language, for texts in capitals where case tells nothing.
        given_names: first names of persons, lower case.
        groups: classes of words that the grammar asks for, by name.
        meanings: table name to phrase to sense.
        openers: table name to the first words of its phrases, for a fast look.
    """

    language: str
    tables: Mapping[str, Mapping[str, CueRow]]
    tags: Mapping[str, str]
    verbs: Mapping[str, tuple[tuple[str, str], ...]]
    everyday: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    openers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def group(self, name: str) -> frozenset[str]:
        """Return the words of a class; empty if the language has no such class."""
        return self.groups.get(name, frozenset())

    def table(self, name: str) -> Mapping[str, CueRow]:
        """Return the rows of a table by phrase; empty if the language has no such table."""
        return self.tables.get(name, MappingProxyType({}))

    def senses(self, name: str) -> Mapping[str, str]:
        """Return phrase to sense of a table; empty if the language has no such table."""
        return self.meanings.get(name, MappingProxyType({}))


@cache
def load_cues(language: str = "en", data: Path | None = None) -> Cues:
    """Return the cues of a language, from the shipped data or from another folder laid out so.

    >>> load_cues("en").table("hedges")["likely"].sense
    'probable'

    Raises:
        DataError: no table for the language, or a table breaks its rules.
    """
    folder = _cue_folder(language) if data is None else data / "cues" / language
    if not folder.is_dir():
        raise DataError("no cue tables for this language", language)
    tables: dict[str, Mapping[str, CueRow]] = {}
    tags: dict[str, str] = {}
    verbs: dict[str, tuple[tuple[str, str], ...]] = {}
    groups: dict[str, frozenset[str]] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        name = entry.name.removesuffix(".tsv")
        rows = list(csv.DictReader(entry.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
        if name == "words":
            tags = {row["word"]: row["tag"] for row in rows}
        elif name == "classes":
            groups = {row["class"]: _split_words(row["words"]) for row in rows}
        elif name == "verbs":
            verbs = _inflect_all(rows)
        elif entry.name.endswith(".tsv"):
            tables[name] = MappingProxyType(_read_table(name, rows))
    everyday = _read_words("everyday.txt") if language == "en" else frozenset()
    persons = _read_words("persons.txt")
    groups |= {name: _read_words(f"{name}.txt") for name in ("women", "men")}
    meanings = {
        name: MappingProxyType({phrase: row.sense for phrase, row in table.items()})
        for name, table in tables.items()
    }
    openers = {name: frozenset(p.split()[0] for p in table) for name, table in tables.items()}
    return Cues(
        language,
        MappingProxyType(tables),
        tags,
        verbs,
        everyday,
        persons,
        groups,
        meanings,
        openers,
    )


def _split_words(words: str) -> frozenset[str]:
    """Return the words of a class; a fixed expression is written with underscores."""
    return frozenset(word.replace("_", " ") for word in words.split())


def _read_words(name: str) -> frozenset[str]:
    listed = files("enduse.reference").joinpath("data", name)
    return (
        frozenset(listed.read_text(encoding="utf-8").lower().split())
        if listed.is_file()
        else frozenset()
    )


def list_languages() -> tuple[str, ...]:
    """Return the languages that have cue tables, sorted."""
    folder = _cue_folder("")
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def _cue_folder(language: str) -> Any:
    root = files("enduse.reference").joinpath("data", "cues")
    return root.joinpath(language) if language else root


def _read_table(name: str, rows: list[dict[str, str]]) -> dict[str, CueRow]:
    found: dict[str, CueRow] = {}
    for row in rows:
        if any(row.get(column) is None for column in _COLUMNS) or not row["sense"]:
            raise DataError("a row lacks a column or its sense", f"{name}.tsv: {row}")
        phrase = row["phrase"]
        if phrase in found:
            raise DataError("a phrase is listed twice", f"{name}.tsv: {phrase}")
        found[phrase] = CueRow(name, *(row[column] for column in _COLUMNS))
    return found


def _inflect_all(rows: list[dict[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    forms: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        for word, form in inflect(row["lemma"], row["past"], row["participle"]):
            listed = forms.setdefault(word, [])
            if (row["lemma"], form) not in listed:
                listed.append((row["lemma"], form))
    return {word: tuple(listed) for word, listed in forms.items()}


def inflect(lemma: str, past: str = "", participle: str = "") -> Iterator[tuple[str, str]]:
    """Yield the English forms of a verb with their names.

    >>> [word for word, _ in inflect("carry")]
    ['carry', 'carries', 'carried', 'carried', 'carrying']
    >>> dict((form, word) for word, form in inflect("steal", "stole", "stolen"))["VN"]
    'stolen'
    """
    yield lemma, "VB"
    yield _third_person(lemma), "VZ"
    regular = _past(lemma)
    yield past or regular, "VD"
    yield participle or past or regular, "VN"
    yield (past[:-2] + "ing" if past.endswith(lemma[-1] * 2 + "ed") else _gerund(lemma)), "VG"


_VOWELS = "aeiou"


def _third_person(lemma: str) -> str:
    if lemma == "have":
        return "has"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return _doubled(lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) and lemma != "be":
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def _doubled(lemma: str) -> str:
    """Return a short lemma with its last letter doubled; longer ones stand in the table."""
    short = sum(letter in _VOWELS for letter in lemma) == 1
    closed = len(lemma) > len("be") and lemma[-1] not in _VOWELS + "wxyh" and lemma[-2] in _VOWELS
    return lemma + lemma[-1] if short and closed else lemma
