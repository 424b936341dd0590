"""Names of files that are safe on every system, whatever people are called."""

from __future__ import annotations

import unicodedata

LONGEST_STEM = 120
"""Characters of a name without its ending."""

MOST_BYTES = 200
"""Bytes of a name without its ending; file systems allow 255, some of them taking letters apart."""

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"]
)
_FORBIDDEN = frozenset('/\\:*?"<>|')
_BETWEEN = " - "


def safe_stem(*parts: str) -> str:
    """Return the parts as one file name without its ending: `Anna Köster - Chair`.

    It is composed text without what Windows, macOS or Linux refuse or take for something else;
    never empty, never hidden, never a path.
    """
    clean = [each for each in map(_clean, parts) if each]
    stem = _shortened(_BETWEEN.join(clean)) or "Unnamed"
    # Windows keeps these names for devices, whatever follows the first full stop.
    if stem.partition(".")[0].rstrip().casefold() in _RESERVED:
        stem = f"_{stem}"
    return stem


class FileNames:
    """Hands out names that no file system takes for one another, by numbering what repeats."""

    def __init__(self, ending: str) -> None:
        """Take the ending, such as `.pdf`."""
        self._ending = ending
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def name(self, *parts: str) -> str:
        """Return a name for these parts that was not handed out before."""
        stem = safe_stem(*parts)
        key = _compared(stem)
        numbered = stem
        while _compared(numbered) in self._taken:
            number = self._next.get(key, 2)
            self._next[key] = number + 1
            tail = f" ({number})"
            numbered = _shortened(stem, room_for=len(tail)) + tail
        self._taken.add(_compared(numbered))
        return f"{numbered}{self._ending}"


def _clean(text: str) -> str:
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp", "Zs") or character in _FORBIDDEN:
            kept.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn"):
            kept.append(character)
    # Removing a mark can bring letters together that compose.
    text = unicodedata.normalize("NFC", " ".join("".join(kept).split()))
    # A leading full stop hides a file, a hyphen or tilde means something to a shell.
    return text.strip(" .").lstrip("-~ .")


def _shortened(text: str, room_for: int = 0) -> str:
    kept = text[: LONGEST_STEM - room_for]
    while _size(kept) > MOST_BYTES - room_for:
        kept = kept[:-1]
    if len(kept) < len(text):
        # A letter is not parted from its marks.
        while kept and unicodedata.combining(text[len(kept)]):
            kept = kept[:-1]
    return kept.rstrip(" .-")


def _size(text: str) -> int:
    return max(len(unicodedata.normalize(form, text).encode()) for form in ("NFC", "NFD"))


def _compared(text: str) -> str:
    """Return what the least exact file system compares by."""
    folded = unicodedata.normalize("NFKC", text).upper().casefold()
    return unicodedata.normalize("NFKC", folded)
