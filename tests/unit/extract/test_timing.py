"""When an event was: its own sentence, the sentences before, never the day of the report."""

from datetime import date

import pytest

from enduse.extract.times import find_times


def days(claim):
    return (claim.time.start.isoformat(), claim.time.end.isoformat()) if claim.time else None


def test_a_time_holds_for_the_next_sentences_of_the_event(read):
    text = "The attack came on 3 May 1988. Rebels fired rockets at the barracks."
    assert [days(claim) for claim in read(text)] == [("1988-05-03", "1988-05-03")]


def test_the_day_of_the_report_is_not_that_of_the_event(read):
    text = "The ministry said on 3 May 1988 that rebels fired rockets at the barracks in 1987."
    assert [days(claim) for claim in read(text)] == [("1987-01-01", "1987-12-31")]


def test_a_bare_day_belongs_to_the_year_told_last(read):
    text = "Talks failed in March 1988. On May 3, rebels fired rockets. Peace came in 1990."
    assert days(read(text)[0]) == ("1988-05-03", "1988-05-03")


def test_a_habit_has_no_time_of_the_event_before(read):
    text = "Rebels fired rockets on 3 May 1988. The army has nine tanks."
    assert not any(claim.time for claim in read(text) if claim.kind == "possession")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the winter of 1987-88", "1987-12-01", "1988-02-29"),
        ("in the summer of 1988", "1988-06-01", "1988-08-31"),
        ("in the early 1980s", "1980-01-01", "1983-12-31"),
        ("the same 1988 crash", "1988-01-01", "1988-12-31"),
    ],
)
def test_seasons_decades_and_years_before_a_noun(words, start, end):
    text = f"It fell {words}."
    found = find_times(text, (0, len(text)), None)
    assert (found[0].days.start, found[0].days.end) == (
        date.fromisoformat(start),
        date.fromisoformat(end),
    )
