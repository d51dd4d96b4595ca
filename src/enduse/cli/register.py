"""Commands on the reviewed data: reference find, compare, check, new, import."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="The reviewed data: weapons, actors, places, words.")


@app.command("check")
def check() -> None:
    """Check the reviewed data."""


@app.command("find")
def find() -> None:
    """Find names."""
