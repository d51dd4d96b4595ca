"""HTML to text whose every stretch can be found again in the markup."""

from enduse.read.markup.pages import read_html

__all__ = ["read_html"]
