"""Lines and texts as every form of the room takes them."""

from __future__ import annotations

from typing import Any

from wtforms.validators import Length

from webapp.consultations.response import plain_lines


def plain(value: Any) -> Any:
    """Return typed text as it is stored, and anything else as it is."""
    return plain_lines(value) if isinstance(value, str) else value


def at_most(length: int) -> Length:
    """Return the validator for the longest text allowed."""
    return Length(max=length, message=f"Shorten this to {length:,} characters or fewer")
