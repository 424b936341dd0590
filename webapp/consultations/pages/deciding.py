"""What a lead's pages about responses show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.consultations.asking import Asking
from webapp.consultations.pages.receipts import held_words
from webapp.consultations.pages.respondent import (
    AboutRow,
    AnsweredItem,
    about_rows,
    answered_items,
)
from webapp.consultations.respondents import RespondsAs, label_of
from webapp.consultations.response import Submission
from webapp.consultations.submissions import (
    Decision,
    EventKind,
    SubmissionEvent,
    WaitingResponse,
    decisions_on,
)

DECISION_WORDS = {
    Decision.RELEASE: "Release it: it counts",
    Decision.SET_ASIDE: "Set it aside: it does not count",
    Decision.ADMIT: "Admit it: it counts although it came late",
    Decision.DECLINE: "Do not admit it: it does not count",
    Decision.REMOVE: "Remove it: it never counts, and nothing of it is published",
}
EVENT_WORDS = {
    EventKind.REPLACED: "Replaced",
    EventKind.WITHDRAWN: "Withdrawn, and its words and names erased",
    EventKind.PERMISSION: "What may be published was changed",
    EventKind.REMOVED: "Removed",
    EventKind.ADMITTED: "Admitted",
    EventKind.DECLINED: "Not admitted",
    EventKind.RELEASED: "Released",
    EventKind.SET_ASIDE: "Set aside",
}


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A response that waits, in words."""

    reference: str
    submitted_at: dt.datetime
    who: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """What happened to a response, in words; `by` is ‘The sender’ or the name of an account."""

    what: str
    at: dt.datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SaidInResponse:
    """Who sent a response, and what was said in it."""

    about: tuple[AboutRow, ...]
    items: tuple[AnsweredItem, ...]


def held_rows(waiting: Iterable[WaitingResponse]) -> tuple[WaitingRow, ...]:
    """Return the responses that are held, with why."""
    return tuple(_row(each, held_words(each.held_for)) for each in waiting)


def late_rows(waiting: Iterable[WaitingResponse]) -> tuple[WaitingRow, ...]:
    """Return the responses that came late, with what their senders say about that."""
    return tuple(_row(each, (each.late_reason,)) for each in waiting)


def said_in(asking: Asking, submission: Submission) -> SaidInResponse:
    """Return what a response says; what was erased is left out."""
    left = [answer for answer in submission.answers if not answer.given.is_blank]
    return SaidInResponse(about_rows(asking, submission.respondent), answered_items(asking, left))


def decision_choices(submission: Submission) -> tuple[tuple[Decision, str], ...]:
    """Return what can be decided about a response now."""
    return tuple((each, DECISION_WORDS[each]) for each in decisions_on(submission.standing))


def logged(submission: Submission) -> tuple[LoggedEvent, ...]:
    """Return what happened to a response since it was sent, the last first."""
    return tuple(_logged(event) for event in reversed(submission.events))


def _logged(event: SubmissionEvent) -> LoggedEvent:
    what = EVENT_WORDS[event.kind]
    if event.publish:
        what = f"{what} to: {label_of(event.publish)}"
    return LoggedEvent(what, event.at, event.by or "The sender", event.reason)


def _row(response: WaitingResponse, why: tuple[str, ...]) -> WaitingRow:
    who = label_of(response.respondent_class)
    if response.responds_as is RespondsAs.ORGANISATION and response.organisation_name:
        who = f"{response.organisation_name} ({who})"
    return WaitingRow(response.reference, response.submitted_at, who, why)
