"""Pages from templates: everything escaped, in the reader's language, times and chances in words.

In: a view, a template's name, the request. Out: HTML. The words of the interface are English in
the templates; a language is a file of translations, and what it lacks stays English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from enduse.case.shown import direction, show_controls
from enduse.case.standing import waits_for_run
from enduse.case.views.claims import blank_claim
from enduse.case.views.maps import PROVINCE_KM, land_of
from enduse.case.views.review import stands
from enduse.web.telling import tell

LANGUAGES = {"en": "English", "ar": "العربية"}
"""The languages of the interface, each in its own words."""

_RIGHT_TO_LEFT = frozenset({"ar"})


def render(
    request: Request, template: str, view: object, status: int = 200, **extra: Any
) -> HTMLResponse:
    """Return the page of a view."""
    language = language_of(request)
    page = _environment(language).get_template(template)
    state = request.app.state
    rtl = language in _RIGHT_TO_LEFT
    text = page.render(
        v=view,
        request=request,
        path=request.url.path,
        here=_here(request),
        mend=partial(_mend, request),
        token=state.token,
        case=state.name,
        lang=language,
        languages=LANGUAGES,
        rtl=rtl,
        arrow="←" if rtl else "→",
        back_arrow="→" if rtl else "←",
        signer=signer_of(request),
        stands=partial(stands, state.book),
        waits=partial(waits_for_run, state.book),
        built=state.built,
        base_map=state.base_map is not None,
        **extra,
    )
    return HTMLResponse(text.encode("utf-8", "backslashreplace"), status_code=status)


def _here(request: Request) -> str:
    """Return the page's address, to come back to what it shows."""
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _mend(request: Request, claim_id: str) -> str:
    """Return the address of the same page with the form to correct a claim.

    Only one claim of a page has it: a browser takes minutes to lay out a thousand such forms.
    """
    url = request.url.remove_query_params(["done", "batch"]).include_query_params(mend=claim_id)
    return f"{url.path}?{url.query}#{claim_id}"


def language_of(request: Request) -> str:
    """Return the language of the interface: the one chosen, else English."""
    chosen = request.cookies.get("lang", "en")
    return chosen if chosen in LANGUAGES else "en"


def signer_of(request: Request) -> str:
    """Return the name under which decisions are signed: the settings', else the one chosen."""
    signer: str = request.app.state.book.settings.reviewer
    return signer or from_cookie(request.cookies.get("reviewer", ""))


def to_cookie(name: str) -> str:
    """Return a name as a cookie may hold it."""
    return quote(name[:80], safe="")


def from_cookie(value: str) -> str:
    """Return the name that a cookie holds.

    >>> from_cookie(to_cookie("سارة; A=B"))
    'سارة; A=B'
    """
    return show_controls(unquote(value))[:80]


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return the words of a language, by the English ones."""
    file = files("enduse.web").joinpath("words", f"{language}.toml")
    if not file.is_file():
        return {}
    found: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
    return found


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("enduse.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translations(language)
    environment.globals |= {
        "_": _translator(words),
        "link": _link,
        "blank_claim": blank_claim,
        "land_of": land_of,
        "province_km": PROVINCE_KM,
    }
    environment.filters |= {
        "percent": _percent,
        "number": _number,
        "direction": direction,
        "tell": _teller(words),
        "number_of": _number_of,
    }
    return environment


def _translator(words: Mapping[str, str]) -> Callable[[str], str]:
    return lambda english: words.get(english, english)


def _teller(words: Mapping[str, str]) -> Callable[[str], str]:
    say = _translator(words)
    return (lambda told: tell(told, say)) if words else (lambda told: told)


def _shown(value: object) -> object:
    """Return text with its hidden controls visible; markup the template made stays as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return show_controls(value)
    return value


def _link(path: str, *parts: str, **query: Any) -> str:
    """Return an address of our own: path, parts escaped, query without empty values."""
    kept = {name: value for name, value in query.items() if value not in ("", None, False, 0)}
    tail = "".join("/" + quote(part, safe="") for part in parts)
    return f"{path}{tail}" + (f"?{urlencode(kept)}" if kept else "")


def _percent(share: float) -> str:
    if 0 < share < 0.01:  # noqa: PLR2004 - less than can be shown
        return "<1 %"
    return f"{share:.0%}".replace("%", " %")


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")


def _number_of(values: tuple[object, ...]) -> dict[str, int]:
    """Return the running number of each value with an id, from 1."""
    return {value.id: at for at, value in enumerate(values, start=1)}  # type: ignore[attr-defined]
