"""How text is made safe to show, for the doors of the case: one rule for dossiers and pages."""

from __future__ import annotations

from enduse.publish.escape import direction, show_controls

__all__ = ["direction", "show_controls"]
