"""Accounts to groups that each tell of one incident.

In: accounts and the retellings among their claims. Out: groups, the same whatever the order.
A statement and its copies are one from the start. Then the most specific statement goes first,
and each further one joins the group it agrees with most, if it fits every statement of it. A
headline tells again what its text tells; else a document tells a thing once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enduse.fuse.accounts import Account
from enduse.fuse.compare import same_act, score_fit
from enduse.fuse.copies import Retelling


@dataclass(frozen=True, slots=True)
class Statement:
    """One telling and its copies: the account that leads, and all of them."""

    lead: Account
    accounts: tuple[Account, ...]


@dataclass(slots=True)
class _Group:
    statements: list[Statement] = field(default_factory=list)


def group_statements(
    accounts: Iterable[Account],
    retellings: Sequence[Retelling],
    numbers: Mapping[str, float],
) -> list[tuple[Statement, ...]]:
    """Return groups of statements, each of one incident, in an order of their own."""
    statements = join_copies(accounts, retellings)
    statements.sort(key=lambda each: (-each.lead.specific, each.lead.claim.id))
    groups: list[_Group] = []
    index: dict[str, list[int]] = defaultdict(list)
    for statement in statements:
        at = _best_group(statement, groups, index, numbers)
        if at is None:
            at = len(groups)
            groups.append(_Group())
        groups[at].statements.append(statement)
        for block in statement.lead.blocks:
            if at not in index[block]:
                index[block].append(at)
    return [tuple(group.statements) for group in groups]


def _best_group(
    statement: Statement,
    groups: Sequence[_Group],
    index: Mapping[str, list[int]],
    numbers: Mapping[str, float],
) -> int | None:
    near = sorted({at for block in statement.lead.blocks for at in index.get(block, ())})
    scored = [(_score_group(statement, groups[at], numbers), -at) for at in near]
    fitting = [(score, at) for score, at in scored if score is not None]
    return -max(fitting)[1] if fitting else None


def _score_group(statement: Statement, group: _Group, numbers: Mapping[str, float]) -> float | None:
    """Return the best agreement with a statement of the group, None unless it fits all."""
    best = 0.0
    for other in group.statements:
        score = score_fit(statement.lead, other.lead, numbers)
        if score is None:
            return None
        if _share_document(statement, other):
            if statement.lead.headline != other.lead.headline:
                score += numbers["agree:headline"]
            elif score < numbers["agree:least-one-document"]:
                return None
        best = max(best, score)
    return best if best >= numbers["agree:least"] else None


def _share_document(one: Statement, other: Statement) -> bool:
    ids = {account.claim.document_id for account in one.accounts}
    return any(account.claim.document_id in ids for account in other.accounts)


def join_copies(accounts: Iterable[Account], retellings: Sequence[Retelling]) -> list[Statement]:
    """Return the statements: claims whose words are copies of one another, told once.

    The lead is a claim that repeats no other, by id where there are several. A copy that turns a
    plan into a deed, or one mode into another, is a statement of its own.
    """
    by_id = {account.claim.id: account for account in accounts}
    joined = _Union(by_id)
    repeats: set[str] = set()
    for told in retellings:
        if same_act(told.copy, told.original):
            joined.join(told.copy.id, told.original.id)
            repeats |= {told.copy.id} if told.reprint.directed else set()
    members: dict[str, list[Account]] = defaultdict(list)
    for claim_id in sorted(by_id):
        members[joined.find(claim_id)].append(by_id[claim_id])
    return [_statement(each, repeats) for each in members.values()]


def _statement(accounts: list[Account], repeats: set[str]) -> Statement:
    lead = min(accounts, key=lambda each: (each.claim.id in repeats, each.claim.id))
    return Statement(lead, tuple(accounts))


class _Union:
    """Disjoint sets of ids; the representative is the least id."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {each: each for each in ids}

    def find(self, each: str) -> str:
        while self._parent[each] != each:
            self._parent[each] = self._parent[self._parent[each]]
            each = self._parent[each]
        return each

    def join(self, one: str, other: str) -> None:
        if one in self._parent and other in self._parent:
            low, high = sorted((self.find(one), self.find(other)))
            self._parent[high] = low
