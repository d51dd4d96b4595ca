"""The risk card of a planned delivery, and what it may never say."""

import pytest

from enduse.errors import MisuseError
from enduse.model.risk import Rating, risk_record
from enduse.reference.indicators import load_indicators
from enduse.trace import Yardstick, assess_risk, find_plan
from enduse.trace.rules import RULES


@pytest.fixture
def yardstick(register, priors):
    return Yardstick(register, priors, load_indicators())


@pytest.fixture
def judge(make_claim, yardstick):
    def judge_plan(incidents, quotes=None):
        claims = [make_claim(one, (quotes or {}).get(one.id, "A sentence.")) for one in incidents]
        plan = next(one for one in incidents if one.planned)
        return assess_risk(plan, incidents, claims, yardstick)

    return judge_plan


@pytest.fixture
def iraq(make_palmyra, make_palmyra_claims, yardstick):
    incidents = make_palmyra()
    plan = find_plan("claim-plan-iraq", incidents)
    return assess_risk(plan, incidents, make_palmyra_claims(incidents), yardstick)


def test_the_card_has_the_24_indicators(iraq):
    ids = [finding.indicator for finding in iraq.findings]
    groups = {"R": 8, "I": 6, "T": 6, "E": 4}
    assert ids == [f"{letter}{at}" for letter, size in groups.items() for at in range(1, size + 1)]


@pytest.mark.parametrize(
    ("indicator", "claims"),
    [
        ("R1", {"claim-capture-fallujah", "claim-capture-baiji"}),
        ("R2", {"claim-capture-baiji"}),
        ("I1", {"claim-plan-iraq"}),
        ("I6", {"claim-use-palmyra"}),
        ("E1", {"claim-capture-fallujah"}),
    ],
)
def test_what_the_case_shows_is_met_by_named_claims(iraq, indicator, claims):
    finding = next(one for one in iraq.findings if one.indicator == indicator)
    assert finding.rating is Rating.MET
    assert claims <= set(finding.claims)
    assert finding.references


@pytest.mark.parametrize("indicator", ["I3", "T5", "I5", "R7", "T3"])
def test_what_nobody_reports_is_unknown(iraq, indicator):
    assert iraq.rating(indicator) is Rating.UNKNOWN


def test_the_fear_is_no_evidence(iraq):
    assert all("claim-fear-iraq" not in finding.claims for finding in iraq.findings)


def test_an_earlier_supply_that_leaked_is_an_analogue(iraq):
    leaks = next(one for one in iraq.findings if one.indicator == "E4")
    assert "Free Syrian Army" in leaks.analogues[0].words
    assert "same supplier" in leaks.analogues[0].alike


def test_the_interval_holds_the_expected_chance_and_shrinks_with_answers(iraq, judge, make_palmyra):
    low, high = iraq.chance
    assert 0 < low < iraq.expected < high < 1
    quotes = {"incident-plan-iraq": "Each serial number was noted and on-site inspection agreed."}
    better = judge(make_palmyra(), quotes)
    assert better.unknown_share < iraq.unknown_share
    assert better.chance[1] < high


def test_unknown_is_counted_as_loud_as_met(iraq):
    record = risk_record(iraq)
    assert record["unknown_share"] == pytest.approx(len(iraq.rated(Rating.UNKNOWN)) / 24, abs=1e-4)
    assert set(record["profile"]) == {"met", "partly", "not met", "unknown"}
    assert "score" not in record


def test_a_quote_that_promises_monitoring_answers_no(judge, make_palmyra):
    card = judge(make_palmyra(), {"incident-plan-iraq": "They agreed on end-use monitoring."})
    assert card.rating("T5") is Rating.NOT_MET


def test_quotes_that_differ_are_partly(judge, make_palmyra):
    quote = "Critics say no end-use monitoring took place, though inspectors will come."
    assert judge(make_palmyra(), {"incident-plan-iraq": quote}).rating("T5") is Rating.PARTLY


def test_a_promise_denied_is_no_promise(judge, make_palmyra):
    quote = "There will be no end-use monitoring."
    assert judge(make_palmyra(), {"incident-plan-iraq": quote}).rating("T5") is Rating.MET


@pytest.mark.parametrize(
    ("quote", "rating"),
    [
        ("The country is a party to the Arms Trade Treaty.", Rating.NOT_MET),
        ("The country is not yet a party to the Arms Trade Treaty.", Rating.UNKNOWN),
        ("The country is not a party to the Arms Trade Treaty.", Rating.MET),
    ],
)
def test_a_phrase_that_is_denied_is_not_said(judge, make_palmyra, quote, rating):
    assert judge(make_palmyra(), {"incident-plan-iraq": quote}).rating("R7") is rating


def test_a_word_that_only_ends_like_a_phrase_is_not_it(judge, make_palmyra):
    quotes = {"incident-plan-iraq": "Unlicensed dealers were named."}
    assert judge(make_palmyra(), quotes).rating("T6") is not Rating.NOT_MET


def test_only_foes_that_hold_something_are_named(judge, make_palmyra, make_incident):
    fights = make_incident("use-nusra-2", "use", actor="iq-forces", weapon="arms", target="ahrar")
    card = judge([*make_palmyra(), fights])
    because = next(one.because for one in card.findings if one.indicator == "E1")
    assert "Islamic State" in because
    assert "Ahrar" not in because


def test_nothing_leaks_before_it_is_supplied(judge, make_palmyra, make_incident):
    told = [one for one in make_palmyra() if one.id == "incident-plan-iraq"]
    supply = make_incident(
        "s", "transfer", mode="supply", from_="us", to="fsa", weapon="tow",
        time=("2015-03-01", "2015-03-31"),
    )  # fmt: skip
    for year, rating in ((2012, Rating.UNKNOWN), (2015, Rating.MET)):
        lost = make_incident(
            "l", "transfer", mode="capture", from_="fsa", to="nusra", weapon="tow",
            time=(f"{year}-05-01", f"{year}-05-31"),
        )  # fmt: skip
        assert judge([*told, supply, lost]).rating("E4") is rating


def test_a_quote_on_others_answers_nothing(judge, make_palmyra):
    card = judge(make_palmyra(), {"incident-use-nusra": "They agreed on end-use monitoring."})
    assert card.rating("T5") is Rating.UNKNOWN


def test_with_nothing_beside_the_plan_only_the_item_is_known(judge, make_palmyra):
    plan = next(one for one in make_palmyra() if one.planned)
    card = judge([plan])
    answered = [one.indicator for one in card.findings if one.rating is not Rating.UNKNOWN]
    assert answered == ["I1", "I2"]


def test_a_done_transfer_has_no_card(make_palmyra, yardstick):
    done = next(one for one in make_palmyra() if one.id == "incident-supply-fsa")
    with pytest.raises(MisuseError, match="planned transfer"):
        assess_risk(done, [], [], yardstick)


def test_every_rule_of_the_data_exists_and_every_rule_is_used():
    assert {one.rule for one in load_indicators()} == set(RULES)


def test_the_ratings_do_not_depend_on_order(judge, make_palmyra):
    incidents = make_palmyra()
    assert judge(incidents) == judge(incidents[::-1])
