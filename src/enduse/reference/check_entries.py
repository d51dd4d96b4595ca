"""What is asked of one weapon or actor file, beyond its form.

In: a source, and what is known: ids, categories, codes, countries, the register. Out: problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.checked import make_problem
from enduse.reference.entries import first_day, last_day
from enduse.reference.shape import (
    ActorSource,
    ModelSource,
    NameSource,
    ReviewSource,
    WeaponSource,
)
from enduse.reference.sources import Sourced, read_table

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
WRITTEN_IN = {
    "LATIN": frozenset({"en", "fr", "es", "de", "it", "pt", "tr", "pl"}),
    "CYRILLIC": frozenset({"ru", "uk", "bg"}),
    "ARABIC": frozenset({"ar", "fa", "ur"}),
}
COUNTED = frozenset({"official", "alias", "former", "nato", "grau", "local"})
ANY = "*"
ADDRESS = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(/\S*)?$")


@dataclass(frozen=True)
class Known:
    """What entries may refer to.

    Attributes:
        ids: of the folder that is checked.
        categories: kind and category of `categories.tsv`.
        codes: kind, code and value of `codes.tsv`.
        countries: two-letter codes, those of states that are no more included.
        register: the shipped register and the user's own lists.
    """

    ids: frozenset[str]
    categories: frozenset[tuple[str, str]]
    codes: frozenset[tuple[str, str, str]]
    countries: frozenset[str]
    register: Register

    def holds(self, entry_id: str) -> bool:
        """Return whether there is an entry of this id."""
        return entry_id in self.ids or self.register.entity(entry_id) is not None


def read_known(data: Path, ids: frozenset[str], register: Register) -> Known:
    """Return what entries may refer to, by the tables of the data."""
    codes = list(read_table(data / "codes.tsv"))
    countries = {row["country"] for row in read_table(data / "places" / "countries.tsv")}
    former = {row["value"] for row in codes if row["code"] == "country"}
    return Known(
        ids,
        frozenset((row["kind"], row["category"]) for row in read_table(data / "categories.tsv")),
        frozenset((row["kind"], row["code"], row["value"]) for row in codes),
        frozenset(countries | former),
        register,
    )


def check_entry(sourced: Sourced, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with an entry, with the file and the next step."""
    source, path = sourced.source, sourced.path
    for target in _targets(source):
        if not known.holds(target):
            yield make_problem(path, f"it points to {target!r}, which is no entry", "Mend the id")
        if target == source.id:
            yield make_problem(path, "it points to itself", "Take the id out")
    for name in _names(source):
        yield from _check_name(path, name)
    yield from _check_words(sourced, known)
    yield from _check_review(sourced)
    yield from _check_examples(sourced, known.register)


def ids_of(source: WeaponSource | ActorSource) -> Iterator[str]:
    """Yield the entry's id, and those of its models."""
    yield source.id
    if isinstance(source, WeaponSource):
        yield from (model.id for model in _models(source.models))


def counted_names(source: WeaponSource | ActorSource) -> Iterator[tuple[str, str]]:
    """Yield the names that must be one entry's alone: no short forms, demonyms or guarded ones."""
    yield source.id, source.name
    yield from ((source.id, n.text) for n in source.names if n.use in COUNTED and not n.needs)
    if isinstance(source, WeaponSource):
        for model in _models(source.models):
            yield model.id, model.name
            names = (n for n in model.names if n.use in COUNTED and not n.needs)
            yield from ((model.id, name.text) for name in names)


def _models(models: list[ModelSource]) -> Iterator[ModelSource]:
    for model in models:
        yield model
        yield from _models(model.models)


def _targets(source: WeaponSource | ActorSource) -> Iterator[str]:
    if isinstance(source, ActorSource):
        yield from (tie.other for tie in source.ties)
        return
    yield from (*source.is_a, *source.component_of, *source.launcher_of)
    for model in _models(source.models):
        yield from (
            target
            for target in (*model.is_a, *model.component_of, *model.launcher_of)
            if target != source.id
        )


def _names(source: WeaponSource | ActorSource) -> Iterator[NameSource]:
    yield NameSource(source.name)
    yield from source.names
    if isinstance(source, WeaponSource):
        for model in _models(source.models):
            yield NameSource(model.name)
            yield from model.names


def _check_name(path: Path, name: NameSource) -> Iterator[Problem]:
    """Yield what is wrong with one name: its letters, its blanks, its days."""
    if mixes_scripts(name.text):
        message = f"the name {name.text!r} mixes look-alike letters"
        yield make_problem(path, message, "Write it in one script")
    elif not fits_language(name):
        message = f"the name {name.text!r} is not written in the letters of {name.lang!r}"
        yield make_problem(path, message, "Mend its letters or its lang")
    if name.text != " ".join(name.text.split()):
        yield make_problem(path, f"the name {name.text!r} has stray blanks", "Take them out")
    if not {"{", "}"}.isdisjoint(name.text):
        message = f"the name {name.text!r} has a brace, a piece of notation"
        yield make_problem(path, message, "Write what was meant in the fields of the name")
    yield from _check_days(path, f"the name {name.text!r}", name.start, name.to)


def mixes_scripts(name: str) -> bool:
    """Return whether a word of the name has letters of two alphabets that look alike.

    >>> mixes_scripts("Kornet"), mixes_scripts("Коrnet")
    (False, True)
    """
    for word in re.findall(r"[^\W\d_]{2,}", name):
        if len(_scripts_of(word) & set(SCRIPTS)) > 1:
            return True
    return False


def fits_language(name: NameSource) -> bool:
    """Return whether a name has a letter of its language's script, or no letter of another.

    >>> fits_language(NameSource("М113")), fits_language(NameSource("9M113", lang="ru"))
    (False, True)
    """
    wanted = next((script for script, tongues in WRITTEN_IN.items() if name.lang in tongues), None)
    found = _scripts_of(name.text)
    if wanted is None or wanted in found or not found:
        return True
    return wanted != "LATIN" and any(letter.isdigit() for letter in name.text)


def _scripts_of(text: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}


def _check_days(path: Path, what: str, start: str | None, to: str | None) -> Iterator[Problem]:
    try:
        first, last = first_day(start), last_day(to)
    except ValueError:
        yield make_problem(path, f"{what} has a day that does not exist", "Mend from or to")
        return
    if first is not None and last is not None and first > last:
        yield make_problem(path, f"{what} ends before it begins", "Mend from or to")


def _check_words(sourced: Sourced, known: Known) -> Iterator[Problem]:
    """Yield categories, codes and countries that no table knows, and ties whose days clash."""
    source, path = sourced.source, sourced.path
    kind = "weapon" if isinstance(source, WeaponSource) else "actor"
    for category, codes, countries in _claimed(source):
        if category is not None and (kind, category) not in known.categories:
            message = f"the category {category!r} is not in categories.tsv"
            yield make_problem(path, message, "Take one of the table")
        for code, value in codes.items():
            if not {(kind, code, value), (kind, code, ANY)} & known.codes:
                message = f"the code {code}: {value} is not in codes.tsv"
                yield make_problem(path, message, "Take one of the table")
        for country in countries:
            if country not in known.countries:
                message = f"{country!r} is no country code"
                yield make_problem(path, message, "Take the two-letter code of ISO 3166-1")
    for tie in source.ties if isinstance(source, ActorSource) else ():
        yield from _check_days(path, f"the tie to {tie.other}", tie.start, tie.to)


def _claimed(
    source: WeaponSource | ActorSource,
) -> Iterator[tuple[str | None, dict[str, str], list[str]]]:
    if isinstance(source, ActorSource):
        yield source.category, source.codes, source.countries
        return
    yield source.category, source.codes, source.made_in
    for model in _models(source.models):
        yield model.category, model.codes or {}, model.made_in or []


def _check_review(sourced: Sourced) -> Iterator[Problem]:
    """Yield what is wrong with who reviewed the entry and with what it cites."""
    source, path = sourced.source, sourced.path
    if source.reviewed != "no" and not source.cites:
        yield make_problem(
            path, "it is reviewed and cites nothing", "Cite a page that was looked at"
        )
    days = [source.reviewed.on] if isinstance(source.reviewed, ReviewSource) else []
    for cite in source.cites:
        days.append(cite.seen)
        if not ADDRESS.match(cite.url) or ".example" in cite.url:
            message = f"it cites {cite.url!r}, which is no address of a page"
            yield make_problem(path, message, "Write the whole address, from https://")
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            message = f"{day!r} is no day on which a page was seen or an entry reviewed"
            yield make_problem(path, message, "Write year, month and day: 2026-01-15")


def _check_examples(sourced: Sourced, register: Register) -> Iterator[Problem]:
    """Yield examples the real matcher does not find, and counterexamples it does."""
    mine = frozenset(ids_of(sourced.source))
    told = ((sourced.source.examples, True), (sourced.source.counterexamples, False))
    for sentences, wanted in told:
        for sentence in sentences:
            named = {i for mention in register.mentions(sentence) for i in mention.entity_ids}
            if bool(named & mine) != wanted:
                what = "example is not found" if wanted else "counterexample is found"
                yield make_problem(
                    sourced.path, f"the {what}: {sentence!r}", "Mend its names or the sentence"
                )
