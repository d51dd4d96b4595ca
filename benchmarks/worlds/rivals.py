"""What a reader without a method does: follow the latest claim back, or the most often made one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from enduse.model.claim import Claim, ClaimKind, Part
from worlds.making import Case
from worlds.telling import Told


def follow_latest(told: Told, case: Case) -> tuple[str, ...]:
    """Return the holders that following the latest claim back gives, first to last."""
    day = {one.document_id: one.published for one in told.publications}
    return _walk(
        told, case, lambda claims: max(claims, key=lambda one: (day[one.document_id], one.id))
    )


def follow_most_reported(told: Told, case: Case) -> tuple[str, ...]:
    """Return the holders that following the most often made claim back gives, first to last."""

    def most(claims: list[Claim]) -> Claim:
        counts = Counter(_giver(claim) for claim in claims)
        best = max(sorted(counts), key=lambda giver: counts[giver])
        return next(claim for claim in claims if _giver(claim) == best)

    return _walk(told, case, most)


def _giver(claim: Claim) -> str:
    role = claim.role(Part.FROM)
    return role.reference or "" if role else ""


def _walk(told: Told, case: Case, pick: Callable[[list[Claim]], Claim]) -> tuple[str, ...]:
    """Follow picked claims of the weapon back until a state or nothing is reached."""
    holder, chain = case.holder, [case.holder]
    while not holder.startswith("state"):
        into = [
            claim
            for claim in told.claims
            if claim.kind is ClaimKind.TRANSFER
            and claim.status == "done"
            and (taker := claim.role(Part.TO)) is not None
            and taker.reference == holder
            and (weapon := claim.role(Part.WEAPON)) is not None
            and weapon.reference == case.weapon
            and _giver(claim) not in chain
        ]
        if not into:
            break
        holder = _giver(pick(into))
        chain.append(holder)
    return tuple(reversed(chain))
