"""Two wordings side by side: both in full, then what was removed and added, as text."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

_JOINED_OVER = 1
"""How many unchanged words between two changes are taken into one: shreds help nobody."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text before and after, with the phrases that went and came, in order."""

    before: str
    after: str
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_change(self) -> bool:
        """Whether the words differ; blanks and line breaks do not count."""
        return bool(self.removed or self.added)


def compare_texts(before: str, after: str) -> TextChange:
    """Return the change from one text to the other, word by word."""
    old, new = before.split(), after.split()
    removed: list[str] = []
    added: list[str] = []
    for old_start, old_end, new_start, new_end in _spans(old, new):
        if old_end > old_start:
            removed.append(" ".join(old[old_start:old_end]))
        if new_end > new_start:
            added.append(" ".join(new[new_start:new_end]))
    return TextChange(before, after, tuple(removed), tuple(added))


def _spans(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Return (start and end in old, start and end in new) of each change, near ones joined."""
    spans: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if spans and i1 - spans[-1][1] <= _JOINED_OVER and j1 - spans[-1][3] <= _JOINED_OVER:
            first = spans.pop()
            spans.append((first[0], i2, first[2], j2))
        else:
            spans.append((i1, i2, j1, j2))
    return spans
