"""What the grammar and the encoder make of a document together.

In: the claims of each. Out: the encoder's claims where it is sure; and the grammar's that it bears
out and tells no surer itself of the same words, their blanks filled from it, with its speaker, with
its place where it names one, and about arms with its parties too where the grammar is not settled
on them.
Refused: claims of the grammar for which the encoder sees no sign; few of those were right on text
that neither was made with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from enduse.extract.encoder.labels import ANCHOR_OF
from enduse.extract.scoring import CHANCE, add_score
from enduse.model.claim import (
    ARMS_KINDS,
    Because,
    Claim,
    ClaimKind,
    Part,
    Polarity,
    Role,
    Speaker,
)
from enduse.model.interchange import with_id

SIGN = 0.08  # the least chance that bears out a claim of the grammar
SURE = 0.5  # the least chance of a claim of the encoder's own
SURE_BARE = 0.92  # that of one with nothing marked beside its words, or of a captive of nobody
LIKELY = 0.42  # the least score of any claim of its own
SETTLED = 0.6  # the least score of a claim of the grammar about arms that keeps its own parties
AMOUNT = "role:quantity"  # the sense of the words that the encoder takes for an amount
SPEAKER = "role:speaker"  # the sense of the words that the encoder takes for a speaker
NEAR = 100  # code points between the words of two claims that may be the same
_OF_SEVERAL_MODES = frozenset({ClaimKind.AFFILIATION, ClaimKind.CASUALTIES})
_HELD = "captured"  # the mode of harm to people who are taken
_HEDGED, _DENIED = "certainty:", "polarity:"  # how the senses of a hedge and a denial begin
_PARTIES = {
    ClaimKind.USE: (Part.ACTOR,),
    ClaimKind.POSSESSION: (Part.ACTOR,),
    ClaimKind.TRANSFER: (Part.FROM, Part.TO),
    ClaimKind.LOSS: (Part.ACTOR, Part.BY),
    ClaimKind.ORIGIN: (Part.ACTOR,),
    ClaimKind.AFFILIATION: (Part.ACTOR,),
    ClaimKind.CONTROL: (Part.ACTOR, Part.FROM),
    ClaimKind.CASUALTIES: (Part.ACTOR,),
}


def agree(
    told: Sequence[Claim], drafted: Sequence[Claim], weights: Mapping[str, float]
) -> list[Claim]:
    """Return the claims both bear out and those of the encoder alone, in no order.

    Args:
        told: the grammar's claims.
        drafted: the encoder's, each with its chance as score.
        weights: those of the scores; see scoring.
    """
    near = _Near(drafted)
    met: set[str] = set()
    kept: dict[str, Claim] = {}
    instead: dict[str, tuple[Claim, list[Claim]]] = {}
    for claim in told:
        alike = list(near.to(claim))
        met |= {one.id for one in alike if _swallows(claim, one)}
        if max((one.score for one in alike), default=0.0) < SIGN:
            continue
        best = _best(claim, alike)
        if best is None:
            kept[claim.id] = claim
        elif _of_same_words(claim, best) and _is_sure(best, weights):
            instead.setdefault(best.id, (best, []))[1].append(claim)
        else:
            agreed = _borne_out(claim, best, unsettled=_is_unsettled(claim, weights))
            kept[agreed.id] = agreed
    both = [*kept.values(), *(_put_before(draft, claims) for draft, claims in instead.values())]
    told_already = {_told(claim) for claim in both}
    own = (claim for claim in drafted if claim.id not in met and _is_sure(claim, weights))
    return both + [claim for claim in own if _told(claim) not in told_already]


def _swallows(claim: Claim, draft: Claim) -> bool:
    """Return whether a draft only tells what the grammar's claim of the same words tells.

    People are killed and wounded in one breath, and one party has ties of several sorts: such
    drafts of another mode stand beside the claim.
    """
    alike = claim.kind not in _OF_SEVERAL_MODES or mode_of(draft) == mode_of(claim)
    return alike and _of_same_words(claim, draft)


def _best(claim: Claim, alike: Sequence[Claim]) -> Claim | None:
    """Return the likeliest draft of the claim's mode, one that turns on its own words if any."""
    same = [one for one in alike if mode_of(one) == mode_of(claim)]
    closest = [one for one in same if _of_same_words(claim, one)]
    return max(closest or same, key=lambda one: one.score, default=None)


def _is_unsettled(claim: Claim, weights: Mapping[str, float]) -> bool:
    return claim.kind in ARMS_KINDS and add_score(claim, weights).score < SETTLED


class _Near:
    """The encoder's claims by kind and by where they begin."""

    def __init__(self, drafted: Sequence[Claim]) -> None:
        self._rows: dict[ClaimKind, list[tuple[int, Claim]]] = {}
        for claim in sorted(drafted, key=_begin):
            self._rows.setdefault(claim.kind, []).append((_begin(claim), claim))

    def to(self, claim: Claim) -> Iterator[Claim]:
        """Yield those of its kind near by that turn on the same words, or on the same name."""
        rows = self._rows.get(claim.kind, [])
        if claim.span is not None:
            first = bisect_left(rows, claim.span.start - 2 * NEAR, key=itemgetter(0))
            last = bisect_left(rows, claim.span.end + NEAR + 1, key=itemgetter(0))
            yield from (one for _, one in rows[first:last] if _alike(claim, one))


def _begin(claim: Claim) -> int:
    return claim.span.start if claim.span else 0


def _is_sure(claim: Claim, weights: Mapping[str, float]) -> bool:
    """Return whether a claim goes out on the encoder's word; what nobody has does not."""
    if claim.kind is ClaimKind.POSSESSION and claim.role(Part.ACTOR) is None:
        return False
    sure = SURE_BARE if _is_bare(claim) else SURE
    return claim.score >= sure and add_score(claim, weights).score >= LIKELY


def _is_bare(claim: Claim) -> bool:
    """Return whether the encoder marked nothing beside the words that the claim turns on.

    An amount of arms is nothing: "fires 600 rounds a minute". Or whether people are held and
    nobody who holds them is told: miners are trapped, too.
    """
    if claim.mode == _HELD and claim.role(Part.ACTOR) is None:
        return True
    marked = {cue.sense for cue in claim.because.cues if cue.sense.startswith("role:")}
    return not marked - ({AMOUNT} if claim.kind in ARMS_KINDS else set())


def _told(claim: Claim) -> tuple[str | None, ...]:
    """Return what a claim says, but for when and how often."""
    parts = (ANCHOR_OF[claim.kind], *_PARTIES[claim.kind][:1])
    names = [role.label.lower() if (role := claim.role(part)) else None for part in parts]
    return (claim.kind.value, claim.mode, claim.status, *names)


def _alike(one: Claim, other: Claim) -> bool:
    """Return whether two claims of a kind turn on the same words, or the same name near by."""
    part = ANCHOR_OF[one.kind]
    left, right = one.role(part), other.role(part)
    if left is None or right is None or one.span is None or other.span is None:
        return False
    if one.span.end + NEAR < other.span.start or other.span.end + NEAR < one.span.start:
        return False
    same_name = names_of(left.text, left.also) & names_of(right.text, right.also)
    return _of_same_words(one, other) or bool(same_name)


def _of_same_words(one: Claim, other: Claim) -> bool:
    """Return whether the words that two claims of a kind turn on overlap."""
    part = ANCHOR_OF[one.kind]
    left, right = one.role(part), other.role(part)
    if left is None or left.start is None or left.end is None:
        return False
    if right is None or right.start is None or right.end is None:
        return False
    return left.start < right.end and right.start < left.end


def mode_of(claim: Claim) -> str:
    """Return how a claim's kind is told: its mode; of control, who holds the place after it."""
    return (claim.status if claim.kind is ClaimKind.CONTROL else claim.mode) or ""


def names_of(text: str, also: Sequence[str] = ()) -> set[str]:
    """Return the names of a role; its last word stands for a name of several."""
    low = text.lower()
    return {low, low.split()[-1], *(other.lower() for other in also)}


def _names_more(own: Role | None, other: Role) -> bool:
    """Return whether a place is the fuller name: "Tadmur district" beside "Tadmur"."""
    if own is None or own.part is not Part.PLACE:
        return False
    return len(own.text) > len(other.text) and other.text.lower() in own.text.lower()


def _tells_where(claim: Claim, draft: Claim) -> bool:
    """Return whether the encoder's place can be the claim's.

    Arms change hands in places that are seldom told: where the grammar found none for a transfer,
    one that stands outside the claim's words is none either.
    """
    if claim.kind is not ClaimKind.TRANSFER or claim.role(Part.PLACE) is not None:
        return True
    return _stands_in(draft.role(Part.PLACE), claim)


def _carries_over(claim: Claim, draft: Claim) -> bool:
    """Return whether the grammar took the claim's place from other words; the encoder saw none."""
    if ANCHOR_OF[claim.kind] is Part.PLACE or draft.role(Part.PLACE) is not None:
        return False
    return not _stands_in(claim.role(Part.PLACE), claim, draft)


def _stands_in(role: Role | None, *claims: Claim) -> bool:
    """Return whether a role is named among the words of one of the claims."""
    at = role.start if role else None
    spans = (claim.span for claim in claims if claim.span is not None)
    return at is not None and any(span.start <= at < span.end for span in spans)


def _deniers(claim: Claim) -> tuple[Speaker, ...]:
    """Return the grammar's speakers of a denial: somebody denies, whomever the encoder misses."""
    return claim.attribution if claim.polarity is Polarity.DENIED else ()


def _put_before(draft: Claim, told: Sequence[Claim]) -> Claim:
    """Return the encoder's claim with what the grammar's of the same words tell more firmly read.

    That is a hedge, and a denial that none of them speaks against, which rest on words that they
    can show and the encoder now and then overlooks; and a place among their own words where the
    encoder names none.
    """
    told = sorted(told, key=lambda one: (_begin(one), one.id))
    hedged = max(told, key=lambda one: one.certainty.rank)
    is_hedged = draft.certainty.rank < hedged.certainty.rank
    denied = draft.polarity is not Polarity.DENIED
    denied &= all(one.polarity is Polarity.DENIED for one in told)
    own = (one.role(Part.PLACE) for one in told if not _carries_over(one, draft))
    place = next(filter(None, own), None)
    roles = draft.roles if place is None or draft.role(Part.PLACE) else (*draft.roles, place)
    senses = (_HEDGED,) * is_hedged + (_DENIED,) * denied
    shown = (cue for one in told for cue in one.because.cues if cue.sense.startswith(senses))
    deniers = next((names for one in told if (names := _deniers(one))), ()) if denied else ()
    why = draft.because
    return with_id(
        replace(
            draft,
            roles=tuple(sorted(roles, key=lambda role: list(Part).index(role.part))),
            certainty=hedged.certainty if is_hedged else draft.certainty,
            polarity=Polarity.DENIED if denied else draft.polarity,
            attribution=draft.attribution or deniers,
            because=replace(why, cues=(*why.cues, *dict.fromkeys(shown))),
        )
    )


def _borne_out(claim: Claim, draft: Claim, *, unsettled: bool) -> Claim:
    """Return the grammar's claim with the encoder's place and speaker, and the parties it lacks.

    The place of a change of control stays, since that is what the claim turns on, and so does a
    fuller name of the same place; one that the grammar carried over does not. Where the claim is
    unsettled and the encoder is sure, the encoder's parties go before the grammar's.
    """
    instead = unsettled and draft.score >= SURE
    held = {role.part for role in claim.roles}
    wanted = [part for part in _PARTIES[claim.kind] if instead or part not in held]
    if ANCHOR_OF[claim.kind] is not Part.PLACE and _tells_where(claim, draft):
        wanted.append(Part.PLACE)
    named = {part: role for part in wanted if (role := draft.role(part)) is not None}
    added = {part: role for part, role in named.items() if not _names_more(claim.role(part), role)}
    roles = {role.part: role for role in claim.roles} | added
    if _carries_over(claim, draft):
        roles.pop(Part.PLACE, None)
    why = claim.because
    senses = {SPEAKER, *(f"role:{part}" for part in added)}
    cues = [
        one for one in draft.because.cues if one.sense in senses or one.sense.startswith(CHANCE)
    ]
    resolved = tuple(row for row in why.resolved if row[0] not in added)
    return with_id(
        replace(
            claim,
            roles=tuple(roles[part] for part in Part if part in roles),
            attribution=draft.attribution or _deniers(claim),
            because=Because(why.rule, (*why.cues, *cues), resolved),
        )
    )
