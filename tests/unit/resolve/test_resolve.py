"""Names to entities: register, setting, descriptions, judgements of people, unknown names."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from enduse.model.claim import Claim, ClaimKind, Part, Publication, Role, Speaker
from enduse.model.entity import Candidate, Entity, Judgement, Name, Verdict
from enduse.model.interchange import with_id
from enduse.model.mention import EntityKind, Mention
from enduse.resolve import resolve_claims


def entity(key, kind, name, countries=(), *aliases, category="armed-group"):
    names = tuple(Name(text) for text in (name, *aliases))
    return Entity(key, kind, category, name, countries, names)


class SmallRegister:
    """A register of a few entries, matched by exact spelling."""

    version = "small"
    entries = (
        entity("free-syrian-army", EntityKind.ACTOR, "Free Syrian Army", ("sy",), "FSA"),
        entity("islamic-state", EntityKind.ACTOR, "Islamic State", ("iq",)),
        entity("militants", EntityKind.ACTOR, "militants", category="population"),
        entity("bgm-71-tow", EntityKind.WEAPON, "BGM-71 TOW", ("us",), "TOW"),
        entity("palmyra-sy", EntityKind.PLACE, "Palmyra", ("sy",), category="town"),
        entity("palmyra-us", EntityKind.PLACE, "Palmyra", ("us",), category="town"),
        entity("homs", EntityKind.PLACE, "Homs", ("sy",), category="town"),
    )

    def entity(self, entity_id):
        return next((e for e in self.entries if e.id == entity_id), None)

    def find(self, name, kind=None, on=None, country=None):
        return tuple(
            Candidate(e.id, e.name, 1.0, (("exact", 1.0),))
            for e in self.entries
            if kind in (None, e.kind) and name.casefold() in {n.text.casefold() for n in e.names}
        )

    def mentions(self, text):
        found = []
        for e in self.entries:
            for name in e.names:
                at = text.find(name.text)
                if at >= 0:
                    found.append(Mention(at, at + len(name.text), name.text, e.kind, (e.id,)))
        return found

    def ancestors(self, entity_id, days=None):
        return ()


REGISTER = SmallRegister()


def claim(doc="doc-1", said=(), **roles):
    parts = tuple(Role(Part(part), text) for part, text in roles.items())
    speakers = tuple(Speaker(name) for name in said)
    return with_id(Claim("", doc, ClaimKind.USE, parts, attribution=speakers))


def judgement(left, verdict, right, number=1, retracts=None):
    on = datetime(2026, 1, number, tzinfo=UTC)
    return Judgement(f"j{number}", left, right, Verdict(verdict), "jd", on, "known", (), retracts)


def reference(resolved, part, at=0):
    return resolved.claims[at].role(Part(part)).reference


def test_names_become_ids_with_a_recorded_reason():
    resolved = resolve_claims([claim(actor="FSA", weapon="TOW", said=["Islamic State"])], REGISTER)
    assert reference(resolved, "actor") == "free-syrian-army"
    assert reference(resolved, "weapon") == "bgm-71-tow"
    assert resolved.claims[0].attribution[0].reference == "islamic-state"
    made = {j.left: j for j in resolved.judgements}
    assert made["FSA"].by == "rule:register"
    assert made["FSA"].right == "free-syrian-army"
    assert "FSA" in made["FSA"].because


def test_the_setting_chooses_between_namesakes():
    base = with_id(
        Claim(
            "",
            "doc-1",
            ClaimKind.USE,
            (Role(Part.ACTOR, "FSA", reference="free-syrian-army"), Role(Part.PLACE, "Palmyra")),
        )
    )
    assert reference(resolve_claims([base], REGISTER), "place") == "palmyra-sy"


def test_a_description_belongs_to_the_one_actor_it_names():
    resolved = resolve_claims([claim(actor="several FSA groups")], REGISTER)
    assert reference(resolved, "actor") == "free-syrian-army"
    assert resolved.judgements[0].by == "rule:owner"
    both = resolve_claims([claim(actor="FSA and Islamic State men")], REGISTER)
    assert reference(both, "actor").startswith("case-actor-")


def test_unknown_names_are_one_entity_across_documents_and_kinds_stay_apart():
    claims = [claim("doc-1", actor="Hawks  Brigade"), claim("doc-2", actor="hawks brigade")]
    resolved = resolve_claims([*claims, claim("doc-3", place="Hawks Brigade")], REGISTER)
    actors = [e for e in resolved.entities if e.kind is EntityKind.ACTOR]
    assert len(actors) == 1
    assert {n.text for n in actors[0].names} == {"Hawks  Brigade", "hawks brigade"}
    assert len(resolved.entities) == 2


def test_a_person_ties_a_name_to_an_entry_and_takes_it_back():
    told = judgement("Hawks Brigade", "same", "free-syrian-army")
    claims = [claim(actor="Hawks Brigade")]
    assert reference(resolve_claims(claims, REGISTER, [told]), "actor") == "free-syrian-army"
    undone = judgement("Hawks Brigade", "unsure", "free-syrian-army", 2, retracts="j1")
    again = resolve_claims(claims, REGISTER, [told, undone])
    assert reference(again, "actor").startswith("case-actor-")


def test_of_two_known_names_the_first_becomes_the_second():
    claims = [claim("doc-1", actor="Islamic State"), claim("doc-2", actor="Free Syrian Army")]
    for right in ("free-syrian-army", "Free Syrian Army", "FSA"):
        found = resolve_claims(claims, REGISTER, [judgement("Islamic State", "same", right)])
        names = [reference(found, "actor", at) for at in (0, 1)]
        assert names == ["free-syrian-army", "free-syrian-army"]


def test_a_person_may_tie_two_unknown_names():
    told = judgement("Hawks Brigade", "same", "Sons of the Hawk")
    claims = [claim("doc-1", actor="Hawks Brigade"), claim("doc-2", actor="Sons of the Hawk")]
    assert len(resolve_claims(claims, REGISTER, [told]).entities) == 1
    assert len(resolve_claims(claims, REGISTER).entities) == 2


def test_different_and_unsure_keep_the_program_from_deciding():
    for verdict in ("different", "unsure"):
        told = judgement("FSA", verdict, "free-syrian-army")
        resolved = resolve_claims([claim(actor="FSA")], REGISTER, [told])
        assert reference(resolved, "actor").startswith("case-actor-")


def test_the_latest_judgement_wins():
    told = [judgement("FSA", "different", "free-syrian-army", 1)]
    told.append(judgement("FSA", "same", "free-syrian-army", 2))
    assert reference(resolve_claims([claim(actor="FSA")], REGISTER, told), "actor") == (
        "free-syrian-army"
    )


def test_dates_reach_the_register():
    seen = []

    class Dated(SmallRegister):
        def find(self, name, kind=None, on=None, country=None):
            seen.append(on)
            return super().find(name, kind, on, country)

    told = [Publication("doc-1", date(2015, 6, 12))]
    resolve_claims([claim(actor="FSA")], Dated(), (), told)
    assert date(2015, 6, 12) in seen


NAMES = st.sampled_from(["FSA", "Islamic State", "Hawks Brigade", "FSA men", "Homs", "TOW", "x"])


@given(
    st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["doc-1", "doc-2"])), max_size=6), st.randoms()
)
def test_order_never_matters_and_twice_is_once(rows, chance):
    claims = [claim(doc, actor=actor, weapon=weapon) for actor, weapon, doc in rows]
    shuffled = list(claims)
    chance.shuffle(shuffled)
    once = resolve_claims(claims, REGISTER)
    assert resolve_claims(shuffled, REGISTER).claims == once.claims
    ids = [c.id for c in once.claims]
    assert ids == sorted(c.id for c in claims)
