"""The documents of one incident to its independent witnesses.

In: the claims of one incident, publications and reprints. Out: witnesses, each a document that
speaks for itself with those that repeat it, and the effective number of independent ones with an
interval. A reprint can join a group or leave the count as it is; it can never raise it.

The effective number of n witnesses with pairwise ties d (0 free, 1 one voice) is
`sum over i of 1 / (1 + sum over j of d[i][j])`: n where all are free, 1 where all are one voice
(the design effect of Kish, Survey Sampling, 1965, for each voice by itself). The low end of the
interval takes every weak tie as a whole one, the high end takes none as real.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from enduse.fuse.copies import Copies, Loan
from enduse.fuse.forest import grow_forest
from enduse.fuse.ties import Tie, Voice, find_ties
from enduse.model.claim import Claim, Publication
from enduse.model.dependence import Dependence
from enduse.model.reprint import Relation


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that speak with one voice.

    Attributes:
        root: the document that speaks for itself.
        members: all documents of the group that make the claim, the root among them if it does.
        claims: the claims that count: the root's, else those of the copies.
        because: what ties them, in words.
    """

    root: str
    members: tuple[str, ...]
    claims: tuple[Claim, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """The groups behind one incident, sorted by root, and how many voices they amount to.

    `forest` tells who depends on whom: a tree for each group, then the ties between groups.
    """

    groups: tuple[Group, ...]
    independent: float
    interval: tuple[float, float]
    forest: tuple[Dependence, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What telling witnesses apart needs, for all incidents."""

    copies: Copies
    publications: Mapping[str, Publication]
    numbers: Mapping[str, float]
    shared_errors: Mapping[tuple[str, str], float]

    def publication(self, document_id: str) -> Publication:
        """Return the document's publication, an empty one where nothing is known."""
        return self.publications.get(document_id) or Publication(document_id)

    def order(self, document_id: str) -> tuple[date, date, str]:
        """Return what puts documents in order of their writing, undated last."""
        publication = self.publication(document_id)
        published = publication.published or date.max
        original = publication.original.date if publication.original else None
        return original or published, published, document_id


def weigh_testimony(claims: Sequence[Claim], evidence: Evidence) -> Testimony:
    """Return the witnesses behind the claims of one incident.

    >>> said = Claim("c", "doc-1", "use", ())
    >>> nothing = Evidence(Copies([]), {}, {"tie:unknown-origin": 0.25}, {})
    >>> weigh_testimony([said], nothing).independent
    1.0
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda each: each.id):
        by_document[claim.document_id].append(claim)
    loans = [
        loan
        for claim in claims
        for loan in evidence.copies.loans(claim.document_id, claim.span)
        if not loan.outside or loan.lender in by_document
    ]
    ties = [*_loan_ties(loans, evidence), *_other_ties(by_document, loans, evidence)]
    groups = _join_groups(by_document, loans, ties, evidence)
    weak = _between(groups, ties)
    low = len(find_components([group.root for group in groups], weak))
    independent = count_effective([group.root for group in groups], weak)
    strong = (tie for tie in ties if tie.strength >= 1.0)
    forest = grow_forest(((group.root, group.members) for group in groups), strong, weak)
    return Testimony(groups, independent, (float(low), float(len(groups))), forest)


def _loan_ties(loans: Iterable[Loan], evidence: Evidence) -> list[Tie]:
    weak = evidence.numbers.get("tie:copies-elsewhere", 0.0)
    return [
        Tie(
            loan.borrower,
            loan.lender,
            weak if loan.own_words else 1.0,
            f"it quotes {loan.lender} elsewhere" if loan.own_words else loan.because,
            loan.relation,
            loan.directed,
        )
        for loan in loans
    ]


def _other_ties(
    by_document: Mapping[str, list[Claim]], loans: Sequence[Loan], evidence: Evidence
) -> list[Tie]:
    """Return the ties beside the text, between documents that copy no other in this."""
    borrowed = {loan.borrower for loan in loans if loan.directed and not loan.own_words}
    lenders = {loan.lender for loan in loans if not loan.own_words}
    own = sorted((by_document.keys() | lenders) - borrowed)
    voices = [
        Voice(each, evidence.publication(each), tuple(by_document.get(each, ()))) for each in own
    ]
    ties = [
        tie
        for one, other in combinations(voices, 2)
        for tie in find_ties(one, other, evidence.numbers)
    ]
    ties = _told_once(ties, loans, evidence)
    ties += [
        Tie(one, other, strength, "they share rare errors", Relation.SHARED_ERRORS)
        for one, other in combinations(own, 2)
        if (strength := evidence.shared_errors.get((one, other), 0.0)) > 0
    ]
    return ties


def _told_once(ties: Sequence[Tie], loans: Sequence[Loan], evidence: Evidence) -> list[Tie]:
    """Return the ties, with one article each where a document names only who published it.

    Who cites a newspaper cites one of its articles: one whose words it takes over, else the last
    that came out before it. To tie it to every article would make all of them one voice.
    """
    named: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.directed:
            named[tie.one, tie.kind, tie.names].append(tie)
    taken = {(loan.borrower, loan.lender) for loan in loans}
    kept = [_likeliest(each, taken, evidence) for each in named.values()]
    return [*(tie for tie in ties if not tie.directed), *kept]


def _likeliest(ties: Sequence[Tie], taken: set[tuple[str, str]], evidence: Evidence) -> Tie:
    def rank(tie: Tie) -> tuple[bool, bool]:
        later = evidence.order(tie.other) > evidence.order(tie.one)
        return (tie.one, tie.other) in taken, not later

    best = max(map(rank, ties))
    ordered = sorted(
        (tie for tie in ties if rank(tie) == best), key=lambda tie: evidence.order(tie.other)
    )
    return ordered[-1] if best[1] else ordered[0]


def _join_groups(
    by_document: Mapping[str, list[Claim]],
    loans: Sequence[Loan],
    ties: Sequence[Tie],
    evidence: Evidence,
) -> tuple[Group, ...]:
    strong = [tie for tie in ties if tie.strength >= 1.0]
    documents = sorted({*by_document, *(end for tie in strong for end in (tie.one, tie.other))})
    borrowed = {loan.borrower for loan in loans if loan.directed and not loan.own_words}
    groups = [
        _group(members, by_document, borrowed, strong, evidence)
        for members in find_components(documents, strong)
        if members & by_document.keys()
    ]
    return tuple(sorted(groups, key=lambda group: group.root))


def _group(
    members: set[str],
    by_document: Mapping[str, list[Claim]],
    borrowed: set[str],
    ties: Sequence[Tie],
    evidence: Evidence,
) -> Group:
    """Return the group of documents that one voice joins.

    The root is the first document that names no other it depends on and borrows its words from
    none; where each names another in a ring, the first that borrows from none. The claims that
    count are those of all documents that write their own words, else those of every copy.
    """
    speaking = sorted(members & by_document.keys())
    depending = {tie.one for tie in ties if tie.directed}
    root = min(members - depending or members - borrowed or members, key=evidence.order)
    own = [each for each in speaking if each not in borrowed] or speaking
    claims = tuple(claim for each in own for claim in by_document[each])
    reasons = {tie.because for tie in ties if {tie.one, tie.other} <= members}
    return Group(root, tuple(speaking), claims, "; ".join(sorted(reasons)))


def find_components(documents: Sequence[str], ties: Iterable[Tie]) -> list[set[str]]:
    """Return the sets of documents that the ties connect.

    >>> ties = [Tie("a", "b", 1.0, "one copies the other")]
    >>> [sorted(each) for each in find_components(["a", "b", "c"], ties)]
    [['a', 'b'], ['c']]
    """
    home = {document: {document} for document in documents}
    for tie in ties:
        one, other = home.get(tie.one), home.get(tie.other)
        if one is not None and other is not None and one is not other:
            one |= other
            home.update(dict.fromkeys(other, one))
    unique = {id(each): each for each in home.values()}
    return sorted(unique.values(), key=min)


def _between(groups: Sequence[Group], ties: Sequence[Tie]) -> tuple[Tie, ...]:
    """Return the strongest weak tie between the roots of each two groups."""
    root_of = {each: group.root for group in groups for each in (group.root, *group.members)}
    best: dict[tuple[str, str], Tie] = {}
    for tie in sorted(ties, key=lambda each: (-each.strength, each.because)):
        one, other = root_of.get(tie.one), root_of.get(tie.other)
        if one is not None and other is not None and one != other:
            low, high = sorted((one, other))
            best.setdefault((low, high), Tie(low, high, tie.strength, tie.because, tie.kind))
    return tuple(best[pair] for pair in sorted(best))


def count_effective(roots: Sequence[str], weak: Iterable[Tie]) -> float:
    """Return the effective number of independent voices, 0 for none.

    >>> round(count_effective(["a", "b"], [Tie("a", "b", 0.5, "one newsroom")]), 3)
    1.333
    """
    load = dict.fromkeys(roots, 1.0)
    for tie in weak:
        load[tie.one] += tie.strength
        load[tie.other] += tie.strength
    return sum(1.0 / each for each in load.values())
