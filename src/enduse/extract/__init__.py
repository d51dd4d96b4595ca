"""Claims from documents, with exact spans, speakers, hedges, and why each was made.

In: a document and the register. Out: claims, and problems for what could not be read. Refused:
sections that are not the document's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from enduse.errors import NotFoundError
from enduse.extract.learnt import BothExtractor, EncoderExtractor, JoinedExtractor, SyntaxExtractor
from enduse.extract.rules import RulesExtractor
from enduse.extract.scoring import add_score
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.ports import Extractor, Register
from enduse.reference.score_weights import load_score_weights

EXTRACTORS: Mapping[str, Callable[[], Extractor]] = MappingProxyType(
    {
        "rules": RulesExtractor,
        "syntax": SyntaxExtractor,
        "both": BothExtractor,
        "encoder": EncoderExtractor,
        "joined": JoinedExtractor,
    }
)


def extract_claims(
    document: Document, register: Register, extractor: str = "joined"
) -> Iterator[Claim | Problem]:
    """Yield the claims of a document in order of their spans.

    Args:
        document: what was read.
        register: the reviewed names.
        extractor: which built-in engine reads it.

    Raises:
        NotFoundError: no extractor has that name.
    """
    if extractor not in EXTRACTORS:
        raise NotFoundError(
            f"no extractor {extractor!r}",
            next_step=f"Choose one of {', '.join(sorted(EXTRACTORS))}",
        )
    weights = load_score_weights()
    for found in EXTRACTORS[extractor]().extract(document, register):
        yield add_score(found, weights) if isinstance(found, Claim) else found
