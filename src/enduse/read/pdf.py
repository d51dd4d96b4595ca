"""PDF to text, page by page.

In: the bytes of a PDF. Out: its text, a line for each line of print and a form feed before each
page but the first, with words joined that a line end had parted; anchors name the pages. Pages
that show something but hold no letters are told by number. Refused, each with a problem: files
that are locked, cut short or damaged, and scans that hold no text.

Running heads, feet and page numbers are set aside. Metadata counts only where the text is silent,
for programs fill it in unasked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import pypdfium2
from msgspec.structs import replace
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from enduse.model.document import MarkupAnchor, SectionKind
from enduse.model.problem import Problem
from enduse.model.snapshot import Snapshot
from enduse.read.blocks import Block, make_block, split_lines
from enduse.read.compose import Reading
from enduse.read.dates import parse_day
from enduse.read.decode import clean_text, join_line_ends
from enduse.read.facts import Facts, drop_future
from enduse.read.print_text import mend_print
from enduse.read.problems import report

_LOCKED = 4  # pdfium's code for a missing password
_FEWEST_LETTERS = 8  # a page; scans hold a stamp or a page number at most
_EDGE_LINES = 2  # lines at the top and foot of a page that may repeat
_FEWEST_REPEATS = 2
_FEWEST_TITLE_WORDS = 3
_MOST_PAGES = 10_000
_DIGITS = re.compile(r"\d+")
_FILE_NAME = re.compile(r"\.\w{2,4}$|^\w+ \w+ - ")
_PAGE_BREAK = "\n\f"
_RECOGNISE = "Recognise the text (OCR), save the PDF with it, and add that"
_PDFIUM = Lock()  # pdfium may serve one thread at a time


class _Taken(NamedTuple):
    """The pages' texts, the numbers of those that are pictures, and what the metadata tells."""

    pages: list[str]
    pictures: tuple[int, ...]
    weak: Facts


def read_pdf(snapshot: Snapshot, body: bytes) -> Reading | Problem:
    """Return what the PDF's pages hold, or why they cannot be read."""
    with _PDFIUM:
        taken = _take_pages(snapshot, body)
    if isinstance(taken, Problem):
        return taken
    letters = sum(_count_letters(page) for page in taken.pages)
    if letters < _FEWEST_LETTERS * len(taken.pages):
        return report(
            snapshot, f"its {len(taken.pages)} pages hold no text; they are pictures", _RECOGNISE
        )
    pages = mend_print([join_line_ends(clean_text(page)) for page in taken.pages])
    reading = _join_pages(pages, drop_future(taken.weak, snapshot.fetched_at.date()))
    return replace(reading, problems=_report_pictures(snapshot, taken.pictures))


def _count_letters(page: str) -> int:
    return sum(character.isalpha() for character in page)


def _report_pictures(snapshot: Snapshot, numbers: Sequence[int]) -> tuple[Problem, ...]:
    if not numbers:
        return ()
    message = f"pages that hold no text, and are pictures: {_name_pages(numbers)}"
    return (report(snapshot, message, _RECOGNISE),)


def _name_pages(numbers: Sequence[int]) -> str:
    """Return the page numbers in words.

    >>> _name_pages([3, 4, 5, 6, 9])
    '3 to 6, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join(" to ".join(map(str, run)) for run in runs)


def _take_pages(snapshot: Snapshot, body: bytes) -> _Taken | Problem:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        return _explain_failure(snapshot, body, getattr(error, "err_code", None))
    try:
        if len(document) > _MOST_PAGES:
            return report(snapshot, f"it has more than {_MOST_PAGES} pages", "Split it")
        pages = [_take_text(document, number) for number in range(len(document))]
        bare = (at for at, page in enumerate(pages) if _count_letters(page) < _FEWEST_LETTERS)
        pictures = tuple(at + 1 for at in bare if _shows_picture(document, at))
        return _Taken(pages, pictures, _weak(document))
    except pypdfium2.PdfiumError:
        return report(
            snapshot,
            "some of its pages are damaged",
            "Get the file again, or print it to a new PDF and add that",
        )
    finally:
        document.close()


def _take_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            return str(layer.get_text_range())
        finally:
            layer.close()
    finally:
        page.close()


def _shows_picture(document: pypdfium2.PdfDocument, at: int) -> bool:
    """Return whether the page shows anything but letters; a blank page does not."""
    page = document[at]
    try:
        return any(one.type != FPDF_PAGEOBJ_TEXT for one in page.get_objects(max_depth=1))
    finally:
        page.close()


def _explain_failure(snapshot: Snapshot, body: bytes, code: int | None) -> Problem:
    if code == _LOCKED:
        return report(
            snapshot, "it is locked by a password", "Save a copy without password, and add that"
        )
    if b"%%EOF" not in body[-2048:]:
        return report(snapshot, "the PDF is cut short", "Get the whole file, and add it again")
    return report(snapshot, "the PDF is damaged", "Get the file again, or print it to a new PDF")


def _weak(document: pypdfium2.PdfDocument) -> Facts:
    """Return what the metadata tells; titles that are file names tell nothing."""
    found = document.get_metadata_dict(skip_empty=True)
    title = clean_text(found.get("Title", "")).strip()
    if len(title.split()) < _FEWEST_TITLE_WORDS or _FILE_NAME.search(title):
        title = ""
    made = re.sub(r"^D:(\d{8}).*$", r"\1", found.get("CreationDate", ""), flags=re.DOTALL)
    author = clean_text(found.get("Author", "")).strip()
    return Facts(title=title or None, byline=author or None, date_published=parse_day(made))


def _join_pages(pages: Sequence[str], weak: Facts) -> Reading:
    """Return the reading of the pages' texts, in order."""
    running = _find_running(pages)
    pieces: list[str] = []
    blocks: list[Block] = []
    anchors: list[MarkupAnchor] = []
    at = 0
    for number, page in enumerate(pages, start=1):
        lead = _PAGE_BREAK if number > 1 else ""
        pieces.extend((lead, page))
        at += len(lead)
        blocks.extend(_page_blocks(page, at, running))
        if page.strip():
            anchors.append(MarkupAnchor(at, at + len(page), f"page[{number}]"))
        at += len(page)
    return Reading("".join(pieces), blocks, anchors=tuple(anchors), fallback=weak)


def _page_blocks(page: str, at: int, running: frozenset[str]) -> list[Block]:
    lines = split_lines(page)
    found: list[Block] = []
    for place, line in enumerate(lines):
        words = page[line.start : line.end]
        edge = min(place, len(lines) - 1 - place) < _EDGE_LINES
        hint = SectionKind.NAVIGATION if edge and _is_running(words, running) else None
        whole = make_block(words, 0, len(words), hint)
        found.append(Block(at + line.start, at + line.end, whole.words, whole.ended, whole.hint))
    return found


def _is_running(words: str, running: frozenset[str]) -> bool:
    return _mask(words) in running or words.strip(" -–—|").isdigit()


def _find_running(pages: Sequence[str]) -> frozenset[str]:
    """Return the lines, digits masked, that stand at the edge of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        counts.update({_mask(line) for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]})
    least = max(_FEWEST_REPEATS, len(pages) // 3)
    return frozenset(line for line, count in counts.items() if count >= least)


def _mask(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.casefold().split()))
