"""A small register and incidents of one case, written by hand for these tests."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from enduse.model.claim import Because, Certainty, Claim, ClaimKind, Cue, Part, Role
from enduse.model.custody import Question
from enduse.model.dates import DateRange
from enduse.model.document import Span
from enduse.model.entity import Entity, Tie
from enduse.model.incident import Incident, Party, Witness
from enduse.model.mention import EntityKind
from enduse.model.quantity import Quantity
from enduse.reference.priors import load_priors
from enduse.trace import trace_custody


@dataclass(frozen=True)
class SmallRegister:
    entries: dict = field(default_factory=dict)
    parents: dict = field(default_factory=dict)
    version: str = "test"

    def entity(self, entity_id):
        return self.entries.get(entity_id)

    def mentions(self, text):
        return ()

    def find(self, name, kind=None, on=None, country=None):
        return ()

    def ancestors(self, entity_id, days=None):
        return self.parents.get(entity_id, ())


def _weapon(name, category, countries=()):
    return Entity(name, EntityKind.WEAPON, category, LABELS.get(name, name), countries)


def _actor(name, category, countries=(), ties=()):
    return Entity(name, EntityKind.ACTOR, category, LABELS.get(name, name), countries, ties=ties)


LABELS = {
    "tow": "BGM-71 TOW",
    "kornet": "9M133 Kornet",
    "atm": "anti-tank missile",
    "arms": "arms",
    "us": "United States",
    "ru": "Russia",
    "iq-forces": "Iraqi Security Forces",
    "fsa": "Free Syrian Army",
    "hazm": "Hazm Movement",
    "nusra": "Al Nusrah Front",
    "ahrar": "Ahrar al Sham",
    "jma": "Jaish al Muhajireen wal Ansar",
    "is": "Islamic State",
    "sy-forces": "Syrian army",
}


@pytest.fixture(scope="session")
def register():
    entries = [
        _weapon("tow", "anti-tank-guided-missile", ("us",)),
        _weapon("kornet", "anti-tank-guided-missile", ("ru",)),
        _weapon("atm", "anti-tank-guided-missile"),
        _weapon("arms", "arms"),
        _actor("us", "state", ("us",)),
        _actor("ru", "state", ("ru",)),
        _actor("iq-forces", "armed-forces", ("iq",)),
        _actor("sy-forces", "armed-forces", ("sy",)),
        _actor("fsa", "armed-group", ("sy",)),
        _actor("hazm", "armed-group", ("sy",)),
        _actor("nusra", "armed-group", ("sy",), (Tie("rival", "is", date(2014, 1, 1)),)),
        _actor("ahrar", "armed-group", ("sy",)),
        _actor("jma", "armed-group", ("sy",)),
        _actor("is", "armed-group", ("iq", "sy")),
    ]
    parents = {"tow": ("atm",), "kornet": ("atm",), "hazm": ("fsa",)}
    return SmallRegister({entity.id: entity for entity in entries}, parents)


@pytest.fixture(scope="session")
def priors():
    return load_priors()


def party(part, name):
    known = name in LABELS
    return Party(part, LABELS.get(name, name), name if known else None)


def incident(
    name,
    kind,
    *,
    mode=None,
    status=None,
    time=None,
    p=0.75,
    sure="certain",
    witnesses=("doc-1",),
    place=None,
    quantity=None,
    conflicts=(),
    **parts,
):
    """An incident; parts are names of the register or free labels, or tuples of them."""
    parties = []
    for part, names in parts.items():
        for one in (names,) if isinstance(names, str) else names:
            parties.append(party(Part(part.rstrip("_")), one))  # noqa: PERF401
    return Incident(
        id=f"incident-{name}",
        kind=ClaimKind(kind),
        mode=mode,
        status=status or ("done" if kind == "transfer" else None),
        parties=tuple(sorted(parties, key=lambda one: (one.part, one.key))),
        place=Party(Part.PLACE, place) if place else None,
        time=DateRange(*(date.fromisoformat(day) if day else None for day in time))
        if time
        else None,
        quantity=Quantity(str(quantity), quantity, None) if quantity else None,
        claims=(f"claim-{name}",),
        witnesses=tuple(Witness(document) for document in witnesses),
        independent=float(len(witnesses)),
        interval=(1.0, float(len(witnesses))),
        certainty=Certainty(sure),
        probability=p,
        conflicts=conflicts,
    )


def claim_of(one, quote="A sentence.", cues=()):
    return Claim(
        id=(*one.claims, *one.denials)[0],
        document_id=one.witnesses[0].document_id,
        kind=one.kind,
        roles=tuple(Role(held.part, held.label, reference=held.entity_id) for held in one.parties),
        span=Span(one.witnesses[0].document_id, 0, len(quote), quote),
        mode=one.mode,
        status=one.status,
        time=one.time,
        certainty=one.certainty,
        because=Because("test", tuple(Cue("hedge", 0, 1, cue) for cue in cues)),
    )


def palmyra():
    """The incidents of one article on missiles near a city, as fusing would give them."""
    return [
        incident(
            "use-palmyra",
            "use",
            actor="is",
            weapon="tow",
            target="sy-forces",
            time=("2015-05-13", "2015-06-09"),
            p=0.8,
        ),
        incident(
            "use-damascus",
            "use",
            actor="is",
            weapon="tow",
            target="fsa",
            time=("2014-12-01", "2014-12-31"),
            p=0.8,
        ),
        incident("origin-tow", "origin", weapon="tow", actor="us", p=0.9),
        incident(
            "supply-fsa", "transfer", mode="supply", from_="us", to="fsa", weapon="tow", p=0.82
        ),
        incident(
            "capture-fsa",
            "transfer",
            mode="capture",
            from_="fsa",
            to="is",
            weapon="tow",
            p=0.55,
            sure="probable",
        ),
        incident(
            "fell",
            "transfer",
            mode="unspecified",
            from_="fsa",
            to="jihadist groups",
            weapon="tow",
            p=0.8,
        ),
        incident("use-nusra", "use", actor="nusra", weapon="tow", p=0.8),
        incident(
            "help-nusra",
            "use",
            actor="fsa",
            beneficiary=("nusra", "ahrar"),
            weapon="tow",
            time=("2014-10-01", "2014-10-31"),
            p=0.8,
        ),
        incident(
            "help-jma",
            "use",
            actor="hazm",
            beneficiary="jma",
            weapon="tow",
            time=("2014-10-01", "2014-12-31"),
            p=0.75,
        ),
        incident(
            "plan-iraq",
            "transfer",
            mode="supply",
            status="planned",
            from_="us",
            to="iq-forces",
            weapon="atm",
            p=0.85,
            quantity=1000,
        ),
        incident(
            "fear-iraq",
            "transfer",
            mode="capture",
            from_="iq-forces",
            to="is",
            weapon="atm",
            p=0.3,
            sure="possible",
        ),
        incident(
            "capture-fallujah",
            "transfer",
            mode="capture",
            from_="iq-forces",
            to="is",
            weapon="arms",
            time=("2015-05-01", "2015-06-09"),
            p=0.8,
        ),
        incident(
            "capture-baiji",
            "transfer",
            mode="capture",
            from_="iq-forces",
            to="is",
            weapon="kornet",
            time=("2015-05-01", "2015-06-09"),
            p=0.8,
        ),
        incident("origin-kornet", "origin", weapon="kornet", actor="ru", p=0.9),
    ]


def palmyra_claims(incidents):
    fear = "The delivery runs the risk that the group may take some of them."
    return [
        claim_of(
            one,
            fear if one.id == "incident-fear-iraq" else "A sentence.",
            ("risk",) if one.id == "incident-fear-iraq" else (),
        )
        for one in incidents
    ]


@pytest.fixture
def make_incident():
    return incident


@pytest.fixture
def make_claim():
    return claim_of


@pytest.fixture
def make_party():
    return party


@pytest.fixture
def make_palmyra():
    return palmyra


@pytest.fixture
def make_palmyra_claims():
    return palmyra_claims


@pytest.fixture
def change():
    return replace


@pytest.fixture
def ask(make_party, make_claim, register, priors):
    def ask_of(  # noqa: PLR0917 - as many as a question has
        incidents,
        holder="is",
        weapon="tow",
        at=None,
        claims=None,
        top=10,
        register=register,
        priors=priors,
    ):
        weapon = make_party(Part.WEAPON, weapon) if isinstance(weapon, str) else weapon
        question = Question(weapon, make_party(Part.ACTOR, holder), at, top=top)
        told = [make_claim(one) for one in incidents] if claims is None else claims
        return trace_custody(question, incidents, told, register, priors)

    return ask_of
