"""What can differ between two versions of a framework, and how far each moves the version on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from frameworks.wording import TextChange, compare_texts


class Step(IntEnum):
    """How far a version must move on from the one before; larger is further."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Added:
    """An item that the earlier version does not have; `came_from` names what it was made of."""

    kind: str
    key: str
    title: str
    text: str
    came_from: tuple[str, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class Removed:
    """An item that the later version does not have; `replaced_by` names what took its place."""

    kind: str
    key: str
    title: str
    text: str
    replaced_by: tuple[str, ...]
    rationale: str
    step: Step


@dataclass(frozen=True, slots=True)
class Moved:
    """A competency or domain that hangs in another place of the tree."""

    kind: str
    key: str
    title: str
    before: str
    after: str
    step: Step = Step.MINOR


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text of an item that both versions have; `part` says which."""

    kind: str
    key: str
    title: str
    part: str
    text: TextChange
    step: Step


@dataclass(frozen=True, slots=True)
class PartAdded:
    """An indicator, question, anchor or description that an item has gained."""

    kind: str
    key: str
    title: str
    part: str
    text: str
    step: Step = Step.MINOR


@dataclass(frozen=True, slots=True)
class PartRemoved:
    """An indicator, question, anchor or description that an item has lost."""

    kind: str
    key: str
    title: str
    part: str
    text: str
    step: Step = Step.MINOR


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A value that is not prose: a weight, a need, a level, a rule. Both in words."""

    kind: str
    key: str
    title: str
    part: str
    before: str
    after: str
    step: Step


Change = Added | Removed | Moved | Reworded | PartAdded | PartRemoved | SettingChanged


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every change between two versions, in the order of the later version."""

    changes: tuple[Change, ...]

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of `framework`, `scale`, `domain`, `competency` or `position`."""
        return tuple(change for change in self.changes if change.kind == kind)

    def of_item(self, key: str) -> tuple[Change, ...]:
        """Return the changes of one item."""
        return tuple(change for change in self.changes if change.key == key)


def is_typo(change: TextChange) -> bool:
    """Say whether a change mends a slip: case, punctuation, or one letter of a long word.

    A single letter of a short word can turn a sentence round, so it counts as rewording.
    """
    old, new = change.before.split(), change.after.split()
    return len(old) == len(new) and all(map(_is_slip, old, new))


def _is_slip(old: str, new: str) -> bool:
    one, other = _letters(old), _letters(new)
    return one == other or (min(len(one), len(other)) >= 6 and _one_letter_apart(one, other))


def _letters(word: str) -> str:
    return "".join(each for each in word.casefold() if each.isalnum())


def _one_letter_apart(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[start:] == other[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (
        swapped and one[start + 2 :] == other[start + 2 :]
    )


def reworded(
    kind: str, key: str, title: str, part: str, before: str, after: str
) -> Iterator[Reworded]:
    """Yield the change of a text, or nothing where it is the same."""
    if before == after:
        return
    change = compare_texts(before, after)
    step = Step.PATCH if is_typo(change) else Step.MINOR
    yield Reworded(kind, key, title, part, change, step)


def setting(
    kind: str, key: str, title: str, part: str, before: str, after: str, step: Step
) -> Iterator[SettingChanged]:
    """Yield the change of a value in words, or nothing where it is the same."""
    if before != after:
        yield SettingChanged(kind, key, title, part, before, after, step)
