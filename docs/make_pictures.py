"""Draws the README's picture from the demonstration: `python docs/make_pictures.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from enduse.case.ask import trace_sighting
from enduse.case.casebook import open_case
from enduse.case.demo import HOLDER, WEAPON, make_demo
from enduse.publish import draw_chains

TARGET = Path(__file__).parent / "pictures" / "chains.svg"


def main() -> None:
    """Make the demonstration in a temporary folder and write its picture."""
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder) / "demo")
        with open_case(Path(folder) / "demo") as book:
            trace = trace_sighting(book, (WEAPON, HOLDER))
    TARGET.write_text(draw_chains(trace), encoding="utf-8")


if __name__ == "__main__":
    main()
