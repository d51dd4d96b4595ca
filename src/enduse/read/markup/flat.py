"""The text of markup that is not built into a tree.

In: the markup. Out: its text, a blank line between blocks. Refused: nothing. The time grows with
the size of the markup, whatever it holds; see `enduse.read.markup.guard` for why it is needed.
"""

from __future__ import annotations

import re
from html import unescape

from enduse.read.markup.elements import BLOCKS, RAW

_UNSEEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({'|'.join(sorted(RAW))})(?=[\s/>]).*?(?:</\1[^<>]*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_TAG = re.compile(rf"</?(?:br|{'|'.join(sorted(BLOCKS))})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_SPACES = re.compile(r"[ \t\r\f]+")
_BREAKS = re.compile(r" ?\n\s*")


def flatten_markup(markup: str) -> str:
    r"""Return the text of markup with its tags taken out, a blank line between blocks.

    >>> flatten_markup("<div><p>Two <b>rifles</b> &amp; more<script>x</script><p>Lost")
    'Two rifles & more\n\nLost'
    """
    seen = _UNSEEN.sub(" ", markup).replace("\n", " ")
    words = unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", seen)))
    return _BREAKS.sub("\n\n", _SPACES.sub(" ", words)).strip()
