"""What of a case bears on one plan: the part that its risk card is judged by, read by index.

In: an open casebook and the plan. Out: the incidents and claims that any indicator can look at:
those with the recipient, with its adversaries, with the giver and its clients, the smuggling, and
the claims that name the recipient. Judged by them the card is the same as by the whole case, but
where a limit is set and met; then a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from enduse.case.casebook import Casebook
from enduse.model.claim import Certainty, Claim, Part
from enduse.model.incident import Incident
from enduse.model.record import from_json
from enduse.reference.indicators import Indicator
from enduse.store import around
from enduse.store.kinds import INCIDENT
from enduse.trace import CaseTies, Yardstick, find_adversaries, read_ties

_ANY = tuple(part.value for part in Part)
_LEAVING = (Part.FROM.value,)
_HOLDING = (Part.ACTOR.value, Part.TO.value)
NO_LIMIT = 1 << 62
_CUT = "Of the {what} only the latest {most} were read: the case tells of more."


@dataclass(frozen=True, slots=True)
class Kin:
    """Who belongs to whom in the whole case, whatever the day.

    Attributes:
        ties: what the incidents tell.
        kept: by key, how the keys are written in the tables (letters are folded otherwise there).
        below: by key, the keys of the case's actors that it holds.
    """

    ties: CaseTies
    kept: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bearing:
    """Incidents and claims that bear on a plan, and notes on what was left out."""

    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    ties: CaseTies
    notes: tuple[str, ...]


def gather_bearing(
    book: Casebook, plan: Incident, yardstick: Yardstick, most: int = NO_LIMIT
) -> Bearing:
    """Return what bears on the plan: at most `most` incidents for each reason to read them."""
    return _Gathering(book, plan, yardstick, most).gather()


class _Gathering:
    """One reading of the case; what was read so far, by id."""

    def __init__(self, book: Casebook, plan: Incident, yardstick: Yardstick, most: int) -> None:
        self._book, self._plan, self._yardstick = book, plan, yardstick
        self._most = most
        self._kin = find_kin(book, yardstick)
        self._kinship = self._kin.ties.kinship(yardstick.register, yardstick.priors)
        self._incidents = {plan.id: plan}
        self._claims: dict[str, Claim] = {}
        self._notes: list[str] = []

    def gather(self) -> Bearing:
        takers, givers = self._keys(Part.TO), self._keys(Part.FROM)
        self._read_claims(self._plan.claims)
        fights = self._read("incidents with the recipient", takers, _ANY)
        foes = find_adversaries(self._plan, fights, self._claims.values(), self._kinship)
        self._read("incidents with its adversaries", foes, _HOLDING)
        given = self._read("transfers by the giver", givers, _LEAVING)
        clients = {p.key for one in given for p in one.parties if p.part is Part.TO}
        self._read("transfers by those whom the giver supplied", clients, _LEAVING)
        modes = [word for one in self._yardstick.indicators for word in _trafficking(one)]
        found = around.incidents_of_modes(self._book.store, modes, self._one_more)
        self._keep("transfers of smugglers", found)
        self._read_naming(takers)
        told = tuple(self._incidents[key] for key in sorted(self._incidents))
        claims = tuple(self._claims[key] for key in sorted(self._claims))
        return Bearing(told, claims, self._kin.ties, tuple(self._notes))

    @property
    def _one_more(self) -> int:
        return min(self._most + 1, NO_LIMIT)

    def _keys(self, part: Part) -> frozenset[str]:
        return frozenset(party.key for party in self._plan.parties if party.part is part)

    def _family(self, keys: Iterable[str]) -> frozenset[str]:
        """Return, as the tables write them, the keys with all that holds them or that they hold."""
        family = set(keys)
        for key in keys:
            family |= self._kinship.above(key)
            family.update(self._kin.below.get(key, ()))
        return frozenset(one for key in family for one in self._kin.kept.get(key, (key,)))

    def _read(self, what: str, keys: Iterable[str], parts: Iterable[str]) -> list[Incident]:
        family = self._family(frozenset(keys))
        found = around.incidents_with(self._book.store, family, parts, self._one_more)
        return self._keep(what, found)

    def _keep(self, what: str, found: list[str]) -> list[Incident]:
        if len(found) > self._most:
            self._note(what)
        wanted = found[: self._most]
        missing = [key for key in wanted if key not in self._incidents]
        read = around.incidents_by_id(self._book.store, missing)
        new = [from_json(Incident, row["body"]) for row in read]
        self._incidents |= {one.id: one for one in new}
        hedged = (one for one in new if one.certainty is Certainty.POSSIBLE)
        self._read_claims(claim for one in hedged for claim in one.claims)
        return [self._incidents[key] for key in sorted(wanted) if key in self._incidents]

    def _read_naming(self, takers: frozenset[str]) -> None:
        family = self._family(takers)
        found = around.claims_naming(self._book.store, family, self._one_more)
        if len(found) > self._most:
            self._note("claims that name the recipient")
        self._read_claims(found[: self._most])

    def _read_claims(self, ids: Iterable[str]) -> None:
        missing = [key for key in ids if key not in self._claims]
        for row in around.claims_by_id(self._book.store, missing):
            claim = from_json(Claim, row["body"])
            self._claims[claim.id] = claim

    def _note(self, what: str) -> None:
        self._notes.append(_CUT.format(what=what, most=self._most))


def find_kin(book: Casebook, yardstick: Yardstick) -> Kin:
    """Return who belongs to whom; worked out again only after incidents were written."""
    return book.store.remember("kin", (INCIDENT,), lambda: _find_kin(book, yardstick))


def _find_kin(book: Casebook, yardstick: Yardstick) -> Kin:
    told = read_ties(from_json(Incident, row["body"]) for row in around.memberships(book.store))
    last = around.last_ended(book.store)
    ties = CaseTies(told.parents, date.fromisoformat(last) if last else None)
    kinship = ties.kinship(yardstick.register, yardstick.priors)
    kept: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for party in around.all_parties(book.store):
        key = party.casefold() if party.startswith("name:") else party
        kept.setdefault(key, []).append(party)
        for above in kinship.above(key):
            below.setdefault(above, []).append(key)
    return Kin(ties, _frozen(kept), _frozen(below))


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items()}


def _trafficking(indicator: Indicator) -> tuple[str, ...]:
    return indicator.words("modes") if indicator.rule == "trafficking" else ()
