"""Places that are persons, titles or common words here."""

from enduse.extract.misnamed import drop_misnamed
from enduse.extract.names import Named
from enduse.model.mention import EntityKind
from enduse.reference.cues import load_cues


def kept(text, *words):
    names = [
        Named(text.index(w), text.index(w) + len(w), w, EntityKind.PLACE, f"place-{w}", w, "town")
        for w in words
    ]
    return [name.text for name in drop_misnamed(text, names, load_cues("en"))]


def test_a_surname_is_no_place():
    assert kept("Colonel Davis fired. Later Tabir fell.", "Davis", "Tabir") == ["Tabir"]


def test_a_place_after_its_preposition_stays():
    assert kept("The convoy stood in Davis at noon.", "Davis") == ["Davis"]


def test_a_common_word_in_capitals_is_no_place():
    assert kept("THE MAN WAS IN CHARGE OF ROCKETS", "CHARGE") == []
