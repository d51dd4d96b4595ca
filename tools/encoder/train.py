"""Train the encoder on annotated passages, for as long as it is told to.

In: files of passages. Out: weights that learn, written every ten minutes and at the end. Refused:
nothing.

Of each lot that is drawn, a share is from the files of LATE, written after real passages: at
first two in five, from 0.65 of the time on all.

Run: python tools/encoder/train.py tools/encoder/written/*.txt --keep FILE [--start FILE]
     [--minutes N] [--rate R] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from examples import Anchor, Example, Frame, alone, label, load_vocabulary
from exchange import exchange, gather, thin
from model import DETAILS, Reader, Told, draw_cheaply, load_learnt
from passages import Passage, parse
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its usual name

from enduse.extract.encoder.labels import ANCHORS, FRAMES, ROLES
from enduse.extract.encoder.wording import LOWER, NUMBER, UPPER, Pieces

BUDGET = 1400  # pieces of a batch
VOCABULARY = load_vocabulary()
MASKED, MASK = 0.05, VOCABULARY["<mask>"]  # share of pieces hidden; what stands for them
LETTERS = torch.tensor([piece.removeprefix("##")[0].isalpha() for piece in VOCABULARY])
CAPITALS, SMALL = 0.08, 0.12  # up to these draws a window is read as if in capitals, or without any
LONE = 0.1  # share of windows that tell something of which one sentence is read alone
EXCHANGED = 0.35  # share of passages that are read under other names
THINNED = 0.2  # share of passages that are read without some of their idle sentences
STEEP = 40 / BUDGET  # what the summed losses of a batch are multiplied by
RARE = 4.0  # weight of a word that fills a role, against one that fills none
WARM = 40  # steps to the full rate
LOT = 160  # passages that are drawn together
LATE = "after-"  # how the names of files begin whose passages fill the last part
EARLY, TURN, TURNED = 0.4, 0.5, 0.65  # their share before; of the time, where it rises, and ends
OTHERS = {"kin-": 0.3}  # share of some of the others among those
LEAST = 0.02  # of the rate
SAVED = 600  # seconds
HEADS, CASE = 0.6, 1.0  # rates of these, as shares of the layers'
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
        if draw < SMALL:
            case[LETTERS[ids[at, :size]] & (case != NUMBER)] = UPPER if draw < CAPITALS else LOWER
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


class Lots:
    """Passages in lots: drawn without putting back until all of a sort are used."""

    def __init__(self, sorts: Mapping[str, Sequence[Passage]], rng: random.Random) -> None:
        self._sorts, self._rng = sorts, rng
        self._left: dict[str, list[Passage]] = {}
        self._known = gather([one for row in sorts.values() for one in row])

    def draw(self, done: float) -> list[Passage]:
        """Return a lot, some of it under other names or without idle sentences.

        Args:
            done: the share of the time that has gone.
        """
        share = EARLY + (1 - EARLY) * min(1, max(0, done - TURN) / (TURNED - TURN))
        return [self._other(self._next(self._sort(share))) for _ in range(LOT)]

    def _sort(self, share: float) -> str:
        if LATE in self._sorts and self._rng.random() < share:
            return LATE
        found = (name for name, part in OTHERS.items() if self._rng.random() < part)
        return next((name for name in (*found, "", *self._sorts) if name in self._sorts), "")

    def _next(self, name: str) -> Passage:
        if not self._left.get(name):
            self._left[name] = self._rng.sample(self._sorts[name], len(self._sorts[name]))
        return self._left[name].pop()

    def _other(self, one: Passage) -> Passage:
        if self._rng.random() < EXCHANGED:
            one = exchange(one, self._known, self._rng)
        return thin(one, self._rng) if self._rng.random() < THINNED else one


def train(model: Reader, lots: Lots, pieces: Pieces, options: argparse.Namespace) -> None:
    """Train, and write the weights now and then."""
    rng = random.Random(options.seed)
    draw_cheaply(model)
    model.train()
    optimiser = _optimiser(model, options.rate)
    rates = [group["lr"] for group in optimiser.param_groups]
    layers = [one for group in optimiser.param_groups[:2] for one in group["params"]]
    saved, sums, windows = 0.0, Counter[str](), 0
    for step, (rows, done) in enumerate(_batches(lots, pieces, options.minutes * 60, rng)):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1, (step + 1) / WARM) * max(LEAST, 1 - done)
        losses = loss_of(model, rows, pieces, rng)
        optimiser.zero_grad()
        (sum(WEIGHTS[name] * loss for name, loss in losses.items()) * STEEP).backward()
        torch.nn.utils.clip_grad_norm_(layers, 2.0)
        optimiser.step()
        sums.update({name: float(loss.detach()) for name, loss in losses.items()})
        windows += len(rows)
        if (done - saved) * options.minutes * 60 > SAVED:
            told = {name: round(loss / windows, 3) for name, loss in sums.items()}
            print(f"{done:.2f}", step, told, flush=True)
            saved, sums, windows = done, Counter[str](), 0
            write(model, options.keep)
    write(model, options.keep)


def _batches(
    lots: Lots, pieces: Pieces, seconds: float, rng: random.Random
) -> Iterator[tuple[list[Example], float]]:
    """Yield batches, each with the share of the time that has gone, until all has."""
    began = time.monotonic()
    done = 0.0
    while done < 1:
        examples = [_drawn(one, rng) for one in _windows(lots.draw(done), pieces)]
        for rows in batches(examples, rng):
            done = (time.monotonic() - began) / seconds
            if done >= 1:
                return
            yield rows, done


def _optimiser(model: Reader, rate: float) -> torch.optim.Optimizer:
    learns = [(name, one) for name, one in model.named_parameters() if one.requires_grad]
    layers = [one for name, one in learns if name.startswith("encoder.")]
    case = [one for name, one in learns if name.startswith("case.")]
    heads = [one for name, one in learns if not name.startswith(("encoder.", "case."))]
    groups = [
        {"params": layers, "lr": rate},
        {"params": case, "lr": CASE * rate},
        {"params": heads, "lr": HEADS * rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def write(model: Reader, path: str) -> None:
    """Write the weights that learn."""
    learns = {name for name, one in model.named_parameters() if one.requires_grad}
    torch.save({name: one for name, one in model.state_dict().items() if name in learns}, path)


def _sorted(paths: Iterable[Path]) -> dict[str, list[Passage]]:
    """Return the passages by how the names of their files begin; "" holds the rest."""
    found: dict[str, list[Passage]] = {}
    for path in sorted(paths):
        sort = next((one for one in (LATE, *OTHERS) if path.name.startswith(one)), "")
        found.setdefault(sort, []).extend(parse(path))
    return found


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
    cli.add_argument("--minutes", type=float, default=90)
    cli.add_argument("--rate", type=float, default=1e-3)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--threads", type=int, default=2)
    options = cli.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pieces = Pieces(VOCABULARY)
    sorts = _sorted(options.passages)
    passages = [one for row in sorts.values() for one in row]
    print(len(passages), "passages", sum(len(p.claims) for p in passages), "claims", flush=True)
    model = Reader()
    if options.start:
        load_learnt(model, options.start)
    train(model, Lots(sorts, random.Random(options.seed)), pieces, options)


if __name__ == "__main__":
    main()
