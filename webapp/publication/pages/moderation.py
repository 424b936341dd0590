"""What moderators’ pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.consultations.asking import Asking
from webapp.consultations.opening import uk_day
from webapp.consultations.pages.deciding import SaidInResponse, said_in
from webapp.consultations.pages.languages import as_asked
from webapp.consultations.redacting import (
    PERSON_TEXTS,
    REASON_WORDS,
    Passage,
    Piece,
    pieces,
    redacted,
)
from webapp.consultations.respondents import Publish, RespondsAs, label_of
from webapp.consultations.response import SentAnswer, Submission
from webapp.publication import ruling
from webapp.publication.marking import PassageMarks, mark_text
from webapp.publication.ruling import NotedCut, Outcome, Ruling, Verdict
from webapp.publication.services import Case, Queue, taken_out_words
from webapp.publication.suggesting import KIND_WORDS, Suggestion
from webapp.web.fields import in_words

PERSON_TITLES = {
    "name": "Name",
    "organisation_name": "Name of the organisation",
    "role": "Role",
    "gathered": "How the organisation arrived at its view",
    "interests": "Interests declared",
    "late_reason": "Why it came late",
}
SHOWN_WHERE = {
    "name": "Published only with leave to name.",
    "organisation_name": "Published only with leave to name.",
    "role": "Published only with leave to name.",
    "gathered": "Not published. The team reads it.",
    "interests": "Published with or without a name.",
    "late_reason": "Not published. The team reads it.",
}
OUTCOME_WORDS = {Outcome.PUBLISH: "Publish", Outcome.WITHHOLD: "Withhold"}
VERDICT_WORDS = {
    Verdict.APPROVED: ("Approved", "green"),
    Verdict.SENT_BACK: ("Sent back", "yellow"),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A response that waits, in words."""

    reference: str
    days: int
    who: str
    publish: str
    suggestions: int
    was_sent_back: bool
    proposal: str
    proposed_by: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ShownCut:
    """Words that are taken out, with why."""

    value: str
    words: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """Something to decide about, with its surroundings."""

    name: str
    words: str
    kind: str
    answer: str
    error: str


@dataclass(frozen=True)
class ShownPassage:
    """A text of a response before and after, and what can be marked in it."""

    key: str
    title: str
    hint: str
    marks: PassageMarks
    before: tuple[Piece, ...]
    after: str
    cuts: tuple[ShownCut, ...]
    suggestions: tuple[ShownSuggestion, ...]

    @property
    def is_changed(self) -> bool:
        """Whether something is taken out of it."""
        return bool(self.cuts) or any(each.answer == "take" for each in self.suggestions)


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that was answered by choosing, which there is nothing to take out of."""

    question: str
    answer: str


@dataclass(frozen=True)
class ShownItem:
    """What was said about one item, or about the sender."""

    title: str
    rows: tuple[ShownPassage | Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownRuling:
    """A ruling in words."""

    number: int
    outcome: str
    taken_out: str
    suggestions: str
    note: str
    at: dt.datetime
    by: str
    verdict: str
    colour: str
    reason: str
    looked_at: dt.datetime | None
    looked_by: str


def queue_rows(queue: Queue, today: dt.date, viewer: object) -> tuple[QueueRow, ...]:
    """Return the lines of a queue; `viewer` is the account that looks at it."""
    return tuple(
        QueueRow(
            reference=each.waiting.reference,
            days=max((today - uk_day(each.waiting.submitted_at)).days, 0),
            who=label_of(each.waiting.respondent_class),
            publish="With the name"
            if each.waiting.publish == Publish.NAMED
            else "Without the name",
            suggestions=each.suggestions,
            was_sent_back=each.waiting.verdict == Verdict.SENT_BACK,
            proposal=OUTCOME_WORDS[Outcome(each.waiting.outcome)] if each.waiting.outcome else "",
            proposed_by=each.waiting.proposed_by,
            is_own=each.waiting.proposed_by_id == viewer,
        )
        for each in queue.rows
    )


def who_sent(submission: Submission) -> str:
    """Return what kind of sender it was, without a name."""
    as_whom = submission.respondent.responds_as
    kind = label_of(submission.respondent.respondent_class)
    return f"Organisation: {kind}" if as_whom is RespondsAs.ORGANISATION else f"Individual: {kind}"


def shown_items(
    asking: Asking, submission: Submission, marks: Mapping[str, PassageMarks]
) -> tuple[ShownItem, ...]:
    """Return a whole response as it was written, with what is marked in it."""
    about = tuple(
        shown_passage(marks[key], PERSON_TITLES[key], SHOWN_WHERE[key])
        for key in PERSON_TEXTS
        if key in marks
    )
    items = [ShownItem("Who sent it", about)] if about else []
    by_item: dict[str, list[SentAnswer]] = {}
    for answer in submission.answers:
        by_item.setdefault(answer.key.item, []).append(answer)
    asked = as_asked(asking, submission.answers)
    order = [key for key in asking.items if key in by_item]
    for key in (*order, *(each for each in by_item if each not in asking.items)):
        title = asking.items[key].title if key in asking.items else key
        rows: list[ShownPassage | Choice] = []
        for answer in by_item[key]:
            question = asked.get(answer.key)
            words = question.text if question else answer.key.question
            passage = marks.get(answer.id.hex) if answer.id else None
            if passage is not None:
                rows.append(shown_passage(passage, words))
            elif not answer.given.is_blank:
                said = in_words(question, answer.given) if question else ""
                rows.append(Choice(words, said or ", ".join(answer.given.choices)))
        items.append(ShownItem(title, tuple(rows)))
    return tuple(items)


def shown_passage(marks: PassageMarks, title: str, hint: str = "") -> ShownPassage:
    """Return a passage before and after what is marked in it."""
    text = marks.passage.text
    spans = [each.cut.span for each in marks.taken]
    return ShownPassage(
        key=marks.passage.key,
        title=title,
        hint=hint,
        marks=marks,
        before=pieces(text, spans),
        after=redacted(text, spans),
        cuts=tuple(_shown_cut(marks.passage, each) for each in marks.cuts),
        suggestions=tuple(_shown_suggestion(marks, each) for each in marks.suggestions),
    )


def as_read(asking: Asking, submission: Submission) -> SaidInResponse:
    """Return a response in the words that everybody reads."""
    return said_in(asking, submission)


def is_published(found: Case) -> bool:
    """Say whether everybody may read a response once its consultation has closed."""
    return ruling.is_published(found.submission, found.rulings)


def shown_rulings(rulings: Sequence[Ruling]) -> tuple[ShownRuling, ...]:
    """Return rulings in words, the newest first."""
    return tuple(map(_shown_ruling, reversed(rulings)))


def reasons() -> tuple[tuple[str, str], ...]:
    """Return the reasons to choose from."""
    return tuple(
        (key.value, f"{words[:1].upper()}{words[1:]}") for key, words in REASON_WORDS.items()
    )


def _shown_cut(passage: Passage, noted: NotedCut) -> ShownCut:
    span = noted.cut.span
    return ShownCut(
        mark_text(noted),
        passage.text[span.start : span.end],
        REASON_WORDS[span.reason],
        noted.note,
    )


def _shown_suggestion(marks: PassageMarks, suggestion: Suggestion) -> ShownSuggestion:
    return ShownSuggestion(
        name=f"suggestion-{marks.passage.key}-{suggestion.start}",
        words=marks.passage.text[suggestion.start : suggestion.end],
        kind=KIND_WORDS[suggestion.kind],
        answer=marks.answers.get(suggestion, ""),
        error=marks.suggestion_errors.get(suggestion, ""),
    )


def _shown_ruling(each: Ruling) -> ShownRuling:
    look = each.look
    verdict, colour = VERDICT_WORDS[look.verdict] if look else ("Waits for a second person", "blue")
    total = each.accepted + each.refused
    return ShownRuling(
        number=each.number,
        outcome=OUTCOME_WORDS[each.outcome],
        taken_out=taken_out_words(each),
        suggestions=f"{each.accepted} of {total} taken up" if total else "",
        note=each.note,
        at=each.at,
        by=each.by.name,
        verdict=verdict,
        colour=colour,
        reason=look.reason if look else "",
        looked_at=look.at if look else None,
        looked_by=look.by.name if look else "",
    )
