"""How each HTML element lays out its text, after the rendering rules of the HTML standard.

In: an element's name. Out: whether it starts a new block, is never read, or has a part in the page
by its name alone; and how a parser treats it. Refused: nothing; an unknown element is read as part
of its line.
"""

from __future__ import annotations

from enduse.model.document import SectionKind


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _names(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    listing main menu nav ol optgroup option p plaintext pre search section summary table caption
    tbody tfoot thead tr ul xmp"""
)
CELLS = _names("td th")
KEPT_SPACE = _names("pre listing xmp plaintext textarea")
UNREAD = _names(
    """script style noscript template head iframe object embed applet svg math canvas audio video
    select datalist textarea input map noframes noembed rp frame"""
)
KINDS = {
    "nav": SectionKind.NAVIGATION,
    "footer": SectionKind.NAVIGATION,
    "aside": SectionKind.NAVIGATION,
    "menu": SectionKind.NAVIGATION,
    "button": SectionKind.NAVIGATION,
    "search": SectionKind.NAVIGATION,
    "dialog": SectionKind.NAVIGATION,
    "figcaption": SectionKind.CAPTION,
    "caption": SectionKind.CAPTION,
    "h1": SectionKind.TITLE,
}
ROLES = _names("navigation banner contentinfo search complementary menu menubar dialog alertdialog")
CONTAINERS = _names("div section ul ol table td dl p header")
STORY = "h1, article, main"  # what holds one of these holds the story
HIDDEN = (
    '[hidden]:not([hidden="until-found"]), [aria-hidden="true"], '
    '[style*="display:none"], [style*="display: none"], '
    '[style*="visibility:hidden"], [style*="visibility: hidden"]'
)
EXEMPTING = _names("has no with without not")  # class words that say otherwise

# How a parser treats elements (HTML standard, 13.1.2 and 13.2).
VOID = _names("area base br col embed hr img input link meta param source track wbr")
IMPLIED = _names(  # closed by what follows them
    "p li dt dd tr td th option optgroup colgroup thead tbody tfoot rp rt html head body"
)
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
RAW = _names("script style textarea title xmp iframe noembed noframes")
SCOPES = _names("table caption object applet marquee template select svg math")
