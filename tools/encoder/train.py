"""Train the encoder on annotated passages, in bfloat16 over float masters where that is fast.

In: files of passages. Out: weights, written after each epoch. Refused: nothing.

Run: python tools/encoder/train.py tools/encoder/written/*.txt --keep FILE [--start FILE]
     [--epochs N] [--rate R] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import torch
from examples import Anchor, Example, Frame, alone, label, load_vocabulary
from exchange import exchange, gather, thin
from model import DETAILS, SHORT, Reader, Told, draw_cheaply
from passages import Passage, parse
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its usual name

from enduse.extract.encoder.labels import ANCHORS, FRAMES, ROLES
from enduse.extract.encoder.wording import LOWER, NUMBER, UPPER, Pieces

BUDGET = 1400  # pieces of a batch
MASKED, MASK = 0.08, 103  # share of pieces hidden, and what stands for them
CAPITALS, SMALL = 0.08, 0.12  # up to these draws a window is read as if in capitals, or without any
LONE = 0.1  # share of windows that tell something of which one sentence is read alone
EXCHANGED = 0.6  # share of passages that are read under other names
THINNED = 0.35  # share of passages that are read without some of their idle sentences
STEEP = 40 / BUDGET  # what the summed losses of a batch are multiplied by
RARE = 4.0  # weight of a word that fills a role, against one that fills none
WARM = 60  # steps to the full rate
WEIGHTS = {"anchor": 1.0, "frame": 1.0, "role": 0.8, "filler": 0.1, "detail": 0.5}  # of the losses
NONE = -100  # no label: not scored
KIND_ROLES = [[i for i, (of, _) in enumerate(ROLES) if of in (None, kind)] for kind, _ in FRAMES]


def batches(examples: list[Example], rng: random.Random) -> list[list[Example]]:
    """Return windows of like length together, the batches in random order."""
    rows: list[Example] = []
    found = [rows]
    for one in sorted(examples, key=lambda e: len(e.window.pieces) + rng.random() * 20):
        if rows and (len(one.window.pieces) + 2) * (len(rows) + 1) > BUDGET:
            rows = []
            found.append(rows)
        rows.append(one)
    rng.shuffle(found)
    return found


def tensors(
    rows: list[Example], pieces: Pieces, rng: random.Random
) -> tuple[Tensor, Tensor, Tensor]:
    """Return pieces, mask and cases; some pieces hidden, some windows in other case."""
    longest = max(len(one.window.pieces) for one in rows) + 2
    ids, mask, cases = torch.zeros((3, len(rows), longest), dtype=torch.long)
    for at, one in enumerate(rows):
        size = len(one.window.pieces) + 2
        ids[at, :size] = torch.tensor([pieces.first, *one.window.pieces, pieces.last])
        mask[at, :size] = 1
        case = torch.tensor([0, *one.window.cases, 0])
        draw = rng.random()
        if draw < CAPITALS:
            case = torch.where(case == NUMBER, case, torch.tensor(UPPER))
        elif draw < SMALL:
            case = torch.where(case == NUMBER, case, torch.tensor(LOWER))
        cases[at, :size] = case
        hidden = torch.rand(size) < MASKED
        hidden[0] = hidden[-1] = False
        ids[at, :size][hidden] = MASK
    return ids, mask, cases


def marks(length: int, spans: list[tuple[int, int]]) -> Tensor:
    """Return for each word 0 outside, 1 first, 2 inside of a span."""
    found = torch.zeros(length, dtype=torch.long)
    for first, last in spans:
        found[first:last] = 2
        found[first] = 1
    return found


def loss_of(
    model: Reader, rows: list[Example], pieces: Pieces, rng: random.Random
) -> dict[str, Tensor]:
    """Return the summed losses of a batch by head."""
    hidden = model.encode(*tensors(rows, pieces, rng))
    lengths = torch.tensor([len(one.window.heads) for one in rows])
    longest = int(lengths.max())
    heads, sentences = torch.zeros((2, len(rows), longest), dtype=torch.long)
    for at, one in enumerate(rows):
        heads[at, : lengths[at]] = torch.tensor(one.window.heads)
        sentences[at, : lengths[at]] = torch.tensor(one.window.sentences)
    words = model.drop(hidden.gather(1, heads[:, :, None].expand(-1, -1, hidden.shape[-1])))
    losses = {
        "anchor": F.cross_entropy(
            model.anchor(words).view(-1, 3),
            torch.stack([_anchor_marks(one, longest) for one in rows]).view(-1),
            torch.tensor([1.0, 1.5, 1.5]),
            reduction="sum",
        )
    }
    anchors = [(at, anchor) for at, one in enumerate(rows) for anchor in one.anchors]
    if anchors:
        losses["frame"] = _frame_loss(model, words, anchors)
        claims = [(at, a, f) for at, a in anchors for f in a.frames]
        told = _told([(at, a.first, a.last, f) for at, a, f in claims])
        frames = [a.frames[f] for _, a, f in claims]
        losses |= _role_losses(model, words, claims, told, sentences, lengths)
        seen = torch.cat([model.states(words, told), model.kind(told.frame)], -1)
        losses["detail"] = _detail_loss(model.detail(seen), frames)
    return losses


def _role_losses(
    model: Reader,
    words: Tensor,
    claims: list[tuple[int, Anchor, int]],
    told: Told,
    sentences: Tensor,
    lengths: Tensor,
) -> dict[str, Tensor]:
    """Return the losses over which words are looked at, and which roles they fill."""
    lasting = lengths[told.window].tolist()
    gold = torch.stack(
        [
            _role_marks(anchor.frames[f], KIND_ROLES[f], words.shape[1], size)
            for (_, anchor, f), size in zip(claims, lasting, strict=True)
        ]
    )
    fills = (gold > 0).any(-1)
    fillers = model.filler(words).squeeze(-1)
    chosen = model.choose(fillers, told, sentences, lengths, fills)
    logits = model.roles(words, told, sentences, lengths, chosen)
    met = gold.gather(1, chosen[:, :, None].expand(-1, -1, len(ROLES)))
    return {
        "filler": _filler_loss(fillers, fills, told.window, lengths),
        "role": F.cross_entropy(logits.reshape(-1, 3), met.view(-1), reduction="sum"),
    }


def _filler_loss(fillers: Tensor, fills: Tensor, window: Tensor, lengths: Tensor) -> Tensor:
    """Return the loss over which words of a window fill a role of any of its claims."""
    wanted = torch.zeros_like(fillers)
    wanted.index_add_(0, window, fills.float())
    told = torch.zeros(len(fillers), dtype=torch.bool).index_fill_(0, window, value=True)
    inside = (torch.arange(fillers.shape[1])[None, :] < lengths[:, None]) & told[:, None]
    return F.binary_cross_entropy_with_logits(
        fillers[inside],
        wanted[inside].clamp(max=1),
        reduction="sum",
        pos_weight=torch.tensor(RARE),
    )


def _told(rows: list[tuple[int, int, int, int]]) -> Told:
    return Told(*torch.tensor(rows).unbind(1))


def _anchor_marks(one: Example, longest: int) -> Tensor:
    found = torch.full((longest, len(ANCHORS)), NONE)
    length = len(one.window.heads)
    for part in range(len(ANCHORS)):
        spans = [(a.first, a.last) for a in one.anchors if a.part == part]
        found[:length, part] = marks(length, spans)
    found[: one.window.owned] = NONE
    return found


def _role_marks(frame: Frame, used: list[int], longest: int, words: int) -> Tensor:
    found = torch.full((longest, len(ROLES)), NONE)
    for role in used:
        found[:words, role] = marks(words, frame.roles.get(role, []))
    return found


def _frame_loss(model: Reader, words: Tensor, anchors: list[tuple[int, Anchor]]) -> Tensor:
    wanted = torch.zeros(len(anchors), len(FRAMES))
    for at, (_, anchor) in enumerate(anchors):
        wanted[at, list(anchor.frames)] = 1
    states = model.states(words, _told([(at, a.first, a.last, 0) for at, a in anchors]))
    return F.binary_cross_entropy_with_logits(model.frame(states), wanted, reduction="sum")


def _detail_loss(logits: Tensor, frames: list[Frame]) -> Tensor:
    gold = torch.tensor([(f.status, f.certainty, f.polarity, f.medium) for f in frames])
    losses = [
        F.cross_entropy(part, gold[:, at], ignore_index=-1, reduction="sum")
        for at, part in enumerate(logits.split(DETAILS, -1))
    ]
    status, certainty, polarity, medium = losses
    return status + certainty + polarity + 0.5 * medium


class Masters:
    """The trained weights: where the machine multiplies in bfloat16, layers are a copy in it."""

    def __init__(self, model: Reader, frozen: int) -> None:
        """Leave word vectors as they are, and with `frozen` the layers below that."""
        model.encoder.embeddings.word_embeddings.weight.requires_grad = False
        if frozen:
            model.encoder.embeddings.requires_grad_(requires_grad=False)
        layers = model.encoder.encoder
        for layer in layers.layer[:frozen]:
            layer.requires_grad_(requires_grad=False)
        self.names = [f"encoder.encoder.{name}" for name, _ in layers.named_parameters()]
        self.low = list(layers.parameters())
        self.high = self.low
        if SHORT:
            self.high = [one.detach().clone().requires_grad_(_learns(one)) for one in self.low]
            layers.to(torch.bfloat16)
        inside = {id(one) for one in layers.parameters()}
        rest = [(n, p) for n, p in model.named_parameters() if _learns(p) and id(p) not in inside]
        self.slow = [*filter(_learns, self.high)] + [p for n, p in rest if n.startswith("encoder")]
        self.fast = [p for n, p in rest if not n.startswith("encoder")]

    def descend(self, loss: Tensor, optimiser: torch.optim.Optimizer) -> None:
        """Take one step."""
        for one in (*self.slow, *self.fast, *self.low):
            one.grad = None
        loss.backward()
        if self.high is not self.low:
            for low, high in zip(self.low, self.high, strict=True):
                high.grad = None if low.grad is None else low.grad.float()
        torch.nn.utils.clip_grad_norm_(self.slow + self.fast, 2.0)
        optimiser.step()
        with torch.no_grad():
            for low, high in zip(self.low, self.high, strict=True):
                low.copy_(high)

    def write(self, model: Reader, path: str) -> None:
        """Write the weights of all the model."""
        state = {name: value.float() for name, value in model.state_dict().items()}
        state |= dict(zip(self.names, (one.detach().clone() for one in self.high), strict=True))
        torch.save(state, path)


def _learns(weight: Tensor) -> bool:
    return weight.requires_grad


def train(
    model: Reader, passages: list[Passage], pieces: Pieces, options: argparse.Namespace
) -> None:
    """Train, and write the weights after each epoch."""
    rng = random.Random(options.seed)
    draw_cheaply(model)
    masters = Masters(model, options.frozen)
    groups = [
        {"params": masters.slow, "lr": options.rate},
        {"params": masters.fast, "lr": 6 * options.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    known = gather(passages)
    steps = options.epochs * len(batches(_windows(passages, pieces), rng))
    share = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / WARM) * max(0.02, 1 - step / steps)
    )
    for epoch in range(options.epochs):
        began, sums = time.monotonic(), Counter()
        model.train()
        read = [exchange(p, known, rng) if rng.random() < EXCHANGED else p for p in passages]
        read = [thin(p, rng) if rng.random() < THINNED else p for p in read]
        examples = _windows(read, pieces)
        for rows in batches([_drawn(one, rng) for one in examples], rng):
            losses = loss_of(model, rows, pieces, rng)
            whole = sum(WEIGHTS[name] * loss for name, loss in losses.items())
            masters.descend(whole * STEEP, optimiser)
            share.step()
            sums.update({name: float(loss.detach()) for name, loss in losses.items()})
        told = {name: round(loss / len(examples), 3) for name, loss in sums.items()}
        print(epoch, told, f"{time.monotonic() - began:.0f} s", flush=True)
        masters.write(model, options.keep)


def _windows(passages: Iterable[Passage], pieces: Pieces) -> list[Example]:
    return [one for passage in passages for one in label(passage, pieces)]


def _drawn(one: Example, rng: random.Random) -> Example:
    """Return a window, now and then only a sentence of it that tells something."""
    if not one.anchors or rng.random() >= LONE:
        return one
    return alone(one, one.window.sentences[rng.choice(one.anchors).first])


def main() -> None:
    """Read the options and train."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("passages", nargs="+", type=Path)
    cli.add_argument("--keep", required=True)
    cli.add_argument("--start", help="go on from these weights")
    cli.add_argument("--epochs", type=int, default=20)
    cli.add_argument("--rate", type=float, default=1.6e-4)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--threads", type=int, default=1)
    cli.add_argument("--frozen", type=int, default=0, help="layers at the bottom left as they are")
    options = cli.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pieces = Pieces(load_vocabulary())
    passages = [passage for path in sorted(options.passages) for passage in parse(path)]
    print(len(passages), "passages", sum(len(p.claims) for p in passages), "claims", flush=True)
    model = Reader()
    if options.start:
        model.load_state_dict(torch.load(options.start))
    train(model, passages, pieces, options)


if __name__ == "__main__":
    main()
