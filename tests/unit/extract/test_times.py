from datetime import date

import pytest

from enduse.extract.times import find_times, read_dateline

WRITTEN = date(2015, 6, 9)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on 3 March 2012", "2012-03-03", "2012-03-03"),
        ("on March 3, 2012", "2012-03-03", "2012-03-03"),
        ("on 2015-02-01", "2015-02-01", "2015-02-01"),
        ("on May 13", "2015-05-13", "2015-05-13"),
        ("since May 13", "2015-05-13", "2015-06-09"),
        ("last December", "2014-12-01", "2014-12-31"),
        ("last June", "2014-06-01", "2014-06-30"),
        ("yesterday", "2015-06-08", "2015-06-08"),
        ("on Monday", "2015-06-08", "2015-06-08"),
        ("two weeks ago", "2015-05-22", "2015-05-30"),
        ("two years ago", "2013-01-01", "2013-12-31"),
        ("in September 2013", "2013-09-01", "2013-09-30"),
        ("early March 2014", "2014-03-01", "2014-03-10"),
        ("in 2012", "2012-01-01", "2012-12-31"),
        ("between 11-13 May", "2015-05-11", "2015-05-13"),
        ("last month", "2015-05-01", "2015-05-31"),
        ("in October", "2014-10-01", "2014-10-31"),
        ("recently", "2015-05-01", "2015-06-09"),
    ],
)
def test_wording_gives_the_days_it_supports(words, start, end):
    text = f"It fell {words}, they said."
    (found,) = find_times(text, (0, len(text)), WRITTEN)
    assert (found.days.start, found.days.end) == (
        date.fromisoformat(start),
        date.fromisoformat(end),
    )
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize(
    "words", ["the 12 rifles", "an AK-47", "may have fallen", "T-72", "at 0930"]
)
def test_no_time_is_read_where_none_is_told(words):
    text = f"They saw {words} there."
    assert find_times(text, (0, len(text)), WRITTEN) == ()


def test_relative_wordings_need_a_day_of_writing():
    text = "It fell last December."
    assert find_times(text, (0, len(text)), None) == ()


def test_nothing_but_a_plan_is_later_than_the_document(read):
    for claim in read("Rebels fired rockets on 3 March 2016.", date_published=WRITTEN):
        assert claim.time is None


def test_dateline_gives_the_day():
    assert read_dateline("KESH, 4 JAN 90 (AGENCY) -- [TEXT]") == date(1990, 1, 4)
    assert read_dateline("No dateline here") is None
