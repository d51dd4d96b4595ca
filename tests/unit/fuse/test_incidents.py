"""Claims to incidents: what is one thing, who knows it, and how sure anyone can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.fuse.small import (
    JUNE,
    SmallRegister,
    copied,
    fuse,
    pages,
    role,
    said,
    supply,
    use,
)

from enduse.fuse import find_contradictions, find_drift, weigh_claim
from enduse.fuse.accounts import make_account
from enduse.fuse.outline import name_parties
from enduse.model.claim import (
    Certainty,
    Part,
    Polarity,
    Publication,
    Role,
)
from enduse.model.contradiction import Matter
from enduse.model.dates import DateRange
from enduse.model.document import Document, Section, SectionKind, SourceLine, Span
from enduse.model.drift import Shift
from enduse.model.entity import Candidate
from enduse.model.interchange import with_id
from enduse.model.quantity import Quantity
from enduse.model.reprint import Relation


def test_two_papers_that_know_by_themselves_are_two_witnesses():
    (incident,) = fuse([use("doc-a"), use("doc-b")], pages("a", "b"))
    assert [witness.document_id for witness in incident.witnesses] == ["doc-a", "doc-b"]
    assert (incident.independent, incident.interval) == (2.0, (2.0, 2.0))


def test_a_reprint_is_no_witness():
    alone = fuse([use("doc-a")], pages("a", "b"))[0]
    (both,) = fuse([use("doc-a"), use("doc-b")], pages("a", "b"), [copied("doc-b", "doc-a")])
    assert [(w.document_id, w.copies) for w in both.witnesses] == [("doc-a", ("doc-b",))]
    assert "reprint of doc-a" in both.witnesses[0].because
    assert (both.independent, both.probability) == (1.0, alone.probability)


def test_copies_of_an_original_that_is_not_at_hand_are_one_witness():
    line = SourceLine(0, 1, "K. Doe", "Hill Journal", date(2020, 6, 9))
    archives = pages("a", "b", original=line)
    (incident,) = fuse([use("doc-a"), use("doc-b")], archives)
    assert len(incident.witnesses) == 1
    assert "same original" in incident.witnesses[0].because


def test_one_speaker_in_two_papers_is_one_witness():
    told = [use(each, attribution=(said("the-observatory"),)) for each in ("doc-a", "doc-b")]
    (incident,) = fuse(told, pages("a", "b"))
    assert len(incident.witnesses) == 1
    assert "the-observatory" in incident.witnesses[0].because


def test_two_viewings_of_one_video_lie_between_one_and_two():
    told = [
        use(each, attribution=(said("red-front"),), medium="video") for each in ("doc-a", "doc-b")
    ]
    (incident,) = fuse(told, pages("a", "b"))
    assert incident.interval == (1.0, 2.0)
    assert 1.0 < incident.independent < 2.0
    assert all(witness.party_to_conflict for witness in incident.witnesses)


def test_an_excerpt_counts_against_what_stands_in_it_and_less_against_the_rest():
    inside = Span("doc-b", 10, 60, "x")
    outside = Span("doc-b", 500, 560, "x")
    excerpt = copied("doc-b", "doc-a", ((0, 99, 200, 299),), Relation.EXCERPT)
    first = use("doc-a", span=Span("doc-a", 205, 260, "x"))
    (one,) = fuse([first, use("doc-b", span=inside)], pages("a", "b"), [excerpt])
    (two,) = fuse([first, use("doc-b", span=outside)], pages("a", "b"), [excerpt])
    assert one.independent == 1.0
    assert two.interval == (1.0, 2.0)
    assert 1.0 < two.independent < 2.0


def test_what_a_reprint_adds_of_its_own_is_its_own_word():
    added = use("doc-b", span=Span("doc-b", 500, 560, "x"))
    reprint = copied("doc-b", "doc-a", ((0, 99, 0, 99),))
    (alone,) = fuse([added], pages("a", "b"), [reprint])
    assert [witness.document_id for witness in alone.witnesses] == ["doc-b"]
    (both,) = fuse([use("doc-a"), added], pages("a", "b"), [reprint])
    assert [witness.document_id for witness in both.witnesses] == ["doc-a"]


def test_a_copy_that_drops_the_hedge_makes_nothing_firmer():
    claims = [use("doc-a", certainty=Certainty.PROBABLE), use("doc-b")]
    (incident,) = fuse(claims, pages("a", "b"), [copied("doc-b", "doc-a")])
    assert incident.certainty is Certainty.PROBABLE
    alone = fuse(claims[:1], pages("a"))[0]
    assert incident.probability == alone.probability


def test_a_class_of_people_excludes_nobody():
    claims = [use("doc-a", actor="rebels"), use("doc-b")]
    (incident,) = fuse(claims, pages("a", "b"))
    assert incident.party(Part.ACTOR).entity_id == "red-front"


def test_a_description_that_only_the_case_knows_excludes_nobody_and_names_nothing():
    told = use("doc-a")
    made = Role(Part.ACTOR, "some gunmen", reference="case-actor-1", name="some gunmen")
    vague = with_id(replace(told, id="", document_id="doc-b", roles=(made, *told.roles[1:])))
    (incident,) = fuse([told, vague], pages("a", "b"))
    assert incident.party(Part.ACTOR).entity_id == "red-front"


def test_what_is_planned_is_never_what_was_done():
    claims = [supply("doc-a", status="planned"), supply("doc-b")]
    incidents = fuse(claims, pages("a", "b"))
    assert sorted(incident.planned for incident in incidents) == [False, True]


def test_a_class_of_weapon_joins_its_model_and_the_model_names_the_incident():
    (incident,) = fuse([use("doc-a", weapon="atgm"), use("doc-b")], pages("a", "b"))
    assert incident.party(Part.WEAPON).entity_id == "tow"


@pytest.mark.parametrize(
    "other",
    [
        use("doc-b", weapon="kornet"),
        use("doc-b", actor="blue-guard"),
        use("doc-b", place="river-town"),
        use("doc-b", time=DateRange(date(2019, 1, 1), date(2019, 1, 2))),
        supply("doc-b"),
    ],
)
def test_another_weapon_actor_place_time_or_kind_is_another_incident(other):
    assert len(fuse([use("doc-a"), other], pages("a", "b"))) == 2


def test_what_happened_after_the_report_is_not_what_it_reports():
    early = use("doc-b", place=None, time=None)
    known = [Publication("doc-b", date(2020, 5, 1), "Paper")]
    assert len(fuse([use("doc-a"), early], known)) == 2


def test_two_claims_of_one_document_stay_two():
    claims = [use("doc-a", place=None, time=None), use("doc-a", weapon="atgm", time=None)]
    assert len(fuse(claims, pages("a"))) == 2


def test_figures_are_bounded_and_never_added():
    claims = [
        use("doc-a", quantity=Quantity("at least two", 2, None)),
        use("doc-b", quantity=Quantity("three", 3, 3)),
    ]
    (incident,) = fuse(claims, pages("a", "b"))
    assert (incident.quantity.min, incident.quantity.max, incident.figures) == (3, 3, ())


def test_figures_that_exclude_each_other_are_kept_side_by_side():
    claims = [
        use("doc-a", quantity=Quantity("two", 2, 2)),
        use("doc-b", quantity=Quantity("five", 5, 5)),
    ]
    (incident,) = fuse(claims, pages("a", "b"))
    assert (incident.quantity.min, incident.quantity.max) == (2, 5)
    assert [figure.text for figure in incident.figures] == ["two", "five"]


def test_a_denial_lowers_the_chance_and_stands_apart():
    denial = supply("doc-b", polarity=Polarity.DENIED, attribution=(said("north-land"),))
    (incident,) = fuse([supply("doc-a"), denial], pages("a", "b"))
    assert incident.denials == (denial.id,)
    assert incident.probability < fuse([supply("doc-a")], pages("a"))[0].probability
    assert any("denied" in reason.words for reason in incident.reasons)


def test_one_deed_by_two_doers_is_a_contradiction_of_both():
    claims = [use("doc-a"), use("doc-b", actor="blue-guard")]
    one, other = fuse(claims, pages("a", "b"))
    assert (one.conflicts, other.conflicts) == ((other.id,), (one.id,))


def captured(document, taker, time=JUNE, place=None, **rest):
    told = supply(document, giver="red-front", taker=taker, mode="capture", time=time, **rest)
    roles = (*told.roles, *((role(Part.PLACE, place),) if place else ()))
    return with_id(replace(told, roles=roles))


def test_a_branch_that_has_parted_is_not_the_whole():
    before = DateRange(date(2019, 6, 1), date(2019, 6, 5), "June 2019")
    for time, count in ((before, 1), (JUNE, 2)):
        claims = [captured("doc-a", "young-column", time), captured("doc-b", "old-front", time)]
        assert len(fuse(claims, pages("a", "b"))) == count


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (captured("doc-a", "blue-guard"), captured("doc-b", "grey-guard"), False),
        (
            captured("doc-a", "blue-guard", place="hill-town"),
            captured("doc-b", "grey-guard", place="hill-town"),
            True,
        ),
        (supply(time=JUNE), supply("doc-b", taker="blue-guard", time=JUNE), False),
        (supply(time=JUNE), supply("doc-b", giver="south-land", time=JUNE), True),
        (supply(time=JUNE), supply("doc-b", time=JUNE, status="stopped"), True),
        (
            supply(time=JUNE),
            supply("doc-b", status="stopped", time=DateRange(date(2015, 1, 1), date(2015, 1, 9))),
            False,
        ),
        (
            use(time=DateRange(date(2020, 6, 1), date(2020, 6, 30))),
            use("doc-b", "blue-guard", time=DateRange(date(2020, 6, 1), date(2020, 6, 30))),
            False,
        ),
    ],
)
def test_two_may_have_one_type_of_weapon(one, other, clash):
    found = fuse([one, other], pages("a", "b"))
    assert len(found) == 2
    assert all(bool(each.conflicts) is clash for each in found)


def test_each_of_several_parties_is_named_once():
    both = supply("doc-a", taker="red-front")
    roles = (*both.roles[:1], replace(both.roles[1], also=("blue-guard",)), *both.roles[2:])
    both = with_id(replace(both, roles=roles))
    alone = replace(
        supply("doc-b"),
        roles=(
            role(Part.FROM, "north-land"),
            Role(Part.TO, "blue-guard"),
            role(Part.WEAPON, "tow"),
        ),
    )
    (incident,) = fuse([both, with_id(alone)], pages("a", "b"))
    takers = [party.label for party in incident.parties if party.part is Part.TO]
    assert sorted(takers) == ["blue-guard", "red-front"]


class Knowing(SmallRegister):
    def find(self, name, kind=None, on=None, country=None):
        return (Candidate(name, name, 1.0),)


@pytest.mark.parametrize(
    ("also", "takers"),
    [((), ["desert-brigade"]), (("desert-brigade",), ["desert-brigade", "free-army"])],
)
def test_a_group_named_beside_its_branch_is_a_party_too(also, takers):
    army = supply("doc-a", taker="free-army")
    roles = (*army.roles[:1], replace(army.roles[1], also=also), *army.roles[2:])
    told = [with_id(replace(army, roles=roles)), supply("doc-b", taker="desert-brigade")]
    accounts = [make_account(claim, None, Knowing()) for claim in told]
    found = name_parties(accounts, Knowing())
    assert [party.key for party in found if party.part is Part.TO] == takers


def test_denials_of_one_newsroom_weigh_as_one():
    def denial(document):
        return supply(document, polarity=Polarity.DENIED)

    def chance_with(denials, publications):
        return fuse([supply("doc-a"), *denials], publications)[0].probability

    one = chance_with([denial("doc-b")], pages("a", "b"))
    houses = pages("a", "b", "c")
    same = [houses[0], houses[1], replace(houses[2], publisher=houses[1].publisher)]
    twice = chance_with([denial("doc-b"), denial("doc-c")], same)
    apart = chance_with([denial("doc-b"), denial("doc-c")], houses)
    assert apart < twice <= one


def test_the_time_is_what_all_reports_allow():
    wide = DateRange(date(2020, 5, 13), date(2020, 6, 3), "since 13 May")
    (incident,) = fuse([use("doc-a"), use("doc-b", time=wide)], pages("a", "b"))
    assert (incident.time.start, incident.time.end) == (date(2020, 6, 1), date(2020, 6, 3))


def test_an_empty_case_has_no_incidents():
    assert fuse([]) == ()


def test_drift_names_the_dropped_hedge_the_lost_speaker_and_the_changed_number():
    original = use(
        "doc-a",
        span=Span("doc-a", 10, 60, "x"),
        certainty=Certainty.PROBABLE,
        attribution=(said("the-observatory"),),
        quantity=Quantity("about forty", 35, 45),
    )
    copy = use("doc-b", span=Span("doc-b", 12, 58, "y"), quantity=Quantity("sixty", 60, 60))
    reprints = [copied("doc-b", "doc-a")]
    incidents = fuse([original, copy], pages("a", "b"), reprints)
    drifts = find_drift(incidents, [original, copy], [], reprints)
    assert {drift.shift for drift in drifts} == {
        Shift.HEDGE_DROPPED,
        Shift.SPEAKER_LOST,
        Shift.NUMBER_CHANGED,
    }
    assert {drift.incident_id for drift in drifts} == {incidents[0].id}


def test_drift_names_a_headline_harder_than_the_text():
    text = use("doc-a", span=Span("doc-a", 50, 90, "x"), certainty=Certainty.PROBABLE)
    title = use("doc-b", span=Span("doc-b", 0, 20, "y"))
    page = Document("doc-b", "", "z" * 99, sections=(Section(SectionKind.TITLE, 0, 30),))
    excerpt = copied("doc-b", "doc-a", ((40, 99, 40, 99),), Relation.EXCERPT)
    incidents = fuse([text, title], pages("a", "b"), [excerpt])
    (drift,) = find_drift(incidents, [text, title], [page], [excerpt])
    assert (drift.shift, drift.copy) == (Shift.HEADLINE_HARDENED, title.id)


def test_papers_that_share_rare_errors_are_tied():
    """Three papers say nine each time; two say the same wrong figure each time."""
    known = pages("a", "b", "c", "d", "e")
    claims = []
    for number, day in enumerate((date(2019, 1, 1), date(2019, 6, 1), JUNE.start)):
        figures = {"doc-a": 40 + number, "doc-b": 40 + number, "doc-c": 9, "doc-d": 9, "doc-e": 9}
        claims += [
            use(each, time=DateRange(day, day), quantity=Quantity(str(figure), figure, figure))
            for each, figure in figures.items()
        ]
    incidents = fuse(claims, known)
    assert [len(incident.witnesses) for incident in incidents] == [5, 5, 5]
    assert all(4.0 < incident.independent < 5.0 for incident in incidents)
    assert all(incident.interval == (4.0, 5.0) for incident in incidents)


def test_pages_that_give_one_address_as_their_own_are_one_witness():
    known = [
        Publication("doc-a", date(2020, 6, 10), "Paper A Daily", address="https://a.example/x/"),
        Publication("doc-b", date(2020, 6, 12), "Feed B", address="http://www.a.example/x"),
    ]
    (incident,) = fuse([use("doc-a"), use("doc-b")], known)
    assert [witness.copies for witness in incident.witnesses] == [("doc-b",)]
    (tie,) = incident.dependences
    assert (tie.kind, tie.directed) == (Relation.REPRINT, False)


def test_the_forest_names_each_way_in_which_one_document_depends_on_another():
    """A knows; B reprints A; C quotes D and D quotes A's paper; who wrote E is unknown."""
    known = pages("a", "b", "c", "d")
    known.append(Publication("doc-e", date(2020, 6, 20)))
    claims = [
        use("doc-a"),
        use("doc-b"),
        use("doc-c", attribution=(said("Paper D Daily", "reports that"),)),
        use("doc-d", attribution=(said("Paper A Daily"),)),
        use("doc-e"),
    ]
    (incident,) = fuse(claims, known, [copied("doc-b", "doc-a")])
    found = {(each.document_id, each.on): each for each in incident.dependences}
    assert {pair: each.kind for pair, each in found.items()} == {
        ("doc-b", "doc-a"): Relation.REPRINT,
        ("doc-c", "doc-d"): Relation.QUOTES,
        ("doc-d", "doc-a"): Relation.QUOTES,
        ("doc-a", "doc-e"): Relation.UNKNOWN_ORIGIN,
    }
    assert [each.directed for each in found.values()] == [True, True, True, False]
    assert found["doc-a", "doc-e"].strength < 1.0


def test_contradictions_are_things_of_their_own_with_the_competing_claims():
    two, five = (
        use(f"doc-{each}", quantity=Quantity(words, number, number))
        for each, words, number in (("a", "two", 2), ("b", "five", 5))
    )
    denial = use("doc-c", polarity=Polarity.DENIED, attribution=(said("red-front"),))
    other = use("doc-d", actor="blue-guard")
    claims = [two, five, denial, other]
    incidents = fuse(claims, pages("a", "b", "c", "d"))
    found = find_contradictions(incidents, {claim.id: claim for claim in claims})
    sides = {each.matter: {side.words: side.claims for side in each.sides} for each in found}
    assert sides == {
        Matter.FIGURE: {"two": (two.id,), "five": (five.id,)},
        Matter.WHETHER: {"affirmed": tuple(sorted((two.id, five.id))), "denied": (denial.id,)},
        Matter.WHO: {
            "red-front": tuple(sorted((two.id, five.id))),
            "blue-guard": (other.id,),
        },
    }


def test_a_claim_that_says_more_has_fewer_witnesses_than_its_incident():
    plain, full = use("doc-a", place=None), use("doc-b", quantity=Quantity("two", 2, 2))
    known = pages("a", "b")
    (incident,) = fuse([plain, full], known)
    assert incident.independent == 2.0
    assert weigh_claim(plain, [plain, full], known, []).independent == 2.0
    assert weigh_claim(full, [plain, full], known, []).independent == 1.0


def test_a_reprint_adds_no_witness_to_a_claim():
    plain, copy = use("doc-a"), use("doc-b")
    found = weigh_claim(plain, [plain, copy], pages("a", "b"), [copied("doc-b", "doc-a")])
    assert found.independent == 1.0
    assert [(each.document_id, each.on) for each in found.forest] == [("doc-b", "doc-a")]
