"""The name of a file that somebody sent, as it can be shown."""

from __future__ import annotations

LONGEST_NAME = 120


def shown_name(name: str) -> str:
    """Return a file's name without folders and without what is not seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(each if each.isprintable() else " " for each in last)
    return " ".join(seen.split())[:LONGEST_NAME] or "A file without a name"
