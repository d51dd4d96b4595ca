"""What holds of every trace, whatever the case: time, weapon, sums, witnesses, order."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.model.claim import Part
from enduse.model.custody import Question, trace_record
from enduse.trace import trace_custody

ACTORS = ("us", "fsa", "nusra", "is", "ahrar", "iq-forces", "unknown gunmen", "some rebels")
WEAPONS = ("tow", "kornet", "atm", "arms")
MODES = ("supply", "sale", "capture", "loot", "unspecified", "smuggling")
DAY = date(2014, 1, 1)
CASES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

transfers = st.lists(
    st.tuples(
        st.sampled_from(ACTORS),
        st.sampled_from(ACTORS),
        st.sampled_from(WEAPONS),
        st.sampled_from(MODES),
        st.one_of(st.none(), st.integers(0, 500)),
        st.integers(0, 90),
        st.integers(2, 19),
        st.sampled_from(("certain", "probable", "possible")),
    ),
    max_size=9,
)


@pytest.fixture
def build(make_incident):
    def incidents_of(rows):
        return [one for at, row in enumerate(rows) if (one := one_of(at, *row)) is not None]

    def one_of(at, giver, taker, weapon, mode, day, width, chance, sure):  # noqa: PLR0917
        if giver == taker:
            return None
        time = None
        if day is not None:
            start = DAY + timedelta(days=day)
            time = (str(start), str(start + timedelta(days=width)))
        return make_incident(
            f"{at:02}",
            "transfer",
            mode=mode,
            from_=giver,
            to=taker,
            weapon=weapon,
            time=time,
            p=chance / 20,
            sure=sure,
            witnesses=(f"doc-{at}",),
        )

    return incidents_of


@pytest.fixture
def ask(make_party, register, priors):
    def trace_of(incidents, claims=(), top=50):
        question = Question(
            make_party(Part.WEAPON, "tow"), make_party(Part.ACTOR, "is"), date(2015, 6, 1), top=top
        )
        return trace_custody(question, incidents, claims, register, priors)

    return trace_of


def shares(trace):
    return {
        tuple(
            (step.giver.key, step.taker.key, step.mode) for step in chain.steps
        ): chain.probability
        for chain in trace.chains
    }


@CASES
@given(rows=transfers)
def test_chains_and_remainder_share_one(build, ask, rows):
    trace = ask(build(rows), top=3)
    assert sum(chain.probability for chain in trace.chains) + trace.remainder == pytest.approx(1)
    record = trace_record(trace)
    rounded = sum(chain["probability"] for chain in record["chains"]) + record["remainder"]
    assert rounded == pytest.approx(1, abs=1e-9)
    assert all(0 <= chain.probability <= 1 for chain in trace.chains)
    ranked = [chain.probability for chain in trace.chains]
    assert ranked == sorted(ranked, reverse=True)


dated = st.tuples(st.integers(0, 500), st.integers(0, 90))


@CASES
@given(rows=transfers, spans=st.tuples(dated, dated, dated))
def test_every_step_can_come_before_the_next(build, ask, rows, spans):
    route = (("us", "fsa"), ("fsa", "nusra"), ("nusra", "is"))
    rows = rows[:4] + [
        (*pair, "tow", "sale", day, width, 16, "certain")
        for pair, (day, width) in zip(route, spans, strict=True)
    ]
    for chain in ask(build(rows)).chains:
        arrival = date.min
        for step, onward in zip(chain.steps, (*chain.steps[1:], None), strict=True):
            arrival = max(arrival, step.start or date.min)
            assert arrival <= (step.end or date.max)
            assert onward is None or step.taker.key == onward.giver.key
        assert chain.steps[-1].taker.key == "is"
        holders = [step.giver.key for step in chain.steps]
        assert len(set(holders)) == len(holders)


def test_a_step_after_the_sighting_is_no_step(build, ask):
    assert ask(build([("us", "is", "tow", "supply", 600, 10, 16, "certain")])).chains == ()


@CASES
@given(rows=transfers)
def test_every_step_is_of_a_compatible_weapon(build, ask, rows):
    for chain in ask(build(rows)).chains:
        assert all(step.weapon.key in ("tow", "atm", "arms") for step in chain.steps)


@CASES
@given(rows=transfers)
def test_no_chain_is_firmer_than_its_weakest_step(build, ask, rows):
    for chain in ask(build(rows)).chains:
        assert chain.probability <= chain.weakest.probability + 1e-9
        assert chain.interval[1] <= chain.weakest.probability + 1e-9
        ranks = [certainty.rank for certainty in chain.certainties]
        assert ranks == sorted(ranks)


@CASES
@given(rows=transfers)
def test_nobody_in_particular_is_ever_a_taker(build, ask, rows):
    for chain in ask(build(rows)).chains:
        assert all(
            step.taker.label not in ("unknown gunmen", "some rebels") for step in chain.steps
        )


def test_two_reports_of_some_rebels_are_not_joined(build, ask):
    rows = [
        ("us", "some rebels", "tow", "supply", None, 0, 16, "certain"),
        ("some rebels", "is", "tow", "sale", None, 0, 16, "certain"),
    ]
    routes = [[step.giver.label for step in chain.steps] for chain in ask(build(rows)).chains]
    assert ["some rebels"] in routes
    assert ["United States", "some rebels"] not in routes


@CASES
@given(rows=transfers, seed=st.randoms(use_true_random=False))
def test_order_never_matters(build, ask, rows, seed):
    incidents = build(rows)
    shuffled = list(incidents)
    seed.shuffle(shuffled)
    assert ask(shuffled) == ask(incidents)


@CASES
@given(rows=transfers)
def test_a_reprint_changes_no_probability(build, ask, change, rows):
    incidents = build(rows)
    reprinted = [change(one, claims=(*one.claims, f"{one.claims[0]}-copy")) for one in incidents]
    assert shares(ask(reprinted)) == shares(ask(incidents))


@CASES
@given(rows=transfers, which=st.integers(0, 8))
def test_a_firmer_step_never_lowers_its_chains_sum(build, ask, change, rows, which):
    incidents = build(rows)
    if not incidents:
        return
    at = which % len(incidents)
    firmer = change(incidents[at], probability=min(0.99, incidents[at].probability + 0.2))
    before, after = ask(incidents), ask([*incidents[:at], firmer, *incidents[at + 1 :]])
    incident = incidents[at].id

    def through(trace):
        used = [one for one in trace.chains if any(incident in s.incidents for s in one.steps)]
        return sum(chain.probability for chain in used)

    if len(before.chains) < 50 and len(after.chains) < 50:
        assert through(after) >= through(before) - 0.003 * (1 + len(before.chains))


@CASES
@given(rows=transfers, witness=st.integers(3, 18))
def test_an_independent_true_report_never_lowers_its_chain(
    build, ask, make_incident, rows, witness
):
    told = [
        make_incident("x", "transfer", mode="supply", from_="us", to="fsa", weapon="tow", p=0.7),
        make_incident("y", "transfer", mode="capture", from_="fsa", to="is", weapon="tow", p=0.7),
        *build(rows),
    ]
    more = make_incident(
        "z",
        "transfer",
        mode="capture",
        from_="fsa",
        to="is",
        weapon="tow",
        p=witness / 20,
        witnesses=("doc-z",),
    )
    chain = (("us", "fsa", "supply"), ("fsa", "is", "capture"))
    assert shares(ask([*told, more])).get(chain, 0) >= shares(ask(told)).get(chain, 0) - 1e-9
