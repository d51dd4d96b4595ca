"""Who was harmed, how many, and who says it was they, in the forms that reports use."""

from __future__ import annotations

import pytest

HARM = [
    ("Gunmen shot dead three women near Tabir.", [("women", "killed", 3)]),
    ("Police found the bodies of 70 civilians in a school.", [("civilians", "killed", 70)]),
    ("The clinic cared for dozens of wounded.", [("wounded", "wounded", 24)]),
    (
        "The raids killed 35 more farmers and injured six drivers.",
        [("farmers", "killed", 35), ("drivers", "wounded", 6)],
    ),
    ("Officials accused the rebels of killing nine farmers.", [("farmers", "killed", 9)]),
    (
        "The priest had been captured or killed.",
        [("priest", "captured", None), ("priest", "killed", None)],
    ),
    ("The ministry said six Saudis were killed.", [("Saudis", "killed", 6)]),
    (
        "Other fatalities included two nurses and one driver.",
        [("nurses", "killed", 2), ("driver", "killed", 1)],
    ),
    (
        "Gunmen ambushed a police patrol, killing nine and wounding six.",
        [("police patrol", "killed", 9), ("police patrol", "wounded", 6)],
    ),
    ("The boxer captured a win on scores of 116, 112 and 119.", []),
    ("Rebels vowed to raid the town and kill its mayor.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), HARM)
def test_who_was_harmed(read, text, told):
    found = {
        (c.role("victim").text, c.mode, c.quantity.min if c.quantity else None)
        for c in read(text)
        if c.kind == "casualties"
    }
    assert found == set(told)


BLAME = [
    ("A bombing in Kabul killed two. The Northern Front claimed responsibility.", "Northern Front"),
    ("A bombing in Kabul killed two. The Northern Front has not claimed responsibility.", None),
    ("A bombing in Kabul killed two. The Northern Front claimed responsibility for a raid.", None),
    ("Turkish jets hit a depot. The Northern Front was involved in the use of rockets on Kesh.",
     "Northern Front"),
    ("Turkish jets hit a depot. Airstrikes by France killed two men in Kabul.", "France"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actor"), BLAME)
def test_whose_strike(read, text, actor):
    strike = [c for c in read(text) if c.kind == "use"][-1]
    role = strike.role("actor")
    assert (role.text if role else None) == actor


@pytest.mark.parametrize(
    "text",
    [
        "It is easier to obtain a gun than a licence.",
        "If the army carries out the bombing of Tabir, war may spread.",
    ],
)
def test_what_is_not_put_forward(read, text):
    assert [c for c in read(text) if c.kind in ("use", "transfer", "possession")] == []
