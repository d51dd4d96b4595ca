"""Places are printed by town or more coarsely; the strictest limit wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.model.claim import Part
from enduse.model.dates import DateRange
from enduse.model.entity import Candidate, Entity, Point
from enduse.model.incident import Party
from enduse.model.mention import EntityKind
from enduse.model.record import to_plain
from enduse.publish import Options, compose_dossier
from enduse.publish.places import (
    coarsen_name,
    coarsen_parties,
    find_cell,
    is_recent,
    name_holder,
    name_place,
    snap_cell,
    strictest,
)


class Places:
    """A register of one site within a town, a province and a country."""

    version = "1"
    rows = (
        ("depot", "Depot 7", "site"),
        ("town", "Dumayr", "town"),
        ("province", "Rif Dimashq", "admin1"),
        ("country", "Syria", "country"),
    )

    def entity(self, entity_id):
        found = [row for row in self.rows if row[0] == entity_id]
        return next(
            (
                Entity(key, EntityKind.PLACE, level, name, point=Point(33.6, 36.7, level))
                for key, name, level in found
            ),
            None,
        )

    def ancestors(self, entity_id, days=None):
        keys = [row[0] for row in self.rows]
        return tuple(keys[keys.index(entity_id) + 1 :])

    def mentions(self, text):
        return ()

    def find(self, name, kind=None, on=None, country=None):
        return tuple(Candidate(row[0], row[1], 1.0) for row in self.rows if row[1] == name)


DEPOT = Party(Part.PLACE, "Depot 7", "depot")


@pytest.mark.parametrize(
    ("limit", "name"), [("town", "Dumayr"), ("admin1", "Rif Dimashq"), ("country", "Syria")]
)
def test_a_site_is_named_by_what_holds_it(limit, name):
    assert coarsen_name(DEPOT, limit, Places()) == name


def test_coordinates_written_as_a_place_are_not_printed():
    assert coarsen_name(Party(Part.PLACE, "33.642, 36.693"), "town", None) is None
    assert coarsen_name(Party(Part.PLACE, "37SBU 12345"), "town", None) is None
    assert coarsen_name(Party(Part.PLACE, "Khan al-Shih"), "town", None) == "Khan al-Shih"


@pytest.mark.parametrize(
    "name",
    [
        *("arms depot at 14 Nour Street", "37S DA 12345 67890", "N34 33 E38 17"),
        *("٣٤٫٥٦", "१२ मार्ग", "8G6C9Q4X+2V", "GHXC+VQ Sanaa", "filled.count.soap"),
    ],
)
def test_an_unknown_name_that_may_tell_a_spot_is_not_printed(name):
    assert coarsen_name(Party(Part.PLACE, name), "town", None) is None
    assert coarsen_name(Party(Part.PLACE, name), "town", Places()) is None


def test_an_unknown_place_is_withheld_where_towns_are():
    assert coarsen_name(Party(Part.PLACE, "Dumayr"), "admin1", Places()) is None


def incident_at_depot(sample, **more):
    return replace(sample.evidence.incidents[0], place=DEPOT, **more)


def test_the_strictest_limit_wins(sample):
    options = Options(place_precision="town", place_limits=(("depot", "country"),))
    assert name_place(incident_at_depot(sample), options, Places()) == "Syria"


def test_what_is_recent_is_placed_by_country(sample):
    recent = incident_at_depot(sample, time=DateRange(date(2026, 11, 1), date(2026, 11, 10)))
    options = Options(prepared=date(2026, 11, 25), delay_days=30)
    assert is_recent(recent, options)
    assert name_place(recent, options, Places()) == "Syria"
    assert name_place(recent, replace(options, delay_days=5), Places()) == "Dumayr"


def test_an_open_end_counts_as_recent(sample):
    still = incident_at_depot(sample, time=DateRange(date(2014, 1, 1), None))
    assert is_recent(still, Options(prepared=date(2026, 11, 25)))


def test_what_nobody_dates_counts_as_recent(sample):
    undated = incident_at_depot(sample, time=None)
    assert is_recent(undated, Options(prepared=date(2026, 11, 25)))
    assert not is_recent(undated, Options())


RECENT = DateRange(date(2026, 11, 19), date(2026, 11, 19))
PREPARED = Options(prepared=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("part", "label", "entity_id", "recent", "old"),
    [
        (Part.TARGET, "Depot 7", "depot", "Syria", "Dumayr"),
        (Part.TARGET, "Depot 7", None, "Syria", "Dumayr"),
        (Part.BENEFICIARY, "Depot 7", "case-actor-1", "Syria", "Dumayr"),
        (Part.FROM, "Depot 7", "depot", "Syria", "Dumayr"),
        (Part.TARGET, "Mill Hill Airport", "case-actor-2", None, "Mill Hill Airport"),
        (Part.TARGET, "depot at 14 Nour Street", None, None, None),
        (Part.BY, "Mill Hill Brigade", None, "Mill Hill Brigade", "Mill Hill Brigade"),
    ],
)
def test_a_party_that_is_a_place_is_held_to_the_limits(sample, part, label, entity_id, recent, old):
    for time, name in ((RECENT, recent), (DateRange(date(2018, 5, 3), date(2018, 5, 3)), old)):
        told = incident_at_depot(sample, time=time, parties=(Party(part, label, entity_id),))
        found = coarsen_parties(told, PREPARED, Places()).party(part)
        assert (found and found.label) == name


def test_an_unknown_word_for_precision_is_the_strictest():
    assert strictest("town", "exact") == "country"


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_a_published_point_tells_only_its_grid_cell(lat, lon):
    west, south, east, north = snap_cell(Point(lat, lon))
    assert west - 1e-6 <= lon <= east + 1e-6
    assert south - 1e-6 <= lat <= north + 1e-6
    assert snap_cell(Point((south + north) / 2, (west + east) / 2)) == (west, south, east, north)


def test_a_cell_is_given_only_where_towns_may_be_printed(sample):
    assert find_cell(incident_at_depot(sample), Options(), Places()) == (36.7, 33.6, 36.8, 33.7)
    limited = Options(place_precision="admin1")
    assert find_cell(incident_at_depot(sample), limited, Places()) is None
    country = incident_at_depot(sample)
    country = replace(country, place=Party(Part.PLACE, "Syria", "country"))
    assert find_cell(country, Options(), Places()) is None


def with_giver_at_depot(sample):
    chain = sample.trace.chains[0]
    giver = chain.steps[-1].giver
    steps = tuple(
        replace(
            step,
            **{
                end: replace(party, label="Depot 7", entity_id="depot")
                for end in ("giver", "taker")
                if (party := getattr(step, end)) == giver
            },
        )
        for step in chain.steps
    )
    chain = replace(chain, steps=steps, gaps=("who held Depot 7 is not said",))
    return replace(sample.trace, chains=(chain,))


def test_a_site_that_holds_weapons_is_named_by_its_town_throughout_a_dossier(sample):
    trace = with_giver_at_depot(sample)
    told = to_plain(compose_dossier(trace, sample.evidence, Places(), Options()))
    assert "Depot 7" not in str(told)
    assert "Dumayr" in str(told)


def test_a_site_of_a_step_that_nobody_reports_is_named_by_country(sample):
    party = Party(Part.FROM, "Depot 7", "depot")
    options = Options(prepared=date(2026, 11, 25))
    assert name_holder(party, [sample.evidence.incidents[0]], options, Places()) == "Dumayr"
    assert name_holder(party, [None], options, Places()) == "Syria"
