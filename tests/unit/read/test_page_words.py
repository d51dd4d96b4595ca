"""Every reviewed phrase finds its example and leaves its counterexample alone."""

import pytest

from enduse.model.document import SectionKind
from enduse.read.dates import find_dates
from enduse.read.marks import is_menu, name_line, name_tail_line
from enduse.read.markup.walk import _name_class
from enduse.read.notices import parse_byline, parse_notice, parse_published
from enduse.read.source_lines import find_source_line
from enduse.reference.pages import load_page_words, load_signatures

TABLES = (
    "bylines",
    "hyphens",
    "marks",
    "meta",
    "months",
    "notices",
    "outlets",
    "source_lines",
)


def shows(row, line):
    """Return what the readers make of a line, by the kind of row it is an example of."""
    if row.match in ("whole", "start", "within") and row.sense in list(SectionKind):
        if row.sense == "source-line":
            return find_source_line(line, 0, bracketed=False) is not None
        return name_line(line) == row.sense
    if row.match == "tail":
        return name_tail_line(line, len(line.split())) == row.sense
    if row.match == "class":
        return _name_class({"class": line}) == row.sense
    checks = {
        "notice": lambda: parse_notice(line) is not None,
        "published": lambda: parse_published(line) is not None,
        "byline": lambda: parse_byline(line) is not None,
    }
    if row.sense.startswith("month-"):
        return [found.day.month for found in find_dates(line)] == [int(row.sense[6:])]
    return checks[row.sense]()


def rows_with_examples():
    for table in TABLES:
        for row in load_page_words(table):
            if row.example and row.sense not in ("outlet", "hyphen"):
                yield pytest.param(row, id=f"{table}-{row.phrase}")


@pytest.mark.parametrize("row", list(rows_with_examples()))
def test_example_is_found_and_counterexample_is_not(row):
    assert shows(row, row.example)
    assert not shows(row, row.counterexample)


@pytest.mark.parametrize("table", TABLES)
def test_table_is_sound(table):
    for row in load_page_words(table):
        assert row.phrase == row.phrase.strip()
        assert row.reviewed


def test_signatures_name_a_thing_and_a_next_step():
    for signature in load_signatures():
        assert signature.name.split()[0] in ("a", "an")
        assert signature.next_step[0].isupper()
        assert not signature.next_step.endswith(".")


@pytest.mark.parametrize("line", ["T-72 | 12 | lost", "He came | and he left.", "no marks here"])
def test_rows_of_a_table_and_sentences_are_no_menus(line):
    assert not is_menu(line)
