"""The documents of the made case: sentences from templates, the claims in them, and copies.

Every twentieth document is a copy of the one before, in which half of the hedges are dropped.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from enduse.model.claim import Because, Certainty, Claim, ClaimKind, Cue, Part, Role, Speaker
from enduse.model.dates import DateRange
from enduse.model.document import Document, Section, SectionKind, Span
from enduse.model.interchange import with_id
from enduse.model.reprint import AlignedSpan, Relation, Reprint
from enduse.model.snapshot import Snapshot
from large.names import Named, Names

COPIED = 20
_HEADLINED = 10


@dataclass(frozen=True, slots=True)
class Form:
    """A way to tell something: how often, what it claims, and the sentence."""

    weight: int
    kind: ClaimKind
    mode: str | None
    status: str | None
    parts: tuple[Part, Part]
    words: str


_TWO, _AT, _WITH = (Part.FROM, Part.TO), (Part.ACTOR, Part.TARGET), (Part.ACTOR, Part.OTHER)
_ACTING = (Part.ACTOR, Part.FROM)
FORMS = (
    Form(300, ClaimKind.TRANSFER, "capture", "done", _TWO, "{1} {h}took a {w} from {0} near {p}"),
    Form(200, ClaimKind.TRANSFER, "supply", "done", _TWO, "{0} {h}handed {w} over to {1} in {p}"),
    Form(5, ClaimKind.TRANSFER, "smuggling", "done", _TWO, "{w} {h}went from {0} to {1} by {p}"),
    Form(10, ClaimKind.TRANSFER, "supply", "planned", _TWO, "{0} will {h}send {w} to {1} by {p}"),
    Form(250, ClaimKind.USE, None, None, _AT, "{0} {h}fired a {w} at {1} near {p}"),
    Form(120, ClaimKind.POSSESSION, None, None, _WITH, "{0} {h}kept a {w} beside {1} in {p}"),
    Form(112, ClaimKind.CONTROL, None, "gained", _ACTING, "{0} {h}drove {1} out of {p}"),
    Form(3, ClaimKind.AFFILIATION, "branch", None, _WITH, "{0} {h}fights in {p} as part of {1}"),
)
_WEIGHTS = [form.weight for form in FORMS]
_ASIDES = (
    "The report gives no serial number.",
    "Residents spoke of a convoy before dawn.",
    "The road was closed for two days.",
    "Nobody could say who had paid.",
    "A second source was not found.",
    "The crates had been painted over.",
    "Two lorries stood in the yard until noon.",
    "The market opened late that week.",
    "An elder counted nine boxes.",
    "No picture of it was passed on.",
    "The bridge had been mended in spring.",
    "A broker is said to have asked for more.",
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence to be, with its form, parties and hedge."""

    form: Form
    pair: tuple[Named, Named]
    weapon: Named
    place: Named
    hedged: bool
    aside: str

    @property
    def words(self) -> str:
        """The sentence."""
        hedge = "reportedly " if self.hedged else ""
        told = self.form.words.format(
            *(one.text for one in self.pair), w=self.weapon.text, p=self.place.text, h=hedge
        )
        return f"{told[0].upper()}{told[1:]}."

    def roles(self, *, resolved: bool) -> tuple[Role, ...]:
        """Return the parties of the claim."""
        named = [*zip(self.form.parts, self.pair, strict=True), (Part.PLACE, self.place)]
        if self.form.kind not in (ClaimKind.CONTROL, ClaimKind.AFFILIATION):
            named.append((Part.WEAPON, self.weapon))
        return tuple(one.role(part, resolved=resolved) for part, one in named)


@dataclass(frozen=True)
class Page:
    """A document with its snapshot, its claims as found and as tied to entries, and its source."""

    snapshot: Snapshot
    document: Document
    claims: tuple[Claim, ...]
    resolved: tuple[Claim, ...]
    reprint: Reprint | None = None


def write_pages(documents: int, claims: int, names: Names, seed: int) -> Iterator[Page]:
    """Yield the documents in order of their numbers, a copy right after its original."""
    chance = random.Random(seed)
    told: list[Telling] = []
    for number in range(documents):
        copied = bool(told) and number % COPIED == COPIED - 1
        if copied:
            told = [replace(one, hedged=one.hedged and chance.random() < 0.5) for one in told]
        else:
            told = [_draw(names, chance) for _ in range(claims)]
        if number % _HEADLINED == 0 and claims > 1:
            told[0] = replace(told[0], hedged=False, aside="")
            told[1] = replace(told[0], hedged=True)
        day = date(2012, 1, 1) + timedelta(days=chance.randrange(4000))
        yield _page(number, told, day, copy=copied)


def _draw(names: Names, chance: random.Random) -> Telling:
    form = chance.choices(FORMS, _WEIGHTS)[0]
    pair = names.actor(chance), names.actor(chance)
    if form.kind is ClaimKind.AFFILIATION:  # small units in larger ones, never the other way
        pair = names.actors[chance.randrange(500, 5000)], names.actors[chance.randrange(50, 500)]
    asides = " ".join(chance.sample(_ASIDES, 3))
    hedged = chance.random() < 0.15
    return Telling(form, pair, names.weapon(chance), names.place(chance), hedged, asides)


def _page(number: int, told: list[Telling], day: date, *, copy: bool) -> Page:
    key, parts, places, at = f"doc-{number:08}", [], [], 0
    for one in told:
        words = one.words
        places.append((at, at + len(words)))
        parts.append(f"{words}\n\n" if not one.aside else f"{words} {one.aside} ")
        at += len(parts[-1])
    text = "".join(parts)
    snapshot = Snapshot(
        f"snap-{number:08}",
        f"{number:064x}",
        len(text),
        "text/plain",
        f"{key}.txt",
        datetime(2020, 1, 1, tzinfo=UTC),
        "made",
    )
    head = Section(SectionKind.TITLE, *places[0]) if not told[0].aside else None
    document = Document(
        key,
        snapshot.id,
        text,
        name=f"{key}.txt",
        title=f"Report {number} from {told[0].place.text}",
        publisher=f"Outlet {number % 500}",
        date_published=day,
        language="en",
        sections=(*((head,) if head else ()), Section(SectionKind.BODY, 0, len(text))),
    )
    spans = [Span(key, *place, text[slice(*place)]) for place in places]
    found = [_claim(key, one, span, day) for one, span in zip(told, spans, strict=True)]
    tied = [
        claim.with_roles(one.roles(resolved=True)) for claim, one in zip(found, told, strict=True)
    ]
    return Page(
        snapshot, document, tuple(found), tuple(tied), _reprint(number, places) if copy else None
    )


def _claim(key: str, one: Telling, span: Span, day: date) -> Claim:
    cues = (Cue("certainty:probable", span.start, span.start, "reportedly"),) if one.hedged else ()
    return with_id(
        Claim(
            "",
            key,
            one.form.kind,
            one.roles(resolved=False),
            span,
            mode=one.form.mode,
            status=one.form.status,
            time=DateRange(day, day),
            certainty=Certainty.PROBABLE if one.hedged else Certainty.CERTAIN,
            attribution=(Speaker("a resident"),) if one.hedged else (),
            because=Because("made:template", cues),
            extractor="rules/1",
            score=0.8,
        )
    )


def _reprint(number: int, places: list[tuple[int, int]]) -> Reprint:
    """Return how a copy stands to the document before it; near enough, hedges shift it a little."""
    return Reprint(
        f"reprint-{number:08}",
        f"doc-{number:08}",
        f"doc-{number - 1:08}",
        Relation.REPRINT,
        0.97,
        tuple(AlignedSpan(start, end, start, end) for start, end in places),
        because="nearly all words are the same",
    )
