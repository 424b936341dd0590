"""Queries over forms on paper that were attached, and what was typed from them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Select, delete, select, update

from frameworks.questions import AnswerKey, Given
from webapp.appraisals.models import (
    AttachmentRow,
    AttachmentTextRow,
    TranscribedTextRow,
    TranscriptionCheckRow,
    TranscriptionCheckTextRow,
    TranscriptionRow,
)
from webapp.appraisals.papers import Check, Paper, PaperState
from webapp.appraisals.reviews import Draft
from webapp.persistence import IntegrityError, Session, guarded_update, new_id, savepoint, violated
from webapp.security import Relation

ONE_PAPER = "uq_review_attachment__kept"
ANOTHER_PERSON = frozenset(
    {"ck_transcription_check__another_person", "ck_transcription_check__another_relation"}
)


class AttachedAlready(Exception):
    """This very file is attached to this review."""


class SamePerson(Exception):
    """Whoever typed something cannot be the one who checks it."""


@dataclass(frozen=True, slots=True)
class NewCheck:
    """A comparison to be recorded."""

    checker_id: uuid.UUID
    relation: Relation
    name: str
    is_right: bool
    reason: str


def add_paper(session: Session, new: Paper, relation: Relation) -> None:
    """Attach a file; raises AttachedAlready."""
    row = AttachmentRow(
        id=new.id,
        review_id=new.review_id,
        sha256=new.sha256,
        media_type=new.media_type,
        size=new.size,
        relation=relation,
        attached_at=new.attached_at,
        state=new.state,
        round=new.round,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) == ONE_PAPER:
            raise AttachedAlready(new.sha256) from error
        raise
    session.add(
        AttachmentTextRow(
            attachment_id=new.id, name=new.name, attached_by=new.attached_by, typed_by=""
        )
    )
    session.flush()


def find_paper(session: Session, review_id: uuid.UUID, paper_id: uuid.UUID) -> Paper | None:
    """Return an attached file of a review, or None; one that was removed is not there."""
    statement = _papers(review_id).where(AttachmentRow.id == paper_id)
    found = [_paper(session, *row) for row in session.execute(statement).all()]
    return found[0] if found else None


def list_papers(session: Session, review_id: uuid.UUID) -> tuple[Paper, ...]:
    """Return the attached files of a review, the oldest first."""
    statement = _papers(review_id).order_by(AttachmentRow.attached_at, AttachmentRow.id)
    return tuple(_paper(session, *row) for row in session.execute(statement).all())


def set_typist(
    session: Session, paper: Paper, typist_id: uuid.UUID, relation: Relation, name: str
) -> None:
    """Record who types an attachment that nobody types yet, and as what they do it now."""
    session.execute(
        update(AttachmentRow)
        .where(AttachmentRow.id == paper.id)
        .values(typist_id=typist_id, typist_relation=relation)
    )
    session.execute(
        update(AttachmentTextRow)
        .where(AttachmentTextRow.attachment_id == paper.id)
        .values(typed_by=name)
    )


def set_state(session: Session, paper: Paper, after: PaperState, finished: int) -> bool:
    """Move an attachment on from where it was seen; False if somebody was quicker."""
    statement = (
        update(AttachmentRow)
        .where(
            AttachmentRow.id == paper.id,
            AttachmentRow.state == paper.state,
            AttachmentRow.round == paper.round,
        )
        .values(state=after, round=finished)
    )
    return guarded_update(session, statement)


def list_typed(session: Session, paper: Paper) -> dict[AnswerKey, Draft]:
    """Return what was typed from an attachment, blanked answers too."""
    statement = (
        select(TranscribedTextRow)
        .where(TranscribedTextRow.attachment_id == paper.id)
        .execution_options(populate_existing=True)
    )
    relation = paper.typist_relation or Relation.APPRAISER
    typed = [_typed(row, relation) for row in session.scalars(statement)]
    return {each.key: each for each in sorted(typed, key=lambda each: each.key)}


def set_typed(session: Session, paper: Paper, typed: Draft) -> None:
    """Keep what was typed for one question; the caller holds the review locked."""
    values = {
        "revision": typed.revision,
        "choices": "\n".join(typed.given.choices),
        "text": typed.given.text,
        "typed_at": typed.saved_at,
    }
    place = {
        "attachment_id": paper.id,
        "item_key": typed.key.item,
        "question_key": typed.key.question,
    }
    if typed.revision == 1:
        session.add(TranscribedTextRow(**place, **values))
        session.flush()
        return
    statement = update(TranscribedTextRow).filter_by(**place).values(**values)
    if not guarded_update(session, statement):
        raise LookupError(f"nothing was typed yet for {typed.key}")


def add_transcription(session: Session, paper: Paper, finished: int, now: dt.datetime) -> None:
    """Record that an attachment was typed to the end, for the n-th time."""
    session.add(
        TranscriptionRow(
            id=new_id(),
            attachment_id=paper.id,
            round=finished,
            typist_id=paper.typist_id,
            typist_relation=paper.typist_relation,
            finished_at=now,
        )
    )
    session.flush()


def add_check(session: Session, paper: Paper, new: NewCheck, now: dt.datetime) -> None:
    """Record the check of the newest transcription; raises SamePerson, as the database says."""
    transcription = session.scalars(
        select(TranscriptionRow).where(
            TranscriptionRow.attachment_id == paper.id, TranscriptionRow.round == paper.round
        )
    ).one()
    row = TranscriptionCheckRow(
        id=new_id(),
        transcription_id=transcription.id,
        typist_id=transcription.typist_id,
        typist_relation=transcription.typist_relation,
        checker_id=new.checker_id,
        checker_relation=new.relation,
        is_right=new.is_right,
        checked_at=now,
    )
    try:
        with savepoint(session):
            session.add(row)
    except IntegrityError as error:
        if violated(error) in ANOTHER_PERSON:
            raise SamePerson("Somebody else than who typed it has to check it.") from error
        raise
    session.add(TranscriptionCheckTextRow(check_id=row.id, name=new.name, reason=new.reason))
    session.flush()


def erase_texts(session: Session, paper_id: uuid.UUID) -> None:
    """Erase what was typed from an attachment, what it was called and what was said about it."""
    checks = (
        select(TranscriptionCheckRow.id)
        .join(TranscriptionRow, TranscriptionRow.id == TranscriptionCheckRow.transcription_id)
        .where(TranscriptionRow.attachment_id == paper_id)
    )
    session.execute(
        delete(TranscriptionCheckTextRow).where(TranscriptionCheckTextRow.check_id.in_(checks))
    )
    session.execute(delete(TranscribedTextRow).where(TranscribedTextRow.attachment_id == paper_id))
    session.execute(delete(AttachmentTextRow).where(AttachmentTextRow.attachment_id == paper_id))


def _papers(review_id: uuid.UUID) -> Select[AttachmentRow, str, str, str]:
    return (
        select(
            AttachmentRow,
            AttachmentTextRow.name,
            AttachmentTextRow.attached_by,
            AttachmentTextRow.typed_by,
        )
        .outerjoin(AttachmentTextRow, AttachmentTextRow.attachment_id == AttachmentRow.id)
        .where(AttachmentRow.review_id == review_id, AttachmentRow.state != PaperState.REMOVED)
        .execution_options(populate_existing=True)
    )


def _paper(
    session: Session, row: AttachmentRow, name: str, attached_by: str, typed_by: str
) -> Paper:
    return Paper(
        id=row.id,
        review_id=row.review_id,
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        name=name or "",
        attached_by=attached_by or "",
        attached_at=row.attached_at,
        state=PaperState(row.state),
        round=row.round,
        typist_id=row.typist_id,
        typist_relation=Relation(row.typist_relation) if row.typist_relation else None,
        typed_by=typed_by or "",
        last_check=_last_check(session, row),
    )


def _last_check(session: Session, row: AttachmentRow) -> Check | None:
    statement = (
        select(
            TranscriptionCheckRow, TranscriptionCheckTextRow.name, TranscriptionCheckTextRow.reason
        )
        .join(TranscriptionRow, TranscriptionRow.id == TranscriptionCheckRow.transcription_id)
        .outerjoin(
            TranscriptionCheckTextRow,
            TranscriptionCheckTextRow.check_id == TranscriptionCheckRow.id,
        )
        .where(TranscriptionRow.attachment_id == row.id)
        .order_by(TranscriptionRow.round.desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        return None
    check, name, reason = found
    return Check(
        name=name or "",
        is_right=check.is_right,
        reason=reason or "",
        checked_at=check.checked_at,
    )


def _typed(row: TranscribedTextRow, relation: Relation) -> Draft:
    return Draft(
        key=AnswerKey(row.item_key, row.question_key),
        given=Given(choices=tuple(row.choices.split("\n")) if row.choices else (), text=row.text),
        revision=row.revision,
        saved_at=row.typed_at,
        saved_by=relation,
    )
