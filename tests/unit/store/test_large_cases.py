"""What is kept beside the values for large cases, and old casebooks brought up to it."""

import random

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.decision import Decision, Matter
from enduse.model.document import Document
from enduse.model.interchange import with_id
from enduse.store import database, finding, pages
from enduse.store.database import open_database
from enduse.store.kinds import CLAIM, DECISION, DOCUMENT, RESOLVED
from enduse.store.sql import SqlStore

NOW = "2026-01-01T00:00:00Z"


def decision(number, subject, verdict="accept", retracts=None, matter=Matter.CLAIM):
    from datetime import UTC, datetime

    on = datetime(2026, 1, 1, tzinfo=UTC)
    key = f"decision-{number}"
    return Decision(key, number, matter, subject, verdict, "Ana", on, retracts=retracts)


def standing_by_hand(decisions):
    """Return what stands on each thing, by the meaning of decisions and retractions."""
    gone = {one.retracts for one in decisions}
    kept = [one for one in decisions if one.retracts is None and one.id not in gone]
    latest = {}
    for one in sorted(kept, key=lambda each: each.number):
        latest[one.matter.value, one.subject] = one.id
    return latest


def standing_kept(opened):
    rows = opened.select("SELECT matter, subject, decision_id FROM standing")
    return {(row["matter"], row["subject"]): row["decision_id"] for row in rows}


steps = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 30)), max_size=14)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_the_decision_that_stands_is_the_latest_not_taken_back(tmp_path_factory, made):
    opened = SqlStore(open_database(tmp_path_factory.mktemp("case") / "case.db"))
    every = []
    for number, (subject, takes_back, which) in enumerate(made, start=1):
        named, old = f"claim-{subject}", None
        standing = [one for one in every if one.id in standing_by_hand(every).values()]
        if takes_back and standing:
            old = standing[which % len(standing)]
            named = old.subject
        every.append(decision(number, named, retracts=old.id if old else None))
        opened.put(DECISION, [every[-1]])
        assert standing_kept(opened) == standing_by_hand(every)
    opened.put(DECISION, every)
    assert standing_kept(opened) == standing_by_hand(every)
    opened.close()


def claim(document_id, *names):
    roles = tuple(Role(Part.ACTOR, name) for name in names)
    weapon = Role(Part.WEAPON, "mortar")
    return with_id(Claim("", document_id, ClaimKind.USE, (*roles, weapon)))


def named(opened):
    return {(row["party"], row["claim_id"]) for row in opened.select("SELECT * FROM named")}


def test_who_is_named_follows_the_claims(store):
    one = claim("doc-1", "Quarry Men", "quarry men", "Ärmel")
    store.put(RESOLVED, [one])
    assert named(store) == {("name:quarry men", one.id), ("name:Ärmel", one.id)}
    tied = one.with_roles((Role(Part.ACTOR, "Quarry Men", reference="case-quarry"), *one.roles[2:]))
    store.put(RESOLVED, [tied])
    assert named(store) == {("case-quarry", one.id), ("name:Ärmel", one.id)}
    store.drop(RESOLVED)
    assert named(store) == set()


def test_what_is_remembered_is_found_again_after_a_write_by_anyone(tmp_path):
    mine = SqlStore(open_database(tmp_path / "case.db"))
    other = SqlStore(open_database(tmp_path / "case.db"))
    count = lambda: mine.remember("claims", (CLAIM,), lambda: mine.count(CLAIM))  # noqa: E731
    assert count() == 0
    other.put(CLAIM, [claim("doc-1", "a")])
    assert count() == 1
    with pytest.raises(RuntimeError):
        _fail_to_write(mine, count)
    assert count() == 1
    other.remove(CLAIM, [claim("doc-1", "a").id])
    assert count() == 0
    mine.close()
    other.close()


def _fail_to_write(store, count):
    with store.writing():
        store.put(CLAIM, [claim("doc-2", "b")])
        assert count() == 2
        raise RuntimeError


def old_casebook(path):
    """Make a casebook of the schema before, with decisions and claims in it."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for one in (decision(1, "a"), decision(2, "a", "reject"), decision(3, "b")):
            row = DECISION.to_row(one)
            into = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO decision({into[0]}) VALUES ({into[1]})"), row)
        row = RESOLVED.to_row(claim("doc-1", "Quarry Men", "Quarry Men"))
        into = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO resolved({into[0]}) VALUES ({into[1]})"), row)
    engine.dispose()


def test_an_old_casebook_opens_and_is_filled(tmp_path):
    old_casebook(tmp_path / "case.db")
    opened = SqlStore(open_database(tmp_path / "case.db"))
    assert set(standing_kept(opened).values()) == {"decision-2", "decision-3"}
    assert {party for party, _ in named(opened)} == {"name:quarry men"}
    assert pages.decided(opened, "claim", "reject") == ["a"]
    opened.close()


ASKED = {
    "by words": (lambda s: pages.list_documents(s, 0, "x"), "ix_document_listing"),
    "decided": (lambda s: pages.decided(s, "claim", "reject"), "ix_standing_verdict"),
    "made": (pages.made_by_decisions, "ix_standing_made"),
    "accepted": (lambda s: pages.accepted_among(s, ["x"]), "standing"),
    "names": (lambda s: pages.names_judged(s, "same", 0), "ix_judgement_verdict_left"),
    "by people": (lambda s: pages.names_by_people(s, 0), "ix_judgement_judge"),
    "drift": (lambda s: pages.list_drift(s, 3), "ix_drift_order"),
    "decisions counted": (pages.count_decided, "sqlite_autoindex_claim_1"),
    "made by hand": (pages.count_by_hand, "ix_claim_extractor"),
}


@pytest.mark.parametrize("name", ASKED)
def test_the_query_walks_its_index(store, plans, name):
    ask, index = ASKED[name]
    ask(store)
    assert any(index in step for step in plans), plans


@pytest.mark.parametrize("name", ["by words", "names", "drift"])
def test_no_value_is_read_that_is_not_shown(store, plans, name):
    ASKED[name][0](store)
    scanned = [step for step in plans if step.startswith("SCAN") and "USING" not in step]
    assert not [step for step in scanned if step.split()[1] in ("document", "judgement", "drift")]


def fill_text(opened, documents, often):
    chance = random.Random(5)
    filler = "The mill stood by the river and the road ran past it to the sea. "
    made = []
    for number in range(documents):
        times = chance.randrange(1, 9) if number % often == 0 else 0
        words = "a slate quarry " * times + filler * chance.randrange(1, 30)
        title = "The slate quarry" if number % 97 == 0 else f"Letter {number}"
        made.append(Document(f"doc-{number:05}", "snap", words, title=title))
    opened.put(DOCUMENT, made)
    return {one.id: one for one in made}


def by_index(opened, words, most):
    rows = opened.select(
        "SELECT d.id FROM document_parts AS p JOIN document AS d ON d.rowid = p.rowid "
        "WHERE document_parts MATCH :words ORDER BY p.rank, d.rowid LIMIT :most",
        words=f'"{words}"',
        most=most,
    )
    return [row["id"] for row in rows]


def test_few_hits_are_ranked_as_the_index_ranks_them(store):
    fill_text(store, 900, 9)
    found = finding.search_documents(store, '"slate quarry"', 20)
    assert found == by_index(store, "slate quarry", 20)


def test_many_hits_are_ranked_too(store):
    made = fill_text(store, 3000, 2)
    found = finding.search_documents(store, "slate quarry", 20)
    assert len(found) == len(set(found)) == 20

    def worth(key):
        return made[key].text.count("slate quarry") / (len(made[key].text) + 500)

    drawn = sum(worth(key) for key in found) / 20
    unranked = [key for key in made if "slate" in made[key].text][:20]
    assert drawn > 1.5 * sum(worth(key) for key in unranked) / 20
    assert worth(found[0]) >= worth(found[-1])


def test_candidates_come_from_the_whole_case(store):
    fill_text(store, 3000, 1)
    query = finding._Query("document_parts", '"slate quarry"')
    found = set(finding._candidates(store, query))
    assert min(found) < 300
    assert max(found) > 2700


HOSTILE = ['"', "a\x00b", "* OR x", "تو", "ab", "slate' quarry", "%", "\udcff", "NEAR(a b)", 'a" *']


@pytest.mark.parametrize("words", [*HOSTILE, "title:x", "-", '""', "(", "x " * 2000, '"the *"*'])
def test_any_words_may_be_searched(store, words):
    fill_text(store, 500, 1)
    finding.search_documents(store, words, 20)


TEXTS = {
    "doc-1": "A Hazm fighter fired the TOW; the missile came from a depot.",
    "doc-2": "The missile of the Hazm Movement, a BGM-71E.",
    "doc-3": "Général José Towner spoke of kowtowing in May.",
    "doc-4": "أطلقت الصاروخ على الدبابة",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("missile hazm", ["doc-1", "doc-2"]),
        ("MISSILE depot", ["doc-1"]),
        ('"hazm movement"', ["doc-2"]),
        ("“hazm movement” 71e", ["doc-2"]),
        ("tow", ["doc-1", "doc-3"]),
        ("tow*", ["doc-1", "doc-3"]),
        ("owt*", []),
        ("owt", ["doc-3"]),
        ("BGM-71*", ["doc-2"]),
        ('"general jo"*', ["doc-3"]),
        ("general jose", ["doc-3"]),
        ("missile of", ["doc-2"]),
        ("issil of", ["doc-2"]),
        ("issil fire*", ["doc-1"]),
        ("صاروخ", ["doc-4"]),
        ("صاروخ على", ["doc-4"]),
        ("missile howitzer", []),
        ("%", []),
    ],
)
def test_every_word_must_stand_somewhere(store, words, found):
    store.put(DOCUMENT, [Document(key, "snap", text) for key, text in TEXTS.items()])
    assert sorted(finding.search_documents(store, words, 20)) == found
    terms = finding.read_words(words)
    for key in found:
        start, end = finding.find_place(terms, TEXTS[key])
        assert end > start
        assert finding.holds(terms, TEXTS[key])


def test_beginnings_and_short_words_are_found_where_there_are_many(store):
    made = fill_text(store, 900, 2)
    for words in ("quar*", "slate* a", "a quarry"):
        found = finding.search_documents(store, words, 20)
        assert len(found) == 20
        assert all("slate quarry" in (made[key].text + made[key].title).lower() for key in found)
