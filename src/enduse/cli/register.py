"""Commands on the reviewed data: reference find, compare, check."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enduse.cli.asking import read_day
from enduse.cli.casework import refuse_empty
from enduse.cli.output import print_json, print_text, report_problems, say
from enduse.errors import MisuseError, NotFoundError

if TYPE_CHECKING:
    from enduse.model.entity import Candidate
    from enduse.model.mention import EntityKind
    from enduse.ports import Register
    from enduse.reference.compare import Pair

app = typer.Typer(no_args_is_help=True, help="The reviewed data: weapons, actors, places, words.")

Own = Annotated[
    list[Path] | None,
    typer.Option("--own", help="A folder of your own lists; may be given often."),
]
Json = Annotated[bool, typer.Option("--json", help="Print records as JSON, one a line.")]


@app.command("find")
def find(
    names: Annotated[list[str], typer.Argument(help="Names; - reads one a line.")],
    kind: Annotated[str | None, typer.Option(help="weapon, actor or place.")] = None,
    on: Annotated[str | None, typer.Option(help="The day it was said, YYYY-MM-DD.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 code of the setting.")] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--with", help="Another name of the text; may be repeated.")
    ] = None,
    own: Own = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Else tell what is spelled or sounds alike.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find the entries that names may mean.

    Where a name is not known as it stands, the entries named inside it follow, with lower scores.
    """
    from enduse.reference.register import load_register

    register = load_register(tuple(own or ()))
    wanted = _kind_of(kind, "find")
    if country and register.entity(f"country-{country.lower()}") is None:
        raise MisuseError(
            f"--country {country!r} is no country code",
            "",
            "Take the two-letter code of ISO 3166-1",
        )
    day = read_day(on, "--on")
    for name in _lines_of(names):
        found = register.find(name, wanted, on=day, country=country, beside=beside or ())
        found = found or register.find_inside(name, wanted)
        if alike:
            found = found or register.find_alike(name, wanted)
        record = {"name": name, "candidates": [_candidate(c, register) for c in found]}
        if as_json:
            print_json(record)
        else:
            print_text(f"{name}: " + (", ".join(_words(c) for c in found[:5]) or "not known"))


@app.command("compare")
def compare(
    pairs: Annotated[str, typer.Argument(help="- reads pairs, one a line, tab between.")] = "-",
    as_json: Json = False,
) -> None:
    """Tell whether two names may be of one thing; a third column may give the kind."""
    from enduse.reference.compare import compare_pairs
    from enduse.reference.register import load_register

    lines = (_pair_of(line) for line in _lines_of([pairs]))
    for found in compare_pairs(lines, load_register()):
        if as_json:
            print_json(
                {
                    "left": found.left,
                    "right": found.right,
                    "score": found.score,
                    "same": found.same,
                    "features": dict(found.features),
                }
            )
        else:
            verdict = "same" if found.same else "different"
            print_text(f"{verdict} ({found.score:.2f})  {found.left} | {found.right}")


@app.command("check")
def check(
    fix: Annotated[
        bool, typer.Option("--fix", help="Write canonical form and new ids; change nothing else.")
    ] = False,
    own: Annotated[
        Path | None, typer.Option("--own", help="Check this folder of your own lists instead.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check the reviewed data: form, ids, names, references, words, examples."""
    from enduse.case.judging_cues import judge_cue
    from enduse.model.record import to_plain
    from enduse.reference.check import check_reference
    from enduse.reference.register import load_register
    from enduse.reference.sources import DATA

    register = load_register((own,) if own else ())
    judge = None if own else judge_cue(register)
    report = check_reference(register, own or DATA, fix=fix, judge=judge)
    if as_json:
        print_json(to_plain(report))
    for problem in report.problems:
        say(f"problem: {problem.words}")
    say(
        f"{report.files} files, {report.entries} entries, "
        f"{report.unreviewed} files that no person has reviewed yet; "
        f"{report.cues} cues found in their examples, {report.missed} known not to be, "
        f"{report.unread} without a sentence that an engine reads"
    )
    raise typer.Exit(1 if report.problems else 0)


@app.command("count")
def count(as_json: Json = False) -> None:
    """Count what the register holds: entries by kind and level, names by language, codes, ties."""
    from enduse.reference.compilation import read_listed
    from enduse.reference.counts import count_entries
    from enduse.reference.sources import DATA

    entities, _ = read_listed(DATA)
    for kind, counts in count_entries(entities).items():
        if as_json:
            print_json({"kind": kind, **counts})
        else:
            print_text(f"{kind}\n" + "\n".join(f"{n:8,}  {what}" for what, n in counts.items()))


@app.command("unused")
def unused(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Casebooks, files, folders or URLs.", callback=refuse_empty),
    ],
    kind: Annotated[str | None, typer.Option(help="weapon, actor or place.")] = None,
    own: Own = None,
    as_json: Json = False,
) -> None:
    """List the entries that no document names, so that nothing has tried them yet."""
    from enduse.case.texts import read_texts
    from enduse.model.problem import Problem
    from enduse.reference.register import load_register
    from enduse.reference.untouched import find_untouched

    wanted = _kind_of(kind, "unused")
    register = load_register(tuple(own or ()))
    entries = (entry for entry in register.entries() if wanted in (None, entry.kind))
    problems: list[Problem] = []
    found = find_untouched(entries, read_texts(inputs, problems), register)
    for entry in found.entries if found.texts else ():
        if as_json:
            record = {"id": entry.id, "kind": entry.kind.value, "category": entry.category}
            print_json(record | {"name": entry.name})
        else:
            print_text(f"{entry.kind.value:6}  {entry.id}  {entry.name}")
    total = found.touched + len(found.entries)
    say(f"{found.texts:,} documents name {found.touched:,} of {total:,} entries")
    if report_problems(problems):
        raise typer.Exit(1)


@app.command("new")
def new(
    kind: Annotated[str, typer.Argument(help="weapon, actor or place.")],
    name: Annotated[str, typer.Argument(help="Its label, in English.")],
    own: Annotated[Path, typer.Option("--own", help="The folder of your own lists.")],
    category: Annotated[str, typer.Option(help="One of categories.tsv.")],
    entry_id: Annotated[str | None, typer.Option("--id", help="Its id; made of the name.")] = None,
    country: Annotated[str, typer.Option(help="Two-letter codes, parted by |.")] = "",
    lat: Annotated[str, typer.Option(help="Of a place: degrees north.")] = "",
    lon: Annotated[str, typer.Option(help="Of a place: degrees east.")] = "",
) -> None:
    """Start an entry of your own: write its file, which you then complete."""
    from enduse.reference.drafts import check_id, make_id

    chosen = entry_id or make_id(name)
    check_id(chosen)
    row = {"kind": kind, "id": chosen, "name": name, "category": category}
    row |= {"countries": country, "lat": lat, "lon": lon}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    _take_list(text.getvalue().splitlines(), own)


@app.command("import")
def import_list(
    file: Annotated[Path | None, typer.Argument(help="A CSV file; see --template.")] = None,
    own: Annotated[Path | None, typer.Option("--own", help="The folder of your own lists.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print a list to fill in.")] = False,
) -> None:
    """Take a list of your own weapons, actors and places, all of it or nothing."""
    from enduse.reference.userlist import make_template, read_lines

    if template:
        print_text(make_template().rstrip("\n"))
        return
    if file is None or own is None:
        raise MisuseError("a file and --own FOLDER are needed", "", "See --template and --help")
    if not file.is_file():
        what = "it is a folder" if file.is_dir() else "no such file"
        raise NotFoundError(what, str(file), "enduse reference import --template prints a list")
    _take_list(read_lines(file), own, file, dry_run=dry_run)


def _take_list(
    lines: Iterable[str], own: Path, file: Path | None = None, *, dry_run: bool = False
) -> None:
    """Write what the lines make below the folder, unless one of them has a problem."""
    from enduse.model.problem import Problem
    from enduse.reference.check_entries import read_known
    from enduse.reference.drafts import Draft, write_draft
    from enduse.reference.register import load_register
    from enduse.reference.sources import DATA
    from enduse.reference.userlist import AlreadyKnown, read_list

    register = load_register((own,) if own.is_dir() else ())
    made = list(read_list(lines, register, read_known(DATA, frozenset(), register)))
    problems = [
        replace(each, subject=str(file)) if file else replace(each, subject="the entry", place="")
        for each in made
        if isinstance(each, Problem)
    ]
    for each in made:
        if isinstance(each, AlreadyKnown):
            say(f"line {each.line}: {each.name!r} is known as {each.entity_id}; left out")
    report_problems(problems)
    if problems:
        say("nothing is written")
        raise typer.Exit(1)
    for draft in (each for each in made if isinstance(each, Draft)):
        if dry_run:
            print_text(f"would write {draft.id} to {own / draft.path}")
        else:
            print_text(f"wrote {draft.id} to {write_draft(draft, own)}")
    if not dry_run:
        load_register((own,))


def _kind_of(kind: str | None, command: str) -> EntityKind | None:
    from enduse.model.mention import EntityKind

    try:
        return EntityKind(kind) if kind else None
    except ValueError as error:
        words = f"{kind!r} is no kind: weapon, actor or place"
        raise MisuseError(words, "", f"See enduse reference {command} --help") from error


def _lines_of(names: list[str]) -> Iterator[str]:
    try:
        for name in names:
            if name == "-":
                yield from (line.rstrip("\n") for line in sys.stdin if line.strip())
            else:
                yield name
    except UnicodeDecodeError as error:
        raise MisuseError(
            f"it is not written in {error.encoding}", "standard input", "Write it so"
        ) from error


def _pair_of(line: str) -> Pair:
    from enduse.model.mention import EntityKind
    from enduse.reference.compare import Pair

    left, _, rest = line.partition("\t")
    right, _, kind = rest.partition("\t")
    if not right:
        raise MisuseError(f"no tab parts two names: {line!r}", next_step="One pair a line")
    return Pair(left, right, EntityKind(kind) if kind in list(EntityKind) else None)


def _candidate(candidate: Candidate, register: Register) -> dict[str, Any]:
    entity = register.entity(candidate.entity_id)
    return {
        "id": candidate.entity_id,
        "kind": entity.kind.value if entity else None,
        "label": candidate.label,
        "score": candidate.score,
        "features": dict(candidate.features),
        "lat": entity.point.lat if entity and entity.point else None,
        "lon": entity.point.lon if entity and entity.point else None,
        "country": entity.countries[0] if entity and entity.countries else None,
    }


def _words(candidate: Candidate) -> str:
    return f"{candidate.label} ({candidate.entity_id}, {candidate.score:.2f})"
