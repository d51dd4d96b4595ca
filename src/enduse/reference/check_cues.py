"""Whether every cue is found in its example and not in its counterexample.

In: the cue tables, and the engine that reads sentences of a language. Out: problems. English is
read by the engine that reads documents, where the caller gives it; other languages by the cue
matcher, since nothing else reads them yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from enduse.errors import DataError
from enduse.model.claim import ClaimKind
from enduse.model.problem import Problem
from enduse.reference.check_entries import mixes_scripts
from enduse.reference.checked import Checked, make_problem
from enduse.reference.cue_matcher import NONE, find_cues
from enduse.reference.cues import CueRow, Cues, load_cues
from enduse.reference.sources import read_table

Judge = Callable[[CueRow, str], bool | None]
"""Whether the engine finds a cue in a sentence; None where it has no test for the table."""

ENGINE_LANGUAGE = "en"
MISSED = "known_failures.tsv"
GRAMMAR = frozenset({"classes", "verbs", "words"})
COLUMNS = ("phrase", "sense", "example", "counterexample", "reviewed")


def check_cues(data: Path, report: Checked, judge: Judge | None) -> Iterator[Problem]:
    """Yield what is wrong with the cue tables of every language."""
    folder = data / "cues"
    for path in sorted(each for each in folder.glob("*") if each.is_dir()):
        try:
            yield from _check_columns(path)
            cues = load_cues(path.name, data)
        except DataError as error:
            yield make_problem(path, error.message, error.next_step, error.place)
            continue
        yield from _check_language(path, cues, report, judge)


def _check_columns(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.tsv")):
        if path.stem in GRAMMAR:
            continue
        for row in read_table(path):
            if tuple(row) != COLUMNS:
                yield make_problem(path, f"its columns are {', '.join(row)}", f"Use {COLUMNS}")
                break


def _check_language(
    folder: Path, cues: Cues, report: Checked, judge: Judge | None
) -> Iterator[Problem]:
    missed = _read_missed(folder.parent / MISSED, cues.language)
    for name, table in cues.tables.items():
        path = folder / f"{name}.tsv"
        for row in table.values():
            if mixes_scripts(row.phrase):
                message = f"the phrase {row.phrase!r} mixes look-alike letters"
                yield make_problem(path, message, "Write it in one script")
            if name == "kinds" and row.sense.partition("/")[0] not in {*ClaimKind, NONE}:
                message = f"{row.phrase!r} says {row.sense!r}, which is no kind of claim"
                yield make_problem(path, message, "Write kind, or kind/mode: transfer/supply")
            found = list(_check_row(path, row, cues, report, judge))
            if (row.table, row.phrase) in missed:
                report.missed += bool(found)
            else:
                yield from found


def _read_missed(path: Path, language: str) -> frozenset[tuple[str, str]]:
    """Return the table and phrase of the cues whose sentences are known not to be read rightly."""
    if not path.exists():
        return frozenset()
    rows = (row for row in read_table(path) if row["lang"] == language)
    return frozenset((row["table"], row["phrase"]) for row in rows)


def _check_row(
    path: Path, row: CueRow, cues: Cues, report: Checked, judge: Judge | None
) -> Iterator[Problem]:
    found = _finder(cues, judge)
    if not row.example or found(row, row.example) is None:
        report.unread += 1
        if cues.language != ENGINE_LANGUAGE and row.sense != NONE:
            yield make_problem(path, f"{row.phrase!r} has no example", "Write a sentence with it")
        return
    report.cues += 1
    if not found(row, row.example):
        message = f"{row.phrase!r} is not found in its example: {row.example!r}"
        yield make_problem(path, message, "Mend the phrase or the sentence")
    if row.counterexample and found(row, row.counterexample):
        message = f"{row.phrase!r} is found in its counterexample: {row.counterexample!r}"
        yield make_problem(path, message, "Mend the phrase or the sentence")


def _finder(cues: Cues, judge: Judge | None) -> Judge:
    if cues.language == ENGINE_LANGUAGE:
        return judge or (lambda row, sentence: None)  # noqa: ARG005 - nothing reads English here
    return lambda row, sentence: any(
        found.row.phrase == row.phrase for found in find_cues(sentence, cues, row.table)
    )
