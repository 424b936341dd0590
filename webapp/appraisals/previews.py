"""What a page shows of a file before its answers are taken, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from frameworks.questions import AnswerKey
from frameworks.wording import TextChange, compare_texts
from webapp.appraisals.merging import Fate, Line, Merge
from webapp.web.fields import in_words


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer: the question, and what is stored and what the file says, in words."""

    key: AnswerKey
    section: str
    question: str
    stored: str
    filed: str

    @property
    def change(self) -> TextChange:
        """Both in full, with what was removed and added."""
        return compare_texts(self.stored, self.filed)


@dataclass(frozen=True, slots=True)
class Preview:
    """What of a file changes something, what needs a choice, and what is left as it is."""

    changes: tuple[Shown, ...]
    clashes: tuple[Shown, ...]
    stays: tuple[Shown, ...]
    not_theirs: tuple[Shown, ...]
    continued: tuple[str, ...]
    same: int
    """How many answers are the same in the file and in the review, blank ones left out."""
    seen: str
    changes_nothing: bool


def preview(merged: Merge) -> Preview:
    """Return what a page shows of a merge."""
    return Preview(
        changes=_shown(merged, Fate.CHANGES),
        clashes=_shown(merged, Fate.CLASHES),
        stays=_shown(merged, Fate.STAYS),
        not_theirs=_shown(merged, Fate.NOT_THEIRS),
        continued=tuple(text for _, text in merged.continued),
        same=sum(not line.stored.is_blank for line in merged.of(Fate.SAME)),
        seen=merged.seen,
        changes_nothing=merged.changes_nothing,
    )


def _shown(merged: Merge, fate: Fate) -> tuple[Shown, ...]:
    return tuple(_line(line) for line in merged.of(fate))


def _line(line: Line) -> Shown:
    return Shown(
        key=line.key,
        section=line.title,
        question=line.question.text,
        stored=in_words(line.question, line.stored),
        filed=in_words(line.question, line.filed),
    )
