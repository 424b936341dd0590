"""Forms on paper: attached to a review, handed out again, and taken away."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.appraisals.acting import doer, relations_of
from webapp.appraisals.papers import Paper, PaperState
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services.uploads import taken_already
from webapp.appraisals.states import StepRefused
from webapp.appraisals.store import events, papers, reviews, takings
from webapp.appraisals.writing import check_may_transcribe
from webapp.files import FileStore, hold_file, release_file
from webapp.persistence import Session, new_id
from webapp.security import Identity, Relation

TYPISTS = (Relation.APPRAISER, Relation.PREPARER)


class UnknownPaper(Exception):
    """Nothing like that is attached to this review."""


def attach_paper(
    session: Session,
    files: FileStore,
    review_id: uuid.UUID,
    *,
    name: str,
    content: bytes,
    media_type: str,
    identity: Identity,
    now: dt.datetime,
) -> uuid.UUID:
    """Attach a file and return the id of the attachment.

    Raises WritingRefused, NotTheirs, AttachedAlready, and FileRefused for what was taken before.
    """
    review = reviews.lock_review(session, review_id)
    check_may_transcribe(review.state, relations_of(identity, review))
    done_by = doer(identity, review, *TYPISTS)
    sha256 = files.put(content)
    if takings.is_taken(session, review.id, sha256):
        raise taken_already()
    new = Paper(
        id=new_id(),
        review_id=review.id,
        sha256=sha256,
        media_type=media_type,
        size=len(content),
        name=name,
        attached_by=done_by.name,
        attached_at=now,
        state=PaperState.ATTACHED,
        round=0,
        typist_id=None,
        typist_relation=None,
        typed_by="",
        last_check=None,
    )
    papers.add_paper(session, new, done_by.relation)
    hold_file(session, sha256, new.id, now)
    events.add_event(session, review, EventKind.ATTACHED, done_by, now)
    return new.id


def get_paper(session: Session, review_id: uuid.UUID, paper_id: uuid.UUID) -> Paper:
    """Return what is attached to a review; raises UnknownPaper."""
    found = papers.find_paper(session, review_id, paper_id)
    if found is None:
        raise UnknownPaper
    return found


def list_papers(session: Session, review_id: uuid.UUID) -> tuple[Paper, ...]:
    """Return what is attached to a review, the oldest first."""
    return papers.list_papers(session, review_id)


def remove_paper(
    session: Session,
    review_id: uuid.UUID,
    paper_id: uuid.UUID,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Take an attachment away with all that was typed from it, unless it was taken.

    Raises UnknownPaper, WritingRefused, NotTheirs, StepRefused.
    """
    review = reviews.lock_review(session, review_id)
    paper = get_paper(session, review_id, paper_id)
    check_may_transcribe(review.state, relations_of(identity, review))
    if not paper.is_open:
        raise StepRefused("What this form says was taken into the review, so it stays with it.")
    _remove(session, paper)
    done_by = doer(identity, review, *TYPISTS)
    events.add_event(session, review, EventKind.ATTACHMENT_REMOVED, done_by, now)


def remove_papers_of(session: Session, review: Review) -> None:
    """Take away whatever is attached to a review and was not taken; the caller holds it locked."""
    for paper in papers.list_papers(session, review.id):
        if paper.is_open:
            _remove(session, paper)


def _remove(session: Session, paper: Paper) -> None:
    papers.erase_texts(session, paper.id)
    papers.set_state(session, paper, PaperState.REMOVED, paper.round)
    release_file(session, paper.id)
