"""Erasing words and names, and doing it again in a database that came out of a backup."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations.respondents import Publish
from webapp.consultations.response import Submission
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.store import erasures, events
from webapp.consultations.store import submissions as store
from webapp.consultations.submissions import RESPONSE_WITHDRAWN, EventKind, Kept
from webapp.persistence import Session
from webapp.retention.services import Erasers, is_held, record_erasure

RESPONSE_UNNAMED = "response.unnamed"
RESPONSE_UNPUBLISHED = "response.unpublished"
NAMES_ERASED = "consultation.names"
WORDS_ERASED = "consultation.words"

OF_PERMISSION = {
    Publish.UNNAMED: RESPONSE_UNNAMED,
    Publish.NOT_AT_ALL: RESPONSE_UNPUBLISHED,
}
"""What the journal says of a permission that was taken back, so that a restore keeps to it."""

_SENT_FROM = uuid.UUID("5f0a3f0e-6f5d-4a43-9d53-2a1f5b1c9a77")


def submission_id_of(draft_id: uuid.UUID) -> uuid.UUID:
    """Return the id of what is sent of a draft.

    It follows from the draft, so that the draft of a withdrawn response can be told in an older
    copy of the database, where it was not sent yet.
    """
    return uuid.uuid5(_SENT_FROM, draft_id.hex)


def withdraw(session: Session, submission: Submission, now: dt.datetime) -> None:
    """Withdraw a response that is locked, and erase its words and those of what it replaced.

    Under a hold the words stay, unseen, until that is lifted; `erase_leftovers` erases them then.
    """
    held = is_held(session, submission.consultation_id)
    events.add_event(session, submission.id, EventKind.WITHDRAWN, now)
    each = submission
    while True:
        record_erasure(session, RESPONSE_WITHDRAWN, each.id, now)
        if not held:
            erasures.erase_words(session, each)
        if each.replaces_id is None:
            return
        each = store.lock_by_id(session, each.replaces_id)


def keep_name(
    session: Session, submission: Submission, publish: Publish, name: str, now: dt.datetime
) -> bool:
    """Make this the name of an individual, or erase it, and say whether it is another now.

    Under a hold a name that is to be erased stays, unseen.
    """
    is_another = submission.respondent.name != name and (
        name != "" or not is_held(session, submission.consultation_id)
    )
    if is_another:
        erasures.keep_name(session, submission.id, name)
    if submission.permission is not publish and publish in OF_PERMISSION:
        record_erasure(session, OF_PERMISSION[publish], submission.id, now)
    return is_another


def withdraw_again(session: Session, submission_id: uuid.UUID, at: dt.datetime) -> None:
    """Withdraw what a journal says was withdrawn, or the draft that it had yet to be sent of."""
    submission = store.find_by_id(session, submission_id, locked=True)
    if submission is None:
        for draft_id in draft_store.list_ids(session):
            if submission_id_of(draft_id) == submission_id:
                draft_store.delete_draft(session, draft_id)
        return
    if not submission.standing.is_over:
        events.add_event(session, submission_id, EventKind.WITHDRAWN, at)
    if not is_held(session, submission.consultation_id):
        erasures.erase_words(session, submission)


def _unname_again(session: Session, submission_id: uuid.UUID, at: dt.datetime) -> None:
    _take_back(session, submission_id, Publish.UNNAMED, at)


def _unpublish_again(session: Session, submission_id: uuid.UUID, at: dt.datetime) -> None:
    _take_back(session, submission_id, Publish.NOT_AT_ALL, at)


def _take_back(
    session: Session, submission_id: uuid.UUID, publish: Publish, at: dt.datetime
) -> None:
    submission = store.find_by_id(session, submission_id, locked=True)
    if submission is None:
        return
    if submission.permission is not publish:
        events.add_event(session, submission_id, EventKind.PERMISSION, at, publish=publish)
    erasures.erase_unneeded_names(session, submission.consultation_id)


def count_kept(session: Session, consultation_id: uuid.UUID) -> Kept:
    """Return how much is still kept of what people sent to a consultation."""
    return erasures.count_kept(session, consultation_id)


def erase_names(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> int:
    """Erase who sent the responses of a consultation; return how many had a name or the like."""
    record_erasure(session, NAMES_ERASED, consultation_id, now)
    return erasures.erase_people(session, consultation_id)


def erase_words(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> int:
    """Erase every word of the responses of a consultation; return how many texts there were.

    What was chosen stays, and the digests of the texts; their salts go.
    """
    record_erasure(session, WORDS_ERASED, consultation_id, now)
    return erasures.erase_texts(session, consultation_id)


def erase_leftovers(session: Session, consultation_id: uuid.UUID) -> int:
    """Erase what a hold kept of withdrawn responses and of names that may not be published."""
    unneeded = erasures.erase_unneeded_names(session, consultation_id)
    return unneeded + erasures.erase_withdrawn(session, consultation_id)


def _names_again(session: Session, consultation_id: uuid.UUID, _at: dt.datetime) -> None:
    erasures.erase_people(session, consultation_id)


def _words_again(session: Session, consultation_id: uuid.UUID, _at: dt.datetime) -> None:
    erasures.erase_texts(session, consultation_id)


ERASERS: Erasers = {
    RESPONSE_WITHDRAWN: withdraw_again,
    RESPONSE_UNNAMED: _unname_again,
    RESPONSE_UNPUBLISHED: _unpublish_again,
    NAMES_ERASED: _names_again,
    WORDS_ERASED: _words_again,
}
