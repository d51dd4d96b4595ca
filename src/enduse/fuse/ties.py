"""What ties two documents together for one incident, beside copied words.

In: the publications of two documents and the claims they make of the incident. Out: ties, each
with its strength (1: one voice; less: two voices that are not wholly independent) and the reason
in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enduse.model.claim import Claim, Publication, Speaker
from enduse.model.document import SourceLine
from enduse.model.reprint import Relation
from enduse.text.addresses import bare_address, names_page
from enduse.text.bylines import bare_name, names_agree

VIDEO = "video"
LEAST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Voice:
    """One document as it speaks of one incident."""

    document_id: str
    publication: Publication
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A dependence between two documents: strength 0 to 1, why, and of which kind.

    Where it is directed, `one` depends on `other`, and `names` is what `one` names to say so: who
    published or wrote it, or its address. Ties of one document with one name mean one article.
    """

    one: str
    other: str
    strength: float
    because: str
    kind: Relation = Relation.SHARED
    directed: bool = False
    names: str = ""


def find_ties(one: Voice, other: Voice, numbers: Mapping[str, float]) -> Iterator[Tie]:
    """Yield every tie between two documents; the order of the two does not matter.

    >>> line = SourceLine(0, 9, publisher="Harbour Journal")
    >>> pages = [Voice(each, Publication(each, original=line)) for each in ("doc-1", "doc-2")]
    >>> [tie.because for tie in find_ties(*pages, {})]
    ['both name the same original: Harbour Journal']
    """
    if other.document_id < one.document_id:
        one, other = other, one
    ends, facts = (one.document_id, other.document_id), (one.publication, other.publication)
    for kind, because in (
        (Relation.REPRINT, _same_original(*facts)),
        (Relation.REPRINT, _same_address(*facts)),
        (Relation.SAME_AUTHOR, _same_author(*facts)),
        (Relation.SHARED, _same_sentence(one, other)),
    ):
        if because:
            yield Tie(*ends, 1.0, because, kind)
    yield from _directed_ties(one, other)
    yield from _directed_ties(other, one)
    yield from _speaker_ties(one, other, numbers)
    if _both_agree(one.publication.publisher, other.publication.publisher):
        because = f"both are published by {one.publication.publisher}"
        yield Tie(*ends, numbers["tie:same-publisher"], because, Relation.SAME_PUBLISHER)
    if _unknown(one.publication) or _unknown(other.publication):
        strength = numbers.get("tie:unknown-origin", 0.0)
        yield Tie(*ends, strength, "who wrote one is not known", Relation.UNKNOWN_ORIGIN)


def _directed_ties(one: Voice, other: Voice) -> Iterator[Tie]:
    facts = one.publication, other.publication
    for kind, (because, names) in (
        (Relation.REPRINT, _alike(_names_original(*facts))),
        (Relation.BASED_ON, _alike(_based_on(*facts))),
        (Relation.QUOTES, _quotes(one, other)),
    ):
        if because:
            ends = one.document_id, other.document_id
            yield Tie(*ends, 1.0, because, kind, directed=True, names=names)


def _alike(because: str) -> tuple[str, str]:
    """Return the reason, and itself as the name: it is made of nothing but what `one` names."""
    return because, because


def _based_on(copy: Publication, original: Publication) -> str:
    """Return why, where a page's markup says that it is made from the other."""
    if not names_page(copy.based_on, original.address):
        return ""
    return f"its markup says that it is based on {bare_address(original.address or '')}"


def _unknown(publication: Publication) -> bool:
    return not (publication.publisher or publication.byline or publication.original)


def _same_original(one: Publication, other: Publication) -> str:
    left, right = one.original, other.original
    if left is None or right is None or _days_differ(left.date, right.date):
        return ""
    if _both_agree(left.publisher, right.publisher) or _both_agree(left.byline, right.byline):
        return f"both name the same original: {_line_words(left)}"
    return ""


def _same_address(one: Publication, other: Publication) -> str:
    """Return why, where both name one page as their own: by canonical link or syndication tag."""
    if one.address is None or other.address is None:
        return ""
    left, right = bare_address(one.address), bare_address(other.address)
    return f"both give {left} as their address" if left == right else ""


def _days_differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _line_words(line: SourceLine) -> str:
    day = f"{line.date.day} {line.date:%B %Y}" if line.date else None
    return ", ".join(part for part in (line.byline, line.publisher, day) if part)


def _names_original(copy: Publication, original: Publication) -> str:
    line = copy.original
    if line is None or _days_differ(line.date, original.published):
        return ""
    if _both_agree(line.publisher, original.publisher) or _both_agree(line.byline, original.byline):
        return f"its source line names {_line_words(line)}"
    return ""


def _same_author(one: Publication, other: Publication) -> str:
    names = [_author(one), _author(other)]
    return f"both are written by {names[0]}" if _both_agree(*names) else ""


def _author(publication: Publication) -> str | None:
    line = publication.original
    return (line.byline if line else None) or publication.byline


def _both_agree(one: str | None, other: str | None) -> bool:
    return bool(one and other and names_agree(one, other))


def _quotes(one: Voice, other: Voice) -> tuple[str, str]:
    """Return why, and whom it names, in whatever form the other writes that name."""
    for speaker in _speakers(one.claims):
        for name in (other.publication.publisher, other.publication.byline):
            if _both_agree(speaker.name or speaker.text, name):
                return f"it rests on the word of {name}", bare_name(speaker.name or speaker.text)
    return "", ""


def _same_sentence(one: Voice, other: Voice) -> str:
    """Return the tie of a long sentence in common, which nobody writes a second time by chance.

    It tells copies of claims whose documents came in without their text.
    """
    return "both write the same sentence" if _sentences(one) & _sentences(other) else ""


def _sentences(voice: Voice) -> set[tuple[str, ...]]:
    quotes = (claim.span.quote for claim in voice.claims if claim.span is not None)
    words = (tuple(quote.casefold().split()) for quote in quotes)
    return {each for each in words if len(each) >= LEAST_WORDS}


def _speakers(claims: Sequence[Claim]) -> list[Speaker]:
    return [speaker for claim in claims for speaker in claim.attribution]


def same_speaker(one: Speaker, other: Speaker) -> bool:
    """Return whether two attributions name the same speaker."""
    if one.reference and other.reference:
        return one.reference == other.reference
    return names_agree(one.name or one.text, other.name or other.text)


def _speaker_ties(one: Voice, other: Voice, numbers: Mapping[str, float]) -> Iterator[Tie]:
    """Yield the tie of a common speaker, weaker where both watched that speaker's video."""
    common = [
        speaker
        for speaker in _speakers(one.claims)
        if any(same_speaker(speaker, each) for each in _speakers(other.claims))
    ]
    if not common:
        return
    name = common[0].name or common[0].text
    if all(claim.medium == VIDEO for claim in (*one.claims, *other.claims)):
        strength, because = numbers["tie:same-video"], f"both watched a video by {name}"
    else:
        strength, because = 1.0, f"both rest on the word of {name}"
    yield Tie(one.document_id, other.document_id, strength, because, Relation.SAME_PRIMARY)
