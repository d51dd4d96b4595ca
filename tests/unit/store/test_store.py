"""The store keeps values whole, tells them apart by kind, and commits all or nothing."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from enduse.errors import DamagedCaseError, NewerCaseError
from enduse.model.claim import Claim, ClaimKind, Part, Role
from enduse.model.document import Document, Section, SectionKind, Span
from enduse.model.interchange import with_id
from enduse.model.snapshot import Snapshot
from enduse.store import database
from enduse.store.database import open_database
from enduse.store.finding import search_documents
from enduse.store.kinds import CLAIM, DOCUMENT, SNAPSHOT
from enduse.store.objects import Objects
from enduse.store.sql import SqlStore
from enduse.store.tables import HEAD, METADATA


@pytest.fixture
def store(tmp_path):
    opened = SqlStore(open_database(tmp_path / "case.db"))
    yield opened
    opened.close()


def document(key: str, words: str = "one TOW was used") -> Document:
    return Document(
        key, "snap-1", words, name=f"{key}.txt", sections=(Section(SectionKind.BODY, 0, 3),)
    )


def claim(document_id: str) -> Claim:
    role = Role(Part.WEAPON, "TOW", 4, 7)
    return with_id(
        Claim("", document_id, ClaimKind.USE, (role,), Span(document_id, 0, 7, "one TOW"))
    )


def test_values_come_back_equal(store):
    snapshot = Snapshot(
        "snap-1", "d", 3, "text/plain", "a.txt", datetime(2026, 1, 1, tzinfo=UTC), "file"
    )
    store.put(SNAPSHOT, [snapshot])
    store.put(DOCUMENT, [document("doc-1")])
    store.put(CLAIM, [claim("doc-1")])
    assert store.get(SNAPSHOT, "snap-1") == snapshot
    assert store.get(DOCUMENT, "doc-1") == document("doc-1")
    assert list(store.find(CLAIM, document_id="doc-1")) == [claim("doc-1")]
    assert store.get(CLAIM, "claim-none") is None


def test_find_pages_through_more_than_one_batch(store):
    store.put(DOCUMENT, [document(f"doc-{n:04}") for n in range(1203)])
    assert len(list(store.find(DOCUMENT))) == store.count(DOCUMENT) == 1203
    assert store.starting(DOCUMENT, "doc-000") == ["doc-0000", "doc-0001", "doc-0002"]


def test_a_failed_write_keeps_nothing(store):
    def fail():
        with store.writing():
            store.put(DOCUMENT, [document("doc-1")])
            store.mark_done("read", {"snap-1": "x"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.count(DOCUMENT) == 0
    assert store.done("read") == {}


def test_search_finds_words_and_parts_of_words_in_any_script(store):
    store.put(
        DOCUMENT,
        [document("doc-1", "a BGM-71E was shown"), document("doc-2", "أطلقت الصاروخ على الدبابة")],
    )
    assert search_documents(store, "71E", 20) == ["doc-1"]
    assert search_documents(store, "صاروخ", 20) == ["doc-2"]
    assert search_documents(store, '"; DROP TABLE document', 20) == []


def test_search_follows_changes(store):
    store.put(DOCUMENT, [document("doc-1", "mortar")])
    store.put(DOCUMENT, [document("doc-1", "howitzer")])
    assert search_documents(store, "mortar", 20) == []
    assert search_documents(store, "howitzer", 20) == ["doc-1"]
    store.remove(DOCUMENT, ["doc-1"])
    assert search_documents(store, "howitzer", 20) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(words):
    row = DOCUMENT.to_row(document("doc-1", words))
    assert DOCUMENT.from_row(row) == document("doc-1", words)


def test_migrations_make_the_declared_schema(tmp_path):
    engine = open_database(tmp_path / "case.db")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _o, name, *_: not str(name).startswith("document_")},
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
    heads = ScriptDirectory(str(database._MIGRATIONS)).get_heads()
    assert heads == [HEAD]


def test_a_migration_that_is_cut_short_leaves_nothing(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.execute", killed)
        with pytest.raises(KeyboardInterrupt):
            open_database(tmp_path / "case.db")
    open_database(tmp_path / "case.db").dispose()


def test_a_newer_casebook_is_refused(tmp_path):
    engine = open_database(tmp_path / "case.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerCaseError, match=r"9999.*newer enduse"):
        open_database(tmp_path / "case.db")


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "case.db").write_bytes(b"not a database" * 100)
    with pytest.raises(DamagedCaseError, match=r"case\.db"):
        open_database(tmp_path / "case.db")


def test_objects_are_named_by_their_bytes_and_written_once(tmp_path):
    objects = Objects(tmp_path)
    digest = objects.put(b"abc")
    assert digest.startswith("ba7816bf")
    assert objects.put(b"abc") == digest
    assert objects.get(digest) == b"abc"
    assert list(objects.digests()) == [digest]
    with pytest.raises(DamagedCaseError, match="missing"):
        objects.get("0" * 64)
