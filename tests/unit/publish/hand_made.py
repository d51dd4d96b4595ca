"""One hand-made case: a launcher, two chains, a copy that hardens, a plan, a fear, a denial."""

from __future__ import annotations

from datetime import date

from enduse.model.claim import (
    Because,
    Certainty,
    Claim,
    ClaimKind,
    Cue,
    Part,
    Polarity,
    Role,
    Speaker,
)
from enduse.model.custody import Chain, Lever, Sighting, Step, Trace
from enduse.model.dates import DateRange
from enduse.model.document import Document, SourceLine, Span
from enduse.model.incident import Incident, Party, Witness
from enduse.model.interchange import with_id
from enduse.model.quantity import Quantity
from enduse.model.reprint import Relation, Reprint
from enduse.publish import Evidence

DAY = date(2015, 6, 9)


def make_document(name, text, publisher, published=DAY, language="en", source_line=None):
    return Document(
        id=f"doc-{name}",
        snapshot_id=f"snap-{name}",
        text=text,
        name=name,
        title=f"Title of {name}",
        publisher=publisher,
        date_published=published,
        language=language,
        address=f"https://{name}.example/item",
        source_line=source_line,
    )


DOCUMENTS = tuple(
    make_document(*row)
    for row in (
        (
            "notes",
            (
                "Fighters of the Islamic State fire a TOW near Palmyra. Washington supplied TOW "
                "missiles to the Free Syrian Army. The missile was probably captured from the "
                "rebels."
            ),
            "Field Notes (demo)",
        ),
        (
            "copy",
            "The missile was captured from the rebels.",
            "The Daily Ledger (demo)",
            date(2015, 6, 10),
            "en",
            SourceLine(0, 10, "Lena Ortmann", "Field Notes (demo)", DAY),
        ),
        (
            "wire",
            (
                "The United States plans to deliver 1,000 anti-tank missiles to the Iraqi army. "
                "Some may be captured by the Islamic State."
            ),
            "Capital Wire (demo)",
            date(2015, 6, 4),
        ),
        (
            "denial",
            "The Free Syrian Army did not sell missiles to the Islamic State, a spokesman said.",
            "Levant Dispatch (demo)",
            date(2015, 6, 11),
        ),
        (
            "arabic",
            "استولى التنظيم على الصاروخ على الأرجح من الجيش السوري الحر.",
            "نشرة الشرق (demo)",
            date(2015, 6, 10),
            "ar",
        ),
    )
)


def make_claim(document, quote, kind, roles, **more):
    start = document.text.index(quote)
    return with_id(
        Claim(
            id="",
            document_id=document.id,
            kind=kind,
            roles=tuple(Role(part, text, name=text) for part, text in roles),
            span=Span.of(document, start, start + len(quote)),
            extractor="rules 1",
            because=more.pop("because", Because("rule-1")),
            **more,
        )
    )


NOTES, COPY, WIRE, DENIAL, ARABIC = DOCUMENTS
TOW, HOLDER = (Part.WEAPON, "BGM-71 TOW"), "Islamic State"
REBELS, BACKER = "Free Syrian Army", "United States"
TAKEN = ((Part.FROM, REBELS), (Part.TO, HOLDER), TOW)


def cue(word):
    return Because("rule-2", (Cue("certainty:probable", 0, len(word), word),))


CLAIMS = {
    "use": make_claim(
        NOTES,
        "Fighters of the Islamic State fire a TOW near Palmyra",
        ClaimKind.USE,
        ((Part.ACTOR, HOLDER), TOW, (Part.PLACE, "Palmyra")),
        medium="video",
        time=DateRange(date(2015, 5, 13), DAY),
    ),
    "supply": make_claim(
        NOTES,
        "Washington supplied TOW missiles to the Free Syrian Army",
        ClaimKind.TRANSFER,
        ((Part.FROM, BACKER), (Part.TO, REBELS), TOW),
        mode="supply",
        status="done",
    ),
    "capture": make_claim(
        NOTES,
        "The missile was probably captured from the rebels",
        ClaimKind.TRANSFER,
        TAKEN,
        mode="capture",
        status="done",
        certainty=Certainty.PROBABLE,
        because=cue("probably"),
    ),
    "hard": make_claim(
        COPY,
        "The missile was captured from the rebels",
        ClaimKind.TRANSFER,
        TAKEN,
        mode="capture",
        status="done",
    ),
    "arabic": make_claim(
        ARABIC,
        ARABIC.text[:-1],
        ClaimKind.TRANSFER,
        TAKEN,
        mode="capture",
        status="done",
        certainty=Certainty.PROBABLE,
        because=cue("على الأرجح"),
    ),
    "plan": make_claim(
        WIRE,
        "The United States plans to deliver 1,000 anti-tank missiles to the Iraqi army",
        ClaimKind.TRANSFER,
        ((Part.FROM, BACKER), (Part.TO, "Iraqi Army"), (Part.WEAPON, "anti-tank missile")),
        mode="supply",
        status="planned",
        quantity=Quantity("1,000", 1000, 1000),
    ),
    "fear": make_claim(
        WIRE,
        "Some may be captured by the Islamic State",
        ClaimKind.TRANSFER,
        ((Part.FROM, "Iraqi Army"), (Part.TO, HOLDER), (Part.WEAPON, "anti-tank missile")),
        mode="capture",
        certainty=Certainty.POSSIBLE,
        because=Because("rule-3", (Cue("certainty:possible", 0, 3, "may"),)),
    ),
    "denial": make_claim(
        DENIAL,
        "The Free Syrian Army did not sell missiles to the Islamic State",
        ClaimKind.TRANSFER,
        TAKEN,
        mode="sale",
        status="done",
        polarity=Polarity.DENIED,
        attribution=(Speaker("a spokesman"),),
    ),
}


def make_incident(name, kind, parties, claims, **more):
    place = more.pop("place", None)
    return Incident(
        id=f"incident-{name}",
        kind=kind,
        mode=more.pop("mode", None),
        status=more.pop("status", None),
        parties=tuple(Party(part, label) for part, label in parties),
        place=Party(Part.PLACE, place) if place else None,
        time=more.pop("time", None),
        quantity=more.pop("quantity", None),
        claims=tuple(sorted(CLAIMS[claim].id for claim in claims)),
        denials=tuple(CLAIMS[claim].id for claim in more.pop("denials", ())),
        **more,
    )


ALONE = (Witness(NOTES.id),)
COPIED = Witness(NOTES.id, (COPY.id,), "the source line names Field Notes (demo)")
INCIDENTS = (
    make_incident(
        "use",
        ClaimKind.USE,
        ((Part.ACTOR, HOLDER), TOW),
        ("use",),
        place="Palmyra",
        time=DateRange(date(2015, 5, 13), DAY),
        witnesses=(Witness(NOTES.id, party_to_conflict=True),),
    ),
    make_incident(
        "supply",
        ClaimKind.TRANSFER,
        ((Part.FROM, BACKER), (Part.TO, REBELS), TOW),
        ("supply",),
        mode="supply",
        status="done",
        witnesses=ALONE,
    ),
    make_incident(
        "capture",
        ClaimKind.TRANSFER,
        TAKEN,
        ("capture", "hard", "arabic"),
        mode="capture",
        status="done",
        certainty=Certainty.PROBABLE,
        witnesses=(Witness(ARABIC.id), COPIED),
        independent=1.6,
    ),
    make_incident(
        "plan",
        ClaimKind.TRANSFER,
        ((Part.FROM, BACKER), (Part.TO, "Iraqi Army"), (Part.WEAPON, "anti-tank missile")),
        ("plan",),
        mode="supply",
        status="planned",
        quantity=Quantity("1,000", 1000, 1000),
        place="Baghdad",
        time=DateRange(date(2015, 6, 20), date(2015, 6, 25)),
        witnesses=(Witness(WIRE.id),),
    ),
    make_incident(
        "fear",
        ClaimKind.TRANSFER,
        ((Part.FROM, "Iraqi Army"), (Part.TO, HOLDER), (Part.WEAPON, "anti-tank missile")),
        ("fear",),
        mode="capture",
        certainty=Certainty.POSSIBLE,
        witnesses=(Witness(WIRE.id),),
    ),
    make_incident(
        "sale", ClaimKind.TRANSFER, TAKEN, (), mode="sale", status="done", denials=("denial",)
    ),
)


def make_step(giver, taker, mode, probability, claims=(), **more):
    return Step(
        giver=Party(Part.FROM, giver),
        taker=Party(Part.TO, taker),
        weapon=Party(Part.WEAPON, "BGM-71 TOW"),
        mode=mode,
        start=more.pop("start", None),
        end=more.pop("end", DAY),
        probability=probability,
        inferred=more.pop("inferred", False),
        claims=tuple(CLAIMS[claim].id for claim in claims),
        witnesses=more.pop("witnesses", 1.0),
        **more,
    )


SUPPLY = make_step(
    BACKER,
    REBELS,
    "supply",
    0.97,
    ("supply",),
    start=date(2014, 4, 1),
    lawful=True,
    incident_id="incident-supply",
)
CAPTURE = make_step(
    REBELS,
    HOLDER,
    "capture",
    0.62,
    ("capture", "hard", "arabic"),
    certainty="probable",
    witnesses=1.6,
    start=date(2014, 11, 1),
    incident_id="incident-capture",
)
INFERRED = make_step(
    REBELS,
    "Al Nusrah Front",
    "alliance",
    0.2,
    inferred=True,
    witnesses=0.0,
    rests_on="fighting side by side",
)
SECOND = make_step(
    "Al Nusrah Front",
    HOLDER,
    "defection",
    0.1,
    inferred=True,
    witnesses=0.0,
    rests_on="fighters who changed sides",
)
TRACE = Trace(
    id="trace-sample",
    sighting=Sighting(
        Party(Part.WEAPON, "BGM-71 TOW"),
        Party(Part.ACTOR, HOLDER),
        DAY,
        (CLAIMS["use"].id,),
        ("incident-use",),
    ),
    chains=(
        Chain(
            "chain-1",
            (SUPPLY, CAPTURE),
            0.61,
            (0.38, 0.79),
            "likely",
            ("which unit held it is not said",),
            ("the capture is told by two witnesses",),
        ),
        Chain(
            "chain-2",
            (SUPPLY, INFERRED, SECOND),
            0.14,
            (0.05, 0.3),
            "very unlikely",
            ("which unit held it is not said", "no claim tells of a hand-over"),
        ),
    ),
    remainder=0.25,
    would_change_most=(Lever("The serial number of the launcher", 0.2),),
    remainder_words="older stocks of other armies, or a mistaken type",
    plans=("incident-plan",),
)


EVIDENCE = Evidence(
    documents={document.id: document for document in DOCUMENTS},
    claims={claim.id: claim for claim in CLAIMS.values()},
    incidents=INCIDENTS,
    reprints=(
        Reprint(
            "reprint-1",
            COPY.id,
            NOTES.id,
            Relation.EXCERPT,
            0.9,
            because="its source line names Field Notes (demo)",
        ),
    ),
    digests={document.id: f"{at:064x}" for at, document in enumerate(DOCUMENTS, 10)},
)
