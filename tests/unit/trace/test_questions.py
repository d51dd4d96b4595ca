"""What a question takes for a sighting, a fear, the day of ties, and how its answer is named."""

from dataclasses import replace
from datetime import date

import pytest

from enduse.model.claim import Certainty, Part
from enduse.model.entity import Tie


def ways(chain):
    return [(step.giver.label, step.taker.label, step.mode) for step in chain.steps]


def total(trace):
    return sum(chain.probability for chain in trace.chains) + trace.remainder


@pytest.mark.parametrize(
    ("quote", "feared"),
    [
        ("Unverified: missiles were captured in May near the city.", False),
        ("UNVERIFIED: MISSILES WERE CAPTURED ON 12 MAY NEAR THE CITY.", False),
        ("Missiles may be captured near the city.", True),
        ("The raid would, some say, give them missiles.", True),
    ],
)
def test_the_month_of_may_is_no_fear(ask, make_incident, make_claim, quote, feared):
    taken = make_incident(
        "c", "transfer", mode="capture", from_="fsa", to="is", weapon="tow", sure="possible", p=0.3
    )
    claim = replace(make_claim(taken, quote), certainty=Certainty.POSSIBLE)
    step = ask([taken], claims=[claim]).chains[0].steps[-1]
    assert (step.mode == "feared capture") is feared


def test_a_use_that_is_only_feared_shows_nobody_with_anything(ask, make_incident, make_claim):
    taken = make_incident("c", "transfer", mode="capture", from_="fsa", to="is", weapon="tow")
    fear = make_incident("u", "use", actor="is", weapon="tow", sure="possible", p=0.35)
    quote = "Officials fear that the group could use a missile."
    feared = replace(make_claim(fear, quote), certainty=Certainty.POSSIBLE)
    alone = ask([taken])
    beside = ask([taken, fear], claims=[make_claim(taken), feared])
    assert beside.sighting.claims == ()
    assert beside.chains[0].probability == pytest.approx(alone.chains[0].probability)


def test_ties_are_judged_on_the_day_the_holder_was_seen(ask, make_incident, register):
    left = Tie("branch", "is", date(2012, 1, 1), date(2013, 12, 31))
    entries = dict(register.entries)
    entries["nusra"] = replace(entries["nusra"], ties=(left,))
    once = replace(register, entries=entries)
    told = [
        make_incident("c", "transfer", mode="capture", from_="fsa", to="nusra", weapon="tow"),
        make_incident("u", "use", actor="is", weapon="tow", time=("2013-06-01", "2013-06-02")),
    ]
    later = make_incident(
        "l", "use", actor="ru", weapon="kornet", time=("2016-01-01", "2016-01-02")
    )
    chances = [ask(rows, register=once).chains[0].probability for rows in (told, [*told, later])]
    assert chances[0] == pytest.approx(chances[1])
    assert ask(told, register=once).asked_at is None


def test_weapons_that_no_register_knows_match_by_their_words(ask, make_incident):
    told = [
        make_incident(
            "c", "transfer", mode="capture", from_="fsa", to="is", weapon="Zarb missiles"
        ),
        make_incident("u", "use", actor="is", weapon="Zarb missile"),
    ]
    told = [
        replace(
            one,
            parties=tuple(
                replace(held, entity_id=f"case-weapon-{held.label}")
                if held.part is Part.WEAPON
                else held
                for held in one.parties
            ),
        )
        for one in told
    ]
    wanted = next(held for held in told[1].parties if held.part is Part.WEAPON)
    trace = ask(told, weapon=wanted)
    assert ways(trace.chains[0])[-1] == ("Free Syrian Army", "Islamic State", "capture")


def test_a_chain_has_another_name_under_another_question(ask, make_palmyra):
    last, before = ask(make_palmyra()), ask(make_palmyra(), at=date(2014, 12, 31))
    assert {chain.id for chain in last.chains}.isdisjoint(chain.id for chain in before.chains)
    assert before.asked_at == date(2014, 12, 31)


@pytest.mark.parametrize("name", ["accounts:exclusive", "unreported"])
def test_priors_at_their_bounds_still_give_chains(ask, make_incident, priors, name):
    sure = make_incident("c", "transfer", mode="capture", from_="fsa", to="is", weapon="tow", p=1.0)
    bound = {"accounts:exclusive": 1.0, "unreported": 0.0}[name]
    trace = ask([sure], priors=priors.with_value(name, bound))
    assert total(trace) == pytest.approx(1)
