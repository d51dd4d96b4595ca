"""Who is shown with a weapon, and from when: by a sighting or by a transfer done.

In: a network and kinship. Out: for an actor and a day the chance that reports show it with the
weapon by then. Refused: inferred steps show nobody with anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from enduse.model.incident import Party
from enduse.trace.kinship import Kinship
from enduse.trace.network import Network

# The holder, and for each report of it the first possible day and the chance.
Shown = tuple[Party, list[tuple[date, float]]]


@dataclass(frozen=True)
class Holders:
    """The holders of each weapon, found once a weapon and once an actor."""

    network: Network
    kinship: Kinship
    _shown: dict[str, list[Shown]] = field(default_factory=dict)
    _reports: dict[tuple[str, str], list[tuple[date, float]]] = field(default_factory=dict)

    def chance(self, actor: Party, weapon: Party, before: date | None) -> float:
        """Return the chance that reports show the actor with the weapon by a day, 0 if none does.

        The reports are taken as independent of one another.
        """
        day = before or date.max
        missed = 1.0
        for start, chance in self._reports_of(actor, weapon):
            if start <= day:
                missed *= 1 - chance
        return 1 - missed

    def _reports_of(self, actor: Party, weapon: Party) -> list[tuple[date, float]]:
        pair = (actor.key, weapon.key)
        if pair not in self._reports:
            self._reports[pair] = [
                (start, chance * fit)
                for holder, reports in self._holders_of(weapon)
                if (fit := self.kinship.holds_for(holder, actor)) > 0
                for start, chance in reports
            ]
        return self._reports[pair]

    def _holders_of(self, weapon: Party) -> list[Shown]:
        if weapon.key not in self._shown:
            by_key: dict[str, Shown] = {}
            for holder, told, start, chance in self._all_reports():
                covers = self.kinship.covers(told, weapon)
                if covers > 0:
                    by_key.setdefault(holder.key, (holder, []))[1].append((start, chance * covers))
            self._shown[weapon.key] = list(by_key.values())
        return self._shown[weapon.key]

    def _all_reports(self) -> Iterator[tuple[Party, Party, date, float]]:
        for held in self.network.holdings:
            yield held.holder, held.weapon, held.start or date.min, held.chance
        for edge in self.network.edges:
            if not edge.inferred:
                yield edge.taker, edge.weapon, edge.earliest, edge.chance
