"""What the encoder reads in a stretch of a document's sentences.

In: sentences as the grammar read them, with who speaks in each. Out: claims with the encoder's
chance as their score. Refused: questions, fiction, wishes and
conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enduse.extract.encoder.building import Scene, build_drafts
from enduse.extract.encoder.decoding import Draft, decode
from enduse.extract.encoder.network import Network
from enduse.extract.encoder.windows import pack
from enduse.extract.parsed import Parsed
from enduse.extract.speakers import Said
from enduse.extract.unreal import is_unreal_at
from enduse.model.claim import Claim

Read = tuple[Parsed, Sequence[Said]]
TOGETHER = 200  # sentences that are read in one go


class Drafting:
    """The encoder's claims of a document, as its sentences come; none without a network."""

    def __init__(self, network: Network | None, scene: Scene) -> None:
        """Begin with no sentence."""
        self._network, self._scene = network, scene
        self._waiting: list[Read] = []
        self._claims: list[Claim] = []

    def add(self, parsed: Parsed, said: Sequence[Said]) -> None:
        """Take a sentence, and read those that wait once they are many."""
        if self._network is not None:
            self._waiting.append((parsed, said))
            if len(self._waiting) == TOGETHER:
                self._read(self._network)

    def claims(self) -> list[Claim]:
        """Return the claims of all sentences added."""
        if self._network is not None:
            self._read(self._network)
        return self._claims

    def _read(self, network: Network) -> None:
        self._claims += read_drafts(self._waiting, network, self._scene)
        self._waiting = []


def read_drafts(sentences: Sequence[Read], network: Network, scene: Scene) -> Iterator[Claim]:
    """Yield the claims of neighbouring sentences, sentence by sentence.

    Args:
        sentences: in order, each with its speakers.
        network: the trained encoder.
        scene: the document, its names and day.
    """
    spans = [(at, parsed.start, parsed.end) for at, (parsed, _) in enumerate(sentences)]
    found: dict[int, list[Draft]] = {}
    windows = list(pack(scene.document.text, spans, network.pieces))
    with network.threads.limit(limits=1):  # the products are small; threads would only wait
        for window, states in network.states(windows):
            for draft in decode(window, states, network.heads):
                found.setdefault(draft.sentence, []).append(draft)
    for at, drafts in found.items():
        parsed, said = sentences[at]
        if parsed.text.rstrip().endswith("?"):
            continue
        real = [d for d in drafts if not is_unreal_at(d.anchor.start, d.kind, parsed)]
        yield from build_drafts(real, parsed, said, scene)
