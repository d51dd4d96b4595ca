"""New entries of weapons, actors and places as the files a person then completes.

In: what is known of the thing. Out: `Draft`, the text of its file in canonical form, and the file
written. Refused: an id that is no id or is taken, a file that exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from enduse.errors import MisuseError
from enduse.model.mention import EntityKind

FOLDERS = {EntityKind.WEAPON: "weapons", EntityKind.ACTOR: "actors", EntityKind.PLACE: "places"}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLAIN = re.compile(r"[^\W_]([\w ./()'’+-]*[\w./)'’+])?")
WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off", "~"})
PLACE_HEAD = "id\tname\tkind\tcountry\tlat\tlon\tin\tnames\treviewed\n"
LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written of one thing.

    Attributes:
        kind: weapon, actor or place.
        id: the entry's id; the file is named like it.
        name: its label, in English.
        category: one of `categories.tsv`, or of places: town, camp, base, …
        countries: two-letter codes, lower case: makers, homes, or where a place lies.
        is_a: ids of the classes and families above a weapon; of what holds a place.
        names: further names, each with its language.
        codes: categories and numbers in other systems.
        example: a sentence in which it must be found.
        point: latitude and longitude of a place.
    """

    kind: EntityKind
    id: str
    name: str
    category: str
    countries: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    example: str = ""
    point: tuple[float, float] | None = None

    @property
    def path(self) -> Path:
        """Return where it goes, below a folder laid out like the data."""
        if self.kind is EntityKind.PLACE:
            return Path("places") / "supplement.tsv"
        return Path(FOLDERS[self.kind]) / f"{self.id}.yml"


def draft_text(draft: Draft) -> str:
    """Return the file's text; of a place, its line of `places/supplement.tsv`.

    >>> print(draft_text(Draft(EntityKind.ACTOR, "x-group", "X Group", "armed-group", ("sy",))))
    id: x-group
    category: armed-group
    name: X Group
    countries: [sy]
    names: []
    ties: []
    codes: {}
    examples: []
    counterexamples: []
    cites: []
    reviewed: no
    <BLANKLINE>
    """
    if draft.kind is EntityKind.PLACE:
        return _place_line(draft)
    lines = [f"id: {draft.id}", f"category: {draft.category}", f"name: {quote(draft.name)}"]
    lines += _middle(draft)
    example = [f"  - {quote(draft.example)}"] if draft.example else []
    lines += ["examples:", *example] if example else ["examples: []"]
    return "\n".join([*lines, "counterexamples: []", "cites: []", "reviewed: no", ""])


def _middle(draft: Draft) -> list[str]:
    """Return the lines that differ between weapons and actors."""
    names = [f"  - {{text: {quote(text)}, lang: {lang}}}" for text, lang in draft.names]
    named = ["names:", *names] if names else ["names: []"]
    codes = "codes: {" + ", ".join(f"{code}: {quote(value)}" for code, value in draft.codes) + "}"
    countries = ", ".join(quote(country) for country in draft.countries)
    if draft.kind is EntityKind.ACTOR:
        return [f"countries: [{countries}]", *named, "ties: []", codes]
    above = ", ".join(draft.is_a)
    return [f"is_a: [{above}]", f"made_in: [{countries}]", codes, *named, "models: []"]


def _place_line(draft: Draft) -> str:
    lat, lon = draft.point or (0.0, 0.0)
    fields = (draft.id, draft.name, draft.category, "".join(draft.countries[:1]))
    inside, names = "".join(draft.is_a[:1]), "|".join(text for text, _ in draft.names)
    return "\t".join([*fields, f"{lat:g}", f"{lon:g}", inside, names, "no"]) + "\n"


def quote(text: str) -> str:
    """Return the text as YAML gives it back: in quotes where it could mean something else.

    >>> quote("T-72"), quote("a: b"), quote("no")
    ('T-72', '"a: b"', '"no"')
    """
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    return msgspec.json.encode(text).decode()


def make_id(name: str) -> str:
    """Return an id made from a name: small Latin letters, digits and hyphens.

    >>> make_id("Liwa al-Quds (2013)")
    'liwa-al-quds-2013'
    """
    from anyascii import anyascii  # noqa: PLC0415 - only new entries need it

    words = re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))
    return "-".join(words)[:LONGEST_ID].strip("-")


def check_id(entry_id: str) -> None:
    """Return if it is an id.

    Raises:
        MisuseError: it is none.
    """
    if not ID.fullmatch(entry_id) or len(entry_id) > LONGEST_ID:
        raise MisuseError(
            f"{entry_id!r} is no id", "", "Use small letters, digits and hyphens: bgm-71-tow"
        )


def write_draft(draft: Draft, folder: Path) -> Path:
    """Write the draft below the folder and return its file.

    Raises:
        MisuseError: the file exists, or the place's id stands in it.
    """
    path = folder / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    text = draft_text(draft)
    if draft.kind is EntityKind.PLACE:
        old = path.read_text(encoding="utf-8") if path.exists() else PLACE_HEAD
        if any(line.split("\t")[0] == draft.id for line in old.splitlines()):
            raise MisuseError(f"the id {draft.id!r} stands in it", str(path), "Give another id")
        path.write_text(old + text, encoding="utf-8")
        return path
    if path.exists():
        raise MisuseError("the file exists", str(path), "Change it, or give another id")
    path.write_text(text, encoding="utf-8")
    return path
