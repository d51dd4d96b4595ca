"""What the encoder tells apart: anchors, frames and roles.

An **anchor** is the core role a claim turns on: a weapon, a victim, a place lost or won, the other
side of a tie. A **frame** is a claim's kind with its mode or, for control, its status.
"""

from __future__ import annotations

from enduse.model.claim import ClaimKind, Part

ANCHORS = (Part.WEAPON, Part.VICTIM, Part.PLACE, Part.OTHER)
ANCHOR_OF = {
    ClaimKind.USE: Part.WEAPON,
    ClaimKind.POSSESSION: Part.WEAPON,
    ClaimKind.TRANSFER: Part.WEAPON,
    ClaimKind.LOSS: Part.WEAPON,
    ClaimKind.ORIGIN: Part.WEAPON,
    ClaimKind.AFFILIATION: Part.OTHER,
    ClaimKind.CONTROL: Part.PLACE,
    ClaimKind.CASUALTIES: Part.VICTIM,
}
CORE_OF = {  # what besides that makes it another claim if it is wrong
    ClaimKind.USE: ("actor",),
    ClaimKind.POSSESSION: ("actor",),
    ClaimKind.TRANSFER: ("from", "to"),
    ClaimKind.LOSS: ("actor",),
    ClaimKind.ORIGIN: ("actor",),
    ClaimKind.AFFILIATION: ("actor",),
    ClaimKind.CONTROL: ("actor",),
    ClaimKind.CASUALTIES: ("quantity",),
}
_MODES = {
    ClaimKind.USE: ("",),
    ClaimKind.POSSESSION: ("",),
    ClaimKind.TRANSFER: (
        "supply", "sale", "capture", "loot", "theft", "surrender", "seizure", "smuggling",
        "return", "unspecified",
    ),
    ClaimKind.LOSS: ("destroyed", "damaged", "missing"),
    ClaimKind.ORIGIN: ("",),
    ClaimKind.AFFILIATION: (
        "branch", "member", "ally", "backed", "successor", "rival", "command",
    ),
    ClaimKind.CONTROL: ("gained", "lost", "contested"),
    ClaimKind.CASUALTIES: ("killed", "wounded", "captured", "missing"),
}  # fmt: skip
FRAMES = tuple((kind, mode) for kind, modes in _MODES.items() for mode in modes)
ROLES = (
    (ClaimKind.USE, "actor"),
    (ClaimKind.USE, "target"),
    (ClaimKind.USE, "beneficiary"),
    (ClaimKind.POSSESSION, "actor"),
    (ClaimKind.TRANSFER, "from"),
    (ClaimKind.TRANSFER, "to"),
    (ClaimKind.TRANSFER, "via"),
    (ClaimKind.LOSS, "actor"),
    (ClaimKind.LOSS, "by"),
    (ClaimKind.ORIGIN, "actor"),
    (ClaimKind.AFFILIATION, "actor"),
    (ClaimKind.CONTROL, "actor"),
    (ClaimKind.CONTROL, "from"),
    (ClaimKind.CASUALTIES, "actor"),
    (None, "place"),
    (None, "time"),
    (None, "quantity"),
    (None, "speaker"),
)
STATUS = ("done", "planned", "stopped")
CERTAINTY = ("certain", "probable", "possible")
POLARITY = ("affirmed", "denied")
MEDIA = ("", "video", "photo", "statement", "document", "inspection", "interview", "monitoring")
