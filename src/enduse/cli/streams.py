"""Commands without a casebook, for pipelines: extract and reprints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enduse.cli.output import opened_output, report_problems, say, write_record
from enduse.model.problem import Problem

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Documents: JSONL, Parquet, HTML, PDF, text, folders; - is standard input (JSONL).",
        metavar="INPUT…",
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write.")]
Workers = Annotated[int | None, typer.Option(help="Processes; 0 is one for each processor.")]


def add_commands(app: typer.Typer) -> None:
    """Hang this module's commands onto the application."""
    app.command("extract")(extract)
    app.command("reprints")(reprints)


def extract(
    inputs: Inputs,
    output: Output = None,
    extractor: Annotated[str | None, typer.Option(help="The engine that finds claims.")] = None,
    workers: Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Records are always JSON.")] = False,  # noqa: ARG001 - part of the contract
) -> None:
    """Find the claims in documents: one JSON object a line."""
    from enduse.case.stateless import extract_inputs

    problems: list[Problem] = []
    count = 0
    with opened_output(output) as stream:
        for records, met in extract_inputs(inputs, extractor, workers):
            problems += met
            count += len(records)
            for record in records:
                write_record(stream, record)
    report_problems(problems)
    if output is not None:
        say(f"{count} claims in {output}")
    raise typer.Exit(1 if problems else 0)


def reprints(
    inputs: Inputs,
    output: Output = None,
    as_json: Annotated[bool, typer.Option("--json", help="Records are always JSON.")] = False,  # noqa: ARG001 - part of the contract
) -> None:
    """Find which documents copy which: one JSON object a line."""
    from enduse.case.stateless import reprint_inputs

    problems: list[Problem] = []
    with opened_output(output) as stream:
        for record in reprint_inputs(inputs, problems):
            write_record(stream, record)
    report_problems(problems)
    raise typer.Exit(1 if problems else 0)
