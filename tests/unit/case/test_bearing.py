"""A risk card judged by the part of a case that bears on the plan is the card of the whole case."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from enduse.case.bearing import find_kin, gather_bearing
from enduse.case.casebook import create_case, open_case
from enduse.case.evidence import gather_evidence
from enduse.case.risks import assess_planned
from enduse.errors import MisuseError, NotFoundError
from enduse.model.claim import Certainty, Claim, ClaimKind, Part, Role
from enduse.model.dates import DateRange
from enduse.model.document import Document, Span
from enduse.model.incident import Incident, Party, Witness
from enduse.model.interchange import with_id
from enduse.reference.indicators import load_indicators
from enduse.reference.priors import load_priors
from enduse.store.kinds import CLAIM, DOCUMENT, INCIDENT, RESOLVED
from enduse.trace import Yardstick, assess_risk

ACTORS = [
    Party(Part.ACTOR, "Quarry Guard"),
    Party(Part.ACTOR, "Ärmel-Brigade"),
    Party(Part.ACTOR, "ärmel-brigade"),
    Party(Part.ACTOR, "River Column"),
    Party(Part.ACTOR, "Third Company of the River Column"),
    Party(Part.ACTOR, "Syria", "country-sy"),
    Party(Part.ACTOR, "Al-Nusrah Front", "al-nusrah-front"),
    Party(Part.ACTOR, "Islamic State", "islamic-state"),
    Party(Part.ACTOR, "Hill Traders"),
]
STRANGERS = [*ACTORS, *(Party(Part.ACTOR, f"Watch {number}") for number in range(80))]
WEAPONS = [
    Party(Part.WEAPON, "TOW", "bgm-71-tow"),
    Party(Part.WEAPON, "garden mortar"),
    Party(Part.WEAPON, "arms"),
]
FORMS = [
    (ClaimKind.TRANSFER, "capture", "done", Part.FROM, Part.TO),
    (ClaimKind.TRANSFER, "supply", "done", Part.FROM, Part.TO),
    (ClaimKind.TRANSFER, "smuggling", "done", Part.FROM, Part.TO),
    (ClaimKind.TRANSFER, "surrender", "done", Part.FROM, Part.TO),
    (ClaimKind.TRANSFER, "supply", "planned", Part.FROM, Part.TO),
    (ClaimKind.USE, None, None, Part.ACTOR, Part.TARGET),
    (ClaimKind.POSSESSION, None, None, Part.ACTOR, Part.OTHER),
    (ClaimKind.CONTROL, None, "gained", Part.ACTOR, Part.FROM),
    (ClaimKind.AFFILIATION, "branch", None, Part.ACTOR, Part.OTHER),
    (ClaimKind.AFFILIATION, "ally", None, Part.ACTOR, Part.OTHER),
]
WORDS = [
    "They say a broker took part.",
    "The crates bore no serial number.",
    "Guards had abandoned their posts.",
    "It may fall into other hands.",
    "Nothing more is known.",
]


def fill(book, seed, incidents=120):
    chance = random.Random(seed)
    documents, claims, found = [], [], []
    for number in range(incidents):
        kind, mode, status, giving, taking = chance.choice(FORMS)
        pair = chance.sample(ACTORS if chance.random() < 0.4 else STRANGERS, 2)
        parties = [replace(pair[0], part=giving), replace(pair[1], part=taking)]
        if kind is not ClaimKind.AFFILIATION:
            parties.append(chance.choice(WEAPONS))
        day = date(2014, 1, 1) + timedelta(days=chance.randrange(900))
        time = DateRange(day, day) if chance.random() < 0.8 else None
        certainty = chance.choice(list(Certainty))
        text = chance.choice(WORDS)
        key = f"doc-{number:04}"
        documents.append(Document(key, "snap", text))
        roles = tuple(Role(p.part, p.label, reference=p.entity_id) for p in parties)
        claim = Claim("", key, kind, roles, Span(key, 0, len(text), text), mode, status, time)
        claim = with_id(replace(claim, certainty=certainty))
        claims.append(claim)
        found.append(
            Incident(
                f"incident-{number:04}",
                kind,
                mode,
                status,
                tuple(parties),
                None,
                time,
                None,
                (claim.id,),
                witnesses=(Witness(key),),
                certainty=certainty,
                probability=round(chance.random(), 3),
            )
        )
    book.store.put(DOCUMENT, documents)
    book.store.put(CLAIM, claims)
    book.store.put(RESOLVED, claims)
    book.store.put(INCIDENT, found)
    return [one for one in found if one.status == "planned"]


@pytest.mark.parametrize("seed", range(6))
def test_the_card_is_that_of_the_whole_case(tmp_path, seed):
    with create_case(tmp_path / "case") as book:
        plans = fill(book, seed)
        evidence = gather_evidence(book)
        yardstick = Yardstick(book.register, load_priors(), load_indicators())
        assert plans
        for plan in plans:
            whole = assess_risk(plan, evidence.incidents, evidence.claims.values(), yardstick)
            assert assess_planned(book, plan.claims[0]) == whole
            assert assess_planned(book, plan.id) == whole


def test_less_than_the_case_is_read(tmp_path):
    with create_case(tmp_path / "case") as book:
        plans = fill(book, 1, 200)
        yardstick = Yardstick(book.register, load_priors(), load_indicators())
        read = [len(gather_bearing(book, plan, yardstick).incidents) for plan in plans]
        assert min(read) < book.store.count(INCIDENT)


def test_what_a_limit_leaves_out_is_said_on_the_card(tmp_path):
    with create_case(tmp_path / "case") as book:
        plan = fill(book, 2, 300)[0]
        card = assess_planned(book, plan.id, most=3)
        said = [note for note in card.notes if "only the latest 3 were read" in note]
        assert any("incidents with the recipient" in note for note in said)
        assert not any("were read" in note for note in assess_planned(book, plan.id).notes)


def test_the_latest_are_read_first_by_either_way(tmp_path):
    from enduse.store import around

    with create_case(tmp_path / "case") as book:
        fill(book, 3, 300)
        kin = find_kin(book, Yardstick(book.register, load_priors(), load_indicators()))
        given = sorted(key for keys in kin.kept.values() for key in keys)
        parts = [part.value for part in Part]
        asked = around.json.dumps(given), around.json.dumps(parts)
        ways = [
            [
                row["incident_id"]
                for row in book.store.select(query, ids=asked[0], parts=asked[1], most=40)
            ]
            for query in (around._READ_OFF, around._WALKED)
        ]
        started = {
            one.id: one.time.start if one.time else None for one in book.store.find(INCIDENT)
        }
        assert [started[key] for key in ways[0]] == [started[key] for key in ways[1]]


def test_kin_is_read_again_after_incidents_were_written(tmp_path):
    with create_case(tmp_path / "case") as book:
        fill(book, 4)
        yardstick = Yardstick(book.register, load_priors(), load_indicators())
        first = find_kin(book, yardstick)
        assert find_kin(book, yardstick) is first
        with open_case(tmp_path / "case") as other:
            other.store.drop(INCIDENT)
        assert find_kin(book, yardstick) is not first


def test_an_id_that_is_none_or_too_short_is_refused(tmp_path):
    with create_case(tmp_path / "case") as book:
        fill(book, 1)
        with pytest.raises(MisuseError, match="claims have an id that starts so"):
            assess_planned(book, "claim-")
        with pytest.raises(NotFoundError):
            assess_planned(book, "claim-none")
