"""Who and what has been named so far, so that "the group" and "its" can be given a name.

In: phrases in reading order. Out: the entity a description or pronoun stands for, or None.
Refused: a guess across kinds (a person for "it"), and one older than the reach.

Recency and subjecthood decide, as in Lappin and Leass (1994), with sorts from the register.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from enduse.extract.names import Named
from enduse.extract.parsed import Parsed, is_country
from enduse.extract.persons import last_word, sex_of
from enduse.extract.phrases import Phrase, singular
from enduse.extract.spans import span_of
from enduse.model.mention import EntityKind
from enduse.reference.cues import Cues

_REACH = 12  # sentences back
_BODY_CATEGORIES = frozenset(
    {"ministry", "media", "monitor", "company", "international-organisation", "political-body",
     "humanitarian-organisation", "archive"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """One who or what was named: the words, where they stand, and the register's entry."""

    text: str
    start: int
    end: int
    sort: str
    named: Named | None
    sentence: int
    weight: float
    paragraph: int = 0


@dataclass(slots=True)
class Ledger:
    """What has been named so far in one document, in reading order.

    The one mutable value of the extractor: it lives for one document and is never shared.
    """

    text: str
    cues: Cues
    parties: list[Party] = field(default_factory=list)
    victim: Party | None = None
    ties: list[tuple[str, Party]] = field(default_factory=list)
    located: set[str] = field(default_factory=set)
    foes: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    sexes: dict[str, str] = field(default_factory=dict)

    def note(self, party: Party) -> None:
        """Add a party."""
        self.parties.append(party)

    def latest(
        self,
        sorts: frozenset[str],
        before: int,
        sentence: int,
        *,
        nearest: bool = False,
        barred: frozenset[str] = frozenset(),
        sex: str = "",
    ) -> Party | None:
        """Return the party of the sorts named last before an offset, subjects first.

        With `nearest`, who is subject does not count: "the Chechen group" is the one just named.
        Left out are the barred surnames ("Karo wounded him": another) and the other sex.
        """
        best: tuple[float, Party] | None = None
        for party in reversed(self.parties):
            if sentence - party.sentence > _REACH:
                break
            if party.sort not in sorts or party.end > before:
                continue
            surname = last_word(party.text)
            if surname in barred or (sex and self.sexes.get(surname, sex) != sex):
                continue
            if nearest:
                return party
            weight = party.weight - 1.5 * (sentence - party.sentence)
            if best is None or weight > best[0]:
                best = (weight, party)
        return best[1] if best else None

    def foremost(self) -> Party | None:
        """Return the group named most often so far, for "we" and "our"."""
        counts: dict[str, tuple[float, Party]] = {}
        for party in self.parties:
            if party.text.lower() in self.located:
                continue
            if party.sort == "group" and not (
                party.named is None and (" " not in party.text or party.text[0].isdigit())
            ):
                key = party.named.entity if party.named else party.text.lower()
                if key in self.foes:
                    continue
                counts[key] = (counts.get(key, (0.0, party))[0] + party.weight, party)
        return max(counts.values(), key=lambda entry: entry[0])[1] if counts else None


PERSONS = frozenset({"person"})
SOMEONE = PERSONS | {"someone"}
GROUPS = frozenset({"group"})
ACTORS = frozenset({"group", "state", "person", "body"})
BODIES = frozenset({"group", "state", "body"})
MANY = BODIES | {"many"}
_PRONOUNS = {
    "he": SOMEONE, "him": SOMEONE, "his": SOMEONE, "she": SOMEONE, "her": SOMEONE,
    "it": BODIES, "its": BODIES, "itself": BODIES,
    "they": MANY, "them": MANY, "their": MANY, "we": BODIES, "our": BODIES, "us": BODIES,
    "who": ACTORS, "i": PERSONS, "my": PERSONS,
}  # fmt: skip


def sort_of(  # noqa: PLR0911 - one case a line
    phrase: Phrase, parsed: Parsed, ledger: Ledger
) -> str:
    """Return person, group, state, place, weapon or other for a phrase that names something."""
    if phrase.named is not None:
        if phrase.named.kind is EntityKind.WEAPON:
            return "weapon"
        if is_country(phrase.named):
            return "state"
        if phrase.named.kind is EntityKind.PLACE:
            return "group" if phrase.kind == "group" else "place"
        return "body" if phrase.named.category in _BODY_CATEGORIES else "group"
    if phrase.kind in ("group", "weapon", "place"):
        return phrase.kind
    if phrase.kind in ("people", "speaker"):
        return "person" if _has_name(phrase, parsed) else phrase.kind
    if phrase.kind == "name" and phrase.last == 1 and parsed.tokens[0].low in parsed.cues.everyday:
        return "other"  # "Video shows"
    if phrase.kind == "name":
        return "person" if _looks_personal(phrase, parsed, ledger) else "group"
    return "other"


def _has_name(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether it names one person; "Officials" only opens a sentence."""
    several = phrase.core == (phrase.head, phrase.head + 1) and _is_several(phrase, parsed)
    return parsed.tokens[phrase.head].tag == "P" and not several


def _is_several(phrase: Phrase, parsed: Parsed) -> bool:
    low = parsed.tokens[phrase.head].low
    return low != singular(low)


def _looks_personal(phrase: Phrase, parsed: Parsed, ledger: Ledger) -> bool:
    words = parsed.tokens[phrase.core[0] : phrase.core[1]]
    text = [word.text for word in words]
    if phrase.determiner:
        return False
    lows = [word.low for word in words]
    if lows and (lows[0] in ledger.cues.given_names or lows[-1] in ledger.surnames):
        return True
    if any(word.isupper() and len(word) > 1 for word in text):
        return False
    return 1 <= len(text) <= len(["a", "b", "c", "d"]) and all(w[:1].isalpha() for w in text)


def note_phrases(ledger: Ledger, parsed: Parsed) -> None:
    """Add the named phrases of a sentence to the ledger, subjects with more weight."""
    subjects = {at for clause in parsed.clauses for at in clause.subject}
    for at, phrase in parsed.phrases():
        if phrase.owner_words is None and phrase.owner is not None:
            _note_owner(ledger, parsed, phrase)
        if not _is_naming(phrase, parsed):
            if at in subjects and _is_many(phrase, parsed):
                _note_many(ledger, parsed, phrase)
            elif _is_someone(phrase, parsed):
                _note_someone(ledger, parsed, phrase, subject=at in subjects)
            continue
        sort = sort_of(phrase, parsed, ledger)
        start, end = span_of(phrase, parsed)
        if phrase.kind == "name" and phrase.named is None:
            sort = _placed(at, sort, ledger.text[start:end], parsed, ledger)
        if sort == "person":
            ledger.surnames.add(parsed.tokens[phrase.head].low)
            _note_sex(ledger, parsed, phrase)
        weight = 1.0 + (1.0 if at in subjects else 0.0) + 0.3 * (phrase.named is not None)
        ledger.note(
            Party(
                ledger.text[start:end],
                start,
                end,
                sort,
                phrase.named,
                parsed.index,
                weight,
                parsed.paragraph,
            )
        )


def _is_many(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether a phrase without a name tells of several people: "the smugglers"."""
    return phrase.kind in ("group", "people") and _is_several(phrase, parsed)


def _note_many(ledger: Ledger, parsed: Parsed, phrase: Phrase) -> None:
    start, end = span_of(phrase, parsed)
    text = ledger.text[start:end]
    ledger.note(Party(text, start, end, "many", None, parsed.index, 2.5, parsed.paragraph))


def _is_someone(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether a phrase brings in one person without a name: "a man", "a gunman"."""
    low = parsed.tokens[phrase.head].low
    one = phrase.determiner in ("a", "an") and low == singular(low)
    return one and (phrase.kind == "people" or low in parsed.cues.group("members"))


def _note_someone(ledger: Ledger, parsed: Parsed, phrase: Phrase, *, subject: bool) -> None:
    start, end = span_of(phrase, parsed)
    _note_sex(ledger, parsed, phrase)
    place = (ledger.text[start:end], start, end, "someone", None, parsed.index)
    ledger.note(Party(*place, 1.0 + subject, parsed.paragraph))


def _note_sex(ledger: Ledger, parsed: Parsed, phrase: Phrase) -> None:
    sex = sex_of(parsed.words(phrase.core[0], phrase.core[1]), ledger.cues)
    if sex:
        ledger.sexes[parsed.tokens[phrase.head].low] = sex


def _placed(at: int, sort: str, text: str, parsed: Parsed, ledger: Ledger) -> str:
    """Return "place" for a name that stands after a preposition of place, here or before."""
    before = parsed.chunks[at - 1] if at else None
    located = (
        before is not None
        and before.tag == "I"
        and parsed.tokens[before.first].low in parsed.cues.group("located")
    )
    if located and sort != "person":
        ledger.located.add(text.lower())
    return "place" if text.lower() in ledger.located else sort


def _note_owner(ledger: Ledger, parsed: Parsed, phrase: Phrase) -> None:
    named = phrase.owner
    if named is None or named.kind is not EntityKind.ACTOR:
        return
    sort = "adjective" if is_country(named) else "group"
    ledger.note(
        Party(named.text, named.start, named.end, sort, named, parsed.index, 0.7, parsed.paragraph)
    )


def _is_naming(phrase: Phrase, parsed: Parsed) -> bool:
    if phrase.kind in ("pronoun", "time", "other", "strike", "attack"):
        return False
    if phrase.named is not None or parsed.tokens[phrase.head].tag == "P":
        return True
    if phrase.kind == "place":  # "the Redwood farm": a name before a common noun
        own = range(phrase.core[0], phrase.head)
        return any(parsed.tokens[i].tag == "P" and parsed.tokens[i].mention < 0 for i in own)
    return phrase.kind in ("weapon", "group") and phrase.determiner in ("", "a", "an", "several")


def keys_of(phrase: Phrase, parsed: Parsed) -> set[str]:
    """Return the names by which a phrase's party is counted: the register's ids and the words."""
    start, end = span_of(phrase, parsed)
    known = {one.entity for one in (phrase.named, phrase.owner) if one is not None}
    return known | {parsed.text[start - parsed.start : end - parsed.start].lower()}


def resolve_party(  # noqa: PLR0911 - one case a line
    phrase: Phrase, parsed: Parsed, ledger: Ledger, barred: frozenset[str] = frozenset()
) -> tuple[Party | None, str]:
    """Return whom a pronoun or description stands for and how that was found; (None, "") if not.

    Barred for a pronoun are its verb's subject and who speaks the words.
    """
    low = parsed.tokens[phrase.head].low
    before = parsed.tokens[phrase.first].start
    if phrase.kind == "pronoun" and low in ("we", "us"):
        found = ledger.foremost()
        return found, f"first person {low}" if found else ""
    if phrase.determiner == "our":
        return None, ""  # "our units" is as good a name as any
    if phrase.kind == "pronoun":
        sorts = _PRONOUNS.get(low)
        sex = sex_of((low,), parsed.cues)
        found = ledger.latest(sorts or frozenset(), before, parsed.index, barred=barred, sex=sex)
        return found, f"pronoun {low}" if found else ""
    if phrase.named is not None and (_is_name(phrase, parsed) or not _describes(phrase, parsed)):
        return None, ""
    if phrase.determiner in _PRONOUNS and _is_group_noun(low, parsed):
        found = ledger.latest(_PRONOUNS[phrase.determiner], before, parsed.index)
        return found, f"possessive {phrase.determiner}" if found else ""
    if phrase.determiner in ("the", "this", "that", "these", "those") and _is_loose(phrase, parsed):
        if phrase.owner is not None and phrase.owner.kind is EntityKind.ACTOR:
            own = _owner_party(phrase.owner, parsed)
            if own is not None:
                return own, "name in the description"
        tied = _tied_party(phrase, ledger)
        if tied is not None:
            return tied, "description by its tie"
        foreign = any(
            parsed.tokens[i].text[:1].isupper() for i in range(phrase.core[0], phrase.head)
        )
        found = ledger.latest(GROUPS, before, parsed.index, nearest=foreign and not parsed.capitals)
        return found, "description" if found else ""
    return None, ""


def _is_loose(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the words describe a group and do not name it ("the Red Column group")."""
    words = parsed.tokens[phrase.core[0] : phrase.head]
    named = [token for token in words if token.tag == "P" and token.mention < 0]
    if len(named) > 1 and not parsed.capitals:
        return False
    if any(token.tag == "K" for token in parsed.tokens[phrase.first : phrase.last]):
        return False  # a name with its short form: "the United Front (UF)"
    return singular(parsed.tokens[phrase.head].low) in parsed.cues.group("loose_groups")


def _is_name(phrase: Phrase, parsed: Parsed) -> bool:
    """Return whether the head is written as part of a name: "the Hazm Movement"."""
    return not parsed.capitals and parsed.tokens[phrase.head].text[:1].isupper()


def _tied_party(phrase: Phrase, ledger: Ledger) -> Party | None:
    """Return whom the document tied to the name in "the al Qaeda branch"."""
    owner = phrase.owner or phrase.named
    if owner is None:
        return None
    return next((p for other, p in reversed(ledger.ties) if other == owner.entity), None)


def _owner_party(named: Named, parsed: Parsed) -> Party | None:
    """Return the group named in "the Northern Front group"; None for a state or a population."""
    if is_country(named) or named.category == "population":
        return None
    return Party(named.text, named.start, named.end, "group", named, parsed.index, 1.0)


def _is_group_noun(low: str, parsed: Parsed) -> bool:
    return singular(low) in parsed.cues.group("groups") | parsed.cues.group("members")


def _describes(phrase: Phrase, parsed: Parsed) -> bool:
    return singular(parsed.tokens[phrase.head].low) in parsed.cues.group("loose_groups")
