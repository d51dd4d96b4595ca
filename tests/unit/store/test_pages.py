"""Every query behind a page walks an index and stops; the plans are looked at here."""

import pytest

from enduse.store import pages
from enduse.store.kinds import CLAIM

ASKED = {
    "documents": (lambda s: pages.list_documents(s, 3), "ix_document_published"),
    "incidents": (lambda s: pages.list_incidents(s, 3), "ix_incident_started"),
    "of a kind": (lambda s: pages.list_incidents(s, 0, "use"), "ix_incident_kind_started"),
    "in doubt": (lambda s: pages.list_incidents(s, 0, doubted=True), "ix_incident_doubted"),
    "parties": (lambda s: pages.list_parties(s, 0, "actor"), "ix_party_kind_incidents"),
    "of a party": (lambda s: pages.incidents_of(s, "x"), "ix_takes_part_party_started"),
    "beside": (lambda s: pages.parties_beside(s, "x"), "ix_takes_part_incident_id"),
    "next claims": (pages.open_claims, "ix_claim_reading"),
    "claims alike": (lambda s: pages.claims_alike(s, "kind", "use", 9), "ix_claim_kind"),
    "kinds": (lambda s: pages.count_by(s, CLAIM, "kind"), "ix_claim_kind"),
    "told": (lambda s: pages.incidents_told(s, ["x"]), "sqlite_autoindex_tells_1"),
    "standing": (lambda s: pages.standing(s, "claim", ["x"]), "sqlite_autoindex_standing_1"),
    "decisions": (lambda s: pages.list_decisions(s, 0), "ix_decision_number"),
}


@pytest.mark.parametrize("name", ASKED)
def test_the_query_walks_its_index(store, plans, name):
    ask, index = ASKED[name]
    ask(store)
    assert any(index in step for step in plans), plans


@pytest.mark.parametrize(
    "name", ["documents", "incidents", "of a kind", "in doubt", "claims alike"]
)
def test_a_page_is_never_sorted_from_the_whole_case(store, plans, name):
    ASKED[name][0](store)
    scanned = [step for step in plans if step.startswith("SCAN") and "USING" not in step]
    assert not [step for step in scanned if step.split()[1] in ("document", "incident", "c")], plans
