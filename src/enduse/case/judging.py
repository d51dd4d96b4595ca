"""Judgements by people: recorded, signed, dated, taken back by a later one, never edited.

Refused: what is spelled like an id and is none, nor a name that anything in the casebook gives; a
mistyped id would be kept for ever and say nothing.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from enduse.case.casebook import Casebook
from enduse.case.clock import now
from enduse.errors import MisuseError, NotFoundError
from enduse.model.entity import Judgement, Verdict
from enduse.model.record import make_id
from enduse.store.finding import is_told
from enduse.store.kinds import ENTITY, JUDGEMENT

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def record_judgement(
    book: Casebook, conclusion: tuple[str, str, str], because: str = "", by: str = ""
) -> str:
    """Keep that left and right are the same, different or unsure; return the judgement's id.

    Args:
        book: the casebook.
        conclusion: left, verdict, right.
        because: the reason.
        by: who judges; empty takes the `reviewer` setting.

    Raises:
        MisuseError: the verdict is no verdict, a name is empty, or nobody signs.
        NotFoundError: an end is spelled like an id and nothing has it.
    """
    left, verdict, right = conclusion
    signer, said = signer_of(book, by), _verdict(verdict)
    for end in (left, right):
        _check_known(book, end)
    on = now()
    made = make_id("judgement", left, right, said, signer, on)
    judgement = Judgement(made, left, right, said, signer, on, because)
    book.store.put(JUDGEMENT, [judgement])
    return made


def retract_judgement(book: Casebook, left: str, verdict: str, right: str, by: str = "") -> str:
    """Take back the last standing judgement on the two, with another; return the id of the old.

    Raises:
        NotFoundError: no such judgement by a person stands.
    """
    every = [j for j in book.store.find(JUDGEMENT, left_id=left) if j.right == right]
    taken = {j.retracts for j in every}
    standing = [
        j
        for j in every
        if j.verdict is _verdict(verdict)
        and j.id not in taken
        and j.retracts is None
        and not j.by.startswith("rule:")
    ]
    if not standing:
        raise NotFoundError(
            f"nobody has judged {left!r} {verdict} {right!r}",
            str(book.folder),
            "enduse show CASE judgements lists them",
        )
    last = max(standing, key=lambda judgement: judgement.on)
    signer, on = signer_of(book, by), now()
    made = make_id("judgement", "retract", last.id, signer, on)
    book.store.put(
        JUDGEMENT,
        [Judgement(made, left, right, Verdict.UNSURE, signer, on, "taken back", retracts=last.id)],
    )
    return last.id


def _check_known(book: Casebook, end: str) -> None:
    if not end.strip():
        raise MisuseError("an empty name says nothing", next_step="Give an id or a name")
    if not _ID.fullmatch(end) or _is_known(book, end):
        return
    near = get_close_matches(end, [entry.id for entry in book.register.entries()])
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    raise NotFoundError(
        f"nothing has the id {end!r}, and no text gives it as a name",
        str(book.folder),
        f"{meant}A name that no text gives yet may be written with a capital letter",
    )


def _is_known(book: Casebook, end: str) -> bool:
    """Return whether it is an entity's id, a name, or was judged before."""
    return (
        book.register.entity(end) is not None
        or book.store.has(ENTITY, end)
        or bool(book.store.ids(JUDGEMENT, left_id=end) or book.store.ids(JUDGEMENT, right_id=end))
        or bool(book.register.find(end))
        or is_told(book.store, end)
    )


def signer_of(book: Casebook, by: str) -> str:
    """Return who signs: the name given, else the `reviewer` setting.

    Raises:
        MisuseError: there is neither.
    """
    signer = by or book.settings.reviewer
    if not signer or signer.startswith("rule:"):
        raise MisuseError(
            "nobody signs the judgement",
            next_step="Give --by NAME, or set reviewer in enduse.toml",
        )
    return signer


def _verdict(verdict: str) -> Verdict:
    try:
        return Verdict(verdict)
    except ValueError as error:
        raise MisuseError(
            f"{verdict!r} is no verdict", next_step="Say same, different or unsure"
        ) from error
