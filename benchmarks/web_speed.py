"""Server time of every page on a made case: 100,000 documents, 1,000,000 claims, 400,000 incidents.

    python benchmarks/web_speed.py [--documents 100000] [--claims 10] [--case FOLDER] [--rounds 40]

The case is made of rows by seed, not by the stages, so that it is there in minutes; it is kept in
FOLDER and used again. Each page is asked for ROUNDS times in turn, in one process, each time about
something else; one round before is not counted. Prints median and 99th percentile in milliseconds
of the wall, and the median of this process's core time, which a busy machine does not lengthen.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from enduse.case.casebook import Casebook, create_case, open_case
from enduse.model.claim import Claim, ClaimKind, Part, Role, Speaker
from enduse.model.dates import DateRange
from enduse.model.document import Document, Span
from enduse.model.incident import Incident, Party, Witness
from enduse.model.interchange import with_id
from enduse.model.snapshot import Snapshot
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT, RESOLVED, SNAPSHOT
from enduse.web.app import make_app

PAGE_MS, SLOWEST_MS, SEARCH_MS = 300.0, 1000.0, 200.0
WEAPONS = [f"launcher type {number}" for number in range(300)]
ACTORS = [f"brigade {number}" for number in range(5000)]
PLACES = [f"village {number}" for number in range(2000)]
FILLER = (
    "The report gives no serial number. Residents spoke of a convoy before dawn. The road was "
    "closed for two days. Nobody could say who had paid. A second source was not found. "
)


@dataclass(frozen=True)
class Size:
    """How many documents, claims in each, and the seed."""

    documents: int
    claims: int
    seed: int = 7


def make_case(folder: Path, size: Size) -> None:
    """Write the case's rows, a batch of documents at a time."""
    chance = random.Random(size.seed)
    with create_case(folder) as book:
        made = (_document(number, size, chance) for number in range(size.documents))
        while batch := list(islice(made, 2000)):
            with book.store.writing():
                book.store.put(SNAPSHOT, [one[0] for one in batch])
                book.store.put(DOCUMENT, [one[1] for one in batch])
                claims = [claim for one in batch for claim in one[2]]
                book.store.put(CLAIM, claims)
                book.store.put(RESOLVED, claims)
                book.store.put(INCIDENT, _incidents(claims, chance))
            print(f"\r{batch[-1][1].name}", end="", flush=True)
        book.store.select("SELECT count(*) FROM document")
    print()


def _document(
    number: int, size: Size, chance: random.Random
) -> tuple[Snapshot, Document, list[Claim]]:
    key, day = f"doc-{number:08}", date(2012, 1, 1) + timedelta(days=chance.randrange(4000))
    sentences, places, at = [], [], 0
    for _ in range(size.claims):
        weapon, giver, taker, place = (
            chance.choice(WEAPONS),
            # names are used as unevenly as in the world: few often, most seldom
            ACTORS[min(int(chance.paretovariate(0.6)), len(ACTORS)) - 1],
            ACTORS[min(int(chance.paretovariate(0.6)), len(ACTORS)) - 1],
            chance.choice(PLACES),
        )
        words = f"Fighters of {taker} took a {weapon} from {giver} near {place}."
        places.append((at, words, weapon, giver, taker, place))
        sentences.append(f"{words} {FILLER}")
        at += len(sentences[-1])
    text = "".join(sentences)
    snapshot = Snapshot(
        f"snap-{number:08}",
        f"{number:064x}",
        len(text),
        "text/plain",
        f"{key}.txt",
        datetime(2020, 1, 1, tzinfo=UTC),
        "made",
    )
    document = Document(
        key,
        snapshot.id,
        text,
        name=f"{key}.txt",
        title=f"Report {number} from {places[0][5]}",
        publisher=f"Outlet {number % 500}",
        date_published=day,
        language="en",
    )
    return snapshot, document, [_claim(key, place, day) for place in places]


def _claim(key: str, place: tuple[int, str, str, str, str, str], day: date) -> Claim:
    at, words, weapon, giver, taker, where = place
    roles = (
        Role(Part.FROM, giver),
        Role(Part.TO, taker),
        Role(Part.WEAPON, weapon),
        Role(Part.PLACE, where),
    )
    return with_id(
        Claim(
            "",
            key,
            ClaimKind.TRANSFER,
            roles,
            Span(key, at, at + len(words), words),
            mode="capture",
            status="done",
            time=DateRange(day, day),
            attribution=(Speaker("a resident"),),
            extractor="rules/1",
            score=0.8,
        )
    )


def _incidents(claims: list[Claim], chance: random.Random) -> Iterator[Incident]:
    """Yield one incident for every one to four claims."""
    left = iter(claims)
    while told := list(islice(left, chance.choice((1, 2, 3, 4)))):
        first = told[0]
        parties = tuple(Party(role.part, role.text) for role in first.roles[:3])
        yield Incident(
            f"incident-{first.id[6:]}",
            first.kind,
            first.mode,
            first.status,
            parties,
            Party(Part.PLACE, first.roles[3].text),
            first.time,
            None,
            tuple(sorted(claim.id for claim in told)),
            witnesses=(Witness(first.document_id),),
            probability=round(chance.random(), 4),
            conflicts=(f"incident-{first.id[6:]}",) if chance.random() < 0.01 else (),
        )


def pages(book: Casebook, chance: random.Random) -> dict[str, Callable[[], str]]:
    """Return, for each kind of page, what makes an address of it."""
    documents = book.store.count(DOCUMENT)

    def document() -> str:
        return f"doc-{chance.randrange(documents):08}"

    def incident() -> str:
        row = book.store.select(
            "SELECT id FROM incident WHERE id > :at LIMIT 1",
            at=f"incident-{chance.randrange(16**6):06x}",
        )
        return str(row[0]["id"]) if row else ""

    def actor() -> str:
        row = book.store.select(
            "SELECT party FROM takes_part WHERE party > :at LIMIT 1",
            at=f"name:brigade {chance.randrange(50, 999)}",
        )
        return str(row[0]["party"])

    return {
        "overview": lambda: "/",
        "documents": lambda: f"/documents?page={chance.randrange(40)}",
        "document": lambda: f"/documents/{document()}",
        "review": lambda: f"/review?document={document()}",
        "review, next": lambda: "/review",
        "many at once": lambda: "/review/many?column=kind&word=transfer",
        "names": lambda: "/names?verdict=same",
        "copies": lambda: "/copies",
        "decisions": lambda: "/decisions",
        "incidents": lambda: f"/incidents?page={chance.randrange(40)}",
        "incident": lambda: f"/incidents/{incident()}",
        "contradictions": lambda: "/contradictions",
        "weapons": lambda: "/entities/weapon",
        "actors": lambda: "/entities/actor",
        "places": lambda: "/entities/place",
        "actor, seldom": lambda: f"/entity/{actor()}",
        "actor, most often": lambda: f"/entity/name:{ACTORS[0]}",
        "custody": lambda: "/custody",
        "plans": lambda: "/plans",
        "dossiers": lambda: "/publish",
        "search, seldom": lambda: f"/search?words=village {chance.randrange(2000)}",
        "search, often": lambda: "/search?words=serial number",
    }


def measure(book: Casebook, rounds: int, seed: int) -> dict[str, list[tuple[float, float]]]:
    """Return the milliseconds (wall, core) of each page, `rounds` times each, in turn."""
    makers, times = pages(book, random.Random(seed)), {}
    with TestClient(make_app(book, "t"), base_url="http://127.0.0.1:1") as client:
        for turn in range(rounds + 1):
            for name, make in makers.items():
                path = make()
                wall, core = time.perf_counter(), time.process_time()
                answer = client.get(path)
                spent = (time.perf_counter() - wall) * 1000, (time.process_time() - core) * 1000
                if turn:
                    times.setdefault(name, []).append(spent)
                assert answer.status_code == 200, (path, answer.text[:200])
    return times


def report(times: dict[str, list[tuple[float, float]]]) -> None:
    """Print a line for each page."""
    print(f"{'page':20} {'median ms':>10} {'p99 ms':>10} {'core ms':>10}")
    for name, spent in times.items():
        values = [wall for wall, _ in spent]
        core = statistics.median(core for _, core in spent)
        median = statistics.median(values)
        worst = sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]
        limit = SEARCH_MS if name.startswith("search") else PAGE_MS
        held = "" if median < limit and worst < SLOWEST_MS else "  over the limit"
        print(f"{name:20} {median:10.1f} {worst:10.1f} {core:10.1f}{held}")


def main() -> None:
    """Make the case if it is not there, and measure."""
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--documents", type=int, default=100_000)
    asked.add_argument("--claims", type=int, default=10)
    asked.add_argument("--case", type=Path)
    asked.add_argument("--rounds", type=int, default=40)
    given = asked.parse_args()
    folder: Any = given.case or Path(tempfile.mkdtemp()) / "case"
    if not folder.exists():
        start = time.perf_counter()
        make_case(folder, Size(given.documents, given.claims))
        print(f"made in {time.perf_counter() - start:.0f} s")
    with open_case(folder) as book:
        book.store.select("SELECT 1")
        report(measure(book, given.rounds, 11))


if __name__ == "__main__":
    main()
