"""`why`: each thing told with its own numbers, down to all that it rests on."""

import re
from dataclasses import replace

import pytest

from enduse.case.casebook import open_case
from enduse.case.explain import explain
from enduse.store.kinds import INCIDENT, TRACE


def test_a_chain_under_two_questions_keeps_the_numbers_of_each(case, ask):
    answers = [ask(), ask("--at", "2015-02-20")]
    chains = [chain for answer in answers for chain in answer["chains"]]
    assert len({chain["id"] for chain in chains}) == len(chains)
    routes = [
        {tuple((s["from"], s["to"]) for s in chain["steps"]) for chain in answer["chains"]}
        for answer in answers
    ]
    assert routes[0] & routes[1]
    with open_case(case) as book:
        kept = {chain.id: chain for trace in book.store.find(TRACE) for chain in trace.chains}
        for chain in chains:
            words = explain(book, chain["id"]).words
            assert f"posterior {kept[chain['id']].probability:.0%}" in words
            assert round(kept[chain["id"]].probability, 2) == pytest.approx(
                chain["probability"], abs=0.006
            )


def test_a_step_rests_on_every_incident_that_tells_of_it(case, ask):
    ask()
    with open_case(case) as book:
        trace = next(book.store.find(TRACE))
        ids = tuple(book.store.ids(INCIDENT))
        assert len(ids) == 3
        chain = trace.chains[0]
        step = replace(chain.steps[0], incident_id=ids[1], incidents=ids[1:])
        chain = replace(chain, id="chain-made", steps=(step,))
        book.store.put(TRACE, [replace(trace, id="trace-made", chains=(chain,))])
        (told_step,) = explain(book, "chain-made").rests_on
        assert told_step.id == ids[1]
        assert tuple(one.id for one in told_step.rests_on) == ids[1:]
        assert all(one.what == "incident" for one in told_step.rests_on)
        assert all(re.match("transfer", one.words) for one in told_step.rests_on)
