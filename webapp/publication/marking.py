"""What a moderator has marked on a page so far: cuts made of words, ticks and suggestions.

Nothing of it is stored until the ruling is proposed: the page carries it from one post to the
next, and every mark is checked against the words again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from webapp.consultations.redacting import Cut, Passage, Reason, Span, places_of
from webapp.publication.ruling import NOTE_LENGTH, NotedCut
from webapp.publication.suggesting import KIND_WORDS, Suggestion

TAKE, LEAVE = "take", "leave"
EVERYWHERE = "all"


@dataclass
class PassageMarks:
    """What was marked in one passage, what is typed below it, and what is wrong with that."""

    passage: Passage
    suggestions: tuple[Suggestion, ...]
    cuts: list[NotedCut] = field(default_factory=list)
    answers: dict[Suggestion, str] = field(default_factory=dict)
    words: str = ""
    which: str = EVERYWHERE
    reason: str = ""
    note: str = ""
    word_errors: list[str] = field(default_factory=list)
    reason_errors: list[str] = field(default_factory=list)
    suggestion_errors: dict[Suggestion, str] = field(default_factory=dict)

    @property
    def taken(self) -> tuple[NotedCut, ...]:
        """Everything that is taken out of it: what was marked, and suggestions taken up."""
        suggested = (
            NotedCut(cut_of(self.passage, Span(each.start, each.end, Reason.PERSONAL)))
            for each, answer in self.answers.items()
            if answer == TAKE
        )
        return tuple(dict.fromkeys((*self.cuts, *suggested)))

    @property
    def has_errors(self) -> bool:
        """Whether something typed here has to be put right."""
        return bool(self.word_errors or self.reason_errors or self.suggestion_errors)

    def take_words(self) -> None:
        """Turn the words that were typed into cuts, or say what is wrong with them."""
        if not self.words.strip():
            if self.note or self.which != EVERYWHERE:
                self.word_errors.append("Enter the words to take out")
            return
        places = places_of(self.passage.text, self.words)
        if not places:
            self.word_errors.append(
                "These words do not stand in this text. Copy them from it exactly"
            )
        chosen = _chosen(places, self.which)
        if places and not chosen:
            self.word_errors.append(_too_few(len(places)))
        if self.reason not in set(Reason):
            self.reason_errors.append("Select why the words are taken out")
        if self.word_errors or self.reason_errors:
            return
        for start, end in chosen:
            cut = cut_of(self.passage, Span(start, end, Reason(self.reason)))
            self.cuts.append(NotedCut(cut, self.note))
        self.words, self.which, self.reason, self.note = "", EVERYWHERE, "", ""

    def require_answers(self) -> None:
        """Say which suggestions nobody has decided about."""
        for each in self.suggestions:
            if self.answers.get(each) not in (TAKE, LEAVE):
                what = KIND_WORDS[each.kind]
                self.suggestion_errors[each] = f"Say whether to take out what may be {what}"


def marks_of(
    passages: Iterable[Passage],
    suggestions: Mapping[str, Sequence[Suggestion]],
    cuts: Iterable[NotedCut],
) -> dict[str, PassageMarks]:
    """Return what a page begins with: what is taken out now, by passage."""
    found = {
        each.key: PassageMarks(each, tuple(suggestions.get(each.key, ()))) for each in passages
    }
    for noted in cuts:
        marks = found.get(noted.cut.passage)
        if marks is not None and noted.cut.fits(marks.passage):
            marks.cuts.append(noted)
    for marks in found.values():
        for each in marks.suggestions:
            if any(_covers(noted.cut.span, each) for noted in marks.cuts):
                marks.answers[each] = TAKE
        marks.cuts = [each for each in marks.cuts if not _is_suggested(each, marks.suggestions)]
    return found


def cut_of(passage: Passage, span: Span) -> Cut:
    """Return a cut of a passage as it is now."""
    return Cut(passage.key, span, passage.digest, len(passage.text))


def mark_text(noted: NotedCut) -> str:
    """Return a mark as a form carries it."""
    span = noted.cut.span
    return f"{noted.cut.passage} {span.start} {span.end} {span.reason} {noted.note}"


def read_marks(texts: Iterable[str], found: Mapping[str, PassageMarks]) -> None:
    """Give passages the marks that a form carried; what fits no passage is left out."""
    for text in texts:
        key, start, end, reason, note = ([*text.split(" ", 4), "", "", "", "", ""])[:5]
        marks = found.get(key)
        with contextlib.suppress(ValueError):
            span = Span(int(start), int(end), Reason(reason))
            if marks is not None:
                cut = cut_of(marks.passage, span)
                if cut.fits(marks.passage):
                    marks.cuts.append(NotedCut(cut, note[:NOTE_LENGTH]))


def _chosen(places: tuple[tuple[int, int], ...], which: str) -> tuple[tuple[int, int], ...]:
    if which == EVERYWHERE:
        return places
    number = int(which) if which.isascii() and which.isdigit() and len(which) < 9 else 0
    return places[number - 1 : number] if number else ()


def _too_few(number: int) -> str:
    if number == 1:
        return "These words stand in this text once"
    return f"These words stand in this text {number} times: enter a number from 1 to {number}"


def _covers(span: Span, suggestion: Suggestion) -> bool:
    return span.start <= suggestion.start and suggestion.end <= span.end


def _is_suggested(noted: NotedCut, suggestions: Sequence[Suggestion]) -> bool:
    span = noted.cut.span
    return (
        span.reason is Reason.PERSONAL
        and not noted.note
        and any((each.start, each.end) == (span.start, span.end) for each in suggestions)
    )
