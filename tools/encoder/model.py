"""The encoder with its heads, in torch, for training only; `enduse.extract.encoder` runs it.

In: pieces and the case of each. Out: states of pieces, and what the heads make of them.

The pretrained layers stay as they are. Beside each of their products stand two narrow matrices that
learn (LoRA, Hu et al. 2022): so what training made is a tenth of the layers in size.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from examples import load_pretrained, load_settings
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name
from transformers import MPNetConfig, MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetLayer

from enduse.extract.encoder.heads import MOST, SURELY, bucket
from enduse.extract.encoder.labels import ANCHORS, CERTAINTY, FRAMES, MEDIA, POLARITY, ROLES, STATUS
from enduse.extract.encoder.wording import CASES
from enduse.reference.pretrained import LAYERS as DEPTH
from enduse.reference.pretrained import PRODUCTS

HIDDEN = 768
RANK = 32  # of what is added to a product's weights
SIGHTS = 12  # of attention in each pretrained layer
PAIR = 192
LAYERS = 2  # of the part that finds roles
VIEWS = 4  # that each of them takes of the words
NEAR = 24  # classes of `heads.bucket`
FIRST_PLACE = 2  # row of the first position
COUNTED = "embeddings.position_ids"  # whole numbers, which are no weights
DETAILS = (len(STATUS), len(CERTAINTY), len(POLARITY), len(MEDIA))


class Reader(nn.Module):
    """The pretrained layers, a vector for each case, and the heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = _pretrained()
        self.case = nn.Embedding(CASES, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.anchor = nn.Linear(HIDDEN, len(ANCHORS) * 3)
        self.frame = _two_layers(HIDDEN * 2, HIDDEN, len(FRAMES))
        self.filler = nn.Linear(HIDDEN, 1)
        self.kind = nn.Embedding(len(FRAMES), PAIR)
        self.left = nn.Linear(HIDDEN * 2, PAIR)
        self.right = nn.Linear(HIDDEN, PAIR)
        self.near = nn.Embedding(NEAR, PAIR)
        self.same = nn.Embedding(2, PAIR)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.LayerNorm(PAIR)
        self.role = nn.Linear(PAIR, len(ROLES) * 3)
        for table in (self.kind, self.near, self.same):
            nn.init.normal_(table.weight, std=0.02)
        self.detail = _two_layers(HIDDEN * 2 + PAIR, HIDDEN, sum(DETAILS))
        self.drop = nn.Dropout(0.1)

    def encode(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """Return the states of pieces, B x P x H."""
        inner = self.encoder.encoder
        places = torch.arange(FIRST_PLACE, FIRST_PLACE + ids.shape[1]).expand_as(ids)
        base = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        states: Tensor = self.encoder.embeddings(inputs_embeds=base, position_ids=places)
        barred = (1 - mask[:, None, None, :].float()) * -1e9
        near = inner.compute_position_bias(states) + barred
        for layer in inner.layer:
            states = _read(layer, states, near)
        return states

    def roles(
        self, words: Tensor, told: Told, sentences: Tensor, lengths: Tensor, chosen: Tensor
    ) -> Tensor:
        """Return role logits of claims, C x K x R x 3.

        Args:
            words: their states, windows x W x H.
            told: which claims, each a window, an anchor's words and a frame.
            sentences: the sentence of each word, windows x W.
            lengths: how many words a window has; the rest is padding.
            chosen: the words that are looked at for each claim, C x K.
        """
        own = sentences[told.window]
        same = (own.gather(1, chosen) == own.gather(1, told.first[:, None])).long()
        near = torch.from_numpy(bucket((chosen - told.first[:, None]).numpy()))
        one = self.left(self.states(words, told)) + self.kind(told.frame)
        right = self.right(words)[told.window[:, None], chosen]
        pair = one[:, None] + right + self.same(same) + self.near(near)
        barred = torch.where(chosen < lengths[told.window][:, None], 0.0, -1e9)[:, None, None, :]
        for layer in self.layers:
            pair = layer(pair, barred)
        return self.role(self.last(pair)).view(*chosen.shape, len(ROLES), 3)

    def choose(
        self, fillers: Tensor, told: Told, sentences: Tensor, lengths: Tensor, gold: Tensor
    ) -> Tensor:
        """Return which words are looked at for each claim, C x K.

        Those that fill its roles, those of its sentence, and those likeliest to fill a role of any.

        Args:
            fillers: how likely each word fills a role, windows x W.
            told: the claims.
            sentences: the sentence of each word, windows x W.
            lengths: how many words a window has.
            gold: whether a word fills a role of a claim, C x W.
        """
        at = torch.arange(fillers.shape[1])[None, :]
        own = sentences[told.window]
        rank = fillers.detach()[told.window] + 2 * SURELY.item() * gold
        rank += SURELY.item() * (own == own.gather(1, told.first[:, None]))
        rank = rank.masked_fill(at >= lengths[told.window][:, None], -SURELY.item())
        return rank.topk(min(MOST, fillers.shape[1])).indices

    def states(self, words: Tensor, told: Told) -> Tensor:
        """Return what is known of each anchor, C x 2H: its first word and its last."""
        return torch.cat([words[told.window, told.first], words[told.window, told.last - 1]], -1)


@dataclass(frozen=True)
class Told:
    """Claims, or anchors: the window, the words [first, last) and the frame of each."""

    window: Tensor
    first: Tensor
    last: Tensor
    frame: Tensor


class Layer(nn.Module):
    """The words of a window looking at each other, for one claim."""

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.LayerNorm(PAIR)
        self.seen = nn.Linear(PAIR, 3 * PAIR)
        self.joined = nn.Linear(PAIR, PAIR)
        self.between = nn.LayerNorm(PAIR)
        self.wide = nn.Linear(PAIR, 2 * PAIR)
        self.narrow = nn.Linear(2 * PAIR, PAIR)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, barred: Tensor) -> Tensor:
        """Return the states after the layer, C x W x PAIR."""
        claims, words, _ = x.shape
        seen = self.seen(self.before(x)).view(claims, words, 3, VIEWS, -1).permute(2, 0, 3, 1, 4)
        asked, offered, told = seen
        alike = asked * (VIEWS / PAIR) ** 0.5 @ offered.transpose(2, 3)
        met = torch.softmax(alike + barred, -1) @ told
        x = x + self.drop(self.joined(met.transpose(1, 2).reshape(claims, words, PAIR)))
        return x + self.drop(self.narrow(F.gelu(self.wide(self.between(x)))))


class Changed(nn.Module):
    """A product of the pretrained layers, and what is added to it."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / base.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """Return the product of both."""
        changed: Tensor = self.base(x) + (x @ self.a.t()) @ self.b.t()
        return changed


def _pretrained() -> MPNetModel:
    """Return the pretrained layers, none of which learns, with what is added to them."""
    config = MPNetConfig(**load_settings() | {"num_hidden_layers": DEPTH, "hidden_dropout_prob": 0})
    model = MPNetModel(config, add_pooling_layer=False)
    stored = {name: torch.tensor(array) for name, array in load_pretrained().items()}
    wanted = model.state_dict()
    model.load_state_dict({name: stored[name] for name in wanted if name != COUNTED}, strict=False)
    model.requires_grad_(requires_grad=False)
    for layer in model.encoder.layer:
        for inside in PRODUCTS.values():
            owner, _, name = inside.rpartition(".")
            part = layer.get_submodule(owner)
            setattr(part, name, Changed(part.get_submodule(name)))
    return model


def load_learnt(reader: Reader, path: str) -> None:
    """Load what was learnt into the reader.

    Raises:
        SystemExit: the weights are of another layout.
    """
    found = torch.load(path)
    other = set(reader.load_state_dict(found, strict=False).unexpected_keys)
    lacking = {name for name, one in reader.named_parameters() if one.requires_grad} - found.keys()
    if other or lacking:
        message = f"{path}: not the layout of the encoder: {sorted(other | lacking)}"
        raise SystemExit(message)


def _read(layer: MPNetLayer, states: Tensor, near: Tensor) -> Tensor:
    """Return the states after a pretrained layer, B x P x H; nothing is dropped in it."""
    part = layer.attention.attn
    asked, offered, told = (
        product(states).unflatten(-1, (SIGHTS, -1)).transpose(1, 2)
        for product in (part.q, part.k, part.v)
    )
    met = F.scaled_dot_product_attention(asked, offered, told, attn_mask=near)
    met = layer.attention.LayerNorm(part.o(met.transpose(1, 2).flatten(2)) + states)
    after: Tensor = layer.output.LayerNorm(layer.output.dense(layer.intermediate(met)) + met)
    return after


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
        self.row = kept.float() / (1 - share)

    def forward(self, states: Tensor) -> Tensor:
        """Return the states with some dropped and the rest made larger."""
        if not self.training:
            return states
        size = states.numel()
        first = int(torch.randint(0, self.ROW - size, ()))
        return states * self.row[first : first + size].view(states.shape)


def draw_cheaply(model: nn.Module, share: float = 0.1) -> None:
    """Put `Dropping` in the place of each dropout of a model."""
    dropping = Dropping(share)
    for module in list(model.modules()):
        for name, inner in module.named_children():
            if isinstance(inner, nn.Dropout) and inner.p:
                setattr(module, name, dropping)
