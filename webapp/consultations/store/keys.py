"""Several keys in one column, one a line: of options, competencies or positions."""

from __future__ import annotations

from collections.abc import Iterable


def keys_text(keys: Iterable[str]) -> str:
    """Return keys as they are stored, each once."""
    return "\n".join(dict.fromkeys(keys))


def keys_in(stored: str) -> tuple[str, ...]:
    """Return the keys that a column holds."""
    return tuple(stored.split("\n")) if stored else ()
