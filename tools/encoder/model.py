"""The encoder with its heads, in torch, for training only; `enduse.extract.encoder` runs it.

In: pieces and the case of each. Out: states of pieces, and what the heads make of them.
"""

from __future__ import annotations

import torch
from examples import PRETRAINED
from torch import Tensor, nn
from transformers import AutoModel

from enduse.extract.encoder.heads import bucket
from enduse.extract.encoder.labels import ANCHORS, CERTAINTY, FRAMES, MEDIA, POLARITY, ROLES, STATUS
from enduse.extract.encoder.wording import CASES

HIDDEN = 384
PAIR = 192
NEAR = 24  # classes of `heads.bucket`
DETAILS = (len(STATUS), len(CERTAINTY), len(POLARITY), len(MEDIA))


class Reader(nn.Module):
    """The pretrained layers, a vector for each case, and the heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(PRETRAINED),
            add_pooling_layer=False,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
        )
        self.case = nn.Embedding(CASES, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.anchor = nn.Linear(HIDDEN, len(ANCHORS) * 3)
        self.frame = _two_layers(HIDDEN * 2, HIDDEN, len(FRAMES))
        self.left = nn.Linear(HIDDEN * 2, PAIR)
        self.right = nn.Linear(HIDDEN, PAIR)
        self.near = nn.Embedding(NEAR, PAIR)
        self.same = nn.Embedding(2, PAIR)
        self.mixed = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(PAIR, PAIR), nn.GELU())
        self.role = nn.Linear(PAIR, len(ROLES) * 3)
        self.kind = nn.Embedding(len(FRAMES), PAIR)
        self.detail = _two_layers(HIDDEN * 2 + PAIR, HIDDEN, sum(DETAILS))
        self.drop = nn.Dropout(0.1)

    def encode(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """Return the states of pieces, B x P x H."""
        base = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        base = self.encoder.embeddings(inputs_embeds=base)
        kind = next(self.encoder.encoder.parameters()).dtype
        barred = ((1 - mask[:, None, None, :].float()) * -1e9).to(kind)
        return self.encoder.encoder(base.to(kind), attention_mask=barred).last_hidden_state.float()

    def roles(self, words: Tensor, sentences: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Return role logits, A x W x R x 3, and the anchors' states, A x 2H, of one window."""
        state = torch.cat([words[spans[:, 0]], words[spans[:, 1] - 1]], -1)
        gap = torch.arange(words.shape[0])[None, :] - spans[:, :1]
        same = (sentences[None, :] == sentences[spans[:, 0]][:, None]).long()
        pair = self.left(state)[:, None] + self.right(words)[None]
        pair = pair + self.near(torch.from_numpy(bucket(gap.numpy()))) + self.same(same)
        return self.role(self.mixed(pair)).view(*gap.shape, len(ROLES), 3), state


def _two_layers(inner: int, middle: int, outer: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inner, middle), nn.GELU(), nn.Dropout(0.1), nn.Linear(middle, outer)
    )


class Dropping(nn.Module):
    """Dropout whose masks are cut from one drawn row: drawing each took a quarter of a step."""

    ROW = 1 << 23

    def __init__(self, share: float) -> None:
        super().__init__()
        kept = torch.rand(self.ROW) >= share
        self.rows = {kind: kept.to(kind) / (1 - share) for kind in (torch.float32, torch.bfloat16)}

    def forward(self, states: Tensor) -> Tensor:
        """Return the states with some dropped and the rest made larger."""
        if not self.training:
            return states
        size = states.numel()
        row = self.rows[states.dtype]
        first = int(torch.randint(0, self.ROW - size, ()))
        return states * row[first : first + size].view(states.shape)


def draw_cheaply(model: nn.Module, share: float = 0.1) -> None:
    """Put `Dropping` in the place of each dropout of a model."""
    dropping = Dropping(share)
    for module in list(model.modules()):
        for name, inner in module.named_children():
            if isinstance(inner, nn.Dropout) and inner.p:
                setattr(module, name, dropping)
