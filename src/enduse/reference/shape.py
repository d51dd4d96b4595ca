"""The shape of the reviewed register files: what a reviewer may write, field by field.

In: nothing. Out: the types that a weapon or actor file must fit, every value a string, and the
JSON schema made from them for editors. Refused: unknown fields, wrong ids, unknown words.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Country = Annotated[str, Meta(pattern=r"^[a-z]{2}$")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Text = Annotated[str, Meta(min_length=1)]
Use = Literal[
    "official",
    "short",
    "alias",
    "abbreviation",
    "former",
    "nato",
    "grau",
    "local",
    "demonym",
    "nickname",
    "misspelling",
    "metonym",
]
TieKind = Literal[
    "branch", "member", "ally", "backed", "successor", "rival", "command", "part-of", "owner"
]


class NameSource(Struct, forbid_unknown_fields=True, omit_defaults=True, rename={"start": "from"}):
    """One name: its text, language and use; words it needs nearby; the days it was in use."""

    text: Text
    lang: Language = "en"
    use: Use = "alias"
    needs: list[Text] = []
    start: Day | None = None
    to: Day | None = None


class TieSource(Struct, forbid_unknown_fields=True, omit_defaults=True, rename={"start": "from"}):
    """One dated tie of an actor to another: the kind, the other's id, the days it held."""

    kind: TieKind
    other: Id
    start: Day | None = None
    to: Day | None = None


class CiteSource(Struct, forbid_unknown_fields=True):
    """A page that was looked at, and the day it was."""

    url: Text
    seen: Day


class ReviewSource(Struct, forbid_unknown_fields=True):
    """Who reviewed the entry, and when."""

    by: Text
    on: Day


Review = ReviewSource | Literal["no"]


class ModelSource(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A model or variant inside a family's file; what it does not say it takes from above it."""

    id: Id
    name: Text
    apart: Literal["yes", "no"] = "no"
    category: Id | None = None
    is_a: list[Id] = []
    made_in: list[Country] | None = None
    codes: dict[str, str] | None = None
    component_of: list[Id] = []
    launcher_of: list[Id] = []
    names: list[NameSource] = []
    models: list[ModelSource] = []


class WeaponSource(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One weapon family, or one general class (`generic: yes`)."""

    id: Id
    category: Id
    name: Text
    generic: Literal["yes", "no"] = "no"
    is_a: list[Id] = []
    made_in: list[Country] = []
    codes: dict[str, str] = {}
    component_of: list[Id] = []
    launcher_of: list[Id] = []
    names: list[NameSource] = []
    models: list[ModelSource] = []
    examples: list[Text] = []
    counterexamples: list[Text] = []
    note: str = ""
    cites: list[CiteSource] = []
    reviewed: Review = "no"


class ActorSource(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One actor: a state, force, group, company, monitor or publisher."""

    id: Id
    category: Id
    name: Text
    countries: list[Country] = []
    domains: list[Text] = []
    names: list[NameSource] = []
    ties: list[TieSource] = []
    codes: dict[str, str] = {}
    examples: list[Text] = []
    counterexamples: list[Text] = []
    note: str = ""
    cites: list[CiteSource] = []
    reviewed: Review = "no"


SHAPES: dict[str, type[WeaponSource | ActorSource]] = {
    "weapons": WeaponSource,
    "actors": ActorSource,
}


def make_schema(folder: str) -> dict[str, Any]:
    """Return the JSON schema of the files in a folder of the data ("weapons" or "actors").

    >>> make_schema("weapons")["$ref"]
    '#/$defs/WeaponSource'
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | msgspec.json.schema(
        SHAPES[folder]
    )
