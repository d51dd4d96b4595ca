"""Commands that change a casebook: new, add, import, run, judge, verify, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enduse.cli.output import print_json, print_text, progress_bar, report_problems, say
from enduse.errors import MisuseError
from enduse.model.record import to_plain

CaseArgument = Annotated[Path, typer.Argument(help="The casebook's folder.", metavar="CASE")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print records as JSON.")]


def add_commands(app: typer.Typer) -> None:
    """Hang this module's commands onto the application."""
    app.command("new")(make_new)
    app.command("add")(add)
    app.command("import")(import_)
    app.command("run")(run)
    app.command("judge")(judge)
    app.command("verify")(verify)
    app.command("demo")(demo)


def refuse_empty(names: list[str]) -> list[str]:
    """Return the names of documents; an empty one would be the folder one stands in.

    Raises:
        MisuseError: one is empty.
    """
    if "" in names:
        raise MisuseError("a document's name is empty", next_step="Write . for the folder here")
    return names


def make_new(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Make an empty casebook."""
    from enduse.case.casebook import create_case

    with create_case(case) as book:
        if as_json:
            print_json({"case": str(book.folder)})
        else:
            say(f"Made {book.folder}. Next: enduse add {book.folder} FILE_OR_ADDRESS…")


def add(
    case: CaseArgument,
    addresses: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, JSONL of documents, http(s) addresses.", callback=refuse_empty
        ),
    ],
    allow_private: Annotated[
        bool, typer.Option(help="Allow addresses on private networks.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Preserve files, folders, JSONL of documents and addresses in a casebook."""
    from enduse.case.add import add_to_case
    from enduse.case.casebook import open_case

    flags = {"allow_private": allow_private or None}
    with open_case(case, flags) as book, progress_bar() as progress:
        added = add_to_case(book, addresses, progress)
    if as_json:
        print_json({"new": added.new, "known": added.known, "problems": to_plain(added.problems)})
    report_problems(added.problems)
    say(f"{len(added.new)} new, {len(added.known)} already here. Next: enduse run {case}")
    raise typer.Exit(1 if added.problems else 0)


def import_(
    case: CaseArgument,
    claims: Annotated[Path, typer.Argument(help="Claims, one JSON object a line.")],
    documents: Annotated[
        Path | None, typer.Option(help="The documents they were made from, as JSONL.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Take claims made elsewhere, by hand or by another program."""
    from enduse.case.casebook import open_case
    from enduse.case.imports import import_claims

    with open_case(case) as book, progress_bar() as progress:
        imported = import_claims(book, claims, documents, progress)
    if as_json:
        print_json(to_plain(imported))
    report_problems(imported.problems)
    say(f"{imported.claims} claims, {imported.documents} documents named only by them")
    raise typer.Exit(1 if imported.problems else 0)


def run(
    case: CaseArgument,
    stages: Annotated[
        list[str] | None,
        typer.Argument(help="read, extract, resolve, reprints, fuse; all if none is named."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes; 0 is one for each processor.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Bring every stage up to date; only what changed is done again."""
    from enduse.case.casebook import open_case
    from enduse.case.run import STAGES, remaining_problems, run_stages

    with open_case(case, {"workers": workers}) as book, progress_bar() as progress:
        reports = run_stages(book, stages or STAGES, progress)
        problems = remaining_problems(book)
    if as_json:
        print_json(to_plain(reports))
    report_problems(problems)
    for report in reports:
        state = f"{report.made} made" if report.worked else "up to date"
        say(f"{report.stage:9} {state}")
    raise typer.Exit(1 if problems else 0)


def judge(
    case: CaseArgument,
    left: Annotated[str, typer.Argument(help="A name as documents give it, or an entity's id.")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    right: Annotated[str, typer.Argument(help="The entity's id, or another name.")],
    because: Annotated[str, typer.Option(help="Your reason.")] = "",
    by: Annotated[str, typer.Option(help="Your name; else the `reviewer` setting.")] = "",
    undo: Annotated[bool, typer.Option(help="Take back the last such judgement.")] = False,
) -> None:
    """Record that two names are the same, different, or that you are unsure."""
    from enduse.case.casebook import open_case
    from enduse.case.judging import record_judgement, retract_judgement

    with open_case(case) as book:
        if undo:
            taken = retract_judgement(book, left, verdict, right, by)
            say(f"Took back {taken}. Next: enduse run {case}")
        else:
            made = record_judgement(book, (left, verdict, right), because, by)
            say(f"Kept as {made}. Next: enduse run {case}")


def verify(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Recompute every digest and id; exit 3 if anything has changed."""
    from enduse.case.casebook import open_case
    from enduse.case.verify import verify_case

    with open_case(case) as book, progress_bar() as progress:
        report = verify_case(book, progress)
    if as_json:
        print_json(to_plain(report))
    for line in report.damage:
        say(f"damage: {line}")
    say(f"{report.objects} objects and {report.values} records checked")
    if not report.damage and not as_json:
        print_text("Everything agrees.")
    raise typer.Exit(3 if report.damage else 0)


def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where to make it; a folder that does not exist.")
    ] = Path("enduse-demo"),
    browser: Annotated[bool, typer.Option(help="Open the dossier in the browser.")] = True,
) -> None:
    """Make a casebook from the shipped demo documents, run every stage, write the dossier."""
    from enduse.case.demo import make_demo

    with progress_bar() as progress:
        shown = make_demo(folder, progress)
    print_text(shown.summary)
    if browser:
        typer.launch(str(shown.dossier))
