"""Writes docs/reference/cli.md from the command line itself: `python docs/make_cli.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from enduse.cli.app import app

TARGET = Path(__file__).parent / "reference" / "cli.md"


def describe_all() -> str:
    """Return the page: every command, its arguments and options."""
    root = get_command(app)
    lines = [
        "# The command line",
        "",
        "Records go to standard output, or to a file with `-o`; messages and progress go to",
        "standard error. Exit codes: 0 done, 1 problems remain, 2 misuse, 3 damaged case.",
        "This page is written by `python docs/make_cli.py`.",
        "",
    ]
    return "\n".join(lines + _describe(root, "enduse"))


def _describe(command: Any, name: str) -> list[str]:
    children = getattr(command, "commands", None)
    if children:
        return [
            line for key in sorted(children) for line in _describe(children[key], f"{name} {key}")
        ]
    context = typer.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## `{name}`", "", command.help or "", "", f"    {name} {usage}", ""]
    rows = [record for param in command.params if (record := param.get_help_record(context))]
    if rows:
        lines += ["| option | meaning |", "| --- | --- |"]
        lines += [f"| `{left.replace('|', '/')}` | {right} |" for left, right in rows]
        lines.append("")
    return lines


if __name__ == "__main__":
    TARGET.write_text(describe_all(), encoding="utf-8")
