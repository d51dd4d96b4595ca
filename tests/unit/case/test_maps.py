"""Maps: areas and never a point, outlines cut to the frame, nothing finer than the limits."""

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.case.views import outlines
from enduse.case.views.maps import Area, area_of, draw_map, land_of
from enduse.model.claim import ClaimKind, Part
from enduse.model.dates import DateRange
from enduse.model.incident import Incident, Party
from enduse.reference.register import load_register

NUMBER = re.compile(r"-?\d+\.?\d*")


@pytest.fixture(scope="module")
def register():
    return load_register(())


def cell_area(west, south, name="Tadmur"):
    return Area(name, (west, south, round(west + 0.1, 6), round(south + 0.1, 6)), "i-1", "cell")


def test_every_country_has_an_outline():
    codes = {shape.code for shape in outlines.read_shapes()}
    assert {"sy", "iq", "ye", "ly", "ua", "sd", "xk", "so"} <= codes
    assert all(len(part[0].points) > 3 for shape in outlines.read_shapes() for part in shape.parts)


def test_a_hole_stays_a_hole():
    south_africa = next(one for one in outlines.read_shapes() if one.code == "za")
    assert max(len(part) for part in south_africa.parts) == 2  # Lesotho


def test_the_frame_of_a_country_is_that_of_its_largest_part():
    west, _, east, _ = outlines.frame_of("us")
    assert -130 < west < -120
    assert -70 < east < -60
    assert outlines.frame_of("") is None
    assert outlines.frame_of("zz") is None


@given(st.floats(-170, 160), st.floats(-60, 100), st.floats(0.5, 20), st.floats(0.5, 20))
def test_outlines_stay_within_their_frame(west, south, wide, high):
    frame = (west, south, west + wide, south + high)
    scale = 640 / wide
    for _, path in outlines.draw_shapes(frame, scale):
        numbers = [float(one) for one in NUMBER.findall(path)]
        assert all(-0.1 <= x <= 640.1 for x in numbers[::2])
        assert all(-0.1 <= y <= high * scale + 0.1 for y in numbers[1::2])


@given(st.floats(-84.9, 84.9))
def test_latitudes_come_back(lat):
    assert outlines.unstretch(outlines.stretch(lat)) == pytest.approx(lat, abs=1e-9)


def test_geojson_is_in_degrees():
    for feature in outlines.as_geojson()["features"]:
        for part in feature["geometry"]["coordinates"]:
            assert all(-180 <= x <= 180 and -85 <= y <= 85 for ring in part for x, y in ring)


@given(st.integers(-1795, 1790), st.integers(-550, 830))
def test_a_cell_is_drawn_as_an_area_of_at_least_ten_units(west, south):
    view = draw_map([cell_area(west / 10, south / 10)])
    [patch] = view.patches
    left, top, right, bottom, _ = (float(one) for one in NUMBER.findall(patch.path))
    assert right - left >= 9.9
    assert bottom - top > 0
    assert 0 <= left < right <= view.width
    assert -0.2 <= top < bottom <= view.height + 0.2


MAY = DateRange(date(2015, 5, 1), date(2015, 5, 31), "May 2015")


def incident(label, entity_id):
    place = Party(Part.PLACE, label, entity_id)
    return Incident("i-1", ClaimKind.USE, None, None, (), place, MAY, None, ("c-1",))


def test_a_country_is_an_outline_and_a_province_a_circle(register):
    country = area_of(incident("Syria", "country-sy"), register, date(2026, 1, 1))
    assert (country.extent, country.country, country.cell) == ("country", "sy", None)
    found = (register.entity(one.entity_id) for one in register.find("Anbar", country="iq"))
    province = next(one for one in found if one.point and one.point.precision == "admin1")
    area = area_of(incident(province.name, province.id), register, date(2026, 1, 1))
    _west, south, _east, north = area.cell
    assert area.extent == "province"
    assert north - south == pytest.approx(100 / 111.32, abs=0.01)
    view = draw_map([country, area])
    assert [patch.extent for patch in view.patches] == ["country", "province"]
    assert "A" in view.patches[1].path
    assert land_of(view).startswith("M")


def test_what_has_no_place_in_the_register_is_named_and_not_drawn(register):
    area = area_of(incident("the old mill", None), register, date(2026, 1, 1))
    assert (area.extent, area.cell) == ("", None)
    view = draw_map([area, None])
    assert view.width == 0
    assert [patch.name for patch in view.patches] == ["the old mill"]
    assert draw_map([None]) is None


def test_what_nobody_dates_may_be_recent_and_is_not_placed(register):
    undated = replace(incident("the old mill", None), time=None)
    assert area_of(undated, register, date(2026, 1, 1)) is None


def test_labels_do_not_cover_one_another():
    view = draw_map(
        [cell_area(43.2, 33.4, "Ramadi"), cell_area(43.7, 33.3, "Fallujah"), cell_area(36.0, 38.0)]
    )
    drawn = [patch for patch in view.patches if abs(patch.x - view.patches[0].x) < 110]
    heights = sorted(patch.y for patch in drawn)
    assert all(b - a >= 11.9 for a, b in itertools.pairwise(heights))
