"""The command line: one door onto the case."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from enduse.cli.app import main as run_app

    run_app()
