"""The encoder: words and windows, what its chances become, and what it adds to the grammar."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.extract import extract_claims, learnt
from enduse.extract.encoder.building import Scene, build_drafts, whole_name
from enduse.extract.encoder.decoding import Draft, Filler, Need, decode, find_spans
from enduse.extract.encoder.heads import MOST, bucket, gelu, softmax
from enduse.extract.encoder.labels import ANCHORS, FRAMES, ROLES
from enduse.extract.encoder.network import Network, load_network, proves_right
from enduse.extract.encoder.reading import Drafting
from enduse.extract.encoder.windows import CONTEXT, OWNED, pack
from enduse.extract.encoder.wording import Pieces, find_words
from enduse.extract.gate import Opening, load_gate, open_gate
from enduse.extract.names import find_names
from enduse.extract.parsed import Clock, parse_sentence
from enduse.extract.scoring import CHANCE, LEFT_OUT, WEAKEST, name_features
from enduse.model.claim import Claim, ClaimKind, Part
from enduse.model.document import Document
from enduse.model.problem import Problem
from enduse.reference.cues import load_cues

needs_layers = pytest.mark.skipif(
    load_network() is None, reason="the encoder's layers were not had when the package was built"
)
TEXT = "Rebels of the Northern Front fired a BGM-71 TOW at a tank near Kesh, killing two soldiers."
PIECES = Pieces({p: i for i, p in enumerate(["[UNK]", "<s>", "</s>", "tank", "##s", "the"])})


def test_words_are_cut_into_known_pieces_without_case_or_accent():
    assert PIECES.of("Tänks") == (3, 4)
    assert PIECES.of("zz") == (0,)
    assert PIECES.of("t" * 100) == (0,)


@given(st.text(max_size=200))
def test_words_stand_in_the_text_in_order(text):
    words = find_words(text, 0, len(text))
    ends = [0, *(word.end for word in words)]
    assert all(before <= word.start < word.end for before, word in zip(ends, words, strict=False))
    assert not any(text[w.start : w.end].isspace() for w in words)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_every_word_is_owned_once_and_windows_are_bounded(sizes):
    sentences, parts, at = [], [], 0
    for number, size in enumerate(sizes):
        words = "the " * size
        sentences.append((number, at, at + len(words)))
        parts.append(words)
        at += len(words)
    windows = list(pack("".join(parts), sentences, PIECES))
    owned = [word.start for window in windows for word in window.words[window.owned :]]
    assert owned == sorted(owned)
    assert len(owned) == sum(sizes)
    assert all(len(window.pieces) <= OWNED + CONTEXT for window in windows)


def test_a_span_begins_where_a_first_word_is_likely_and_ends_with_its_sentence():
    chances = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.1, 0.1, 0.8]])
    assert [span[:2] for span in find_spans(chances, 0.3, [0, 0, 0, 1])] == [(1, 3)]
    assert list(find_spans(chances, 0.9, [0, 0, 0, 1])) == []


@needs_layers
def test_who_took_hangs_on_what_is_told_of_the_weapon(register):
    text = (
        "Rifles that Jordan supplied to the Northern Front were captured by the Red Column in May."
    )
    transfers = [c for c in claims_of(text, register, "joined") if c.kind is ClaimKind.TRANSFER]
    takers = {claim.mode: claim.role(Part.TO).text for claim in transfers}
    assert takers["supply"] == "Northern Front"
    assert takers["capture"] == "Red Column"


def test_heads_compute_what_they_say():
    assert softmax(np.array([[0.0, 0.0]])).tolist() == [[0.5, 0.5]]
    assert gelu(np.array([0.0, 100.0], np.float32)).tolist() == [0.0, 100.0]
    assert bucket(np.array([0, 5, -1, 1000])).tolist() == [0, 5, 13, 11]


@needs_layers
def test_of_a_long_window_the_words_of_the_sentence_and_the_likeliest_are_looked_at():
    heads = load_network().heads
    words = np.random.default_rng(7).normal(size=(300, 768)).astype(np.float32)
    sentences = np.repeat(np.arange(30), 10)
    chances = heads.roles(words, sentences, np.array([[45, 46]]), np.array([0]))
    seen = np.flatnonzero((chances[0, :, :, 0] < 1).any(-1))
    assert len(seen) == MOST
    assert set(range(40, 50)) <= set(seen.tolist())


@needs_layers
def test_products_in_int8_do_not_overflow_on_processors_without_vnni():
    network = load_network()
    # Where they overflow, states are noise and no anchor's chance exceeds 0.01.
    (window,) = pack(TEXT, [(0, 0, len(TEXT))], network.pieces)
    assert network.heads.anchors(network.states(window))[:, :, 1].max() > 0.9


@needs_layers
def test_the_same_text_gives_the_same_states_whatever_was_read_before():
    network = load_network()
    one = next(pack(TEXT, [(0, 0, len(TEXT))], network.pieces))
    two = next(pack("Tanks.", [(0, 0, 6)], network.pieces))
    alone = network.states(one)
    network.states(two)
    assert np.array_equal(alone, network.states(one))
    assert alone.shape == (len(one.words), 768)


def claims_of(text, register, engine):
    document = Document("doc-1", "snap-1", text, language="en")
    return [c for c in extract_claims(document, register, engine) if isinstance(c, Claim)]


@needs_layers
@pytest.mark.parametrize("engine", ["encoder", "joined"])
def test_it_tells_who_used_what(engine, register):
    uses = [c for c in claims_of(TEXT, register, engine) if c.kind is ClaimKind.USE]
    likeliest = max(uses, key=lambda claim: claim.score)
    roles = {role.part: role.text for role in likeliest.roles}
    assert "BGM-71 TOW" in roles[Part.WEAPON]
    assert roles[Part.ACTOR] == "Northern Front"


@needs_layers
@pytest.mark.parametrize(
    "text",
    [
        "😀 The réb\u0301els fired mortars — at Kesh. 💥 Two soldiers died.",
        "قال المرصد إن rockets were fired at Kesh by the Northern Front.",
        "THE REBELS FIRED MORTARS AT KESH. THEY KILLED 3 SOLDIERS",
        "The ﬁghters cap-\ntured two tanks and\u00a0rifles in Kesh.",
    ],
)
def test_every_word_it_gives_stands_in_the_text(text, register):
    for claim in claims_of(text, register, "encoder"):
        assert text[claim.span.start : claim.span.end] == claim.span.quote
        assert all(text[r.start : r.end] == r.text for r in claim.roles)
        assert all(text[c.start : c.end] == c.text for c in claim.because.cues)


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("men of the Northern Front fled", "Northern", "Northern Front"),
        ("men of the Northern Front fled", "Front", "Northern Front"),
        ("at the gate of Old Harbour", "Old", "Old Harbour"),
        ("men of no known name fled", "men", "men"),
    ],
)
def test_a_part_of_a_name_of_the_register_stands_for_all_of_it(text, marked, whole, register):
    document = Document("doc-1", "snap-1", text, language="en")
    scene = Scene(document, find_names(text, register), Clock(None), "joined")
    part = Part.PLACE if "Harbour" in text else Part.ACTOR
    start = text.index(marked)
    found = whole_name(part, Filler(start, start + len(marked), 0.5), scene)
    assert text[found.start : found.end] == whole


def test_a_people_is_no_part_of_the_name_of_its_army(register):
    text = "rockets of the Tabiri army fell"
    (people,) = find_names(text, register)
    army = replace(people, end=people.end + len(" army"))
    scene = Scene(Document("doc-1", "snap-1", text), (army,), Clock(None), "joined")
    soldiers = Filler(people.start, people.end, 0.5)
    assert whole_name(Part.ACTOR, soldiers, scene) == soldiers


def marked(text, words, chance=0.9):
    return Filler(text.index(words), text.index(words) + len(words), chance)


def drafted(kind, mode, anchor, roles, left_out=()):
    part = {ClaimKind.CASUALTIES: Part.VICTIM, ClaimKind.AFFILIATION: Part.OTHER}
    return Draft(
        kind, mode, anchor, part.get(kind, Part.WEAPON), 0, roles,
        "done", "certain", "affirmed", "", 0.9, dict(left_out),
    )  # fmt: skip


def built(text, draft, register):
    document = Document("d1", "s1", text, language="en")
    scene = Scene(document, find_names(text, register), Clock(None), "encoder/1")
    parsed = parse_sentence(text, (0, 0, len(text), 0), scene.names, load_cues("en"), Clock(None))
    return list(build_drafts([draft], parsed, scene))


def test_a_claim_rests_on_the_whole_name(register):
    text = "MEN OF THE Northern Front FIRED A MORTAR AT KESH"
    roles = {"actor": (marked(text, "Front"),)}
    (claim,) = built(text, drafted(ClaimKind.USE, "", marked(text, "MORTAR"), roles), register)
    assert claim.role(Part.ACTOR).text == "Northern Front"
    assert claim.span.quote == "Northern Front FIRED A MORTAR"
    assert "Northern Front" in [cue.text for cue in claim.because.cues]


def test_a_time_that_the_encoder_did_not_mark_is_not_the_claims(register):
    text = "In 1973 the war began; rebels fired a mortar on 5 May 2015."
    draft = drafted(ClaimKind.USE, "", marked(text, "mortar"), {})
    assert [claim.time for claim in built(text, draft, register)] == [None]
    draft = replace(draft, roles={"time": (marked(text, "5 May 2015"),)})
    (claim,) = built(text, draft, register)
    assert (claim.time.start.isoformat(), claim.time.end.isoformat()) == ("2015-05-05",) * 2
    (led,) = built(text, replace(draft, roles={"time": (marked(text, "on"),)}), register)
    assert led.time == claim.time


def test_who_takes_arms_is_not_the_way_they_went_too(register):
    text = "Rifles reached the Northern Front through Kesh"
    taker = (marked(text, "Northern Front"),)
    draft = drafted(ClaimKind.TRANSFER, "supply", marked(text, "Rifles"), {"to": taker})
    (claim,) = built(text, replace(draft, roles={"to": taker, "via": taker}), register)
    assert claim.role(Part.VIA) is None
    (claim,) = built(text, replace(draft, roles={"via": (marked(text, "Kesh"),)}), register)
    assert claim.role(Part.VIA).text == "Kesh"


def doubts(claim):
    return [
        (c.sense, c.text) for c in claim.because.cues if c.sense.startswith((WEAKEST, LEFT_OUT))
    ]


def test_of_a_tie_of_several_each_claim_is_as_sure_as_its_own_actor(register):
    text = "The Red Column and the Grey Wolves are backed by Jordan."
    roles = {"actor": (marked(text, "Red Column", 0.95), marked(text, "Grey Wolves", 0.35))}
    tie = drafted(ClaimKind.AFFILIATION, "backed", marked(text, "Jordan"), roles)
    first, second = built(text, tie, register)
    assert doubts(first) == [(f"{WEAKEST}0.95", "Red Column")]
    assert doubts(second) == [(f"{WEAKEST}0.35", "Grey Wolves")]
    assert "Grey Wolves" not in [cue.text for cue in first.because.cues]


def test_a_pronoun_fills_no_role_and_makes_no_doubt(register):
    text = "They fired a mortar at Kesh."
    use = drafted(
        ClaimKind.USE, "", marked(text, "mortar"), {"actor": (marked(text, "They", 0.4),)}
    )
    (claim,) = built(text, use, register)
    assert claim.role(Part.ACTOR) is None
    assert doubts(claim) == []


def test_a_party_that_nearly_is_one_is_told_as_a_doubt(register):
    text = "Jordan sent mortars to the Red Column."
    left_out = {"to": marked(text, "Red Column", 0.22), "place": marked(text, "Jordan", 0.1)}
    roles = {"from": (marked(text, "Jordan", 0.8),)}
    sent = drafted(ClaimKind.TRANSFER, "supply", marked(text, "mortars"), roles, left_out)
    (claim,) = built(text, sent, register)
    assert doubts(claim) == [(f"{WEAKEST}0.80", "Jordan"), (f"{LEFT_OUT}0.22", "Red Column")]
    assert {f"{WEAKEST}8", f"{LEFT_OUT}4"} <= set(name_features(claim))


class Heard:
    """Heads of four words that find one use and give the first word a chance to be its actor."""

    def __init__(self, chance):
        self.chance = chance

    def anchors(self, words):
        found = np.zeros((4, len(ANCHORS), 3))
        found[:, :, 0] = 1
        found[2, ANCHORS.index(Part.WEAPON)] = [0.05, 0.95, 0]
        return found

    def states(self, words, spans):
        return words

    def frames(self, states):
        return np.array([[float(kind is ClaimKind.USE) for kind, _ in FRAMES]])

    def roles(self, words, sentences, spans, frames):
        found = np.zeros((1, 4, len(ROLES), 3))
        found[:, :, :, 0] = 1
        found[0, 0, ROLES.index((ClaimKind.USE, "actor"))] = [1 - self.chance, self.chance, 0]
        return found

    def details(self, states, frames):
        return [np.zeros(1, dtype=int)] * 4


@pytest.mark.parametrize(("chance", "where"), [(0.5, "roles"), (0.2, "left_out"), (0.1, "")])
def test_words_fill_a_role_or_nearly_or_not_at_all(chance, where):
    text = "Rebels fired mortars ."
    (window,) = pack(text, [(0, 0, len(text))], PIECES)
    (draft,) = decode(window, np.zeros((4, 8)), Heard(chance), lambda sign: Need.ROLES)
    found = {"roles": draft.roles, "left_out": draft.left_out}
    assert {name for name, row in found.items() if "actor" in row} == ({where} if where else set())


@pytest.mark.parametrize(
    ("text", "victim", "amount"),
    [
        ("The blast near Kesh killed two women and a schoolboy.", "schoolboy", None),
        ("The blast near Kesh killed two women and a schoolboy.", "women", 2),
        ("The blast near Kesh killed two of the patrol.", "patrol", 2),
        ("The blast near Kesh killed two, mostly soldiers.", "soldiers", 2),
        ("The blast near Kesh killed two U.S. and Tabiri army staff.", "army staff", 2),
        ("The blast near Kesh killed two; the elder was Salim.", "Salim", None),
    ],
)
def test_an_amount_of_others_is_not_the_victims(text, victim, amount, register):
    roles = {"quantity": (marked(text, "two"),)}
    harm = drafted(ClaimKind.CASUALTIES, "killed", marked(text, victim), roles)
    (claim,) = built(text, harm, register)
    assert (claim.quantity.min if claim.quantity else None) == amount


@needs_layers
def test_it_says_why_and_how_sure(register):
    for claim in claims_of(TEXT, register, "encoder"):
        assert claim.because.rule.startswith("encoder/")
        assert [cue for cue in claim.because.cues if cue.sense.startswith(CHANCE)]
        assert 0 < claim.score < 1


@needs_layers
def test_a_lone_sentence_is_read_as_well_as_a_document(register):
    text = "The driver of a blue tractor, who was shot dead, was Tom Karvel."
    assert claims_of(text, register, "joined")


def sentences_drafted(text, register, monkeypatch):
    """Return which sentences of a text the encoder is given."""
    given = []
    add = Drafting.add
    monkeypatch.setattr(
        Drafting,
        "add",
        lambda self, parsed, told: (given.append(parsed.text), add(self, parsed, told)),
    )
    claims_of(text, register, "joined")
    return [sentence.strip() for sentence in given]


def test_the_encoder_reads_beside_arms_and_where_a_word_of_control_is_so_used(
    register, monkeypatch
):
    looks = "The company mended five lines that a storm had torn down."
    assert open_gate(looks, load_gate("en")) is Opening.AJAR
    plain = f"{looks} Bread was dear. Tea was cheap."
    assert sentences_drafted(plain, register, monkeypatch) == []
    taken = "The Northern Front took Kesh in May."
    assert sentences_drafted(f"{plain} {taken}", register, monkeypatch) == [taken]
    armed = "Rebels fired mortars."
    near = ["Bread was dear.", "Tea was cheap.", armed]
    assert sentences_drafted(f"{plain} {armed}", register, monkeypatch) == near


def test_without_the_layers_the_grammar_reads_and_says_so(monkeypatch, register):
    monkeypatch.setattr(learnt, "load_network", lambda: None)
    monkeypatch.setattr(learnt, "is_installed", lambda: False)
    text = "Rebels of the Northern Front fired a BGM-71 TOW at a tank near Kesh."
    document = Document("d", "s", text, language="en")
    found = list(extract_claims(document, register, "joined"))
    (problem,) = (one for one in found if isinstance(one, Problem))
    assert "encoder's layers are not installed" in problem.message
    assert any(isinstance(one, Claim) for one in found)
    assert learnt.JoinedExtractor().version.endswith(".0")
    (alone,) = extract_claims(document, register, "encoder")
    assert isinstance(alone, Problem)


@needs_layers
def test_layers_that_make_noise_are_not_read_with(monkeypatch, register):
    noise = np.random.default_rng(1)
    monkeypatch.setattr(
        Network, "states", lambda self, window: noise.normal(size=(len(window.words), 768))
    )
    assert not proves_right(load_network())
    monkeypatch.setattr(learnt, "load_network", lambda: None)
    document = Document("d", "s", TEXT, language="en")
    found = list(extract_claims(document, register, "joined"))
    (problem,) = (one for one in found if isinstance(one, Problem))
    assert "noise" in problem.message
    assert {one.extractor.rpartition(".")[2] for one in found if isinstance(one, Claim)} == {"0"}
