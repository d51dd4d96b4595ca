"""`why`: each thing told with its own numbers, down to all that it rests on."""

import json
import re
from dataclasses import replace

import pytest

from enduse.case.casebook import create_case, open_case
from enduse.case.explain import explain
from enduse.case.imports import import_claims
from enduse.case.witnessing import list_contradictions
from enduse.model.drift import Drift, Shift
from enduse.store.kinds import CLAIM, DRIFT, INCIDENT, TRACE


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


def test_a_claim_that_no_run_has_seen_is_told_with_its_document(tmp_path):
    lines = tmp_path / "claims.jsonl"
    claim = {"doc": "letter", "kind": "transfer", "from": "Mirel", "to": "Vesk", "weapon": "T-72"}
    lines.write_text(json.dumps(claim), encoding="utf-8")
    with create_case(tmp_path / "new") as book:
        import_claims(book, lines)
        (made,) = book.store.ids(CLAIM)
        for wanted in (made, made[:-4]):
            found = explain(book, wanted)
            assert (found.what, found.id, found.rests_on[0].what) == ("claim", made, "document")


def test_a_change_in_a_copy_rests_on_both_claims(case):
    with open_case(case) as book:
        first, second, _ = book.store.find(CLAIM)
        ends = (first.id, second.id, first.document_id, second.document_id)
        drift = Drift("drift-made", Shift.HEDGE_DROPPED, *ends, "possible", "certain")
        book.store.put(DRIFT, [drift])
        found = explain(book, "drift-")
        assert (found.what, found.words) == ("drift", drift.words)
        assert [one.id for one in found.rests_on] == [first.id, second.id]
        assert found.rests_on[0].rests_on[0].what == "document"


def test_a_contradiction_rests_on_the_claims_of_its_sides(case):
    with open_case(case) as book:
        incident, other, _ = book.store.find(INCIDENT)
        book.store.remove(INCIDENT, [incident.id])
        book.store.put(INCIDENT, [replace(incident, denials=other.claims)])
        ((record, _words),) = list_contradictions(book)
        found = explain(book, record["id"][:-4])
        assert (found.what, found.id) == ("contradiction", record["id"])
        assert found.words == "whether it happened: affirmed against denied"
        sides = {one.words: tuple(claim.id for claim in one.rests_on) for one in found.rests_on}
        assert sides == {"affirmed": incident.claims, "denied": other.claims}
