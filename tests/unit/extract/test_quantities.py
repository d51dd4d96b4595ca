import pytest


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("12", 12, 12),
        ("1,000", 1000, 1000),
        ("ninety-six", 96, 96),
        ("two hundred", 200, 200),
        ("at least one", 1, None),
        ("more than 1,000", 1000, None),
        ("up to 40", None, 40),
        ("about 24", 24, 24),
        ("dozens of", 24, 99),
        ("hundreds of", 200, 999),
        ("several", 3, None),
        ("more than two dozen", 24, None),
        ("another 408", 408, 408),
    ],
)
def test_amount_gives_its_bounds(words, low, high, read):
    claim = next(
        c for c in read(f"The army seized {words} rifles from rebels.") if c.kind == "transfer"
    )
    assert (claim.quantity.min, claim.quantity.max) == (low, high)


@pytest.mark.parametrize("words", ["the", "a large amount of", "old", "its"])
def test_no_amount_is_read_from_articles(words, read):
    claim = next(
        c for c in read(f"The army seized {words} rifles from rebels.") if c.kind == "transfer"
    )
    assert claim.quantity is None


def test_a_designation_is_no_amount(read):
    claim = next(
        c for c in read("The army seized AK-47 rifles from rebels.") if c.kind == "transfer"
    )
    assert claim.quantity is None
