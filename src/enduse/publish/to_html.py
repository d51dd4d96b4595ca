"""A dossier to one HTML file: no script, nothing loaded from elsewhere, made to be printed.

In: a dossier. Out: HTML 5 in UTF-8 that reads offline, without JavaScript, in light and dark, at
200 % zoom and with a screen reader. Refused: nothing; every text is escaped, direction overrides
are shown as marks, quotes carry their own direction and language.
"""

from __future__ import annotations

from functools import cache
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from enduse.model.dossier import Dossier
from enduse.publish.escape import direction, show_controls
from enduse.publish.to_markdown import citation_facts
from enduse.publish.wording import say_day


class HtmlExporter:
    """Writes a dossier as one HTML file."""

    name = "html"
    media_type = "text/html; charset=utf-8"
    suffix = ".html"

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the dossier."""
        page = _environment().get_template("dossier.html.j2").render(dossier=dossier)
        stream.write(page.encode("utf-8", "backslashreplace"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("enduse.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": say_day, "direction": direction, "facts": citation_facts}
    return environment


def _shown(value: object) -> object:
    """Return text with its hidden controls visible; markup the template made stays as it is."""
    return (
        show_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value
    )
