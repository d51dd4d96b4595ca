"""Scores: a chance for every claim, the same for the same claim, and no part of its id."""

from enduse.extract.scoring import add_score, name_features
from enduse.reference.score_weights import load_score_weights


def test_every_claim_has_a_chance(read):
    claims = read("Rebels fired rockets at the barracks. Six soldiers died in the shelling.")
    assert claims
    assert all(0 < claim.score < 1 for claim in claims)


def test_a_guessed_role_lowers_the_chance(read):
    claim = read("Rebels fired rockets at the barracks.")[0]
    weights = {"always": 1.0, "lacks:use:actor": -2.0}
    bare = [role for role in claim.roles if role.part != "actor"]
    poorer = type(claim)(
        **{**{f: getattr(claim, f) for f in claim.__slots__}, "roles": tuple(bare)}
    )
    assert add_score(poorer, weights).score < add_score(claim, weights).score
    assert add_score(poorer, weights).id == poorer.id


def test_no_weights_leave_the_claim_as_it_is(read):
    claim = read("Rebels fired rockets at the barracks.")[0]
    assert add_score(claim, {}) == claim


def test_the_shipped_weights_name_features_that_exist(read):
    claim = read("Rebels fired rockets at the barracks.")[0]
    assert set(name_features(claim)) & set(load_score_weights())
