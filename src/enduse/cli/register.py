"""Commands on the reviewed data: reference find, compare, check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enduse.cli.output import print_json, print_text, report_problems, say
from enduse.errors import MisuseError

if TYPE_CHECKING:
    from enduse.model.entity import Candidate
    from enduse.ports import Register
    from enduse.reference.compare import Pair

app = typer.Typer(no_args_is_help=True, help="The reviewed data: weapons, actors, places, words.")

Json = Annotated[bool, typer.Option("--json", help="Print records as JSON, one a line.")]


@app.command("find")
def find(
    names: Annotated[list[str], typer.Argument(help="Names; - reads one a line.")],
    kind: Annotated[str | None, typer.Option(help="weapon, actor or place.")] = None,
    on: Annotated[str | None, typer.Option(help="The day it was said, YYYY-MM-DD.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 code of the setting.")] = None,
    as_json: Json = False,
) -> None:
    """Find the entries that names may mean."""
    from enduse.model.mention import EntityKind
    from enduse.reference.register import load_register

    register = load_register()
    try:
        wanted = EntityKind(kind) if kind else None
        day = date.fromisoformat(on) if on else None
    except ValueError as error:
        raise MisuseError(str(error), next_step="See enduse reference find --help") from error
    for name in _lines_of(names):
        found = register.find(name, wanted, on=day, country=country)
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
    as_json: Json = False,
) -> None:
    """Check the reviewed data: form, ids, names, references, examples."""
    from enduse.model.record import to_plain
    from enduse.reference.check import check_reference
    from enduse.reference.register import load_register

    report = check_reference(load_register(), fix=fix)
    if as_json:
        print_json(to_plain(report))
    report_problems(report.problems)
    say(
        f"{report.files} files, {report.entries} entries, "
        f"{report.unreviewed} files that no person has reviewed yet"
    )
    raise typer.Exit(1 if report.problems else 0)


def _lines_of(names: list[str]) -> Iterator[str]:
    for name in names:
        if name == "-":
            yield from (line.rstrip("\n") for line in sys.stdin if line.strip())
        else:
            yield name


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
