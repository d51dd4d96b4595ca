"""Candidates carry the reasons that weighed, each by its name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.document import Document
from enduse.model.entity import Candidate, Entity, Judgement, Name, Point, Tie, Verdict
from enduse.model.interchange import with_id
from enduse.model.mention import EntityKind
from enduse.resolve import resolve_claims
from enduse.resolve.setting import Setting
from enduse.resolve.weighing import rank_candidates

ACTOR, PLACE, WEAPON = EntityKind.ACTOR, EntityKind.PLACE, EntityKind.WEAPON


def actor(key, name, *ties, countries=()):
    held = tuple(Tie("ally", other) for other in ties)
    return Entity(key, ACTOR, "armed-group", name, countries, (Name(name),), held)


def town(key, name, country, lat, lon, people):
    codes = (("population", str(people)),)
    return Entity(key, PLACE, "town", name, (country,), (Name(name),), (), codes, Point(lat, lon))


class Namesakes:
    """Entries that share their names."""

    version = "namesakes"
    entries = (
        actor("victory-east", "Victory Brigade", "hill-army", countries=("sy",)),
        actor("victory-west", "Victory Brigade", countries=("ly",)),
        actor("hill-army", "Hill Army", countries=("sy",)),
        town("milan-it", "Milan", "it", 45.5, 9.2, 1_300_000),
        town("milan-us", "Milan", "us", 35.9, -88.8, 7_800),
        town("trenton-us", "Trenton", "us", 35.98, -88.9, 4_200),
        Entity("gun-a", WEAPON, "gun", "Storm", ("us",), (Name("Storm"),)),
        Entity("missile-b", WEAPON, "missile", "Storm", ("gb",), (Name("Storm"),)),
    )

    def entity(self, key):
        return next((e for e in self.entries if e.id == key), None)

    def find(self, name, kind=None, on=None, country=None):
        return tuple(
            Candidate(e.id, e.name, 1.0, (("exact", 1.0),))
            for e in self.entries
            if kind in (None, e.kind) and e.name == name
        )

    def mentions(self, text):
        return []

    def ancestors(self, key, days=None):
        return ("missile",) if key == "missile-b" else ()


REGISTER = Namesakes()


@pytest.mark.parametrize(
    ("name", "kind", "setting", "first", "reason"),
    [
        ("Victory Brigade", ACTOR, Setting(None, {"ly": 1.0}), "victory-west", "country"),
        ("Victory Brigade", ACTOR, Setting(None, {}, {"hill-army": 2}), "victory-east", "tied"),
        ("Storm", WEAPON, Setting(None, {}, {"missile": 1}), "missile-b", "class"),
    ],
)
def test_the_setting_chooses_and_says_why(name, kind, setting, first, reason):
    best = rank_candidates(name, kind, setting, REGISTER)[0]
    assert best.entity_id == first
    assert [value for key, value in best.features if reason in key] == [1.0]


def test_without_a_setting_the_order_is_fixed():
    found = rank_candidates("Victory Brigade", ACTOR, Setting(None, {}), REGISTER)
    assert [each.entity_id for each in found] == ["victory-east", "victory-west"]


def place_claims(text, *names):
    document = Document("doc-1", "snap-1", text)
    claims = []
    for name in names:
        at = text.index(name)
        role = Role(Part.PLACE, name, at, at + len(name))
        claims.append(with_id(Claim("", "doc-1", ClaimKind.USE, (role,))))
    return claims, [document]


def places(text, *names, judgements=()):
    claims, documents = place_claims(text, *names)
    resolved = resolve_claims(claims, REGISTER, judgements, (), documents)
    return {c.roles[0].text: c.roles[0].reference for c in resolved.claims}, resolved


def test_places_of_one_document_lie_together():
    assert places("Shots were heard in Milan.", "Milan")[0] == {"Milan": "milan-it"}
    found, resolved = places("Shots were heard in Milan and Trenton.", "Milan", "Trenton")
    assert found == {"Milan": "milan-us", "Trenton": "trenton-us"}
    made = next(j for j in resolved.judgements if j.left == "Milan")
    assert made.by == "rule:places"
    assert dict(made.features)["near"] > 0


def test_a_judgement_on_a_place_wins_over_the_rule():
    on = datetime(2026, 1, 1, tzinfo=UTC)
    told = Judgement("j1", "Milan", "milan-it", Verdict.SAME, "jd", on, "known")
    text = "Shots were heard in Milan and Trenton."
    found, _ = places(text, "Milan", "Trenton", judgements=[told])
    assert found["Milan"] == "milan-it"
    kept = Judgement("j1", "Milan", "milan-us", Verdict.DIFFERENT, "jd", on, "known")
    found, _ = places(text, "Milan", "Trenton", judgements=[kept])
    assert found["Milan"] == "milan-it"


@given(st.permutations(["Milan", "Trenton"]), st.randoms())
def test_the_order_of_claims_never_matters(names, chance):
    claims, documents = place_claims("Shots in Milan, later in Trenton.", *names)
    chance.shuffle(claims)
    resolved = resolve_claims(claims, REGISTER, (), (), documents)
    assert {c.roles[0].reference for c in resolved.claims} == {"milan-us", "trenton-us"}
