"""Server time of every page and API view on the made case that `large_case.py` writes.

    python benchmarks/web_speed.py FOLDER [--rounds 40] [--only WORD] [--api] [--plans]

Each page is asked for ROUNDS times in turn, in one process, each time about something else; one
round before is not counted, but its slowest answers are told. Prints median and 99th percentile in
milliseconds, of the wall and of this process's core time, which a busy machine does not lengthen.
`--plans` prints what the database does for each query that took longer than 50 ms.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import text
from starlette.testclient import TestClient

from enduse.case.casebook import Casebook, open_case
from enduse.case.deciding import decide
from enduse.model.decision import Matter
from enduse.store.sql import SqlStore
from enduse.web.app import make_app

PAGE_MS, SLOWEST_MS, SEARCH_MS, SLOW_QUERY_MS = 300.0, 1000.0, 200.0, 50.0
Spent = tuple[float, float]


def pages(book: Casebook, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Return, for each kind of page, what makes an address of it."""
    ids = {
        "plan": _ids(book, "incident", "kind = 'transfer' AND status = 'planned' LIMIT 5000"),
        "trace": _ids(book, "trace", "1"),
        "dossier": _ids(book, "dossier", "1"),
        "document": _ids(book, "document", "1"),
    }
    claims = {row["id"]: row["claim"] for row in _first_claims(book, ids["plan"])}

    def one(kind: str) -> str:
        return str(chance.choice(ids[kind]))

    def near(table: str, column: str, mark: str) -> str:
        rows = book.store.select(
            f"SELECT {column} AS found FROM {table} WHERE {column} > :at LIMIT 1",
            at=mark,
        )
        return str(rows[0]["found"]) if rows else near(table, column, "")

    def mark() -> str:
        return f"incident-{chance.randrange(16**6):06x}"

    def page(last: int) -> int:
        return chance.randrange(last)

    number = chance.randrange
    return {
        "overview": lambda: "/",
        "documents": lambda: f"/documents?page={page(2000)}",
        "documents, by words": lambda: f"/documents?text=village {number(2000)}",
        "document": lambda: f"/documents/{one('document')}",
        "review": lambda: f"/review?document={one('document')}",
        "review, next": lambda: "/review",
        "many at once": lambda: "/review/many?column=kind&word=transfer",
        "names": lambda: f"/names?verdict=same&page={page(200)}",
        "copies": lambda: f"/copies?page={page(90)}",
        "decisions": lambda: f"/decisions?page={page(400)}",
        "incidents": lambda: f"/incidents?page={page(7000)}",
        "incidents of a kind": lambda: f"/incidents?kind=use&page={page(1500)}",
        "incident": lambda: f"/incidents/{near('incident', 'id', mark())}",
        "contradictions": lambda: f"/contradictions?page={page(50)}",
        "weapons": lambda: "/entities/weapon",
        "actors": lambda: f"/entities/actor?page={page(90)}",
        "places, by words": lambda: f"/entities/place?text=village {number(2000)}",
        "actor, seldom": lambda: (
            f"/entity/{near('takes_part', 'party', f'name:brigade {number(50, 999)}')}"
        ),
        "actor, most often": lambda: f"/entity/{_busiest(book)}",
        "map": lambda: "/map",
        "pictures": lambda: "/pictures",
        "custody": lambda: "/custody",
        "custody of one": lambda: f"/custody/{one('trace')}",
        "drift": lambda: f"/drift?page={page(300)}",
        "plans": lambda: f"/plans?page={page(60)}",
        "risk card": lambda: f"/plans/{claims[one('plan')]}",
        "dossiers": lambda: "/publish",
        "gate": lambda: f"/publish/{one('dossier')}",
        "search, seldom": lambda: f"/search?words=village {number(2000)}",
        "search, a part": lambda: f"/search?words=rigade {number(5000)}",
        "search, often": lambda: "/search?words=serial number",
        "search, every one": lambda: "/search?words=brigade",
        "search, nothing": lambda: "/search?words=no such words",
        "search, short": lambda: "/search?words=to",
    }


def _ids(book: Casebook, table: str, where: str) -> list[str]:
    rows = book.store.select(f"SELECT id FROM {table} WHERE {where}")
    return [row["id"] for row in rows]


def _first_claims(book: Casebook, incidents: Iterable[str]) -> Iterable[dict[str, Any]]:
    for key in incidents:
        yield from book.store.select(
            "SELECT id, body ->> '$.claims[0]' AS claim FROM incident WHERE id = :id", id=key
        )


def _busiest(book: Casebook) -> str:
    rows = book.store.select(
        "SELECT party FROM party WHERE kind = 'actor' ORDER BY incidents DESC LIMIT 1"
    )
    return str(rows[0]["party"])


def measure(
    book: Casebook, makers: dict[str, Callable[[], str]], rounds: int, *, api: bool
) -> dict[str, list[Spent]]:
    """Return the milliseconds (wall, core) of each page, `rounds` times each, in turn.

    Before each round a claim is decided on, so that what hangs on decisions is counted again.
    """
    times: dict[str, list[Spent]] = {name: [] for name in makers}
    with TestClient(make_app(book, "t"), base_url="http://127.0.0.1:1") as client:
        for turn in range(rounds + 1):
            claim = book.store.select("SELECT id FROM claim LIMIT 1 OFFSET :at", at=turn)[0]["id"]
            decide(book, Matter.CLAIM, claim, "accept", by="Ana Example")
            for name, make in makers.items():
                spent = _ask(client, _api(make()) if api else make())
                if turn:
                    times[name].append(spent)
                elif spent[1] > SLOWEST_MS:
                    print(f"first time: {name} {spent[0]:.0f} ms of the wall, {spent[1]:.0f} core")
    return times


def _api(path: str) -> str:
    return "/api/overview" if path == "/" else f"/api{path}"


def _ask(client: TestClient, path: str) -> Spent:
    wall, core = time.perf_counter(), time.process_time()
    answer = client.get(path)
    spent = (time.perf_counter() - wall) * 1000, (time.process_time() - core) * 1000
    assert answer.status_code == 200, (path, answer.text[:200])
    return spent


def report(times: dict[str, list[Spent]]) -> None:
    """Print a line for each page."""
    print(f"{'':20} {'wall p50':>9} {'p99':>8} {'core p50':>9} {'p99':>8}   milliseconds")
    for name, spent in times.items():
        wall, core = ([one[at] for one in spent] for at in (0, 1))
        shown = [statistics.median(wall), _worst(wall), statistics.median(core), _worst(core)]
        limit = SEARCH_MS if name.startswith("search") else PAGE_MS
        held = "" if shown[2] < limit and shown[3] < SLOWEST_MS else "  over the limit"
        print(f"{name:20} {shown[0]:9.1f} {shown[1]:8.1f} {shown[2]:9.1f} {shown[3]:8.1f}{held}")


def _worst(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def print_plans() -> None:
    """Print, for each query that takes long, how long and what the database does for it."""
    select, told = SqlStore.select, set()

    def timed(self: SqlStore, query: str, **given: Any) -> list[dict[str, Any]]:
        start = time.process_time()
        found = select(self, query, **given)
        spent = (time.process_time() - start) * 1000
        if spent > SLOW_QUERY_MS and query not in told:
            told.add(query)
            print(f"-- {spent:.0f} ms: {query}")
            with self._connection() as connection:
                for step in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), given):
                    print(f"     {step.detail}")
        return found

    SqlStore.select = timed  # type: ignore[method-assign]


def main() -> None:
    """Measure."""
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rounds", type=int, default=40)
    asked.add_argument("--only", default="")
    asked.add_argument("--api", action="store_true")
    asked.add_argument("--plans", action="store_true")
    given = asked.parse_args()
    start = time.perf_counter()
    with open_case(given.folder) as book:
        print(f"opened in {time.perf_counter() - start:.1f} s")
        makers = pages(book, random.Random(11))
        if given.plans:
            print_plans()
        chosen = {name: make for name, make in makers.items() if given.only in name}
        report(measure(book, chosen, given.rounds, api=given.api))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{memory / 1e9:.2f} GB of memory at most")


if __name__ == "__main__":
    main()
