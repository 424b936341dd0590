"""Two wordings: what is different between them in words, and as edits that make one the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

_JOINED_OVER = 1
"""How many unchanged words between two changes are taken into one: shreds help nobody."""

_WORD = re.compile(r"\S+")


class EditsDoNotFit(ValueError):
    """These edits were made for another text, or are none."""


@dataclass(frozen=True, slots=True)
class Edit:
    """At a place in a text, counted in characters, one stretch of it goes and another comes."""

    at: int
    removed: str
    added: str

    @property
    def end(self) -> int:
        """Where the text goes on unchanged."""
        return self.at + len(self.removed)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a marked text: kept and removed ones make the old, kept and added the new."""

    kind: Literal["kept", "removed", "added"]
    text: str


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

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The two texts in one, marked."""
        return marked(self.before, edits(self.before, self.after))


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


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return what makes the second text of the first, touching no more words than it must.

    Blanks and line breaks come out exactly; where they alone differ, that is an edit too.
    """
    old = [found.span() for found in _WORD.finditer(before)]
    new = [found.span() for found in _WORD.finditer(after)]
    matches = _same_words([before[i:j] for i, j in old], [after[i:j] for i, j in new])
    made: list[Edit] = []
    old_end = new_end = 0
    for i, j in [*((old[i], new[j]) for i, j in matches), ((len(before),), (len(after),))]:
        edit = _trimmed(old_end, before[old_end : i[0]], after[new_end : j[0]])
        if edit.removed or edit.added:
            made.append(edit)
        old_end, new_end = i[-1], j[-1]
    return tuple(made)


def apply_edits(before: str, edits: Sequence[Edit]) -> str:
    """Return the text that the edits make; raises EditsDoNotFit where they fit another text."""
    return "".join(piece.text for piece in _pieces(before, edits) if piece.kind != "removed")


def marked(before: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """Return both texts in one, for somebody to read; raises EditsDoNotFit.

    Changes that only a word keeps apart are shown as one.
    """
    return tuple(_pieces(before, _joined(before, edits)))


def edits_text(edits: Sequence[Edit]) -> str:
    """Return edits as compact JSON, `[[12,"old","new"],…]`; empty where there are none."""
    if not edits:
        return ""
    plain = [[each.at, each.removed, each.added] for each in edits]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def edits_from_text(text: str) -> tuple[Edit, ...]:
    """Return the edits that `edits_text` wrote down; raises EditsDoNotFit for anything else."""
    if not text:
        return ()
    try:
        plain = json.loads(text)
    except ValueError as error:
        raise EditsDoNotFit("This is not how edits are written down") from error
    if not isinstance(plain, list):
        raise EditsDoNotFit("This is not how edits are written down")
    return tuple(_edit_from(each) for each in plain)


def _edit_from(plain: object) -> Edit:
    match plain:
        case [int(at), str(removed), str(added)]:
            return Edit(at, removed, added)
        case _:
            raise EditsDoNotFit(f"This is no edit: {plain}")


def _pieces(before: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    place = 0
    for edit in edits:
        if edit.at < place or before[edit.at : edit.end] != edit.removed:
            raise EditsDoNotFit(f"“{edit.removed}” does not stand at {edit.at}")
        if edit.at > place:
            yield Piece("kept", before[place : edit.at])
        if edit.removed:
            yield Piece("removed", edit.removed)
        if edit.added:
            yield Piece("added", edit.added)
        place = edit.end
    if place > len(before):
        raise EditsDoNotFit("The text ends before the last edit")
    if place < len(before):
        yield Piece("kept", before[place:])


def _joined(before: str, edits: Sequence[Edit]) -> list[Edit]:
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        kept = before[last.end : edit.at] if last else ""
        if last and len(kept.split()) <= _JOINED_OVER and _has_words(last) and _has_words(edit):
            removed, added = last.removed + kept + edit.removed, last.added + kept + edit.added
            joined[-1] = _trimmed(last.at, removed, added)
        else:
            joined.append(edit)
    return joined


def _has_words(edit: Edit) -> bool:
    return bool(edit.removed.strip() or edit.added.strip())


def _trimmed(at: int, removed: str, added: str) -> Edit:
    """Return an edit without the blanks at its ends that stay as they are."""
    start = _same_blanks(removed, added)
    removed, added = removed[start:], added[start:]
    end = _same_blanks(removed[::-1], added[::-1])
    return Edit(at + start, removed[: len(removed) - end], added[: len(added) - end])


def _same_blanks(one: str, other: str) -> int:
    """Return with how many blanks both begin."""
    same = takewhile(
        lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(one, other, strict=False)
    )
    return sum(1 for _ in same)


def _spans(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Return (start and end in old, start and end in new) of each change, near ones joined."""
    spans: list[tuple[int, int, int, int]] = []
    i1 = j1 = 0
    for i2, j2 in [*_same_words(old, new), (len(old), len(new))]:
        if i2 > i1 or j2 > j1:
            if spans and i1 - spans[-1][1] <= _JOINED_OVER:
                first = spans.pop()
                spans.append((first[0], i2, first[2], j2))
            else:
                spans.append((i1, i2, j1, j2))
        i1, j1 = i2 + 1, j2 + 1
    return spans


def _same_words(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places in both of as many words as can stay, in order.

    A longest common subsequence by Hyyrö's bit-vectors: two texts of 2,000 words that have little
    in common take some milliseconds, where comparing word with word takes a second.
    """
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _matches(old[start : len(old) - end], new[start : len(new) - end])
    return [
        *((each, each) for each in range(start)),
        *((start + i, start + j) for i, j in middle),
        *((len(old) - each, len(new) - each) for each in range(end, 0, -1)),
    ]


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    places: dict[str, int] = {}
    for place, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(old)) - 1
    # A bit that is off says: with this word the common part grows. One row for each new word.
    row, rows = every, []
    for word in new:
        here = row & places.get(word, 0)
        row = ((row + here) | (row - here)) & every
        rows.append(row)
    matches: list[tuple[int, int]] = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
            continue
        j -= 1
        if j == 0 or rows[j - 1] >> (i - 1) & 1:
            i -= 1
            matches.append((i, j))
    return matches[::-1]
