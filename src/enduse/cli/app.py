"""The command line's frame: one application, errors as one line, exit codes by the contract."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from enduse.cli import asking, casework, register, serving, streams
from enduse.cli.output import print_text, report_error
from enduse.errors import EnduseError, MisuseError

app = typer.Typer(
    name="enduse",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Trace how weapons changed hands, with quotes, hedges and honest probabilities.",
    epilog="Exit codes: 0 done, 1 problems remain, 2 misuse, 3 damaged case.",
)
for part in (casework, asking, streams, serving):
    part.add_commands(app)
app.add_typer(register.app, name="reference")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print_text(f"enduse {version('enduse')}")
        raise typer.Exit


@app.callback()
def _frame(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Trace how weapons changed hands, with quotes, hedges and honest probabilities."""


def main() -> None:
    """Run the command line and leave with its exit code; what cannot be shown becomes a ?."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Return the exit code of a command line."""
    try:
        app(arguments, prog_name="enduse")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    except EnduseError as error:
        return report_error(error)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        return report_error(_refused_by_system(error))
    except UnicodeEncodeError as error:
        return report_error(_no_text(error))
    return 0


def _no_text(error: UnicodeEncodeError) -> EnduseError:
    return MisuseError(
        f"{error.object[error.start : error.end]!a} stands for bytes that are no text",
        "",
        "Type the name again, or rename the file",
    )


def _refused_by_system(error: OSError) -> EnduseError:
    return MisuseError(
        f"the system refuses it ({error.strerror or error})",
        str(error.filename or ""),
        "Check the path, its rights and the space left",
    )
