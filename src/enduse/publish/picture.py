"""A trace as a drawing: its chains in lanes by rank, from first holder to the holder seen.

In: a trace. Out: one SVG as text, with no outside font, image or script, that reads in light,
dark and grey: a solid line is stated flatly, a dashed one hedged, a dotted one inferred; a thicker
line has more witnesses; a lawful link ends in a hollow head, a diversion in a filled one with a
bar across the line. Refused: nothing; names too long for their box are cut, and whole in titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from textwrap import wrap

from enduse.model.custody import Step, Trace
from enduse.publish.escape import show_controls
from enduse.publish.phrases import name_way
from enduse.publish.wording import NONE, count, say_chance, say_time

BOX, GAP, LANE, TOP, LEFT, BOX_HEIGHT = 132, 152, 118, 64, 16, 46
_REST, _LEGEND, _BAR = 74, 92, 220
_LINE = 17
"""Letters that fit on one line of a box at 12 units."""


MOST_LANES = 6
"""Chains drawn at most, so that the drawing fits a page; the others stand in the table."""


@dataclass(frozen=True, slots=True)
class _Size:
    """Columns and lanes of one drawing, in units of the view box."""

    columns: int
    lanes: int

    @property
    def width(self) -> int:
        return max(LEFT * 2 + self.columns * BOX + (self.columns - 1) * GAP, 640)

    @property
    def height(self) -> int:
        return TOP + self.lanes * LANE + _REST + _LEGEND


def draw_chains(trace: Trace) -> str:
    """Return the ranked chains as one SVG; a trace without chains gives only its remainder."""
    drawn = trace.chains[:MOST_LANES]
    longest = max((len(chain.steps) for chain in drawn), default=1)
    size = _Size(longest + 1, len(drawn))
    parts = (
        _head(trace, size),
        *(_lane(trace, rank, size) for rank in range(1, size.lanes + 1)),
        _rest(trace, size),
        _legend(size),
        "</svg>\n",
    )
    return "\n".join(parts)


def _head(trace: Trace, size: _Size) -> str:
    css = files("enduse.publish").joinpath("templates", "chains.css").read_text(encoding="utf-8")
    tie = "seen with" if trace.sighting.claims else "and"
    seen = f"{trace.sighting.weapon.label} {tie} {trace.sighting.holder.label}"
    told = [_describe(trace, rank) for rank in range(1, len(trace.chains) + 1)]
    words = ". ".join((*told, f"{NONE}: {say_chance(trace.remainder)}."))
    caption = "Chains of custody that the evidence is consistent with, likeliest first"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="enduse-chains" role="img" '
        f'viewBox="0 0 {size.width} {size.height}" width="{size.width}" height="{size.height}" '
        f'aria-labelledby="chains-title chains-desc">'
        f'<title id="chains-title">{_safe(seen)}: chains of custody, likeliest first</title>'
        f'<desc id="chains-desc">{_safe(words)}</desc><style>{css}</style>'
        f'<rect class="paper" width="{size.width}" height="{size.height}"/>'
        f"{_text(LEFT, 26, _cut(seen, 80), 'head')}{_text(LEFT, 46, caption, 'small')}"
    )


def _describe(trace: Trace, rank: int) -> str:
    chain = trace.chains[rank - 1]
    steps = (f"{s.giver.label} to {s.taker.label} ({_way(trace, s)})" for s in chain.steps)
    chance = say_chance(chain.probability, chain.interval)
    return f"Chain {rank}, {chance}: {', '.join(steps)}"


def _way(trace: Trace, step: Step) -> str:
    """Return the way of a step; one that a plan alone tells is never drawn as done."""
    return name_way(step, planned=step.incident_id in trace.plans)


def _lane(trace: Trace, rank: int, size: _Size) -> str:
    chain, y = trace.chains[rank - 1], TOP + (rank - 1) * LANE
    nodes = [chain.steps[0].giver.label, *(step.taker.label for step in chain.steps)]
    offset = size.columns - len(nodes)
    arrows = (
        _arrow(step, _way(trace, step), at, y + 36) for at, step in enumerate(chain.steps, offset)
    )
    parts = [
        f'<g class="lane"><title>{_safe(_describe(trace, rank))}</title>',
        _bar(y, chain.probability, chain.interval, size),
        _text(LEFT, y + 20, str(rank), "rank"),
        _text(LEFT + 22, y + 20, say_chance(chain.probability, chain.interval), "rank"),
        *arrows,
        *_boxes(nodes, offset, y + 36),
        "</g>",
    ]
    return "".join(parts)


def _boxes(nodes: Sequence[str], offset: int, y: int) -> Iterator[str]:
    for at, label in enumerate(nodes):
        last = at == len(nodes) - 1
        yield _box(_column(at + offset), y, label, "box seen" if last else "box")


def _bar(y: int, probability: float, interval: tuple[float, float] | None, size: _Size) -> str:
    """Draw the chance as a filled bar, and its interval as a line with ends."""
    start, at = size.width - LEFT - _BAR, y + 14
    bars = "".join(
        f'<rect class="{kind}" x="{start}" y="{at}" width="{width:.1f}" height="8" rx="1"/>'
        for kind, width in (("track", _BAR), ("share", _BAR * probability))
    )
    if interval is None:
        return bars
    low, high = (f"{start + _BAR * bound:.1f}" for bound in interval)
    ends = f"M{low} {at + 4}H{high}M{low} {at}v8M{high} {at}v8"
    return f'{bars}<path class="whisker" d="{ends}"/>'


def _box(x: int, y: int, label: str, kind: str) -> str:
    lines = _wrap(label)
    first = y + BOX_HEIGHT / 2 + 4 - (len(lines) - 1) * 7.5
    texts = "".join(
        _text(x + BOX // 2, first + 15 * at, line, "name") for at, line in enumerate(lines)
    )
    return (
        f'<g><title>{_safe(label)}</title><rect class="{kind}" x="{x}" y="{y}" width="{BOX}" '
        f'height="{BOX_HEIGHT}" rx="3"/>{texts}</g>'
    )


def _arrow(step: Step, way: str, column: int, y: int) -> str:
    start, end = _column(column) + BOX, _column(column + 1)
    line, middle = y + BOX_HEIGHT // 2, (start + end) // 2
    kind, style = _look(step, way)
    width = 1.6 if style == "inferred" else min(1.4 + 0.8 * step.witnesses, 5.0)
    bar = "" if kind == "lawful" else f'<path class="bar" d="M{start + 14} {line - 7}l-4 14"/>'
    ends = f"{step.giver.label} to {step.taker.label}"
    return (
        f'<g class="{kind} {style}">'
        f"<title>{_safe(f'{ends}: {way}, {say_chance(step.probability)}')}</title>"
        f'<path class="line" stroke-width="{width:.1f}" d="M{start} {line}H{end - 12}"/>{bar}'
        f'<path class="tip" d="M{end - 12} {line - 6}L{end - 1} {line}L{end - 12} {line + 6}Z"/>'
        f"{_text(middle, line - 8, _cut(way.removeprefix('inferred: '), 24), 'way')}"
        f"{_text(middle, line + 17, _cut(_when(step), 30), 'tiny')}"
        f"{_text(middle, line + 30, _voices(step), 'tiny')}</g>"
    )


def _look(step: Step, way: str) -> tuple[str, str]:
    """Return the classes of an arrow: whose link it is, and how firmly it is told."""
    told = way == name_way(step) and not step.inferred
    kind = "lawful" if step.lawful else "diverted"
    hedged = "hedged" if step.certainty != "certain" else "flat"
    return kind, hedged if told else "inferred"


def _when(step: Step) -> str:
    """Return the months of a step, short enough for a line."""
    if step.start and step.end:
        first, last = f"{step.start:%b %Y}", f"{step.end:%b %Y}"
        return first if first == last else f"{first} – {last}"
    return say_time(step.start, step.end) or "time not said"


def _voices(step: Step) -> str:
    if step.inferred:
        return "no claim states it"
    return count(max(1, round(step.witnesses)), "witness", "witnesses")


def _rest(trace: Trace, size: _Size) -> str:
    y = TOP + size.lanes * LANE
    words = f"{NONE}: {say_chance(trace.remainder)}"
    rest = trace.remainder_words.removeprefix(f"{NONE}:").strip()
    more = len(trace.chains) - size.lanes
    rest = f"Not drawn: {count(more, 'weaker chain')}. {rest}" if more else rest
    lines = wrap(rest, (size.width - 2 * LEFT) // 6, max_lines=2, placeholder="…")
    tail = "".join(_text(LEFT, y + 40 + 15 * at, line, "small") for at, line in enumerate(lines))
    return f"{_bar(y, trace.remainder, None, size)}{_text(LEFT, y + 20, words, 'rank')}{tail}"


def _legend(size: _Size) -> str:
    y = size.height - _LEGEND + 30
    shown = (
        ("lawful flat", "lawful link"),
        ("diverted flat", "diversion, stated flatly"),
        ("diverted hedged", "hedged: probable, possible"),
        ("diverted inferred", "inferred: no claim states it"),
    )
    step = (size.width - 2 * LEFT) // 2
    items = [
        _sample(LEFT + (at % 2) * step, y + (at // 2) * 20, kind, words)
        for at, (kind, words) in enumerate(shown)
    ]
    note = (
        "Thicker line: more witnesses, copies not counted. Bar: chance, with the range around it."
    )
    rule = f'<path class="rule" d="M{LEFT} {y - 18}H{size.width - LEFT}"/>'
    return f'<g class="legend">{rule}{"".join(items)}{_text(LEFT, y + 44, note, "tiny left")}</g>'


def _sample(x: int, y: int, kind: str, words: str) -> str:
    bar = "" if kind.startswith("lawful") else f'<path class="bar" d="M{x + 10} {y - 11}l-4 14"/>'
    return (
        f'<g class="{kind}"><path class="line" stroke-width="2.2" d="M{x} {y - 4}h34"/>{bar}'
        f'<path class="tip" d="M{x + 34} {y - 10}l11 6l-11 6Z"/></g>'
        f"{_text(x + 54, y, words, 'tiny left')}"
    )


def _column(at: int) -> int:
    return LEFT + at * (BOX + GAP)


def _wrap(label: str) -> list[str]:
    """Return the label in at most two lines that fit the box."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    kept = [*lines[:1], " ".join(lines[1:])] if len(lines) > 1 else lines
    return [_cut(line, _LINE + 1) for line in kept]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{_safe(words)}</text>'


def _safe(words: str) -> str:
    return escape(show_controls(words), quote=True)
