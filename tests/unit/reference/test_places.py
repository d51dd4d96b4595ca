"""Places that people add, names spelled nearly so, and how fast the gazetteer opens."""

import pytest

from enduse.errors import DataError
from enduse.model.mention import EntityKind
from enduse.reference.register import load_register

OWN = (
    "id\tname\tkind\tcountry\tin\tlat\tlon\tnames\treviewed\n"
    "site-low-mill\tLow Mill\tdepot\tsy\t{held}\t{lat}\t36.5\tLowmill|الطاحونة السفلى\tno\n"
)


def own_lists(tmp_path, **values):
    (tmp_path / "places").mkdir()
    text = OWN.format(**{"held": "region-sy-12", "lat": "35.1"} | values)
    (tmp_path / "places" / "supplement.tsv").write_text(text, encoding="utf-8")
    return load_register((tmp_path,))


def test_a_place_that_a_user_adds_is_found_and_held(tmp_path):
    register = own_lists(tmp_path)
    assert register.find("الطاحونة السفلى")[0].entity_id == "site-low-mill"
    assert register.ancestors("site-low-mill") == ("region-sy-12", "country-sy")
    (mention,) = register.mentions("They met at Lowmill.")
    assert mention.entity_ids == ("site-low-mill",)
    assert register.entity("site-low-mill").point.precision == "site"


@pytest.mark.parametrize(("lat", "words"), [("95", "outside the globe"), ("north", "is no number")])
def test_a_place_off_the_globe_is_refused(tmp_path, lat, words):
    with pytest.raises(DataError, match=words):
        own_lists(tmp_path, lat=lat)


@pytest.mark.parametrize(
    ("name", "kind", "entity_id"),
    [
        ("Hodeyda", EntityKind.PLACE, "place-79415"),
        ("Jabhat an-Nosra", EntityKind.ACTOR, "al-nusrah-front"),
        ("Kornett", EntityKind.WEAPON, "9m133-kornet"),
    ],
)
def test_a_misspelled_name_finds_what_it_may_mean_and_why(name, kind, entity_id):
    register = load_register()
    assert register.find(name, kind) == ()
    best = register.find_alike(name, kind)[0]
    assert best.entity_id == entity_id
    assert dict(best.features)["spelling"] > 0.8


def test_a_name_like_none_finds_none():
    assert load_register().find_alike("xyzzy") == ()


@pytest.mark.parametrize(
    ("name", "kind", "precision"),
    [
        ("Sahel", "area", "region"),
        ("Red Sea", "sea", "region"),
        ("Shayrat Air Base", "base", "site"),
        ("Al-Omar oil field", "oil-field", "site"),
        ("Bab al-Hawa", "crossing", "site"),
        ("Zagros Mountains", "mountains", "region"),
    ],
)
def test_regions_and_sites_say_their_kind_and_precision(name, kind, precision):
    register = load_register()
    found = [register.entity(c.entity_id) for c in register.find(name, EntityKind.PLACE)]
    assert (kind, precision) in {(place.category, place.point.precision) for place in found}
