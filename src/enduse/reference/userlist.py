"""A user's own list of weapons, actors and places, one a line of a CSV file.

In: the file or its lines, and the register as it is. Out: for each line a draft, or that the
register knows the name already, or the problem that keeps the line out. Nothing is written here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from enduse.errors import MisuseError
from enduse.model.mention import EntityKind
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.check_entries import ANY, Known
from enduse.reference.drafts import ID, Draft, make_id
from enduse.reference.places import MOST_LAT, MOST_LON
from enduse.reference.search import FOLDED

COLUMNS = (
    "kind",
    "id",
    "name",
    "category",
    "countries",
    "is_a",
    "names",
    "codes",
    "lat",
    "lon",
    "example",
)
NEEDED = ("kind", "name", "category")
SHOWN = (
    "weapon,,Tabir TR-9,rifle,us,assault-rifle,TR9 carbine|تابير 9@ar,salw=assault-rifles,,,",
    "actor,,Northern Column of Karo,armed-group,sy,,Karo Column|عمود كارو@ar,,,,",
    "place,,Tal Karo Base,base,sy,,Karo Hill,,35.1,38.2,",
)
SEPARATOR = "|"
BEYOND = ""
"""Where fields are kept that no column of the heading holds."""


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """A line whose name the register knows: nothing is made of it."""

    line: int
    name: str
    entity_id: str


def make_template() -> str:
    """Return the heading and a line for each kind, to be written over."""
    return "\n".join([",".join(COLUMNS), *SHOWN, ""])


def read_lines(file: Path) -> Iterable[str]:
    """Return the lines of a list.

    Raises:
        MisuseError: it is not written in UTF-8.
    """
    body = file.read_bytes()
    try:
        return io.StringIO(body.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise MisuseError(
            f"not UTF-8 but another encoding: byte 0x{body[error.start]:02x} in line {line}",
            str(file),
            "Save it again with the encoding UTF-8; spreadsheets call it CSV UTF-8",
        ) from error


def read_list(
    lines: Iterable[str], register: Register, known: Known
) -> Iterator[Draft | AlreadyKnown | Problem]:
    """Yield what each line makes.

    Args:
        lines: of the CSV file, its heading first; columns beyond kind, name and category may lack.
        register: the shipped register and the user's own lists.
        known: the categories, codes and countries there are.

    Raises:
        MisuseError: the heading lacks a column, or has one that is not known; the lines are no CSV.
    """
    rows = csv.DictReader(lines, restkey=BEYOND, strict=True)
    try:
        yield from _read_rows(rows, register, known)
    except csv.Error as error:
        raise MisuseError(
            f"not readable as CSV: {error}",
            f"line {rows.line_num + 1}",
            "Look for a quotation mark that is not closed, or is not doubled inside of a field",
        ) from error


def _read_rows(
    rows: csv.DictReader[str], register: Register, known: Known
) -> Iterator[Draft | AlreadyKnown | Problem]:
    head = tuple(rows.fieldnames or ())
    lacking = [name for name in NEEDED if name not in head]
    unknown = [name for name in head if name not in COLUMNS]
    if lacking or unknown:
        wrong = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(unknown)}"
        raise MisuseError(
            f"the heading {wrong}",
            "line 1",
            "enduse reference import --template shows the columns, parted by commas",
        )
    taken: dict[str, int] = {}
    for row in rows:
        line = rows.line_num
        made = _read_row({k: (row.get(k) or "").strip() for k in COLUMNS}, line, register, known)
        if any(row.get(BEYOND) or ()):
            message = "it has more fields than the heading"
            made = _problem(line, message, "Put a field that holds a comma in quotes")
        if isinstance(made, Draft):
            if made.id in taken:
                message = f"the id {made.id!r} stands in line {taken[made.id]} too"
                made = _problem(line, message, "Give one of them another id")
            else:
                taken[made.id] = line
        yield made


def _read_row(
    row: Mapping[str, str], line: int, register: Register, known: Known
) -> Draft | AlreadyKnown | Problem:
    faults = _find_off_globe(row) if row["kind"] == EntityKind.PLACE else iter(())
    wrong = next(chain(_find_faults(row, known), faults), None)
    if wrong is not None:
        return _problem(line, *wrong)
    kind = EntityKind(row["kind"])
    entry_id = row["id"] or make_id(row["name"])
    for candidate in register.find(row["name"], kind):
        if candidate.score >= FOLDED and not row["id"]:
            return AlreadyKnown(line, row["name"], candidate.entity_id)
    if not ID.fullmatch(entry_id):
        return _problem(line, f"{entry_id!r} is no id", "Use small letters, digits and hyphens")
    if register.entity(entry_id) is not None:
        return _problem(line, f"the id {entry_id!r} is taken", "Give another id")
    return Draft(
        kind=kind,
        id=entry_id,
        name=row["name"],
        category=row["category"],
        countries=tuple(country.lower() for country in _parts(row["countries"])),
        is_a=_parts(row["is_a"]),
        names=tuple(_name(part) for part in _parts(row["names"])),
        codes=tuple((code, value) for code, _, value in map(_code, _parts(row["codes"]))),
        example=row["example"],
        point=(float(row["lat"]), float(row["lon"])) if kind is EntityKind.PLACE else None,
    )


def _find_faults(row: Mapping[str, str], known: Known) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the line, each with the next step."""
    kind = row["kind"]
    if kind not in list(EntityKind):
        yield f"{kind!r} is no kind", "Write weapon, actor or place"
    if not row["name"]:
        yield "the name is missing", "Write the label in English"
    if kind != EntityKind.PLACE and (kind, row["category"]) not in known.categories:
        yield f"the category {row['category']!r} is not known", "Take one of categories.tsv"
    for country in set(_parts(row["countries"].lower())) - known.countries:
        yield f"{country!r} is no country code", "Take the two-letter code of ISO 3166-1"
    for code, equals, value in map(_code, _parts(row["codes"])):
        if not equals or not {(kind, code, value), (kind, code, ANY)} & known.codes:
            yield f"the code {code}{equals}{value} is not known", "Take one of codes.tsv"
    for part in _parts(row["is_a"]):
        if not known.holds(part):
            yield f"{part!r} is no entry", "enduse reference find NAME tells its id"


def _find_off_globe(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        yield "lat or lon is no number", "Write degrees with a point: 35.1"
        return
    if not (abs(lat) <= MOST_LAT and abs(lon) <= MOST_LON):
        yield "lat or lon lies outside the globe", "Write latitude first, then longitude"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _name(part: str) -> tuple[str, str]:
    text, mark, lang = part.rpartition("@")
    return (text.strip(), lang.strip()) if mark else (part, "en")


def _code(part: str) -> tuple[str, str, str]:
    code, equals, value = part.partition("=")
    return code.strip(), equals, value.strip()


def _problem(line: int, message: str, next_step: str) -> Problem:
    return Problem("reference", "", message, f"line {line}", next_step)
