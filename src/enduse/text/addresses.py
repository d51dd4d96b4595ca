"""Web addresses, compared as the pages they lead to."""

from __future__ import annotations

_CAMPAIGN = "utm_"


def bare_address(address: str) -> str:
    """Return an address without scheme, "www.", fragment, campaign marks and closing slash.

    >>> bare_address("https://www.example.org/a/?utm_source=x"), bare_address("example.org/a?id=2")
    ('example.org/a', 'example.org/a?id=2')
    """
    page, _, query = address.partition("#")[0].partition("?")
    kept = [each for each in query.split("&") if each and not each.startswith(_CAMPAIGN)]
    plain = (page.partition("://")[2] or page).removeprefix("www.").rstrip("/")
    return "?".join((plain, "&".join(kept))) if kept else plain


def names_page(addresses: tuple[str, ...], page: str | None) -> bool:
    """Return whether one of the addresses leads to the page.

    >>> names_page(("http://example.org/a/",), "https://www.example.org/a"), names_page((), None)
    (True, False)
    """
    return page is not None and any(bare_address(each) == bare_address(page) for each in addresses)
