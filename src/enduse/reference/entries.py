"""Sources of weapons and actors made into entities.

In: `WeaponSource`, `ActorSource`. Out: `Entity`; a weapon's file gives the family, its models and
their variants, each taking from the one above what it does not say itself. Nothing is refused
here: the shape was checked when the file was read, the sense by `enduse.reference.check`.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from enduse.model.entity import Entity, Name, Tie
from enduse.model.mention import EntityKind
from enduse.reference.shape import (
    ActorSource,
    ModelSource,
    NameSource,
    Review,
    ReviewSource,
    WeaponSource,
)

YEAR, MONTH = 4, 7


def weapon_entities(source: WeaponSource) -> Iterator[Entity]:
    """Yield the family (or class) and then its models and variants, each below its own."""
    family = Entity(
        id=source.id,
        kind=EntityKind.WEAPON,
        category=source.category,
        name=source.name,
        countries=tuple(source.made_in),
        names=make_names(source.name, source.names),
        ties=(
            *(Tie("is-a", other) for other in source.is_a),
            *(Tie("part-of", other) for other in source.component_of),
            *(Tie("launches", other) for other in source.launcher_of),
        ),
        codes=(
            ("level", "class" if source.generic == "yes" else "family"),
            *sorted(source.codes.items()),
        ),
        reviewed=make_review(source.reviewed),
    )
    yield family
    yield from model_entities(source.models, family, "model")


def model_entities(models: Sequence[ModelSource], above: Entity, level: str) -> Iterator[Entity]:
    """Yield the models and their variants."""
    for model in models:
        codes = above_codes(above) if model.codes is None else sorted(model.codes.items())
        entity = Entity(
            id=model.id,
            kind=EntityKind.WEAPON,
            category=model.category or above.category,
            name=model.name,
            countries=above.countries if model.made_in is None else tuple(model.made_in),
            names=make_names(model.name, model.names),
            ties=(
                *place_model(model, above),
                *(Tie("part-of", other) for other in model.component_of),
                *(Tie("launches", other) for other in model.launcher_of),
            ),
            codes=(("level", level), *codes),
            reviewed=above.reviewed,
        )
        yield entity
        yield from model_entities(model.models, entity, "variant")


def place_model(model: ModelSource, above: Entity) -> Iterator[Tie]:
    """Yield what the model is a kind of: a variant, a member of a class, or kept apart.

    A model kept apart stands in the file for the reviewers' ease only. It takes the classes of
    what stands above it, unless it gives its own or is a part of something.
    """
    if model.apart == "no":
        yield Tie("is-a" if ("level", "class") in above.codes else "variant-of", above.id)
    elif not model.is_a and not model.component_of and model.category in (None, above.category):
        yield from (tie for tie in above.ties if tie.kind == "is-a")
    yield from (Tie("is-a", other) for other in model.is_a)


def above_codes(above: Entity) -> list[tuple[str, str]]:
    """Return the codes that a model takes from what it belongs to."""
    return [code for code in above.codes if code[0] in ("sipri", "unroca", "salw")]


def actor_entity(source: ActorSource) -> Entity:
    """Return the actor."""
    return Entity(
        id=source.id,
        kind=EntityKind.ACTOR,
        category=source.category,
        name=source.name,
        countries=tuple(source.countries),
        names=make_names(source.name, source.names),
        ties=tuple(
            Tie(tie.kind, tie.other, first_day(tie.start), last_day(tie.to)) for tie in source.ties
        ),
        codes=(*sorted(source.codes.items()), *(("domain", name) for name in source.domains)),
        reviewed=make_review(source.reviewed),
    )


def make_names(label: str, names: Sequence[NameSource]) -> tuple[Name, ...]:
    """Return the label as the official English name, unless it is given below, and the others."""
    given = tuple(
        Name(
            name.text,
            name.lang,
            name.use,
            tuple(name.needs),
            first_day(name.start),
            last_day(name.to),
        )
        for name in names
    )
    if any(name.text == label for name in given):
        return given
    return (Name(label, "en", "official"), *given)


def make_review(review: Review) -> str | None:
    """Return who reviewed the entry and when, None if nobody has."""
    return f"{review.by} {review.on}" if isinstance(review, ReviewSource) else None


def first_day(text: str | None) -> date | None:
    """Return the first day of a year, month or day.

    >>> first_day("2013-04")
    datetime.date(2013, 4, 1)
    """
    if text is None:
        return None
    return date.fromisoformat((text + "-01-01")[: MONTH + 3])


def last_day(text: str | None) -> date | None:
    """Return the last day of a year, month or day.

    >>> last_day("2013-04")
    datetime.date(2013, 4, 30)
    """
    if text is None:
        return None
    if len(text) == YEAR:
        return date(int(text), 12, 31)
    if len(text) == MONTH:
        year, month = int(text[:YEAR]), int(text[YEAR + 1 :])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(text)
