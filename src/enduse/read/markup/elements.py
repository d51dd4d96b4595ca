"""How each HTML element lays out its text, after the rendering rules of the HTML standard.

In: an element's name. Out: whether it starts a new block, is never read, or has a part in the page
by its name alone. Refused: nothing; an unknown element is read as part of its line.
"""

from __future__ import annotations

from enduse.model.document import SectionKind

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "caption",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
CELLS = frozenset({"td", "th"})
KEPT_SPACE = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})
UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "datalist",
        "textarea",
        "input",
        "map",
        "noframes",
        "noembed",
        "rp",
        "frame",
    ]
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
ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "menu",
        "menubar",
        "dialog",
        "alertdialog",
    ]
)
CONTAINERS = frozenset({"div", "section", "ul", "ol", "table", "td", "dl", "p", "header"})
STORY = "h1, article, main"  # what holds one of these holds the story
HIDDEN = (
    '[hidden]:not([hidden="until-found"]), [aria-hidden="true"], '
    '[style*="display:none"], [style*="display: none"], '
    '[style*="visibility:hidden"], [style*="visibility: hidden"]'
)
EXEMPTING = frozenset({"has", "no", "with", "without", "not"})  # class words that say otherwise
