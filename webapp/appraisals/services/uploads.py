"""Filled forms that are brought back: kept, shown with what they would change, taken or dropped."""

from __future__ import annotations

import datetime as dt
import uuid

from exports.forms.filled import FileRefused, Reason
from frameworks.review import ReviewForm
from webapp.appraisals.acting import doer, human_id, relations_of
from webapp.appraisals.brought import Brought, as_text, check_belongs, from_text
from webapp.appraisals.merging import Merge, merge
from webapp.appraisals.reasons import checked_reason
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services.copies import FILLERS, carried_by
from webapp.appraisals.services.taking import Choices, save_merged
from webapp.appraisals.store import copies, drafts, events, reviews, takings, uploads
from webapp.appraisals.store.takings import FileTakenAlready, NewTaking, Taking
from webapp.appraisals.store.uploads import Upload
from webapp.appraisals.writing import check_may_fill_in, writable_sections, writers
from webapp.files import FileStore, hold_file, release_file
from webapp.persistence import Session, new_id
from webapp.security import Identity, Relation

KEPT_FOR = dt.timedelta(days=7)
"""How long a filled form waits to be taken before it is forgotten."""


class UnknownUpload(Exception):
    """There is no such filled form, or it is somebody else's, or it was discarded."""


def taken_already() -> FileRefused:
    """Return the refusal of a file whose answers are in this review already."""
    return FileRefused(
        Reason.TAKEN_ALREADY,
        "The answers of this very file were taken into this review before. "
        "To change an answer, change it in the form and bring that back, or change it here.",
    )


def keep_upload(
    session: Session,
    files: FileStore,
    review_id: uuid.UUID,
    form: ReviewForm,
    brought: Brought,
    *,
    name: str,
    content: bytes,
    identity: Identity,
    now: dt.datetime,
) -> uuid.UUID:
    """Keep a filled form for its sender to look at what it would change, and return its id.

    Raises WritingRefused, NotTheirs, and FileRefused where it does not belong to this review.
    """
    review = reviews.hold_review(session, review_id)
    check_may_fill_in(review.state, relations_of(identity, review))
    issued_for = copies.list_reviews_of(session, brought.identifier)
    check_belongs(brought, review, form, issued_for)
    if takings.is_taken(session, review.id, brought.sha256):
        raise taken_already()
    is_copy = brought.prefilled or bool(issued_for)
    new = Upload(
        id=new_id(),
        review_id=review.id,
        sender_id=human_id(identity, review),
        relation=doer(identity, review, *FILLERS).relation,
        sha256=files.put(content),
        copy=brought.identifier if is_copy else "",
        sent_at=now,
        is_taken=False,
        name=name,
        said=as_text(brought),
    )
    uploads.add_upload(session, new)
    hold_file(session, new.sha256, new.id, now)
    return new.id


def get_upload(
    session: Session, review: Review, upload_id: uuid.UUID, identity: Identity
) -> Upload:
    """Return what somebody sent themself; raises UnknownUpload."""
    found = uploads.find_upload(session, review.id, upload_id, human_id(identity, review))
    if found is None:
        raise UnknownUpload
    return found


def merge_upload(
    session: Session, review: Review, form: ReviewForm, upload: Upload, identity: Identity
) -> Merge:
    """Return what taking a filled form would change now."""
    brought = from_text(upload.said)
    relations = relations_of(identity, review)
    return merge(
        form,
        drafts.list_drafts(session, review.id),
        brought.answers,
        carried=carried_by(session, review.id, upload.copy),
        writable={each.key for each in writable_sections(form, review.state, relations)},
        continued=brought.continued,
    )


def is_correction(session: Session, upload: Upload) -> bool:
    """Say whether another file made of the same copy was taken before, so that a reason is due."""
    return bool(upload.copy) and takings.is_copy_taken(session, upload.review_id, upload.copy)


def take_upload(
    session: Session,
    review_id: uuid.UUID,
    upload_id: uuid.UUID,
    form: ReviewForm,
    choices: Choices,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Save what a filled form says as somebody chose; sent twice it is taken once.

    Raises UnknownUpload, WritingRefused, ReasonNeeded, ChangedSincePreview, ChoiceMissing, and
    FileRefused where the same file was taken meanwhile; then nothing is saved.
    """
    review = reviews.lock_review(session, review_id)
    upload = get_upload(session, review, upload_id, identity)
    if upload.is_taken:
        return
    check_may_fill_in(review.state, relations_of(identity, review))
    if takings.is_taken(session, review.id, upload.sha256):
        raise taken_already()
    reason = checked_reason(choices.reason) if is_correction(session, upload) else ""
    merged = merge_upload(session, review, form, upload, identity)
    saves = save_merged(
        session, review, form, merged, choices, _relations(form, review, identity), now
    )
    event_id = events.add_event(
        session,
        review,
        EventKind.FORM_TAKEN,
        doer(identity, review, *FILLERS),
        now,
        detail=reason,
    )
    taking = NewTaking(review.id, upload.sha256, event_id, upload.copy, upload_id=upload.id)
    try:
        takings.add_taking(session, taking, saves)
    except FileTakenAlready as error:
        raise taken_already() from error
    uploads.set_taken(session, upload.id)


def discard_upload(
    session: Session, review: Review, upload_id: uuid.UUID, identity: Identity
) -> None:
    """Forget a filled form that was not taken; asked twice, once."""
    upload = uploads.find_upload(session, review.id, upload_id, human_id(identity, review))
    if upload is not None and not upload.is_taken:
        _forget(session, upload.id)


def discard_uploads_of(session: Session, review_id: uuid.UUID) -> None:
    """Forget the filled forms of a review that nobody took."""
    while pending := uploads.list_pending(session, review_id=review_id):
        for upload_id in pending:
            _forget(session, upload_id)


def forget_uploads(session: Session, now: dt.datetime) -> bool:
    """Forget filled forms that nobody took for a week; True where there may be more."""
    pending = uploads.list_pending(session, before=now - KEPT_FOR)
    for upload_id in pending:
        _forget(session, upload_id)
    return bool(pending)


def list_forms_taken(session: Session, review_id: uuid.UUID) -> tuple[Taking, ...]:
    """Return the filled forms that were taken into a review, the oldest first."""
    return takings.list_forms(session, review_id)


def get_form_taken(session: Session, review_id: uuid.UUID, taking_id: uuid.UUID) -> str:
    """Return the SHA-256 of a file that was taken into a review; raises UnknownUpload."""
    found = takings.find_sha256(session, review_id, taking_id)
    if found is None:
        raise UnknownUpload
    return found


def _forget(session: Session, upload_id: uuid.UUID) -> None:
    uploads.delete_upload(session, upload_id)
    release_file(session, upload_id)


def _relations(form: ReviewForm, review: Review, identity: Identity) -> dict[str, Relation]:
    relations = relations_of(identity, review)
    return {
        section.key: next(each for each in writers(section.key) if each in relations)
        for section in writable_sections(form, review.state, relations)
    }
