"""A response while it is being written, and after it was sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import dataclass, field
from functools import cached_property

from frameworks.questions import AnswerKey, Given, Question, is_an_answer
from webapp.consultations.asking import Asking
from webapp.consultations.respondents import Channel, Publish, Respondent, RespondsAs
from webapp.consultations.submissions import (
    Standing,
    SubmissionEvent,
    permission_of,
    standing_of,
)

BLANK = Given()


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer of a draft, with the revision that a page must know to change it."""

    key: AnswerKey
    given: Given
    revision: int
    member_id: uuid.UUID | None = None
    """Who of several colleagues changed it last."""
    changed_at: dt.datetime | None = None
    language: str = ""
    """The edition of the words that it is about, such as `cy`; empty for the framework's own."""
    questionnaire_version: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One of several colleagues who write a response together."""

    id: uuid.UUID
    name: str
    is_lead: bool


@dataclass(frozen=True)
class Draft:
    """A response that is being written, as whoever holds one of its passes sees it.

    `member` is who that is among several colleagues, None for somebody who writes alone; `place`
    is where they left off; `replaces_id` is the submission whose place it is to take.
    """

    id: uuid.UUID
    consultation_id: uuid.UUID
    started_at: dt.datetime
    respondent: Respondent
    chosen: tuple[str, ...]
    saved: tuple[SavedAnswer, ...]
    language: str = ""
    replaces_id: uuid.UUID | None = None
    member: Member | None = None
    place: str = ""

    @property
    def saved_at(self) -> dt.datetime | None:
        """When an answer was saved last, by whomever; None before the first."""
        return max((each.changed_at for each in self.saved if each.changed_at), default=None)

    @property
    def is_led(self) -> bool:
        """Whether its holder decides about it: who writes alone, or the lead among colleagues."""
        return self.member is None or self.member.is_lead

    @cached_property
    def by_key(self) -> dict[AnswerKey, SavedAnswer]:
        """Everything that was saved, blanks too, by key."""
        return {answer.key: answer for answer in self.saved}

    @cached_property
    def answers(self) -> dict[AnswerKey, Given]:
        """What counts as an answer, by key; the text of an unchanged wording is never saved."""
        return {each.key: each.given for each in self.saved if not each.given.is_blank}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a page wants to save for one question, and the revision that it was made from."""

    key: AnswerKey
    given: Given
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it is stored in a draft: with the words it is about, and their language.

    `operations` says how a suggested wording was made from the present one; empty without one.
    `language` is the edition of those words, such as `cy`; empty for the framework's own.
    """

    key: AnswerKey
    given: Given
    item_digest: str
    questionnaire_version: str
    operations: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that was changed elsewhere since the page was made: both, and the new revision.

    `by` is the colleague who changed it, None where somebody writes alone, and `at` is when.
    """

    key: AnswerKey
    saved: Given
    sent: Given
    revision: int
    by: uuid.UUID | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One answer of a submission; `language` is the edition of the words that it is about.

    `is_redacted` says whether its words are not those that were written.
    """

    key: AnswerKey
    given: Given
    item_digest: str
    questionnaire_version: str = ""
    language: str = ""
    id: uuid.UUID | None = field(default=None, compare=False)
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a respondent keeps: the public reference and the private code.

    The same however often a response is sent; `is_new` says whether it was just now.
    """

    reference: str
    code: str
    submitted_at: dt.datetime
    responds_as: RespondsAs
    is_new: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Recording:
    """Who took in a response that came in another way, and who checked it, by name."""

    taken_in_by: str
    checked_by: str


@dataclass(frozen=True, slots=True)
class RecordedReceipt:
    """What is known of a response that was taken in; `is_new` says whether it was just now."""

    submission_id: uuid.UUID
    reference: str
    received_at: dt.datetime
    is_new: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Submission:
    """A response that was sent, whole, with what happened to it since.

    `respondent` and `answers` are as they were sent, without names and texts once those were
    erased. `held_for` has what a person should look at before it counts. `edition` is what was
    shown when it was sent; `recorded_at` is when somebody took it in for its sender, None for
    what came on the website.
    """

    id: uuid.UUID
    consultation_id: uuid.UUID
    reference: str
    submitted_at: dt.datetime
    respondent: Respondent
    answers: tuple[SentAnswer, ...]
    replaces_id: uuid.UUID | None = None
    lodged_late: bool = False
    late_reason: str = ""
    held_for: tuple[str, ...] = ()
    language: str = ""
    edition: int = 1
    channel: Channel = Channel.WEB
    recorded_at: dt.datetime | None = None
    events: tuple[SubmissionEvent, ...] = ()

    @property
    def standing(self) -> Standing:
        """What it is now."""
        return standing_of(
            lodged_late=self.lodged_late,
            held_for=self.held_for,
            kinds={event.kind for event in self.events},
        )

    @property
    def permission(self) -> Publish | None:
        """What may be published of it now."""
        sent = self.respondent.publish
        return permission_of(sent, self.events) if sent else None


def attempt_to_save(saved: SavedAnswer | None, attempt: Attempt) -> Given | Clash | None:
    """Return what to write for an attempt, None where nothing changes, or a clash."""
    present = saved.given if saved else BLANK
    revision = saved.revision if saved else 0
    if attempt.given == present:
        return None
    if attempt.revision == 0 and attempt.given == BLANK:
        # A page that showed no answer and sends none says nothing about what came meanwhile.
        return None
    if attempt.revision == revision:
        return attempt.given
    by, at = (saved.member_id, saved.changed_at) if saved else (None, None)
    return Clash(attempt.key, present, attempt.given, revision, by, at)


def kept(question: Question, given: Given) -> Given:
    """Return an answer as it is saved: plain line ends, and blank where it is no answer."""
    if not is_an_answer(question, given):
        return BLANK
    return Given(choices=given.choices, text=plain_lines(given.text))


def text_digest(salt: str, text: str) -> str:
    """Return the digest by which a text can be proved while it and its salt are kept."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def plain_lines(text: str) -> str:
    """Return a text as it is stored: `\\n` line ends, no control characters, trimmed."""
    text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text).strip()


def answers_to_send(asking: Asking, draft: Draft) -> tuple[SentAnswer, ...]:
    """Return the answers of a draft that would be sent, in the order of the list.

    What was answered about something that the respondent took off the list again is not. The
    store follows the same rule when it copies them.
    """
    positions = draft.respondent.positions
    return tuple(
        SentAnswer(
            question.key,
            draft.answers[question.key],
            item.digest,
            draft.by_key[question.key].questionnaire_version,
            draft.by_key[question.key].language,
        )
        for item in asking.items_for(draft.chosen, positions)
        for question in asking.questions_of(item, positions)
        if question.key in draft.answers
    )
