"""Every question a reviewer would ask of the register files, as code.

In: the folder of the data, and the register made from it. Out: problems, each with file, place and
next step. With `fix`, files are written in canonical form and new ids enter `ids.lock`; nothing
else is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path

from enduse.errors import DataError
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.check_cues import Judge, check_cues
from enduse.reference.check_entries import (
    Known,
    check_entry,
    counted_names,
    ids_of,
    read_known,
)
from enduse.reference.check_tables import check_schemas, check_tables
from enduse.reference.checked import Checked, make_problem
from enduse.reference.forms import ORDERS, canonical_form
from enduse.reference.shape import SHAPES, ActorSource, WeaponSource
from enduse.reference.sources import DATA, Sourced, list_files, read_source, read_table

_LOCK, _AMBIGUOUS = "ids.lock", "ambiguous.tsv"


def check_reference(
    register: Register, data: Path = DATA, *, fix: bool = False, judge: Judge | None = None
) -> Checked:
    """Return everything that breaks the rules of `data/README.md`.

    Args:
        register: the shipped register, with the user's own lists where those are checked.
        data: the folder to check.
        fix: whether to write canonical form, schemas and new ids.
        judge: the engine that reads the sentences of the English cue tables.
    """
    report = Checked()
    sources = list(_read_all(data, report, fix=fix))
    report.files = len(sources)
    ids = _check_ids(sources, data, report, fix=fix)
    known = read_known(DATA, ids, register)
    for sourced in sources:
        report.unreviewed += sourced.source.reviewed == "no"
        report.problems += check_entry(sourced, known)
    report.problems += _check_aliases(sources, data, known)
    report.problems += check_schemas(data, fix=fix)
    report.problems += check_tables(data, report, fix=fix)
    report.problems += check_cues(data, report, judge)
    return report


def _read_all(data: Path, report: Checked, *, fix: bool) -> Iterator[Sourced]:
    for folder, shape in SHAPES.items():
        for path in list_files(data, folder):
            report.problems += _check_form(path, folder, fix=fix)
            try:
                yield Sourced(path, _read(path, shape))
            except DataError as error:
                report.problems.append(make_problem(path, error.message, error.next_step))


def _read(path: Path, shape: type[WeaponSource | ActorSource]) -> WeaponSource | ActorSource:
    if issubclass(shape, WeaponSource):
        return read_source(path, WeaponSource)
    return read_source(path, ActorSource)


def _check_form(path: Path, folder: str, *, fix: bool) -> Iterator[Problem]:
    raw = path.read_bytes()
    text = raw.decode("utf-8", "replace")
    clean = canonical_form(text, ORDERS[folder])
    if clean.encode() == raw:
        return
    if fix and "\ufffd" not in text:
        path.write_bytes(clean.encode())
    else:
        yield make_problem(
            path, "the file is not in canonical form", "Run: enduse reference check --fix"
        )


def _check_ids(sources: list[Sourced], data: Path, report: Checked, *, fix: bool) -> frozenset[str]:
    seen: dict[str, Path] = {}
    for sourced in sources:
        if sourced.path.stem != sourced.source.id:
            report.problems.append(
                make_problem(
                    sourced.path, f"its id is {sourced.source.id!r}", "Name the file like it"
                )
            )
        for entry_id in ids_of(sourced.source):
            if entry_id in seen:
                message = f"the id {entry_id!r} stands in {seen[entry_id].name} too"
                report.problems.append(make_problem(sourced.path, message, "Give it another id"))
            seen[entry_id] = sourced.path
    report.entries = len(seen)
    _check_lock(seen, data / _LOCK, report, fix=fix)
    return frozenset(seen)


def _check_lock(seen: dict[str, Path], lock: Path, report: Checked, *, fix: bool) -> None:
    locked = set(lock.read_text(encoding="utf-8").split()) if lock.exists() else set()
    for gone in sorted(locked - set(seen)):
        message = f"the id {gone!r} has vanished; an id is for ever"
        report.problems.append(make_problem(lock, message, "Bring the entry back under its id"))
    new = sorted(set(seen) - locked)
    if new and fix:
        lock.write_text("\n".join(sorted(locked | set(seen))) + "\n", encoding="utf-8")
    elif new:
        message = f"{len(new)} ids are not in it, the first is {new[0]!r}"
        report.problems.append(make_problem(lock, message, "Run: enduse reference check --fix"))


def _check_aliases(sources: list[Sourced], data: Path, known: Known) -> Iterator[Problem]:
    bearers: dict[tuple[str, str], dict[str, Path]] = defaultdict(dict)
    for sourced in sources:
        folder = sourced.path.parent.name
        for entry_id, name in counted_names(sourced.source):
            bearers[folder, name.casefold()][entry_id] = sourced.path
    declared = yield from _check_declared(data / _AMBIGUOUS, known)
    for (_, name), entries in sorted(bearers.items()):
        if len(entries) > 1 and not set(entries) <= declared.get(name, set()):
            first = entries[min(entries)]
            message = f"the name {name!r} is of {', '.join(sorted(entries))}"
            yield make_problem(
                first, message, f"Take it from all but one, or list it in {_AMBIGUOUS}"
            )


def _check_declared(table: Path, known: Known) -> Generator[Problem, None, dict[str, set[str]]]:
    """Yield what is wrong with the names declared ambiguous; return their ids by name."""
    declared: dict[str, set[str]] = {}
    for row in read_table(table) if table.exists() else ():
        name, ids = row["name"].casefold(), set(row["ids"].split(","))
        if name in declared:
            yield make_problem(table, f"the name {name!r} is listed twice", "Join the two rows")
        for entry_id in sorted(ids):
            if not known.holds(entry_id):
                message = f"the name {name!r} points to {entry_id!r}, which is no entry"
                yield make_problem(table, message, "Mend the id, or take the row out")
        declared[name] = declared.get(name, set()) | ids
    return declared
