"""The command that opens the workbench: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enduse.cli.casework import CaseArgument
from enduse.cli.output import print_text, say


def add_commands(app: typer.Typer) -> None:
    """Hang this module's command onto the application."""
    app.command("serve")(serve)


def serve(
    case: CaseArgument,
    host: Annotated[
        str, typer.Option(help="A loopback address; no other is served.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 8765,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    reviewer: Annotated[
        str, typer.Option(help="Who signs decisions; else the `reviewer` setting, else asked.")
    ] = "",
    base_map: Annotated[
        Path | None,
        typer.Option(help="A PMTiles file to draw maps on; else the `base_map` setting."),
    ] = None,
) -> None:
    """Open the workbench on a casebook: read, judge, see and publish in the browser."""
    from enduse.case.casebook import open_case
    from enduse.web.serving import serve as serve_case

    def tell(address: str) -> None:
        print_text(address)
        say(f"The workbench on {case} is open at {address}. End it with Ctrl-C.")
        if browser:
            typer.launch(address)

    flags = {
        "reviewer": reviewer or None,
        "base_map": str(base_map.absolute()) if base_map else None,
    }
    with open_case(case, flags) as book:
        serve_case(book, host, port, tell)
