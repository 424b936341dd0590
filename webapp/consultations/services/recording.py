"""Taking in a response that came in another way than the website, once, by its key."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from frameworks.rewording import operations_of
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.errors import (
    EmptyResponse,
    NotReceivedThen,
    RespondentMissing,
)
from webapp.consultations.opening import State, uk_day
from webapp.consultations.respondents import Channel, Respondent, steps_missing
from webapp.consultations.response import RecordedReceipt, Submission, Written, kept
from webapp.consultations.services.material import get_asking
from webapp.consultations.services.submissions import REFERENCE_PREFIX, REFERENCE_TRIES
from webapp.consultations.store import consultations as consultation_store
from webapp.consultations.store import recording as store
from webapp.consultations.store.recording import find_recording
from webapp.consultations.store.sending import KeyTaken, ReferenceTaken
from webapp.persistence import Session, new_id
from webapp.security import tokens

__all__ = ["find_recorded", "find_recording", "record_response"]


def record_response(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    respondent: Respondent,
    answers: Mapping[AnswerKey, Given],
    channel: Channel,
    received_at: dt.datetime,
    key: str,
    library: Library,
    taken_in_by: Actor,
    checked_by: Actor,
    now: dt.datetime,
    late_reason: str = "",
) -> RecordedReceipt:
    """Make a response of what somebody sent in another way, the same for the same key for ever.

    It counts as one that was sent when it was received: what was received in time is in time,
    whenever it is taken in, and what came after closing waits for a lead's decision. Nobody has
    a private code for it. Raises NotReceivedThen, RespondentMissing, EmptyResponse, ValueError
    for the website as its channel, or KeyError for a question that is not asked.
    """
    if channel is Channel.WEB:
        raise ValueError("what comes on the website is sent there")
    consultation = consultation_store.share_consultation(session, consultation_id)
    key_hash = _key_hash(consultation_id, key)
    found = _find(session, key_hash)
    if found:
        return found
    _check_received(consultation, received_at, now)
    missing = steps_missing(respondent)
    if missing:
        raise RespondentMissing(missing)
    asking = get_asking(library, consultation)
    written = tuple(_written(asking, answers))
    if not written:
        raise EmptyResponse("Nothing was answered")
    late = received_at >= consultation.ends_at
    for _ in range(REFERENCE_TRIES):
        submission = Submission(
            id=new_id(),
            consultation_id=consultation_id,
            reference=f"{REFERENCE_PREFIX}-{tokens.show_code(tokens.new_code())}",
            submitted_at=received_at,
            respondent=respondent,
            answers=(),
            lodged_late=late,
            late_reason=late_reason if late else "",
            edition=store.find_edition_at(session, consultation_id, received_at),
            channel=channel,
            recorded_at=now,
        )
        try:
            store.add_recorded(
                session,
                submission,
                written,
                key_hash=key_hash,
                # Nobody is told it: its sender has no page here, and no colleague may act as one.
                code_hash=tokens.hash_token(tokens.new_token()),
                submitted_on=uk_day(received_at),
                taken_in_by=taken_in_by,
                checked_by=checked_by,
            )
        except ReferenceTaken:
            continue
        except KeyTaken:
            # Another request recorded the same a moment ago.
            found = _find(session, key_hash)
            if found:
                return found
            raise
        return RecordedReceipt(submission.id, submission.reference, received_at, is_new=True)
    raise RuntimeError(f"no free reference in {REFERENCE_TRIES} tries")


def find_recorded(
    session: Session, *, consultation_id: uuid.UUID, key: str
) -> RecordedReceipt | None:
    """Return what was recorded with a key of a consultation, or None."""
    return _find(session, _key_hash(consultation_id, key))


def _find(session: Session, key_hash: str) -> RecordedReceipt | None:
    found = store.find_recorded(session, key_hash)
    return RecordedReceipt(*found) if found else None


def _key_hash(consultation_id: uuid.UUID, key: str) -> str:
    # Keys are unique within a consultation, and hashes across all of them.
    return tokens.hash_token(f"recorded {consultation_id.hex} {key}")


def _check_received(consultation: Consultation, received_at: dt.datetime, now: dt.datetime) -> None:
    if received_at > now:
        raise NotReceivedThen("A response cannot be received after now")
    if consultation.state is State.DRAFT or uk_day(received_at) < uk_day(
        consultation.details.period.opens_at
    ):
        raise NotReceivedThen(f"“{consultation.title}” was not open yet when this was received")


def _written(asking: Asking, answers: Mapping[AnswerKey, Given]) -> Iterator[Written]:
    for key, answer in answers.items():
        item = asking.items[key.item]
        question = item.by_key[key]
        given = kept(question, answer)
        if given.is_blank or asking.is_present_text(question, given.text):
            continue
        yield Written(
            key=key,
            given=given,
            item_digest=item.digest,
            questionnaire_version=asking.questionnaire.version,
            operations=operations_of(question, given),
        )
