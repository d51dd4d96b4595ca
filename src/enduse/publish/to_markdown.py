"""A dossier to Markdown: plain enough for a mail, an issue or a repository.

In: a dossier. Out: CommonMark with pipe tables, UTF-8. Refused: nothing; every text from a
document is escaped, and text from right to left stands between direction isolates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from enduse.model.dossier import Citation, Dossier, DossierSection, Table
from enduse.publish.escape import direction, escape_markdown
from enduse.publish.wording import say_day, say_interval

_ISOLATE = {"rtl": ("\u2067", "\u2069"), "ltr": ("", "")}


class MarkdownExporter:
    """Writes a dossier as Markdown."""

    name = "markdown"
    media_type = "text/markdown; charset=utf-8"
    suffix = ".md"

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the dossier."""
        text = "".join(f"{line}\n" for line in _lines(dossier))
        stream.write(text.encode("utf-8", "backslashreplace"))


def _lines(dossier: Dossier) -> Iterator[str]:
    yield f"# {escape_markdown(dossier.title)}"
    yield ""
    yield from _facts(dossier)
    for warning in dossier.warnings:
        yield from (f"> **{escape_markdown(warning)}**", ">")
    yield ""
    yield from _standing(dossier)
    numbers = iter(range(1, 1_000_000))
    for section in dossier.sections:
        yield from _section(section, numbers)
    yield from _notes(dossier)
    yield from ("## Citations", "")
    for citation in dossier.citations:
        yield from _citation(citation)


def _facts(dossier: Dossier) -> Iterator[str]:
    days = (("Prepared", dossier.prepared), ("Documents published by", dossier.as_of))
    for name, day in days:
        if day:
            yield f"- {name}: {say_day(day)}"
    yield f"- Dossier: `{dossier.id}`"
    yield f"- Trace: `{dossier.trace_id}`"
    yield ""


def _standing(dossier: Dossier) -> Iterator[str]:
    yield from ("## Evidence standard", "")
    yield from _list(dossier.standard)
    yield from ("", "What each likelihood word means, as a chance:", "")
    words = tuple((word, say_interval((low, high))) for word, low, high in dossier.likelihood_words)
    yield from _table(Table("", ("Word", "Chance"), words))


def _notes(dossier: Dossier) -> Iterator[str]:
    yield from ("## Notes", "")
    yield from _list(dossier.notes)
    yield ""


def _section(section: DossierSection, numbers: Iterator[int]) -> Iterator[str]:
    yield f"{'#' * section.level} {escape_markdown(section.heading)}"
    yield ""
    for sentence in section.sentences:
        yield f"{next(numbers)}\\. {escape_markdown(sentence.text)} {_cites(sentence.citations)}"
        yield ""
    for table in section.tables:
        yield f"*{escape_markdown(table.caption)}*"
        yield ""
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    cited = bool(table.citations)
    head = [*table.head, *(["Quotes"] if cited else [])]
    yield _row(map(escape_markdown, head))
    yield _row("---" for _ in head)
    for at, row in enumerate(table.rows):
        quotes = [_cites(table.citations[at])] if cited else []
        yield _row([*(escape_markdown(cell) or " " for cell in row), *quotes])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cites(numbers: Sequence[int]) -> str:
    return " ".join(f"\\[[{number}](#c{number})\\]" for number in numbers)


def _list(items: Iterable[str]) -> Iterator[str]:
    yield from (f"- {escape_markdown(item)}" for item in items)


def _citation(citation: Citation) -> Iterator[str]:
    start, end = _ISOLATE[direction(citation.quote)]
    quote = (
        f"{start}“{escape_markdown(citation.quote)}”{end}" if citation.quote else "no quote kept"
    )
    yield f'<a id="c{citation.number}"></a>**\\[{citation.number}\\]** {quote}'
    yield ""
    for name, value in citation_facts(citation):
        code = name in ("Digest", "Claim")
        yield f"- {name}: {f'`{value}`' if code else escape_markdown(value)}"
    yield ""


def citation_facts(citation: Citation) -> Iterator[tuple[str, str]]:
    """Yield the facts of a citation by name, in reading order; absent ones are left out."""
    span = None if citation.start is None else f"characters {citation.start} to {citation.end}"
    facts = (
        ("Document", citation.document_label),
        ("Publisher", citation.publisher),
        ("Published", say_day(citation.published) if citation.published else None),
        ("Address", citation.address),
        ("Place in the text", span),
        ("On the word of", ", told by ".join(citation.speakers) or "the author"),
        ("Firmness", _firmness(citation)),
        ("Says", citation.about),
        ("Repeated by", "; ".join(citation.copies)),
        ("Review", "accepted by a person" if citation.reviewed else "not reviewed"),
        ("Claim", citation.claim_id),
        ("Digest", f"SHA-256 {citation.digest}" if citation.digest else None),
    )
    yield from ((name, value) for name, value in facts if value)


def _firmness(citation: Citation) -> str:
    denied = "denied, " if citation.polarity == "denied" else ""
    hedge = f" (“{citation.hedge}”)" if citation.hedge else ""
    return f"{denied}{citation.certainty}{hedge}"
