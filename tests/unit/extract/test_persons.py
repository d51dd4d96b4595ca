"""Persons without a name, and for whom "he", "she", "him" and "her" stand."""

import pytest

from enduse.extract import extract_claims
from enduse.extract.persons import sex_of
from enduse.model.claim import Claim, Part
from enduse.model.document import Document
from enduse.reference.cues import load_cues
from enduse.reference.register import load_register


def _claims(text: str) -> list[Claim]:
    """Return what the grammar reads; beside it the encoder may not see a short sentence alone."""
    document = Document(id="d", snapshot_id="s", text=text)
    found = extract_claims(document, load_register(), "both")
    return [claim for claim in found if isinstance(claim, Claim)]


def _fillers(text: str, part: Part) -> list[str]:
    return [role.text for claim in _claims(text) if (role := claim.role(part)) is not None]


@pytest.mark.parametrize(
    ("words", "sex"),
    [(["robert", "karo"], "man"), (["mrs", "karo"], "woman"), (["karo"], ""), (["kim"], "")],
)
def test_sex_is_told_by_titles_and_first_names_alone(words: list[str], sex: str) -> None:
    assert sex_of(words, load_cues("en")) == sex


def test_a_pronoun_is_not_its_own_verbs_subject() -> None:
    text = "Barbara Tollan lived with Robert Karvel. Karvel murdered her."
    assert "Karvel" not in _fillers(text, Part.VICTIM)


def test_she_is_a_woman() -> None:
    text = "Barbara Tollan met Robert Karvel at the gate. She was killed on the road."
    assert _fillers(text, Part.VICTIM) == ["Barbara Tollan"]


def test_a_fatal_stab_kills() -> None:
    assert [c.mode for c in _claims("The old man was fatally stabbed on Sunday.")] == ["killed"]
    assert [c.mode for c in _claims("The old man was stabbed on Sunday.")] == ["wounded"]


def test_an_age_may_stand_for_a_person_and_is_no_number() -> None:
    text = "A 16-year-old was killed on Sunday."
    assert _fillers(text, Part.VICTIM) == ["16-year-old"]
    assert [c.quantity for c in _claims("Six year-old Tom Karvel died.")] == [None]


def test_an_initial_is_part_of_a_name() -> None:
    text = "Police told of the death of Tom B. Karvel."
    assert _fillers(text, Part.VICTIM) == ["Tom B. Karvel"]


def test_the_day_of_a_month_counts_nothing() -> None:
    text = "Militants carried out the Jan. 10 bombings in Aleppo."
    assert [claim.quantity for claim in _claims(text)] == [None]
    text = "Militants carried out 10 bombings in Aleppo."
    assert [c.quantity.min for c in _claims(text) if c.quantity] == [10]


def test_the_death_in_an_arrest_is_nobodys_arrest() -> None:
    text = "Police made an arrest in the death of Tom Karvel."
    assert [claim.mode for claim in _claims(text)] == ["killed"]


def test_one_person_takes_no_ground() -> None:
    assert _claims("The driver fled Aleppo on Sunday.") == []
    assert [c.kind.value for c in _claims("The rebels fled Aleppo on Sunday.")] == ["control"]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Six clerks were treated for burns.", ["clerks"]),
        ("A clerk and a nurse received wounds.", ["clerk", "nurse"]),
        ("A clerk at the gate suffered from burns.", ["clerk"]),
        ("The clerk received a letter for injuries.", []),
    ],
)
def test_the_treated_and_the_suffering_are_wounded(text: str, victims: list[str]) -> None:
    assert _fillers(text, Part.VICTIM) == victims


def test_a_list_of_seized_goods_may_open_with_no_weapon() -> None:
    text = "Officers seized a crate of tea, a box of cash and two guns in Aleppo."
    assert _fillers(text, Part.WEAPON) == ["guns"]
    assert _fillers("Officers seized a crate of tea in Aleppo.", Part.WEAPON) == []


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("The driver of a blue tractor, who was shot dead, was Tom Karvel.", ["driver"]),
        ("Sunday's killings were the latest.", []),
        ("Ms. Karvel was shot dead.", ["Karvel"]),
    ],
)
def test_who_is_hurt_is_a_person_alone(text: str, victims: list[str]) -> None:
    assert _fillers(text, Part.VICTIM) == victims
