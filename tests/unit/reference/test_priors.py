"""Priors: the shipped file, an analyst's own, and files that cannot be used."""

from itertools import pairwise

import pytest

from enduse.errors import DataError
from enduse.reference.priors import load_priors

HEAD = "name\tvalue\tlow\thigh\treason\tcites\treviewed\n"


def test_every_shipped_prior_has_a_reason_and_sound_bounds():
    for prior in load_priors().custody.values():
        assert prior.reason, prior.name
        assert 0 <= prior.low <= prior.value <= prior.high, prior.name


def test_bands_cover_every_probability():
    priors = load_priors()
    edges = [(band.low, band.high) for band in priors.bands]
    assert edges[0][0] == 0
    assert edges[-1][1] == 1
    assert all(left[1] == right[0] for left, right in pairwise(edges))
    assert priors.likelihood(1.0) == "almost certain"


def test_own_file_changes_only_its_rows(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(HEAD + "unreported\t0.3\t0.1\t0.5\tA closed region\t\tno\n", encoding="utf-8")
    own = load_priors(path)
    assert own["unreported"] == 0.3
    assert own["weight:supply"] == load_priors()["weight:supply"]
    assert own.label == "own.tsv"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("unreportd\t0.3\t0.1\t0.5\tx\t\tno", "no prior is called"),
        ("unreported\tmuch\t0.1\t0.5\tx\t\tno", "no number"),
        ("unreported\t0.9\t0.1\t0.5\tx\t\tno", "outside its own bounds"),
    ],
)
def test_a_bad_row_is_named(tmp_path, row, word):
    path = tmp_path / "own.tsv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=word):
        load_priors(path)


def test_a_file_without_columns_is_refused(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns"):
        load_priors(path)
