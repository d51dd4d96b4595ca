"""Every role and speaker of every claim to an entity, and the record of what decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from enduse.model.claim import Claim, Publication, Role, Speaker
from enduse.model.document import Document
from enduse.model.entity import Entity, Judgement, Name, Verdict
from enduse.model.mention import EntityKind
from enduse.model.record import make_id
from enduse.ports import Register
from enduse.resolve.choosing import Asked, Choice, choose_entity
from enduse.resolve.judged import Judged, fold_name, read_judgements
from enduse.resolve.setting import Setting, read_settings

_MACHINE_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""The program's own judgements follow from their inputs alone, so they carry no day."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving made, each sorted by id.

    Attributes:
        claims: all claims, their roles and speakers tied where an entity is known.
        entities: the entities that only this case knows, one for each folded name and kind.
        judgements: the program's own, one for each name and entity, signed "rule:…".
    """

    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]


@dataclass(slots=True)
class _Notes:
    """What is found while the claims are gone through."""

    register: Register
    judged: Judged
    entities: dict[str, Entity] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    choices: dict[tuple[str, EntityKind, str | None, str], Choice | None] = field(
        default_factory=dict
    )


def resolve_claims(
    claims: Iterable[Claim],
    register: Register,
    judgements: Iterable[Judgement] = (),
    publications: Iterable[Publication] = (),
    documents: Iterable[Document] = (),
) -> Resolved:
    """Return the claims with their names tied to entities, and what tied them.

    Args:
        claims: from any number of documents; order does not matter.
        register: the reviewed entries.
        judgements: of people; the program's own are ignored.
        publications: when each document was published, for names valid in time.
        documents: whose texts say what short forms stand for and which places belong together.
    """
    claims = sorted(claims, key=lambda claim: claim.id)
    people = [judgement for judgement in judgements if not judgement.by.startswith("rule:")]
    notes = _Notes(register, read_judgements(people))
    settings = read_settings(claims, publications, register, documents)
    resolved = tuple(_resolve(claim, settings[claim.document_id], notes) for claim in claims)
    return Resolved(resolved, _sorted(notes.entities), _sorted_judgements(notes.judgements))


def _sorted(entities: dict[str, Entity]) -> tuple[Entity, ...]:
    return tuple(entities[key] for key in sorted(entities))


def _sorted_judgements(judgements: dict[str, Judgement]) -> tuple[Judgement, ...]:
    return tuple(judgements[key] for key in sorted(judgements))


def _resolve(claim: Claim, setting: Setting, notes: _Notes) -> Claim:
    roles = tuple(_resolve_role(role, claim.document_id, setting, notes) for role in claim.roles)
    said = tuple(
        _resolve_speaker(one, claim.document_id, setting, notes) for one in claim.attribution
    )
    return replace(claim, roles=roles, attribution=said)


def _resolve_role(role: Role, document_id: str, setting: Setting, notes: _Notes) -> Role:
    choice = _choose(
        Asked(role.text, role.part.entity_kind, role.reference, setting), document_id, notes
    )
    return replace(role, reference=choice.entity_id, name=choice.label)


def _resolve_speaker(
    speaker: Speaker, document_id: str, setting: Setting, notes: _Notes
) -> Speaker:
    asked = Asked(speaker.text, EntityKind.ACTOR, speaker.reference, setting)
    choice = _choose(asked, document_id, notes)
    return replace(speaker, reference=choice.entity_id, name=choice.label)


def _choose(asked: Asked, document_id: str, notes: _Notes) -> Choice:
    key = (fold_name(asked.name), asked.kind, asked.reference, document_id)
    if key not in notes.choices:
        notes.choices[key] = choose_entity(asked, notes.register, notes.judged)
    choice = notes.choices[key] or _make_entity(asked, notes)
    _record(asked, choice, notes)
    return choice


def _make_entity(asked: Asked, notes: _Notes) -> Choice:
    """Return the case's own entity for a name nobody knows, together with the names judged same."""
    own = fold_name(asked.name)
    spelled = fold_name(asked.setting.defined.get(own, asked.name))
    folded = min(_judged_alike(spelled, notes.judged))
    entity_id = make_id(f"case-{asked.kind.value}", folded)
    old = notes.entities.get(entity_id)
    spellings = {*(name.text for name in old.names)} if old else set()
    names = tuple(Name(text, lang="und") for text in sorted(spellings | {asked.name}))
    label = asked.setting.defined.get(own, asked.name) if old is None else old.name
    names = tuple(sorted({*names, Name(label, lang="und")}, key=lambda name: name.text))
    notes.entities[entity_id] = Entity(entity_id, asked.kind, "not-in-register", label, names=names)
    words = f"«{asked.name}» is in no register; claims that name it so are taken for one"
    if spelled != own:
        words = f"the text says that «{asked.name}» stands for «{label}», which no register holds"
        return Choice(entity_id, label, "defined", words, (("defined in the text", 1.0),))
    return Choice(entity_id, label, "spelling", words, (("same spelling", 1.0),))


def _judged_alike(folded: str, judged: Judged) -> set[str]:
    alike, waiting = {folded}, [folded]
    while waiting:
        for other in judged.same.get(waiting.pop(), ()):
            if other not in alike:
                alike.add(other)
                waiting.append(other)
    return alike


def _record(asked: Asked, choice: Choice, notes: _Notes) -> None:
    made = make_id("judgement", fold_name(asked.name), choice.entity_id, choice.rule)
    if made not in notes.judgements:
        notes.judgements[made] = Judgement(
            made,
            asked.name,
            choice.entity_id,
            Verdict.SAME,
            f"rule:{choice.rule}",
            _MACHINE_TIME,
            choice.because,
            choice.features,
        )
