"""The page of plans: a planned delivery leads to its risk card, a stopped one has none."""

import sqlite3

from enduse.case.casebook import open_case
from enduse.case.views.doubts import list_plans


def test_each_card_can_be_made_and_what_was_stopped_has_none(finished, client, tmp_path):
    rows = client.get("/api/plans").json()["rows"]
    plans = [row for row in rows if row["claim_id"]]
    assert plans
    for row in plans:
        assert client.get(f"/plans/{row['claim_id']}").status_code == 200
    folder = tmp_path / "case"
    folder.mkdir()
    for path in finished.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    with sqlite3.connect(folder / "case.db") as connection:
        connection.execute("UPDATE incident SET status = 'stopped' WHERE status = 'planned'")
    connection.close()
    with open_case(folder) as book:
        stopped = list_plans(book).rows
    assert len(stopped) == len(rows)
    assert not any(row.claim_id for row in stopped)
