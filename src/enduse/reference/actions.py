"""The closed vocabulary of actions: which words say which kind of claim, and who fills its roles.

In: `data/actions.yml`. Out: immutable actions. Refused: an action without id, kind or words, a
role that the kind does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from enduse.errors import DataError
from enduse.model.claim import ClaimKind, Part


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which grammatical slot fills which roles, first fitting role first.

    `slots` maps "subject", "object", "object2", "owner" or a preposition to role names.
    """

    slots: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the vocabulary.

    Attributes:
        id: its name, kept in `because`.
        kind, mode, status: what a claim made from it gets.
        verbs: lemmas, or a lemma and the words that must follow it ("fall into the hands of").
        nouns: nouns of the action, singular.
        active, passive, noun: who fills which role.
        needs: roles without which it makes no claim; each entry may offer choices ("a|b").
        marks: roles of fixed category that the verb object must have.
        example, counterexample: a sentence that makes the claim, one that does not.
    """

    id: str
    kind: ClaimKind
    mode: str | None
    status: str | None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    active: Pattern
    passive: Pattern
    noun: Pattern
    needs: tuple[tuple[Part, ...], ...]
    marks: tuple[str, ...]
    example: str
    counterexample: str


@cache
def load_actions() -> tuple[Action, ...]:
    """Return the actions in the order of the file; an earlier one wins for the same words.

    >>> load_actions()[0].kind in set(ClaimKind)
    True

    Raises:
        DataError: an entry breaks its rules.
    """
    raw = files("enduse.reference").joinpath("data", "actions.yml").read_text(encoding="utf-8")
    entries = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506 - it reads only strings
    return tuple(_read_action(entry) for entry in entries)


def _read_action(entry: Mapping[str, Any]) -> Action:
    try:
        return Action(
            id=entry["id"],
            kind=ClaimKind(entry["kind"]),
            mode=entry.get("mode"),
            status=entry.get("status"),
            verbs=tuple(entry.get("verbs") or ()),
            nouns=tuple(entry.get("nouns") or ()),
            active=_read_pattern(entry.get("active")),
            passive=_read_pattern(entry.get("passive")),
            noun=_read_pattern(entry.get("noun")),
            needs=tuple(_read_parts(need.split("|")) for need in entry.get("needs") or ()),
            marks=tuple(entry.get("marks") or ()),
            example=entry.get("example") or "",
            counterexample=entry.get("counterexample") or "",
        )
    except (KeyError, ValueError, AttributeError) as error:
        raise DataError(f"an action breaks the rules: {error}", f"actions.yml: {entry}") from error


def _read_pattern(entry: Mapping[str, Any] | None) -> Pattern:
    return Pattern({slot: _read_parts(str(parts).split()) for slot, parts in (entry or {}).items()})


def _read_parts(names: list[str]) -> tuple[Part, ...]:
    return tuple(Part(name.strip()) for name in names)
