"""Text made safe to show: hidden controls made visible, Markdown and spreadsheet cells guarded.

In: any text. Out: the text for one medium. Nothing is dropped: what cannot be shown as it is
becomes a visible mark, and cells can be turned back.
"""

from __future__ import annotations

import re
import unicodedata

_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!$^@])")
_LINE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)")
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠'")


def show_controls(text: str) -> str:
    """Return the text with direction overrides and control characters as visible marks.

    Overrides can make a quote read as other words than it holds; marks that Arabic and Persian
    need (joiners, left-to-right and right-to-left marks) stay.

    >>> show_controls("pass" + chr(0x202E) + "port")
    'pass⟦U+202E⟧port'
    """
    marked = _BIDI_CONTROLS.sub(_mark, text)
    return _CONTROLS.sub(_mark, marked)


def direction(text: str) -> str:
    """Return "rtl" if most letters of the text run from right to left, else "ltr".

    >>> direction("TOW صاروخ مضاد للدبابات"), direction("a missile")
    ('rtl', 'ltr')
    """
    kinds = [unicodedata.bidirectional(character) for character in text]
    rightward = sum(kind == "L" for kind in kinds)
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) > rightward else "ltr"


def escape_markdown(text: str) -> str:
    r"""Return the text as one line of Markdown that renders as exactly these characters.

    >>> print(escape_markdown("# not a *heading* <b>"))
    \# not a \*heading\* \<b\>
    """
    line = " ".join(show_controls(text).split())
    escaped = _MARKDOWN.sub(r"\\\1", line)
    escaped = _AUTOLINK.sub(lambda found: "\\" + found.group(0), escaped)
    return _LINE_START.sub(_guard_start, escaped)


def guard_cell(text: str) -> str:
    """Return the text as a spreadsheet cell that is never read as a formula.

    A leading apostrophe guards text that begins with =, +, -, @, a tab, a line end or an
    apostrophe; `unguard_cell` takes it away.

    >>> guard_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def unguard_cell(cell: str) -> str:
    """Return the text that a guarded cell holds.

    >>> unguard_cell(guard_cell("'quoted'"))
    "'quoted'"
    """
    return cell.removeprefix("'")


def _mark(found: re.Match[str]) -> str:
    return f"⟦U+{ord(found.group()):04X}⟧"


def _guard_start(found: re.Match[str]) -> str:
    start = found.group(1)
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"
