"""The demonstration: a casebook of the shipped documents, every stage run, the dossier written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from enduse.case.add import add_to_case
from enduse.case.ask import describe_trace, trace_sighting
from enduse.case.casebook import Casebook, create_case
from enduse.case.progress import Progress, be_silent
from enduse.case.publishing import Order, publish_case
from enduse.case.run import run_stages
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT, REPRINT

DOCUMENTS = Path(__file__).parent / "demo" / "documents"
"""The documents that ship with the package, written for it."""

WEAPON, HOLDER = "TOW", "Islamic State"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration made: its words for the terminal, and the dossier."""

    summary: str
    dossier: Path


def make_demo(folder: Path, progress: Progress = be_silent) -> Shown:
    """Make the casebook in the folder, which must not exist yet.

    Raises:
        MisuseError: the folder holds something already.
    """
    with create_case(folder) as book:
        add_to_case(book, [str(DOCUMENTS)], progress)
        run_stages(book, progress=progress)
        trace = trace_sighting(book, (WEAPON, HOLDER))
        dossier = folder / "dossier.html"
        with dossier.open("wb") as stream:
            publish_case(book, Order("html", WEAPON, HOLDER), stream)
        return Shown(_summary(book, describe_trace(trace), dossier), dossier)


def _summary(book: Casebook, answer: str, dossier: Path) -> str:
    count = book.store.count
    counted = (
        f"{count(DOCUMENT)} documents, {count(CLAIM)} claims, {count(REPRINT)} copies, "
        f"{count(INCIDENT)} incidents in {book.folder}"
    )
    return "\n".join(
        (
            counted,
            "",
            answer,
            "",
            f"The dossier: open {dossier.resolve()} in a browser",
            f"Why:         enduse why {book.folder} CHAIN_ID",
            "Your own:    enduse new CASE, then enduse add CASE FILES…, enduse run CASE",
        )
    )
