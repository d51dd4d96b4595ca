"""Commands that ask a casebook: show, search, trace, risk, backtest, why, publish."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.cli.casework import CaseArgument, JsonOption
from enduse.cli.output import opened_output, print_json, print_text, progress_bar, say
from enduse.errors import MisuseError
from enduse.model.record import to_plain

if TYPE_CHECKING:
    from enduse.case.explain import Reasoning

Weapon = Annotated[str | None, typer.Option(help="The weapon seen, by any of its names.")]
Holder = Annotated[str | None, typer.Option(help="Who was seen with it, by any name.")]
At = Annotated[str | None, typer.Option(help="The day it was seen, YYYY-MM-DD.")]
AsOf = Annotated[str | None, typer.Option(help="Use only what was published by this day.")]
Priors = Annotated[Path | None, typer.Option(help="Other priors; the shipped file is the model.")]


def add_commands(app: typer.Typer) -> None:
    """Hang this module's commands onto the application."""
    app.command("show")(show)
    app.command("search")(search)
    app.command("trace")(trace)
    app.command("risk")(risk)
    app.command("backtest")(backtest)
    app.command("drift")(drift)
    app.command("witnesses")(witnesses)
    app.command("why")(why)
    app.command("publish")(publish)


def show(
    case: CaseArgument,
    what: Annotated[
        str,
        typer.Argument(
            help="documents, claims, incidents, reprints, contradictions, problems, or an id."
        ),
    ] = "summary",
    as_of: AsOf = None,
    as_json: JsonOption = False,
) -> None:
    """List what a casebook holds, or print one thing."""
    from enduse.case.casebook import open_case
    from enduse.case.listing import list_values

    with open_case(case) as book:
        for value, words in list_values(book, what, read_day(as_of, "--as-of")):
            if as_json:
                print_json(value)
            else:
                print_text(words)


def search(
    case: CaseArgument,
    words: Annotated[
        str,
        typer.Argument(
            help="Words, or parts of words, in any script; all must be there. Words in quotes "
            "stand together; * ends the beginning of a word."
        ),
    ],
    most: Annotated[int, typer.Option(min=1, help="How many documents at most.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Find documents that hold all of the words."""
    from enduse.case.casebook import open_case
    from enduse.case.views.search import find_documents

    with open_case(case) as book:
        hits = find_documents(book, words, most)
    for hit in hits:
        snippet = f"{hit.before}[{hit.found}]{hit.after}" if hit.found else hit.after
        if as_json:
            print_json({"id": hit.document.id, "snippet": snippet})
        else:
            print_text(f"{hit.document.id}  {' '.join(snippet.split())}")
    if not hits:
        say(f"no document holds {words!r}")


def trace(
    case: CaseArgument,
    weapon: Weapon = None,
    holder: Holder = None,
    at: At = None,
    as_of: AsOf = None,
    top: Annotated[int, typer.Option(min=1, help="How many chains at most.")] = 5,
    priors: Priors = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the ways a weapon may have come to its holder."""
    from enduse.case.ask import describe_trace, trace_record, trace_sighting
    from enduse.case.casebook import open_case

    wanted = _needed(weapon, "--weapon"), _needed(holder, "--holder")
    with open_case(case) as book:
        found = trace_sighting(
            book, wanted, read_day(at, "--at"), read_day(as_of, "--as-of"), top, priors
        )
    if as_json:
        print_json(trace_record(found))
    else:
        print_text(describe_trace(found))


def risk(
    case: CaseArgument,
    claim: Annotated[str, typer.Argument(help="The id of a claim of a planned transfer.")],
    as_of: AsOf = None,
    priors: Priors = None,
    as_json: JsonOption = False,
) -> None:
    """Make the diversion-risk card of a planned transfer."""
    from enduse.case.casebook import open_case
    from enduse.case.risks import assess_planned, describe_card, risk_record

    with open_case(case) as book:
        card = assess_planned(book, claim, read_day(as_of, "--as-of"), priors)
    if as_json:
        print_json(risk_record(card))
    else:
        print_text(describe_card(card))


def backtest(
    case: CaseArgument,
    at: Annotated[
        list[str] | None,
        typer.Option(help="A day to freeze the casebook at; may be given more than once."),
    ] = None,
    priors: Priors = None,
    as_json: JsonOption = False,
) -> None:
    """Judge plans with what was known then, and compare with what later documents tell."""
    from enduse.case.backtests import backtest_record, describe_backtest, judge_plans
    from enduse.case.casebook import open_case

    days = [day for given in at or () if (day := read_day(given, "--at")) is not None]
    with open_case(case) as book:
        found = judge_plans(book, days, priors)
    if as_json:
        print_json(backtest_record(found))
    else:
        print_text(describe_backtest(found))


def drift(case: CaseArgument, as_of: AsOf = None, as_json: JsonOption = False) -> None:
    """Show what copies changed: hedges dropped, speakers lost, numbers, hardened headlines."""
    from enduse.case.casebook import open_case
    from enduse.case.drifts import list_drift

    with open_case(case) as book:
        for record, words in list_drift(book, read_day(as_of, "--as-of")):
            if as_json:
                print_json(record)
            else:
                print_text(words)


def witnesses(
    case: CaseArgument,
    wanted: Annotated[
        str | None, typer.Argument(help="An incident or a claim; else all.", metavar="ID")
    ] = None,
    as_of: AsOf = None,
    as_json: JsonOption = False,
) -> None:
    """Show who stands behind an incident or claim: who knows, who depends on whom, and why."""
    from enduse.case.casebook import open_case
    from enduse.case.witnessing import list_witnesses

    with open_case(case) as book:
        for record, words in list_witnesses(book, wanted, read_day(as_of, "--as-of")):
            if as_json:
                print_json(record)
            else:
                print_text(words)


def why(
    case: CaseArgument,
    wanted: Annotated[
        str, typer.Argument(help="The id of anything, or the start of it.", metavar="ID")
    ],
    as_json: JsonOption = False,
) -> None:
    """Walk from anything down to quotes, documents and digests."""
    from enduse.case.casebook import open_case
    from enduse.case.explain import explain

    with open_case(case) as book:
        reasoning = explain(book, wanted)
    if as_json:
        print_json(to_plain(reasoning))
    else:
        _print_reasoning(reasoning, 0)


def _print_reasoning(reasoning: Reasoning, depth: int) -> None:
    print_text(f"{'   ' * depth}{reasoning.what} {reasoning.id}")
    print_text(f"{'   ' * depth}   {reasoning.words}")
    for part in reasoning.rests_on:
        _print_reasoning(part, depth + 1)


def publish(
    case: CaseArgument,
    form: Annotated[str, typer.Option("--as", help="html, markdown, claims-jsonl, csv.")] = "html",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write; - is standard output.")
    ] = None,
    weapon: Weapon = None,
    holder: Holder = None,
    at: At = None,
    as_of: AsOf = None,
    as_json: JsonOption = False,
) -> None:
    """Write a dossier of a sighting, or the claims, in a format others can use."""
    from enduse.case.casebook import open_case
    from enduse.case.publishing import Order, default_output, publish_case

    order = Order(form, weapon, holder, read_day(at, "--at"), read_day(as_of, "--as-of"))
    with open_case(case) as book, progress_bar():
        path = output or default_output(book, form)
        with opened_output(path) as stream:
            publish_case(book, order, stream)
    if as_json and str(path) != "-":
        print_json({"file": str(path)})
    elif str(path) != "-":
        say(f"Wrote {path}")


def _needed(value: str | None, option: str) -> str:
    if not value:
        raise MisuseError(f"{option} is missing", next_step=f"Give {option} NAME")
    return value


def read_day(value: str | None, option: str) -> date | None:
    """Return the day that an option gives, None if it is not given.

    Raises:
        MisuseError: it gives no day.
    """
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise MisuseError(f"{option} {value!r} is no day", next_step="Write YYYY-MM-DD") from error
