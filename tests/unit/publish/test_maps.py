"""Maps show what is told as done, in cells of a grid, and nothing planned or feared."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import pairwise

from enduse.model.claim import Part
from enduse.model.entity import Entity, Point
from enduse.model.incident import Party
from enduse.model.mention import EntityKind
from enduse.publish import EXPORTERS, compose_dossier


class Towns:
    """A register that knows one town."""

    version = "1"

    def entity(self, entity_id):
        point = Point(34.5624, 38.2841, "town")
        return Entity(entity_id, EntityKind.PLACE, "town", "Palmyra", point=point)

    def ancestors(self, entity_id, days=None):
        return ()

    def mentions(self, text):
        return ()

    def find(self, name, kind=None, on=None, country=None):
        return ()


def placed(sample):
    town = Party(Part.PLACE, "Tadmur", "place-palmyra")
    every = tuple(replace(one, place=town) for one in sample.evidence.incidents)
    return replace(sample.evidence, incidents=every)


def collection(sample, register):
    stream = io.BytesIO()
    EXPORTERS["geojson"].write(compose_dossier(sample.trace, placed(sample), register), stream)
    return json.loads(stream.getvalue())


def test_only_what_is_told_as_done_is_on_the_map(sample):
    words = [f["properties"]["words"] for f in collection(sample, Towns())["features"]]
    assert len(words) == 3
    assert not [text for text in words if "Iraqi" in text]


def test_cells_are_closed_rings_against_the_clock(sample):
    for feature in collection(sample, Towns())["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert area > 0
        assert all(len(str(value).split(".")[1]) == 1 for corner in ring for value in corner)


def test_a_place_without_coordinates_has_no_geometry(sample):
    features = collection(sample, None)["features"]
    assert {feature["geometry"] for feature in features} == {None}
    assert features[0]["properties"]["quotes"]
