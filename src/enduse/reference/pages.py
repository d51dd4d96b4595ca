"""The words by which a page shows its parts: menus, gifts, licences, bylines, notices, months.

In: `data/pages/*.tsv`. Out: immutable rows by table. Refused: a table without its columns, a row
without phrase or sense, a row listed twice.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from enduse.errors import DataError


@dataclass(frozen=True, slots=True)
class PageWord:
    """One reviewed phrase and what it shows.

    Attributes:
        phrase: the words, as written.
        match: where they must stand: `whole` line, `start` of a line, `within` it, `tail` (in a
            short line after the last prose), `class` (in a class or id of markup), or a kind of
            its own of the table.
        sense: what they show: a kind of section, a publication fact, `month-6`.
        lang: ISO 639-1 code, or `markup`.
        example, counterexample: a line that shows it, and one that has the words and does not.
        reviewed: by whom and when; "no" if nobody has.
    """

    phrase: str
    match: str
    sense: str
    lang: str
    example: str = ""
    counterexample: str = ""
    reviewed: str = "no"


@dataclass(frozen=True, slots=True)
class Signature:
    """The first bytes by which a kind of file is known that holds no text we read.

    Attributes:
        offset: where the bytes stand.
        start: the bytes.
        name: what the file is, with its article.
        next_step: what to do with it.
    """

    offset: int
    start: bytes
    name: str
    next_step: str


_COLUMNS = tuple(PageWord.__dataclass_fields__)


@cache
def load_page_words(table: str) -> tuple[PageWord, ...]:
    """Return the rows of one table, in the order of the file.

    >>> [row.sense for row in load_page_words("months") if row.phrase == "June"]
    ['month-6']

    Raises:
        DataError: there is no such table, or it breaks its rules.
    """
    rows = _read_rows(table)
    words = tuple(PageWord(*(row[column] for column in _COLUMNS)) for row in rows)
    seen: set[tuple[str, str, str, str]] = set()
    for word in words:
        key = (word.phrase, word.match, word.sense, word.lang)
        if not word.phrase or not word.sense or key in seen:
            raise DataError(
                "a row lacks its phrase or sense, or is listed twice", _place(table, key)
            )
        seen.add(key)
    return words


@cache
def load_signatures() -> tuple[Signature, ...]:
    """Return the signatures of files that are not read, in the order of the file."""
    return tuple(_signature(row) for row in _read_rows("signatures"))


@cache
def load_months() -> Mapping[str, int]:
    """Return the month's number, 1 to 12, by its case-folded name in any listed language.

    >>> load_months()["июня"], load_months()["sept."]
    (6, 9)
    """
    rows = load_page_words("months")
    return MappingProxyType(
        {row.phrase.casefold(): int(row.sense.removeprefix("month-")) for row in rows}
    )


def _signature(row: Mapping[str, str]) -> Signature:
    where, _, digits = row["bytes"].rpartition(":")
    offset = int(where.removeprefix("@")) if where else 0
    return Signature(offset, bytes.fromhex(digits), row["name"], row["next_step"])


def _read_rows(table: str) -> list[dict[str, str]]:
    path = files("enduse.reference").joinpath("data", "pages", f"{table}.tsv")
    if not path.is_file():
        raise DataError("no such table of page words", table)
    lines = path.read_text(encoding="utf-8").splitlines()
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [dict(row) for row in reader]
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise DataError("the row has too few or too many columns", f"{table}.tsv line {number}")
    return rows


def _place(table: str, key: object) -> str:
    return f"{table}.tsv: {key}"
