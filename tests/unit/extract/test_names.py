"""Names in a text: models with their class beside them are one name."""

import pytest

from enduse.extract.names import find_names
from enduse.reference.register import load_register


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("A BGM-71 TOW anti-tank missile lay there.", "BGM-71 TOW anti-tank missile", "bgm-71-tow"),
        ("They fired anti-tank missiles.", "anti-tank missiles", "anti-tank-missile"),
        ("He saw a missile, TOW tubes and more.", "missile", "missile"),
    ],
)
def test_a_model_takes_its_class_into_its_name(text, words, entity):
    first = find_names(text, load_register())[0]
    assert (first.text, first.entity) == (words, entity)
    assert text[first.start : first.end] == first.text
