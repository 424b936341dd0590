"""What stands on a receipt: who sent it, where it stands; and what is missing before sending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exports.document import Fact
from frameworks.digest import short
from webapp.consultations.asking import Asking
from webapp.consultations.editions import Edition
from webapp.consultations.errors import ConsultationError, RespondentMissing
from webapp.consultations.pages.respondent import about_rows
from webapp.consultations.respondents import AboutStep, Publish, Respondent, label_of
from webapp.consultations.response import Submission
from webapp.consultations.submissions import (
    SURGE,
    EventKind,
    Standing,
    SubmissionEvent,
)
from webapp.consultations.traps import FILLED_IN
from webapp.web.times import in_words

MISSING = {
    AboutStep.RESPONDING_AS: "Say how you are responding",
    AboutStep.WHO: "Say who is responding",
    AboutStep.PUBLISHING: "Say what we may publish",
}
WORDS = {
    Standing.COUNTS: ("Counts", "green"),
    Standing.HELD: ("Waits for a look", "yellow"),
    Standing.LATE: ("Late, waits for a decision", "yellow"),
    Standing.NOT_ADMITTED: ("Late, not admitted", "red"),
    Standing.SET_ASIDE: ("Set aside", "red"),
    Standing.REPLACED: ("Replaced", "grey"),
    Standing.WITHDRAWN: ("Withdrawn", "grey"),
    Standing.REMOVED: ("Removed", "red"),
}
HELD_WORDS = {
    SURGE: "Very many responses came within the same minute.",
    FILLED_IN: "A field was filled in that people do not see. Password managers and some programs "
    "that help with reading do that by mistake.",
}
DECISIVE = {
    Standing.NOT_ADMITTED: EventKind.DECLINED,
    Standing.SET_ASIDE: EventKind.SET_ASIDE,
    Standing.REPLACED: EventKind.REPLACED,
    Standing.WITHDRAWN: EventKind.WITHDRAWN,
    Standing.REMOVED: EventKind.REMOVED,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is missing, as an error summary needs it."""

    id: str
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingWords:
    """Where a response stands, for whoever reads its page."""

    standing: Standing
    word: str
    colour: str
    text: tuple[str, ...]
    reason: str = ""
    """Why a person decided so, in that person’s words."""


@dataclass(frozen=True, slots=True)
class PermissionWords:
    """What may be published now; `changed_at` is empty while it is as it was sent."""

    label: str
    name: str
    changed_at: dt.datetime | None


def faults_of(error: ConsultationError) -> tuple[Fault, ...]:
    """Return what must be done before a response can be sent."""
    if isinstance(error, RespondentMissing):
        return tuple(Fault(f"about-{step}", (MISSING[step],)) for step in error.steps)
    return (Fault("answers", ("Answer at least one question before you send your response",)),)


def respondent_facts(asking: Asking, respondent: Respondent) -> tuple[Fact, ...]:
    """Return what was said about who is responding, as a receipt prints it."""
    return tuple(Fact(row.title, "; ".join(row.values)) for row in about_rows(asking, respondent))


def shown_facts(edition: Edition | None) -> tuple[Fact, ...]:
    """Return which edition was answered and the short digest of each of its parts."""
    if edition is None:
        return ()
    digests = (
        ("Text of the consultation", edition.texts_digest),
        ("Impact assessment", edition.impact_assessment_digest),
        ("Privacy notice", edition.privacy_notice_digest),
        (f"Questionnaire, version {edition.questionnaire_version}", edition.questionnaire_digest),
        ("Framework", edition.framework_digest),
    )
    return (
        Fact("Edition of the consultation", str(edition.number)),
        # An older program kept some of them not.
        *(Fact(label, short(digest)) for label, digest in digests if digest),
    )


def held_words(held_for: Iterable[str]) -> tuple[str, ...]:
    """Return why a response is held, in words; a key that nobody knows as it is."""
    return tuple(HELD_WORDS.get(each, each) for each in held_for)


def standing_words(submission: Submission, replaced_by: str = "") -> StandingWords:
    """Return where a response stands; `replaced_by` is the reference of what took its place."""
    standing = submission.standing
    event = _last(submission.events, DECISIVE.get(standing))
    on = in_words(event.at) if event else ""
    return StandingWords(
        standing,
        *WORDS[standing],
        text=tuple(_text(submission, standing, on, replaced_by)),
        reason=event.reason if event else "",
    )


def _text(submission: Submission, standing: Standing, on: str, replaced_by: str) -> Iterable[str]:
    match standing:
        case Standing.COUNTS:
            yield "This response counts. It is read and considered with the others."
            if submission.lodged_late:
                yield "It was lodged after the consultation had closed, and was admitted."
        case Standing.HELD:
            yield "This response was received. A person looks at it before it counts."
            yield from held_words(submission.held_for)
        case Standing.LATE:
            yield (
                "This response was lodged after the consultation had closed. The people who run "
                "it decide whether to admit it; until then it does not count."
            )
        case Standing.NOT_ADMITTED:
            yield "This response was lodged after the consultation had closed."
            yield f"On {on} it was decided not to admit it, so it does not count."
        case Standing.SET_ASIDE:
            yield f"A person looked at this response and set it aside on {on}. It does not count."
        case Standing.REPLACED:
            by = f" by {replaced_by}" if replaced_by else ""
            yield f"This response was replaced{by} on {on}, and no longer counts."
        case Standing.WITHDRAWN:
            yield f"This response was withdrawn on {on}, and does not count."
            if _has_words(submission):
                yield (
                    "The people who run the consultation have to keep what was written for now, "
                    "because of a legal duty. Nobody reads it, and it is erased when that ends."
                )
            else:
                yield "What was written in it, and who wrote it, were erased then."
        case Standing.REMOVED:
            yield (
                f"This response was removed on {on} by the people who run the consultation. "
                "It does not count, and nothing of it will be published."
            )


def permission_words(submission: Submission) -> PermissionWords:
    """Return what may be published of a response now."""
    permission = submission.permission
    changed = _last(submission.events, EventKind.PERMISSION)
    return PermissionWords(
        label=label_of(permission) if permission else "",
        name=submission.respondent.shown_name if permission is Publish.NAMED else "",
        changed_at=changed.at if changed else None,
    )


def _has_words(submission: Submission) -> bool:
    about = submission.respondent
    texts = [answer.given.text for answer in submission.answers]
    return any([*texts, about.name, about.role, about.gathered, about.interests])


def _last(events: Iterable[SubmissionEvent], kind: EventKind | None) -> SubmissionEvent | None:
    found = [event for event in events if event.kind is kind]
    return found[-1] if found else None
