"""How evidence for each indicator of a risk card is looked for in a case.

In: a scene and an indicator. Out: `Judged`: a rating with its reason and what it rests on.
Refused: "not met" for want of reports. Where nothing is found the rating is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from enduse.model.claim import Certainty, Claim, ClaimKind, Part
from enduse.model.incident import Incident, Party
from enduse.model.risk import Analogue, Rating
from enduse.reference.indicators import Indicator
from enduse.trace.network import parties_of
from enduse.trace.scene import Scene

_FORCE = ("capture", "loot", "theft", "surrender")
_MOST_ANALOGUES = 5
_EVEN = 0.5
_WORD = re.compile(r"\w+")
_DENIED_WITHIN = 5  # words between a denial and what it denies


@dataclass(frozen=True, slots=True)
class Judged:
    """A rating, its reason, and the incidents, claims and analogues it rests on."""

    rating: Rating
    because: str
    incidents: tuple[Incident, ...] = ()
    claims: tuple[str, ...] = ()
    analogues: tuple[Analogue, ...] = ()


Rule = Callable[[Scene, Indicator], Judged]


def unknown(because: str) -> Judged:
    """Return the rating for what nothing in the case tells."""
    return Judged(Rating.UNKNOWN, because)


def rate_incidents(found: Sequence[Incident]) -> Rating:
    """Return met where a report says it firmly and it is likelier than not, else partly."""
    firm = any(
        one.certainty is not Certainty.POSSIBLE and one.probability >= _EVEN for one in found
    )
    return Rating.MET if firm else Rating.PARTLY


def by_phrases(scene: Scene, indicator: Indicator) -> Judged:
    """Return what the words of quotes about the plan or its recipient show."""
    shown = _quoting(scene, indicator.words("phrases"))
    against = [
        (claim, phrase)
        for claim, phrase in _quoting(scene, indicator.words("unmet"))
        if not any(claim is other and phrase in longer for other, longer in shown)
    ]
    claims = tuple(sorted({claim.id for claim, _ in (*shown, *against)}))
    if shown and against:
        because = f"reports differ: {_said(shown)} against {_said(against)}"
        return Judged(Rating.PARTLY, because, claims=claims)
    if shown:
        return Judged(Rating.MET, f"a quote says {_said(shown)}", claims=claims)
    if against:
        return Judged(Rating.NOT_MET, f"a quote says {_said(against)}", claims=claims)
    return unknown("no document of the case says anything of it")


def _quoting(scene: Scene, phrases: Iterable[str]) -> list[tuple[Claim, str]]:
    return [
        (claim, phrase)
        for claim in scene.concerned
        for phrase in phrases
        if claim.span is not None and _asserts(claim.span.quote.casefold(), phrase, scene)
    ]


def _asserts(quote: str, phrase: str, scene: Scene) -> bool:
    """Return whether a word of the quote begins the phrase, and none just before denies it."""
    priors = scene.kinship.priors
    for found in re.finditer(rf"(?<!\w){re.escape(phrase)}", quote):
        before = _WORD.findall(quote[: found.start()])[-_DENIED_WITHIN:]
        if not any(priors.meaning("phrase", word) == "denied" for word in before):
            return True
    return False


def _said(found: Iterable[tuple[Claim, str]]) -> str:
    return ", ".join(sorted({f"“{phrase}”" for _, phrase in found}))


def by_fighting(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where the recipient is reported in fights."""
    del indicator
    found = tuple({one.id: one for one, _ in scene.fights}.values())
    if not found:
        return unknown("no document of the case tells of fights by the recipient")
    foes = ", ".join(sorted({foe.label for _, foe in scene.fights}))
    return Judged(rate_incidents(found), f"the recipient is reported fighting {foes}", found)


def by_lost_to_force(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where the recipient lost weapons of the class, partly where it lost others."""
    days = int(indicator.words("days")[0])
    lost = [
        one
        for one in scene.transfers(indicator.words("modes"))
        if any(scene.is_taker(giver) for giver in parties_of(one, Part.FROM))
        and scene.lately(one, days)
    ]
    same = [one for one in lost if scene.weapon_alike(one)]
    analogues = _analogues(lost, "same recipient", same)
    if same:
        because = f"weapons of the same class were lost: {_tell(same)}"
        return Judged(rate_incidents(same), because, tuple(lost), analogues=analogues)
    if lost:
        because = f"other weapons were lost: {_tell(lost)}"
        return Judged(Rating.PARTLY, because, tuple(lost), analogues=analogues)
    return by_phrases(scene, indicator)


def by_passed_on(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where the recipient itself passed weapons on to those the indicator names."""
    wanted = indicator.words("to")
    found = [
        one
        for one in scene.transfers(indicator.words("modes"))
        if any(scene.is_taker(giver) for giver in parties_of(one, Part.FROM))
        and any(_is_of(scene, taker, wanted) for taker in parties_of(one, Part.TO))
    ]
    if not found:
        return by_phrases(scene, indicator)
    because = f"the recipient passed weapons on: {_tell(found)}"
    analogues = _analogues(found, "same recipient", found)
    return Judged(rate_incidents(found), because, tuple(found), analogues=analogues)


def _is_of(scene: Scene, party: Party, categories: Iterable[str]) -> bool:
    entity = scene.kinship.entity(party)
    return entity is not None and entity.category in categories


def by_allied_groups(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where a claim or the register ties an armed group to the recipient."""
    found = [
        one
        for one in scene.told
        if one.kind is ClaimKind.AFFILIATION
        and one.mode in ("ally", "branch", "member", "command", "backed")
        and _ties_group(scene, one, indicator.words("categories"))
    ]
    if found:
        words = ", ".join(sorted({_parties_words(one) for one in found}))
        return Judged(rate_incidents(found), f"reported ties: {words}", tuple(found))
    return unknown("no document of the case ties an armed group to the recipient")


def _ties_group(scene: Scene, one: Incident, categories: Iterable[str]) -> bool:
    left, right = parties_of(one, Part.ACTOR), parties_of(one, Part.OTHER)
    pairs = [(ours, group) for ours in left for group in right]
    pairs += [(ours, group) for group, ours in pairs]
    return any(
        scene.is_taker(ours) and not scene.is_taker(group) and _is_of(scene, group, categories)
        for ours, group in pairs
    )


def by_surrendered(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where troops of the recipient surrendered weapons, or quotes tell of desertion."""
    found = [
        one
        for one in scene.transfers(indicator.words("modes"))
        if any(scene.is_taker(giver) for giver in parties_of(one, Part.FROM))
    ]
    if found:
        return Judged(rate_incidents(found), f"surrenders: {_tell(found)}", tuple(found))
    return by_phrases(scene, indicator)


def by_category(scene: Scene, indicator: Indicator) -> Judged:
    """Return what the category of the planned weapon says, from the register."""
    categories = {
        entity.category: weapon.label
        for weapon in scene.weapons
        if (entity := scene.kinship.entity(weapon)) is not None
    }
    ratings = (("met", Rating.MET), ("partly", Rating.PARTLY), ("unmet", Rating.NOT_MET))
    for setting, rating in ratings:
        for category in sorted(categories):
            if category in indicator.words(setting):
                because = f"{categories[category]} is of category {category}"
                return Judged(rating, because, (scene.plan,))
    return unknown("the register does not tell what sort of weapon it is")


def by_quantity(scene: Scene, indicator: Indicator) -> Judged:
    """Return what quotes say of the quantity; a number alone tells nothing of the need."""
    judged = by_phrases(scene, indicator)
    if judged.rating is not Rating.UNKNOWN or scene.plan.quantity is None:
        return judged
    return unknown(
        f"{scene.plan.quantity.text} are planned; no document of the case tells the need"
    )


def by_with_adversary(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where an adversary of the recipient was seen with, or took, the same class."""
    del indicator
    kinds = (ClaimKind.USE, ClaimKind.POSSESSION)
    found = [
        one
        for one in scene.told
        if scene.weapon_alike(one)
        and (
            (one.kind in kinds and _by_adversary(scene, one, Part.ACTOR))
            or (one.kind is ClaimKind.TRANSFER and _by_adversary(scene, one, Part.TO))
        )
    ]
    if not found:
        return unknown("no document of the case shows the class with an adversary")
    because = f"an adversary has the same class: {_tell(found)}"
    analogues = _analogues(found, "same class with the adversary", found)
    return Judged(rate_incidents(found), because, tuple(found), analogues=analogues)


def _by_adversary(scene: Scene, one: Incident, part: Part) -> bool:
    return any(scene.is_adversary(party) for party in parties_of(one, part))


def by_intermediary(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where the plan itself names who is in between, else what quotes say."""
    between = parties_of(scene.plan, Part.VIA)
    if between:
        names = ", ".join(party.label for party in between)
        return Judged(Rating.MET, f"the plan goes through {names}", (scene.plan,))
    return by_phrases(scene, indicator)


def by_hostile_nearby(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where an adversary holds weapons or took ground; says which group is listed."""
    kinds = (ClaimKind.USE, ClaimKind.POSSESSION, ClaimKind.CONTROL, ClaimKind.TRANSFER)
    held: dict[str, Incident] = {}
    foes: dict[str, Party] = {}
    for one in scene.told:
        part = Part.TO if one.kind is ClaimKind.TRANSFER else Part.ACTOR
        for party in parties_of(one, part) if one.kind in kinds else ():
            if scene.is_adversary(party):
                held[one.id] = one
                foes.setdefault(party.key, party)
    if not held:
        return unknown("no document of the case tells of hostile groups close by")
    groups = ", ".join(sorted(_listed(scene, foe, indicator) for foe in foes.values()))
    because = f"hostile groups that hold weapons or ground: {groups}"
    found = tuple(held.values())
    return Judged(rate_incidents(found), because, found)


def _listed(scene: Scene, foe: Party, indicator: Indicator) -> str:
    entity = scene.kinship.entity(foe)
    codes = entity.codes if entity else ()
    lists = sorted({scheme for scheme, _ in codes if scheme in indicator.words("listed")})
    return f"{foe.label} (on a list: {', '.join(lists)})" if lists else foe.label


def by_trafficking(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where smuggling reaches recipient or adversary, partly where it reaches others."""
    routes = list(scene.transfers(indicator.words("modes")))
    near = [
        one
        for one in routes
        for party in one.parties
        if party.part in (Part.FROM, Part.TO, Part.VIA)
        and (scene.is_taker(party) or scene.is_adversary(party))
    ]
    if near:
        return Judged(rate_incidents(near), f"smuggling: {_tell(near)}", tuple(near))
    if routes:
        return Judged(Rating.PARTLY, f"smuggling of others: {_tell(routes)}", tuple(routes))
    return unknown("no document of the case tells of trafficking")


def by_supplier_leaks(scene: Scene, indicator: Indicator) -> Judged:
    """Return met where what the same supplier gave to another was later taken or passed on."""
    del indicator
    given = [
        one
        for one in scene.transfers(("supply", "sale"))
        if any(scene.is_giver(giver) for giver in parties_of(one, Part.FROM))
    ]
    leaks = {one.id: one for one in _leaks_of(scene, given)}
    found = [leaks[name] for name in sorted(leaks)]
    if not found:
        return unknown("no document of the case tells of an earlier supply that leaked")
    because = f"what the same supplier gave to others passed on: {_tell(found)}"
    analogues = _analogues(found, "same supplier", found)
    return Judged(rate_incidents(found), because, tuple(found), analogues=analogues)


def _leaks_of(scene: Scene, supplies: Iterable[Incident]) -> Iterable[Incident]:
    """Yield the transfers by a client, or its family, of what was supplied to it or its like.

    Nothing leaks before it is supplied.
    """
    kinship, by_family = scene.kinship, _by_family(scene)
    supplied: dict[tuple[str, str], tuple[Party, Party, date]] = {}
    for given in supplies:
        since = given.time.earliest if given.time else date.min
        for client in parties_of(given, Part.TO):
            for weapon in parties_of(given, Part.WEAPON):
                *_, known = supplied.get((client.key, weapon.key), (client, weapon, date.max))
                supplied[client.key, weapon.key] = (client, weapon, min(since, known))
    for client, weapon, since in supplied.values():
        for other, passed in by_family(client):
            if kinship.covers(weapon, other) > kinship.priors["match:arms"]:
                yield from (one for one in passed if one.time is None or one.time.latest >= since)


def _by_family(scene: Scene) -> Callable[[Party], Iterable[tuple[Party, list[Incident]]]]:
    """Return what tells the weapons that left an actor's family, each with the transfers of it."""
    exact: dict[str, dict[str, tuple[Party, list[Incident]]]] = {}
    below: dict[str, dict[str, tuple[Party, list[Incident]]]] = {}
    for one in scene.transfers((*_FORCE, "unspecified", "smuggling", "sale")):
        for giver in parties_of(one, Part.FROM):
            held = [exact.setdefault(giver.key, {})]
            held += [below.setdefault(above, {}) for above in scene.kinship.above(giver.key)]
            for weapon in parties_of(one, Part.WEAPON):
                for passed in held:
                    passed.setdefault(weapon.key, (weapon, []))[1].append(one)

    def find(client: Party) -> Iterable[tuple[Party, list[Incident]]]:
        keys = (client.key, *scene.kinship.above(client.key))
        yield from below.get(client.key, {}).values()
        for key in keys:
            yield from exact.get(key, {}).values()

    return find


def _analogues(
    found: Sequence[Incident], alike: str, same: Sequence[Incident]
) -> tuple[Analogue, ...]:
    """Return at most five of the incidents as analogues, those of the same class first."""
    ids = {one.id for one in same}
    ordered = sorted(found, key=lambda one: (one.id not in ids, -one.probability, one.id))
    return tuple(
        Analogue(
            _parties_words(one),
            f"{alike}, same class" if one.id in ids and "class" not in alike else alike,
            one.id,
            one.claims,
        )
        for one in ordered[:_MOST_ANALOGUES]
    )


def _tell(found: Sequence[Incident]) -> str:
    told = [_parties_words(one) for one in found]
    return "; ".join(dict.fromkeys(told))


def _parties_words(one: Incident) -> str:
    """Return an incident in a few words, who comes before whom.

    The words name kind, parties, place and time, and how firmly it is said.
    """
    names = " – ".join(party.label for party in sorted(one.parties, key=_telling_order))
    where = f", {one.place.label}" if one.place else ""
    when = f", {one.time.words}" if one.time else ""
    sure = "" if one.certainty is Certainty.CERTAIN else f" ({one.certainty.value})"
    return f"{one.mode or one.kind.value}: {names}{where}{when}{sure}"


def _telling_order(party: Party) -> tuple[int, str]:
    order = (Part.FROM, Part.ACTOR, Part.BY, Part.TO, Part.OTHER, Part.TARGET, Part.BENEFICIARY)
    place = order.index(party.part) if party.part in order else len(order)
    return place, party.label


RULES: dict[str, Rule] = {
    "fighting": by_fighting,
    "lost_to_force": by_lost_to_force,
    "passed_on": by_passed_on,
    "phrases": by_phrases,
    "allied_groups": by_allied_groups,
    "surrendered": by_surrendered,
    "category": by_category,
    "quantity": by_quantity,
    "with_adversary": by_with_adversary,
    "intermediary": by_intermediary,
    "hostile_nearby": by_hostile_nearby,
    "trafficking": by_trafficking,
    "supplier_leaks": by_supplier_leaks,
}
