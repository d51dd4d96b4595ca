"""Make the arrays of the two layers from the reviewed data.

In: the folder of the data. Out: arrays and plain values of the listed layer (weapons, actors,
countries, sites) and of the places layer (towns and regions of the world). A file that breaks its
rules is left out and named in `problems`; the checker says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from enduse.errors import DataError
from enduse.model.entity import Entity
from enduse.model.problem import Problem
from enduse.reference.alphabet import Alphabet, make_alphabet
from enduse.reference.entries import actor_entity, weapon_entities
from enduse.reference.layers import pack_lexicon
from enduse.reference.lexicon import make_lexicon
from enduse.reference.places import country_entities, make_places, read_towns, site_entities
from enduse.reference.readings import Readings, add_entity
from enduse.reference.shape import ActorSource, WeaponSource
from enduse.reference.sounds import hash_sound, sound_of
from enduse.reference.sources import list_files, read_source, read_table, read_words
from enduse.reference.tokens import Articles, make_articles

LISTED_BITS, PLACE_BITS = 18, 22
PARENT_TIES = frozenset(
    {"is-a", "variant-of", "part-of", "in", "branch", "member", "command", "owner"}
)
Compiled = tuple[dict[str, NDArray[Any]], dict[str, Any]]


def read_alphabet(data: Path) -> Alphabet:
    """Return the alphabet with the pairs of `folding.tsv`."""
    return make_alphabet({row["letter"]: row["as"] for row in read_table(data / "folding.tsv")})


def read_articles(data: Path, alphabet: Alphabet) -> Articles:
    """Return the articles of `articles.tsv`."""
    rows = read_table(data / "articles.tsv")
    return make_articles({row["article"]: row["next"] for row in rows}, alphabet)


def read_entities(folder: Path) -> Iterator[Entity | Problem]:
    """Yield the weapons, actors, countries and sites of a folder, or what is wrong with a file."""
    for path in list_files(folder, "weapons"):
        try:
            yield from weapon_entities(read_source(path, WeaponSource))
        except DataError as error:
            yield problem_of(error, path)
    for path in list_files(folder, "actors"):
        try:
            yield actor_entity(read_source(path, ActorSource))
        except DataError as error:
            yield problem_of(error, path)
    places = folder / "places"
    for path, read in (
        (places / "countries.tsv", country_entities),
        (places / "supplement.tsv", site_entities),
    ):
        if path.exists():
            try:
                yield from read(path)
            except (DataError, KeyError) as error:
                yield problem_of(error, path)


def problem_of(error: Exception, path: Path) -> Problem:
    """Return the problem that keeps a file out."""
    step = error.next_step if isinstance(error, DataError) else "See data/README.md"
    message = error.message if isinstance(error, DataError) else f"the column {error} is missing"
    return Problem("reference", path.name, message, "", step)


def compile_listed(
    entities: Sequence[Entity], alphabet: Alphabet, articles: Articles, everyday: frozenset[str]
) -> Compiled:
    """Return the arrays and plain values of a layer of listed entries."""
    readings = Readings()
    for number, entity in enumerate(entities):
        add_entity(readings, number, entity, everyday)
    lexicon = make_lexicon(readings, alphabet, articles, LISTED_BITS)
    bodies = [msgspec.msgpack.encode(entity) for entity in entities]
    arrays = pack_lexicon(lexicon) | {
        "entity_offsets": np.append([0], np.cumsum([len(body) for body in bodies])).astype(
            np.uint32
        ),
        "entity_body": np.frombuffer(b"".join(bodies), np.uint8),
    }
    plain = {
        "ids": [entity.id for entity in entities],
        "homes": [entity.countries[0] if entity.countries else "" for entity in entities],
        "needed": readings.needed,
        "parents": {entity.id: parents for entity in entities if (parents := parents_of(entity))},
    }
    return arrays, plain


def parents_of(entity: Entity) -> list[str]:
    """Return the ids the entity belongs to directly."""
    return [tie.other for tie in entity.ties if tie.kind in PARENT_TIES]


def compile_places(data: Path, alphabet: Alphabet, articles: Articles) -> Compiled:
    """Return the arrays and plain values of the layer of places."""
    marks = {
        "everyday": read_words(data / "everyday.txt"),
        "persons": read_words(data / "persons.txt"),
    }
    context = read_table(data / "places" / "context.tsv")
    suffixes = [row["word"] for row in context if row["sense"] == "region"]
    rows = list(read_towns(data / "places" / "towns.tsv.xz"))
    units = {row["id"]: row for row in read_table(data / "places" / "units.tsv")}
    readings, columns, lists = make_places(rows, units, marks, suffixes)
    lexicon = make_lexicon(readings, alphabet, articles, PLACE_BITS)
    sounds, sounding = index_sounds(rows)
    arrays = pack_lexicon(lexicon) | {f"place_{name}": array for name, array in columns.items()}
    return arrays | {"sounds": sounds, "sounding": sounding}, lists


def index_sounds(rows: Sequence[list[str]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the hashes of the names' sounds, sorted, and the place of each."""
    pairs = set()
    for number, row in enumerate(rows):
        for name in {row[2], *row[8].split("|")}:
            if name and (sound := sound_of(name)):
                pairs.add((hash_sound(sound), number))
    ordered = sorted(pairs)
    return (
        np.array([sound for sound, _ in ordered], np.uint32),
        np.array([number for _, number in ordered], np.uint32),
    )


def read_listed(data: Path) -> tuple[list[Entity], list[Problem]]:
    """Return the entities of the data, each id once, and the problems met."""
    entities: dict[str, Entity] = {}
    problems = []
    for found in read_entities(data):
        if isinstance(found, Problem):
            problems.append(found)
        elif found.id in entities:
            problems.append(
                Problem("reference", found.id, "the id is given twice", "", "Rename one of them")
            )
        else:
            entities[found.id] = found
    return list(entities.values()), problems


def build_listed(data: Path, digest: str, stamp: str) -> Compiled:
    """Return the compiled entries of the data."""
    alphabet = read_alphabet(data)
    articles = read_articles(data, alphabet)
    entities, problems = read_listed(data)
    everyday = read_words(data / "everyday.txt")
    arrays, plain = compile_listed(entities, alphabet, articles, everyday)
    named = [(problem.subject, problem.message, problem.next_step) for problem in problems]
    return arrays, plain | {"problems": named, "digest": digest, "stamp": stamp}


def build_places(data: Path, digest: str, stamp: str) -> Compiled:
    """Return the compiled places of the data."""
    alphabet = read_alphabet(data)
    arrays, plain = compile_places(data, alphabet, read_articles(data, alphabet))
    return arrays, plain | {"digest": digest, "stamp": stamp}
