"""What becomes of the claims of grammar and encoder where both read a document."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.extract.encoder.agreeing import SIGN, SURE, SURE_BARE, agree
from enduse.extract.encoder.decoding import Need
from enduse.extract.encoder.sifting import Signs
from enduse.extract.scoring import CHANCE
from enduse.model.claim import (
    Because,
    Certainty,
    Claim,
    ClaimKind,
    Cue,
    Part,
    Polarity,
    Role,
    Speaker,
)
from enduse.model.document import Document, Span

TEXT = "Rebels of the Northern Front fired a BGM-71 TOW at a tank near Kesh, killing two soldiers."


def made(chance, roles, rule="use-weapon/verb", kind=ClaimKind.USE):
    document = Document("doc-1", "snap-1", TEXT, language="en")
    found = tuple(
        Role(part, text, TEXT.index(text), TEXT.index(text) + len(text)) for part, text in roles
    )
    cues: tuple[Cue, ...] = ()
    if rule.startswith("encoder"):
        marked = [Cue(f"role:{role.part}", role.start, role.end, role.text) for role in found[1:]]
        cues = (Cue(f"{CHANCE}{chance:.2f}", 0, 6, "Rebels"), *marked)
    return Claim(
        f"claim-{rule}-{chance}", document.id, kind, found, Span.of(document, 0, 60),
        because=Because(rule, cues), score=chance,
    )  # fmt: skip


WEAPON = (Part.WEAPON, "BGM-71 TOW")
ACTOR = (Part.ACTOR, "Northern Front")
UNSURE = {"always": -5.0}
FIRM = {"always": 5.0}
SETTLED_ALONE = {"always": 5.0, "form:encoder": -10.0}  # the grammar's claim, not the encoder's


def test_a_claim_of_the_grammar_needs_a_sign():
    told = made(0.6, [WEAPON])
    assert agree([told], [], FIRM) == []
    assert agree([told], [made(SIGN / 2, [WEAPON], "encoder/use")], FIRM) == []
    assert len(agree([told], [made(SIGN, [WEAPON], "encoder/use")], FIRM)) == 1


def test_a_blank_of_the_grammar_is_filled_and_said():
    told = made(0.6, [WEAPON])
    (claim,) = agree([told], [made(0.4, [WEAPON, ACTOR], "encoder/use")], UNSURE)
    assert claim.role(Part.ACTOR).text == "Northern Front"
    assert claim.because.rule == told.because.rule
    assert [cue.sense for cue in claim.because.cues] == ["chance:0.40", "role:actor"]
    assert claim.id != told.id


def test_the_speaker_is_the_encoders_and_the_place_is_where_it_names_one():
    told = replace(
        made(0.6, [WEAPON, (Part.PLACE, "tank")]), attribution=(Speaker("Rebels", 0, 6),)
    )
    silent = made(0.4, [WEAPON], "encoder/use")
    heard = replace(
        made(0.4, [WEAPON, (Part.PLACE, "Kesh")], "encoder/use"),
        attribution=(Speaker("Northern Front"),),
    )
    (kept,) = agree([told], [silent], UNSURE)
    assert (kept.role(Part.PLACE).text, kept.attribution) == ("tank", ())
    (denied,) = agree([replace(told, polarity=Polarity.DENIED)], [silent], UNSURE)
    assert denied.attribution == told.attribution
    (kept,) = agree([told], [heard], UNSURE)
    assert (kept.role(Part.PLACE).text, kept.attribution[0].text) == ("Kesh", "Northern Front")


OTHER = (Part.ACTOR, "Rebels")


def test_the_fuller_name_of_a_place_stays():
    told = made(0.6, [WEAPON, (Part.PLACE, "near Kesh")])
    drafted = made(0.4, [WEAPON, (Part.PLACE, "Kesh")], "encoder/use")
    (claim,) = agree([told], [drafted], UNSURE)
    assert claim.role(Part.PLACE).text == "near Kesh"


def test_a_transfer_takes_no_place_from_outside_its_words():
    told = handed(0.6, [WEAPON], "supply", 0, "supply/active")
    told = replace(told, span=replace(told.span, end=TEXT.index("near")))
    (claim,) = agree([told], [handed(0.6, [WEAPON, (Part.PLACE, "Kesh")], "supply", 0)], UNSURE)
    assert claim.role(Part.PLACE) is None


@pytest.mark.parametrize(
    ("chance", "weights", "named"),
    [(SURE, UNSURE, OTHER), (SURE - 0.1, UNSURE, ACTOR), (SURE, SETTLED_ALONE, ACTOR)],
)
def test_where_the_grammar_is_not_settled_the_encoder_names_the_parties(chance, weights, named):
    told, drafted = made(0.6, [WEAPON, ACTOR]), made(chance, [WEAPON, OTHER], "encoder/use")
    because = Because(told.because.rule, told.because.cues, (("actor", "it", "nearest"),))
    (claim,) = agree([replace(told, because=because)], [drafted], weights)
    assert claim.role(Part.ACTOR).text == named[1]
    assert bool(claim.because.resolved) == (named is ACTOR)


def test_what_the_encoder_is_sure_of_goes_before_the_grammars_claim_of_the_same_words():
    told, drafted = made(0.6, [WEAPON, ACTOR]), made(SURE, [WEAPON, OTHER], "encoder/use")
    (claim,) = agree([told], [drafted], FIRM)
    assert (set(claim.roles), claim.because) == (set(drafted.roles), drafted.because)


def test_the_grammars_place_stays_where_the_encoder_names_none():
    place, other = (Part.PLACE, "tank"), (Part.PLACE, "Northern Front")
    told = made(0.6, [WEAPON, ACTOR, place])
    (claim,) = agree([told], [made(SURE, [WEAPON, OTHER], "encoder/use")], FIRM)
    assert claim.role(Part.PLACE).text == "tank"
    (claim,) = agree([told], [made(SURE, [WEAPON, OTHER, other], "encoder/use")], FIRM)
    assert claim.role(Part.PLACE).text == "Northern Front"


@pytest.mark.parametrize("weights", [FIRM, UNSURE])
def test_a_place_carried_over_needs_the_encoder(weights):
    told = made(0.6, [WEAPON, ACTOR, (Part.PLACE, "Kesh")])
    (claim,) = agree([told], [made(SURE, [WEAPON, OTHER], "encoder/use")], weights)
    assert claim.role(Part.PLACE) is None
    seen = made(SURE, [WEAPON, OTHER, (Part.PLACE, "Kesh")], "encoder/use")
    (claim,) = agree([told], [seen], weights)
    assert claim.role(Part.PLACE).text == "Kesh"


def test_a_hedge_and_a_denial_that_the_grammar_read_stay():
    told, drafted = made(0.6, [WEAPON, ACTOR]), made(SURE, [WEAPON, OTHER], "encoder/use")
    words = (Cue("certainty:probable", 0, 6, "Rebels"), Cue("polarity:denied", 0, 6, "Rebels"))
    told = replace(
        told,
        certainty=Certainty.PROBABLE,
        polarity=Polarity.DENIED,
        attribution=(Speaker("Rebels", 0, 6),),
        because=Because(told.because.rule, words),
    )
    (claim,) = agree([told], [drafted], FIRM)
    assert (claim.role(Part.ACTOR).text, claim.because.rule) == ("Rebels", "encoder/use")
    assert (claim.certainty, claim.polarity) == (Certainty.PROBABLE, Polarity.DENIED)
    assert claim.attribution == told.attribution
    assert set(words) <= set(claim.because.cues)


def test_what_the_grammar_tells_twice_of_the_same_words_goes_out_once_in_any_order():
    drafted = made(SURE, [WEAPON, OTHER], "encoder/use")
    told = made(0.6, [WEAPON, ACTOR, (Part.PLACE, "Kesh")])
    other = replace(made(0.6, [WEAPON, OTHER, (Part.PLACE, "tank")]), id="other")
    denials = [
        replace(one, polarity=Polarity.DENIED, attribution=(Speaker(name),))
        for one, name in ((told, "Rebels"), (other, "soldiers"))
    ]
    for rows, polarity in (
        ([told, other], Polarity.AFFIRMED),
        ([told, denials[1]], Polarity.AFFIRMED),
        (denials, Polarity.DENIED),
    ):
        (claim,) = agree(rows, [drafted], FIRM)
        assert [claim] == agree(rows[::-1], [drafted], FIRM)
        assert (claim.polarity, claim.because.rule) == (polarity, "encoder/use")
        assert bool(claim.attribution) == (polarity is Polarity.DENIED)


def test_harm_of_another_mode_stands_beside_the_grammars_and_arms_do_not():
    harm = [(Part.VICTIM, "two soldiers"), (Part.ACTOR, "Rebels")]
    killed = replace(made(0.6, harm, "toll/verb", ClaimKind.CASUALTIES), mode="killed")
    sure = made(SURE, harm, "encoder/casualties", ClaimKind.CASUALTIES)
    drafts = [replace(sure, id=mode, mode=mode) for mode in ("killed", "wounded")]
    assert {claim.mode for claim in agree([killed], drafts, FIRM)} == {"killed", "wounded"}
    told = handed(0.6, [WEAPON, TAKER], "capture", 0, "capture/active")
    drafts = [handed(SURE, [WEAPON, TAKER], mode, 0) for mode in ("capture", "supply")]
    assert [claim.mode for claim in agree([told], drafts, FIRM)] == ["capture"]
    won = replace(
        made(0.6, [(Part.PLACE, "Kesh"), ACTOR], "fall/verb", ClaimKind.CONTROL), status="gained"
    )
    sure = made(SURE, [(Part.PLACE, "Kesh"), ACTOR], "encoder/control", ClaimKind.CONTROL)
    drafts = [replace(sure, id=status, status=status) for status in ("gained", "lost")]
    assert [claim.status for claim in agree([won], drafts, FIRM)] == ["gained"]


def test_a_claim_on_the_same_name_elsewhere_stands_beside_the_grammars():
    told, drafted = made(0.6, [WEAPON, ACTOR]), made(SURE, [WEAPON, OTHER], "encoder/use")
    weapon, *others = drafted.roles
    elsewhere = replace(weapon, start=weapon.start + 40, end=weapon.end + 40)
    drafted = replace(drafted, roles=(elsewhere, *others))
    actors = {claim.role(Part.ACTOR).text for claim in agree([told], [drafted], FIRM)}
    assert actors == {"Northern Front", "Rebels"}


def test_the_encoder_alone_must_be_sure():
    sure = made(SURE, [WEAPON, ACTOR], "encoder/use")
    unsure = made(SURE - 0.1, [(Part.WEAPON, "tank"), ACTOR], "encoder/use")
    assert agree([], [sure, unsure], FIRM) == [sure]
    assert agree([], [sure], UNSURE) == []


def test_what_tells_no_more_than_its_words_or_of_no_arms_must_be_surer():
    victim, place = (Part.VICTIM, "two soldiers"), (Part.PLACE, "Kesh")
    for bar, roles, kind in (
        (SURE_BARE, [WEAPON], ClaimKind.USE),
        (SURE, [victim, place], ClaimKind.CASUALTIES),
    ):
        enough, less = (made(by, roles, "encoder/x", kind) for by in (bar, bar - 0.05))
        assert agree([], [enough], FIRM) == [enough]
        assert agree([], [less], FIRM) == []


def test_a_claim_of_the_encoder_alone_must_be_likely_too():
    said = made(SURE, [WEAPON, ACTOR], "encoder/use")
    assert agree([], [said], FIRM) == [said]
    assert agree([], [said], UNSURE) == []


def test_the_encoder_says_nothing_twice():
    told = made(0.6, [WEAPON, ACTOR])
    again = made(SURE, [WEAPON, ACTOR], "encoder/use")
    far = replace(again, span=replace(again.span, start=5000, end=5060))
    sign = made(SIGN, [WEAPON], "encoder/use")
    assert len(agree([told], [sign, far], FIRM)) == 1


def test_another_kind_or_another_place_is_no_sign():
    told = made(0.6, [WEAPON])
    other = made(0.9, [WEAPON], "encoder/possession", ClaimKind.POSSESSION)
    far = replace(other, kind=ClaimKind.USE, span=replace(other.span, start=5000, end=5060))
    assert told not in agree([told], [other, far], UNSURE)


ROWS = [WEAPON, (Part.WEAPON, "TOW"), (Part.WEAPON, "tank")]
PLACES = st.sampled_from([0, 200, 900, 5000])
MODES = st.sampled_from(["supply", "capture"])
TAKER, OTHER_TAKER = (Part.TO, "Northern Front"), (Part.TO, "Rebels")


def handed(chance, roles, mode, by, rule="encoder/transfer"):
    claim = made(chance, roles, rule, ClaimKind.TRANSFER)
    span = replace(claim.span, start=claim.span.start + by, end=claim.span.end + by)
    roles = tuple(replace(r, start=r.start + by, end=r.end + by) for r in claim.roles)
    return replace(claim, id=f"{claim.id}-{mode}-{by}", mode=mode, roles=roles, span=span)


def sifted(draft, signs):
    """Return what the encoder still gives of a draft: all, its core alone, or nothing."""
    core = draft.role(Part.WEAPON)
    words, near = (core.start, core.end, core.text), (draft.span.start, draft.span.end)
    match signs.need((draft.kind, draft.mode), draft.score, words, near):
        case Need.ROLES:
            return [draft]
        case Need.SIGN:
            return [draft.with_roles((core,))]
        case _:
            return []


@given(
    st.lists(st.tuples(st.sampled_from(ROWS), MODES, PLACES), max_size=4),
    st.lists(
        st.tuples(st.sampled_from([SIGN, 0.3, SURE]), st.sampled_from(ROWS), MODES, PLACES),
        max_size=6,
    ),
)
def test_what_is_sifted_out_would_have_changed_nothing(told, drafted):
    claims = [handed(0.6, [row], mode, by, "supply/active") for row, mode, by in told]
    drafts = [handed(chance, [row, TAKER], mode, by) for chance, row, mode, by in drafted]
    signs = Signs()
    signs.add(claims)
    left = [one for draft in drafts for one in sifted(draft, signs)]
    assert agree(claims, left, UNSURE) == agree(claims, drafts, UNSURE)
    assert agree(claims, left, FIRM) == agree(claims, drafts, FIRM)


def test_a_draft_fills_only_a_claim_that_tells_the_same_of_the_weapon():
    told = handed(0.6, [WEAPON], "capture", 0, "capture/active")
    other = handed(SURE, [WEAPON, TAKER], "supply", 0)
    same = handed(0.3, [WEAPON, OTHER_TAKER], "capture", 0)
    assert agree([told], [other], UNSURE) == [told]
    (filled,) = agree([told], [other, same], UNSURE)
    assert filled.role(Part.TO).text == "Rebels"
