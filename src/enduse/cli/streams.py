"""Commands without a casebook, for pipelines: extract and reprints."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from enduse.cli.casework import refuse_empty
from enduse.cli.output import opened_output, report_problems, say, write_record
from enduse.errors import MisuseError
from enduse.model.problem import Problem

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Documents: JSONL, Parquet, HTML, PDF, text, folders; - is standard input (JSONL).",
        metavar="INPUT…",
        callback=refuse_empty,
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Where to write.")]
Workers = Annotated[int | None, typer.Option(min=0, help="Processes; 0 is one for each processor.")]

_DASH = Path("-")


def add_commands(app: typer.Typer) -> None:
    """Hang this module's commands onto the application."""
    app.command("extract")(extract)
    app.command("reprints")(reprints)


def extract(
    inputs: Inputs,
    output: Output = None,
    extractor: Annotated[str | None, typer.Option(help="The engine that finds claims.")] = None,
    workers: Workers = None,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Claims less likely right than this go to review.")
    ] = 0,
    review: Annotated[
        Path | None, typer.Option(help="Where claims below --min-score are written.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Records are always JSON.")] = False,  # noqa: ARG001 - part of the contract
) -> None:
    """Find the claims in documents: one JSON object a line."""
    from enduse.case.stateless import extract_inputs

    problems: list[Problem] = []
    counts = [0, 0]
    if min_score > 0:
        review = _review_file(output, review)
    _refuse_overwriting(inputs, output, review)
    with ExitStack() as files:
        streams = [files.enter_context(opened_output(output))]
        if min_score > 0:
            streams.append(files.enter_context(opened_output(review)))
        for records, met in extract_inputs(inputs, extractor, workers):
            problems += met
            for record in records:
                below = record["score"] < min_score
                counts[below] += 1
                write_record(streams[below], record)
    report_problems(problems)
    if output is not None:
        say(f"{counts[0]} claims in {output}" + (f", {counts[1]} to review" if counts[1] else ""))
    raise typer.Exit(1 if problems else 0)


def _review_file(output: Path | None, review: Path | None) -> Path:
    """Return where claims below the threshold go: the file named, else one beside the output."""
    if review is not None:
        return review
    if output is None or str(output) == "-":
        raise MisuseError(
            "--min-score sets claims aside, and no file is named for them",
            next_step="Name one with --review, or an output with -o",
        )
    return output.with_name(f"{output.stem}.review{output.suffix}")


def _refuse_overwriting(inputs: list[str], output: Path | None, review: Path | None = None) -> None:
    """Return if no file is written twice, nor one that is read.

    Raises:
        MisuseError: one is.
    """
    written = [_DASH if path is None else path for path in (output, review)]
    if review is not None and _real(written[0]) == _real(written[1]):
        raise MisuseError(
            "claims and claims to review would go to one place", str(review), "Name two files"
        )
    for path in written:
        if path != _DASH and _real(path) in {_real(Path(name)) for name in inputs}:
            raise MisuseError("it is read and cannot be written", str(path), "Name another file")


def _real(path: Path) -> str:
    """Return where the path leads; a path that nothing is at stays as it is."""
    return str(path) if path == _DASH else os.path.realpath(path)


def reprints(
    inputs: Inputs,
    output: Output = None,
    workers: Workers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Records are always JSON.")] = False,  # noqa: ARG001 - part of the contract
) -> None:
    """Find which documents copy which: one JSON object a line."""
    from enduse.case.copying import reprint_inputs

    problems: list[Problem] = []
    _refuse_overwriting(inputs, output)
    with opened_output(output) as stream:
        for record in reprint_inputs(inputs, problems, workers):
            write_record(stream, record)
    report_problems(problems)
    raise typer.Exit(1 if problems else 0)
