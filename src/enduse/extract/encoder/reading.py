"""What the encoder reads in a stretch of a document's sentences.

In: sentences as the grammar read them. Out: claims with the encoder's chance as their score.
Refused: questions, fiction, wishes and conditions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from enduse.extract.encoder.building import Scene, build_drafts
from enduse.extract.encoder.decoding import Draft, Need, Sign, decode
from enduse.extract.encoder.network import Network
from enduse.extract.encoder.sifting import Signs
from enduse.extract.encoder.windows import pack
from enduse.extract.parsed import Parsed
from enduse.extract.unreal import is_unreal_at
from enduse.model.claim import Claim

TOGETHER = 200  # sentences that are read in one go
_OPEN = 2000  # code points at their end that claims of the next ones may still bear on


class Drafting:
    """The encoder's claims of a document, as its sentences come; none without a network."""

    def __init__(self, network: Network | None, scene: Scene, *, alone: bool = False) -> None:
        """Begin with no sentence; with `alone`, every claim counts, whatever the grammar tells."""
        self._network, self._scene = network, scene
        self._signs = None if alone else Signs()
        self._waiting: list[Parsed] = []
        self._claims: list[Claim] = []

    def add(self, parsed: Parsed, told: Sequence[Claim]) -> None:
        """Take a sentence with what the grammar tells of it; read those that wait if many."""
        if self._network is None:
            return
        if self._signs is not None:
            self._signs.add(told)
        self._waiting.append(parsed)
        if len(self._waiting) == TOGETHER:
            self._read(self._network, parsed.end - _OPEN)

    def claims(self) -> list[Claim]:
        """Return the claims of all sentences added, but for those that can come to nothing."""
        if self._network is not None:
            self._read(self._network, sys.maxsize)
        return self._claims

    def _read(self, network: Network, known: int) -> None:
        """Read those that wait; up to the offset `known`, all is told that the grammar will."""
        sentences = self._waiting

        def need(sign: Sign) -> Need:
            parsed = sentences[sign.sentence]
            needed = Need.ROLES
            if self._signs is not None and parsed.end <= known:
                start, end = sign.anchor.start, sign.anchor.end
                words = (start, end, self._scene.document.text[start:end])
                near = (parsed.start, parsed.end)
                needed = self._signs.need((sign.kind, sign.mode), sign.chance, words, near)
            return Need.NOTHING if needed and _is_unreal(sign, parsed) else needed

        self._claims += read_drafts(sentences, network, self._scene, need)
        self._waiting = []


def _is_unreal(sign: Sign, parsed: Parsed) -> bool:
    asked = parsed.text.rstrip().endswith("?")
    return asked or is_unreal_at(sign.anchor.start, sign.kind, parsed)


def read_drafts(
    sentences: Sequence[Parsed], network: Network, scene: Scene, need: Callable[[Sign], Need]
) -> Iterator[Claim]:
    """Yield the claims of neighbouring sentences, sentence by sentence.

    Args:
        sentences: in order.
        network: the trained encoder.
        scene: the document, its names and day.
        need: what a draft can be used for.
    """
    spans = [(at, parsed.start, parsed.end) for at, parsed in enumerate(sentences)]
    found: dict[int, list[Draft]] = {}
    with network.threads.limit(limits=1):  # the products are small; threads would only wait
        for window in pack(scene.document.text, spans, network.pieces):
            for draft in decode(window, network.states(window), network.heads, need):
                found.setdefault(draft.sentence, []).append(draft)
    for at, drafts in found.items():
        yield from build_drafts(drafts, sentences[at], scene)
