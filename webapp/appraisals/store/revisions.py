"""Queries over frozen revisions and the signatures under them; nothing here changes a row."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from frameworks.model import SignatureStep
from frameworks.questions import AnswerKey, Given
from webapp.appraisals.models import (
    ReviewRevisionRow,
    ReviewRow,
    RevisionAnswerRow,
    RevisionReasonRow,
    RevisionTextRow,
    SignatureRow,
    SignatureTextRow,
)
from webapp.appraisals.reviews import Frozen, Person, Signature
from webapp.appraisals.seals import SealedAnswer
from webapp.persistence import IntegrityError, Session, new_id, savepoint, violated
from webapp.security import Relation

ONE_FREEZE = "uq_review_revision__review_id_number_attempt"
ONE_SIGNATURE = frozenset({"uq_signature__revision_id_step", "uq_signature__revision_id_place"})


class FrozenAlready(Exception):
    """Somebody else finished this revision first."""


class SignedAlready(Exception):
    """This step of this revision has been signed."""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """Content to be frozen."""

    review_id: uuid.UUID
    number: int
    digest: str
    reason: str
    reason_salt: str
    answers: Sequence[SealedAnswer]


@dataclass(frozen=True, slots=True)
class NewSignature:
    """A signature to be added at its place, 1 for the first."""

    revision_id: uuid.UUID
    step: SignatureStep
    place: int
    person: Person
    remark: str
    digest: str


def add_revision(session: Session, new: NewRevision, now: dt.datetime) -> uuid.UUID:
    """Freeze content as the next attempt at its number; raises FrozenAlready."""
    attempts = _attempts(session, new.review_id, new.number)
    revision = ReviewRevisionRow(
        id=new_id(),
        review_id=new.review_id,
        number=new.number,
        attempt=max(attempts, default=0) + 1,
        digest=new.digest,
        frozen_at=now,
    )
    try:
        with savepoint(session):
            session.add(revision)
    except IntegrityError as error:
        if violated(error) == ONE_FREEZE:
            raise FrozenAlready(f"revision {new.number}") from error
        raise
    if new.reason:
        session.add(
            RevisionReasonRow(revision_id=revision.id, salt=new.reason_salt, text=new.reason)
        )
    _add_answers(session, revision.id, new.answers)
    return revision.id


def list_frozen(session: Session, review_id: uuid.UUID) -> tuple[Frozen, ...]:
    """Return every revision that was frozen, opened again or not, in order, with signatures."""
    statement = (
        select(ReviewRevisionRow, RevisionReasonRow.text, RevisionReasonRow.salt)
        .outerjoin(RevisionReasonRow, RevisionReasonRow.revision_id == ReviewRevisionRow.id)
        .where(ReviewRevisionRow.review_id == review_id)
        .order_by(ReviewRevisionRow.number, ReviewRevisionRow.attempt)
    )
    found = session.execute(statement).all()
    signatures = _signatures(session, [row.id for row, _, _ in found])
    return tuple(
        Frozen(
            id=row.id,
            number=row.number,
            attempt=row.attempt,
            digest=row.digest,
            frozen_at=row.frozen_at,
            reason=reason or "",
            reason_salt=salt or "",
            signatures=tuple(signatures[row.id]),
        )
        for row, reason, salt in found
    )


def list_answers(session: Session, revision_id: uuid.UUID) -> tuple[SealedAnswer, ...]:
    """Return a revision's answers in order; one whose words were erased is blank, unsalted."""
    statement = (
        select(
            RevisionAnswerRow, RevisionTextRow.salt, RevisionTextRow.choices, RevisionTextRow.text
        )
        .outerjoin(RevisionTextRow, RevisionTextRow.answer_id == RevisionAnswerRow.id)
        .where(RevisionAnswerRow.revision_id == revision_id)
        .order_by(RevisionAnswerRow.place)
    )
    return tuple(
        SealedAnswer(
            key=AnswerKey(row.item_key, row.question_key),
            given=_given(choices, text),
            salt=salt or "",
            digest=row.digest,
        )
        for row, salt, choices, text in session.execute(statement)
    )


def add_signature(session: Session, new: NewSignature, now: dt.datetime) -> None:
    """Add a signature; raises SignedAlready where its step or its place is taken."""
    signature = SignatureRow(
        id=new_id(),
        revision_id=new.revision_id,
        step=new.step.key,
        place=new.place,
        previous=new.place - 1 if new.place > 1 else None,
        relation=new.person.relation,
        title=new.step.title,
        words=new.step.words,
        digest=new.digest,
        person_id=new.person.id,
        signed_at=now,
    )
    try:
        with savepoint(session):
            session.add(signature)
    except IntegrityError as error:
        if violated(error) in ONE_SIGNATURE:
            raise SignedAlready("This has been signed already.") from error
        raise
    session.add(
        SignatureTextRow(signature_id=signature.id, name=new.person.name, remark=new.remark)
    )
    session.flush()


def signed_steps(
    session: Session, review_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, frozenset[str]]:
    """Return, for each review, the steps signed of its newest revision."""
    statement = (
        select(ReviewRevisionRow.review_id, SignatureRow.step)
        .join(SignatureRow, SignatureRow.revision_id == ReviewRevisionRow.id)
        .join(ReviewRow, ReviewRow.id == ReviewRevisionRow.review_id)
        .where(
            ReviewRevisionRow.review_id.in_(review_ids),
            ReviewRevisionRow.number == ReviewRow.number,
        )
    )
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for review_id, step in session.execute(statement):
        found[review_id].add(step)
    return {review_id: frozenset(found[review_id]) for review_id in review_ids}


def _attempts(session: Session, review_id: uuid.UUID, number: int) -> list[int]:
    statement = select(ReviewRevisionRow.attempt).where(
        ReviewRevisionRow.review_id == review_id, ReviewRevisionRow.number == number
    )
    return list(session.scalars(statement))


def _add_answers(session: Session, revision_id: uuid.UUID, answers: Iterable[SealedAnswer]) -> None:
    pairs = [
        (
            RevisionAnswerRow(
                id=new_id(),
                revision_id=revision_id,
                place=place,
                item_key=each.key.item,
                question_key=each.key.question,
                digest=each.digest,
            ),
            each,
        )
        for place, each in enumerate(answers, start=1)
    ]
    session.add_all(row for row, _ in pairs)
    session.flush()
    session.add_all(
        RevisionTextRow(
            answer_id=row.id,
            salt=each.salt,
            choices="\n".join(each.given.choices),
            text=each.given.text,
        )
        for row, each in pairs
    )
    session.flush()


def _signatures(
    session: Session, revision_ids: Collection[uuid.UUID]
) -> defaultdict[uuid.UUID, list[Signature]]:
    statement = (
        select(SignatureRow, SignatureTextRow.name, SignatureTextRow.remark)
        .outerjoin(SignatureTextRow, SignatureTextRow.signature_id == SignatureRow.id)
        .where(SignatureRow.revision_id.in_(revision_ids))
        .order_by(SignatureRow.place)
    )
    found: defaultdict[uuid.UUID, list[Signature]] = defaultdict(list)
    for row, name, remark in session.execute(statement):
        found[row.revision_id].append(
            Signature(
                step=row.step,
                place=row.place,
                relation=Relation(row.relation),
                title=row.title,
                words=row.words,
                name=name or "",
                remark=remark or "",
                digest=row.digest,
                person_id=row.person_id,
                signed_at=row.signed_at,
            )
        )
    return found


def _given(choices: str, text: str) -> Given:
    return Given(choices=tuple(choices.split("\n")) if choices else (), text=text or "")
