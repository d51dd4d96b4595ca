"""Register entries (weapons, actors, places) and the judgements that tie names to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from enduse.model.dates import DateRange
from enduse.model.mention import EntityKind


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, and when and how it is used.

    Attributes:
        lang: ISO 639-1 code.
        use: official, short, alias, abbreviation, former, nato, grau, local, demonym.
        needs: words of which one must stand near for the name to count ("missile" for "TOW").
        start, end: the days the name was in use, None if open.
    """

    text: str
    lang: str = "en"
    use: str = "alias"
    needs: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A dated tie to another entity.

    `kind` is branch, member, ally, backed, successor, rival or command for actors;
    is-a (more general class), part-of or variant-of for weapons; in for places.
    """

    kind: str
    other: str
    start: date | None = None
    end: date | None = None

    def held(self, days: DateRange) -> bool:
        """Return whether it may have held on one of the days."""
        return DateRange(self.start, self.end).overlaps(days)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east, and how precise: country, admin1, town, site."""

    lat: float
    lon: float
    precision: str = "town"


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of the register, or one made in a case.

    Attributes:
        id: the file name, never renamed ("bgm-71-tow", "al-nusrah-front", "place-168907").
        category: what it is within its kind ("anti-tank-guided-missile", "armed-group", "town").
        name: its label, in English.
        countries: ISO 3166-1 alpha-2 codes: a weapon's makers, an actor's home, a place's.
        names: every name, the label among them.
        ties: dated ties to others.
        codes: (scheme, code) pairs: sipri, unroca, salw, ucdp, wikidata, iso3166, geonames.
        point: where a place is.
        reviewed: by whom and when a person reviewed it; None says that nobody has.
    """

    id: str
    kind: EntityKind
    category: str
    name: str
    countries: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    ties: tuple[Tie, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    point: Point | None = None
    reviewed: str | None = None


class Verdict(StrEnum):
    """What a judgement concludes about two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A dated, signed conclusion on two names or ids; superseded by a later one, never edited.

    Attributes:
        left: a name in a document or an entity id.
        right: the entity id (or name) it is compared with.
        by: a person's name, or "rule:NAME" for the program's own.
        features: (name, value) pairs the conclusion rests on, each a plain word and 0..1.
        retracts: the id of the judgement that this one takes back, if it does.
    """

    id: str
    left: str
    right: str
    verdict: Verdict
    by: str
    on: datetime
    because: str
    features: tuple[tuple[str, float], ...] = ()
    retracts: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean, with the named features that make its score (0 to 1)."""

    entity_id: str
    label: str
    score: float
    features: tuple[tuple[str, float], ...] = ()
