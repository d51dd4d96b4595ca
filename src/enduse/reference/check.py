"""Every question a reviewer would ask of the register files, as code.

In: the folder of the data, and the register made from it. Out: problems, each with file, place and
next step. With `fix`, files are written in canonical form and new ids enter `ids.lock`; nothing
else is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from enduse.errors import DataError
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.shape import SHAPES, ActorSource, ModelSource, NameSource, WeaponSource
from enduse.reference.sources import DATA, Sourced, list_files, read_source, read_table

_LOCK, _AMBIGUOUS = "ids.lock", "ambiguous.tsv"
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_COUNTED = frozenset({"official", "alias", "former", "nato", "grau", "local"})


@dataclass(slots=True)
class Checked:
    """What a check saw: files read, entries, entries no person has reviewed, and the problems."""

    files: int = 0
    entries: int = 0
    unreviewed: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_reference(register: Register, data: Path = DATA, *, fix: bool = False) -> Checked:
    """Return everything that breaks the rules of `data/README.md`."""
    report = Checked()
    sources = list(_read_all(data, report, fix=fix))
    report.files = len(sources)
    ids = _check_ids(sources, data, report, fix=fix)
    for sourced in sources:
        report.unreviewed += sourced.source.reviewed == "no"
        report.problems += _check_entry(sourced, ids, register)
    report.problems += _check_aliases(sources, data)
    return report


def _read_all(data: Path, report: Checked, *, fix: bool) -> Iterator[Sourced]:
    for folder, shape in SHAPES.items():
        for path in list_files(data, folder):
            report.problems += _check_form(path, fix=fix)
            try:
                yield Sourced(path, _read(path, shape))
            except DataError as error:
                report.problems.append(_problem(path, error.message, error.next_step))


def _read(path: Path, shape: type[WeaponSource | ActorSource]) -> WeaponSource | ActorSource:
    if issubclass(shape, WeaponSource):
        return read_source(path, WeaponSource)
    return read_source(path, ActorSource)


def _check_form(path: Path, *, fix: bool) -> Iterator[Problem]:
    raw = path.read_bytes()
    text = raw.decode("utf-8", "replace")
    clean = canonical_form(text)
    if clean.encode() == raw:
        return
    if fix and "\ufffd" not in text:
        path.write_bytes(clean.encode())
    else:
        yield _problem(
            path, "the file is not in canonical form", "Run: enduse reference check --fix"
        )


def canonical_form(text: str) -> str:
    r"""Return the text in NFC, without marks of order, tabs or blanks at line ends.

    >>> canonical_form("id: x \r\n\n\n")
    'id: x\n'
    """
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines()
    return "\n".join(line.replace("\t", "  ").rstrip() for line in lines).strip("\n") + "\n"


def _check_ids(sources: list[Sourced], data: Path, report: Checked, *, fix: bool) -> frozenset[str]:
    seen: dict[str, Path] = {}
    for sourced in sources:
        if sourced.path.stem != sourced.source.id:
            report.problems.append(
                _problem(sourced.path, f"its id is {sourced.source.id!r}", "Name the file like it")
            )
        for entry_id in _ids_of(sourced.source):
            if entry_id in seen:
                message = f"the id {entry_id!r} stands in {seen[entry_id].name} too"
                report.problems.append(_problem(sourced.path, message, "Give it another id"))
            seen[entry_id] = sourced.path
    report.entries = len(seen)
    _check_lock(seen, data / _LOCK, report, fix=fix)
    return frozenset(seen)


def _check_lock(seen: dict[str, Path], lock: Path, report: Checked, *, fix: bool) -> None:
    locked = set(lock.read_text(encoding="utf-8").split()) if lock.exists() else set()
    for gone in sorted(locked - set(seen)):
        message = f"the id {gone!r} has vanished; an id is for ever"
        report.problems.append(_problem(lock, message, "Bring the entry back under its id"))
    new = sorted(set(seen) - locked)
    if new and fix:
        lock.write_text("\n".join(sorted(locked | set(seen))) + "\n", encoding="utf-8")
    elif new:
        message = f"{len(new)} ids are not in it, the first is {new[0]!r}"
        report.problems.append(_problem(lock, message, "Run: enduse reference check --fix"))


def _ids_of(source: WeaponSource | ActorSource) -> Iterator[str]:
    yield source.id
    if isinstance(source, WeaponSource):
        yield from (model.id for model in _models(source.models))


def _models(models: list[ModelSource]) -> Iterator[ModelSource]:
    for model in models:
        yield model
        yield from _models(model.models)


def _check_entry(sourced: Sourced, ids: frozenset[str], register: Register) -> Iterator[Problem]:
    source, path = sourced.source, sourced.path
    for target in _targets(source):
        if target not in ids:
            yield _problem(path, f"it points to {target!r}, which is no entry", "Mend the id")
    for name in _names(source):
        if _mixes_scripts(name.text):
            yield _problem(
                path, f"the name {name.text!r} mixes look-alike letters", "Write it in one script"
            )
    if source.reviewed != "no" and not source.cites:
        yield _problem(path, "it is reviewed and cites nothing", "Cite a page that was looked at")
    yield from _check_examples(sourced, register)


def _targets(source: WeaponSource | ActorSource) -> Iterator[str]:
    if isinstance(source, ActorSource):
        yield from (tie.other for tie in source.ties)
        return
    yield from (*source.is_a, *source.component_of, *source.launcher_of)
    for model in _models(source.models):
        yield from (*model.is_a, *model.component_of, *model.launcher_of)


def _names(source: WeaponSource | ActorSource) -> Iterator[NameSource]:
    yield from source.names
    if isinstance(source, WeaponSource):
        for model in _models(source.models):
            yield from model.names


def _mixes_scripts(name: str) -> bool:
    for word in re.findall(r"[^\W\d_]{2,}", name):
        scripts = {
            s for s in _SCRIPTS for letter in word if unicodedata.name(letter, "").startswith(s)
        }
        if len(scripts) > 1:
            return True
    return False


def _check_examples(sourced: Sourced, register: Register) -> Iterator[Problem]:
    """Yield examples the real matcher does not find, and counterexamples it does."""
    mine = frozenset(_ids_of(sourced.source))
    told = ((sourced.source.examples, True), (sourced.source.counterexamples, False))
    for sentences, wanted in told:
        for sentence in sentences:
            named = {i for mention in register.mentions(sentence) for i in mention.entity_ids}
            if bool(named & mine) != wanted:
                what = "example is not found" if wanted else "counterexample is found"
                yield _problem(
                    sourced.path, f"the {what}: {sentence!r}", "Mend its names or the sentence"
                )


def _check_aliases(sources: list[Sourced], data: Path) -> Iterator[Problem]:
    table = data / _AMBIGUOUS
    declared = {row["name"].casefold() for row in read_table(table)} if table.exists() else set()
    bearers: dict[tuple[str, str], dict[str, Path]] = defaultdict(dict)
    for sourced in sources:
        folder = sourced.path.parent.name
        for entry_id, name in _counted_names(sourced.source):
            bearers[folder, name.casefold()][entry_id] = sourced.path
    for (_, name), entries in sorted(bearers.items()):
        if len(entries) > 1 and name not in declared:
            first = entries[min(entries)]
            message = f"the name {name!r} is of {', '.join(sorted(entries))}"
            yield _problem(first, message, f"Take it from all but one, or list it in {_AMBIGUOUS}")


def _counted_names(source: WeaponSource | ActorSource) -> Iterator[tuple[str, str]]:
    """Yield the names that must be one entry's alone: no short forms, demonyms or guarded ones."""
    yield source.id, source.name
    yield from ((source.id, n.text) for n in source.names if n.use in _COUNTED and not n.needs)
    if isinstance(source, WeaponSource):
        for model in _models(source.models):
            yield model.id, model.name
            names = (n for n in model.names if n.use in _COUNTED and not n.needs)
            yield from ((model.id, name.text) for name in names)


def _problem(path: Path, message: str, next_step: str) -> Problem:
    return Problem("reference", str(path), message, "", next_step)
