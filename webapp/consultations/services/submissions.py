"""Sending a response, once, and what its sender can see of it afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from frameworks.library import Library
from webapp.consultations.asking import Asking
from webapp.consultations.errors import (
    AnotherDraft,
    ConsultationNotOpen,
    EmptyResponse,
    NoDraft,
    RespondentMissing,
)
from webapp.consultations.opening import uk_day
from webapp.consultations.respondents import steps_missing
from webapp.consultations.response import Draft, Receipt, Submission
from webapp.consultations.services.drafts import check_open
from webapp.consultations.services.material import get_asking
from webapp.consultations.store import consultations as consultation_store
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.store import submissions as store
from webapp.persistence import Session, new_id
from webapp.security import tokens

REFERENCE_PREFIX = "BM"
REFERENCE_TRIES = 5
KEY_LENGTH = 28


def submission_key(secret: str, draft_id: uuid.UUID) -> str:
    """Return the key with which a draft can be sent, once; `secret` is the installation's.

    It follows from the draft, so that every tab and device that shows it holds the same key.
    """
    return tokens.derive_code(secret, "send", draft_id.hex, length=KEY_LENGTH)


def submit_response(
    session: Session,
    *,
    slug: str,
    token: str,
    key: str,
    library: Library,
    secrets: Sequence[str],
    now: dt.datetime,
) -> Receipt:
    """Send the draft behind a token and return its receipt, the same for the same key for ever.

    `slug` is the consultation's address: every statement counts here, so it is looked up once.
    `secrets` are the installation's keys, newest first. Raises ConsultationNotOpen, NoDraft,
    AnotherDraft, RespondentMissing or EmptyResponse; a response that was sent before the
    consultation closed gets its receipt afterwards too.
    """
    consultation = consultation_store.share_by_slug(session, slug)
    if consultation is None:
        raise ConsultationNotOpen("There is no such consultation")
    draft = draft_store.lock_outline(session, consultation.id, tokens.hash_token(token))
    fits = draft is not None and _fits(key, draft.id, secrets)
    if not fits:
        # Nobody finds a draft that was sent: this one may just have been, by another request.
        sent = _find_receipt_again(session, key, secrets)
        if sent:
            return sent
    check_open(consultation, now)
    if draft is None:
        raise NoDraft("This response was not started, or it was sent")
    if not fits:
        raise AnotherDraft("This page belongs to another response")
    receipt = _send(session, draft, key, get_asking(library, consultation), secrets, now)
    draft_store.mark_sent(session, draft.id, now)
    return receipt


def find_receipt(session: Session, code: str) -> Submission | None:
    """Return what was sent, whole, by the private code as somebody typed it, or None."""
    return store.find_submission(session, _code_hash(tokens.read_code(code)))


def _send(
    session: Session,
    draft: Draft,
    key: str,
    asking: Asking,
    secrets: Sequence[str],
    now: dt.datetime,
) -> Receipt:
    missing = steps_missing(draft.respondent)
    if missing:
        raise RespondentMissing(missing)
    code = _code(secrets[0], key)
    items = asking.items_for(draft.chosen, draft.respondent.positions)
    for _ in range(REFERENCE_TRIES):
        submission = _submission(draft, now)
        try:
            store.send_draft(
                session,
                draft,
                submission,
                about=[item.key for item in items],
                key_hash=tokens.hash_token(key),
                code_hash=_code_hash(code),
                submitted_on=uk_day(now),
                questionnaire_version=asking.questionnaire.version,
            )
        except store.NothingToSend as error:
            raise EmptyResponse("Nothing was answered") from error
        except store.ReferenceTaken:
            continue
        except store.KeyTaken:
            sent = _find_receipt_again(session, key, secrets)
            if sent:
                return sent
            raise
        return Receipt(submission.reference, tokens.show_code(code), now)
    raise RuntimeError(f"no free reference in {REFERENCE_TRIES} tries")


def _submission(draft: Draft, now: dt.datetime) -> Submission:
    return Submission(
        id=new_id(),
        consultation_id=draft.consultation_id,
        reference=f"{REFERENCE_PREFIX}-{tokens.show_code(tokens.new_code())}",
        submitted_at=now,
        respondent=draft.respondent,
        answers=(),
    )


def _find_receipt_again(session: Session, key: str, secrets: Sequence[str]) -> Receipt | None:
    sent = store.find_sent(session, tokens.hash_token(key))
    if sent is None:
        return None
    for secret in secrets:
        code = _code(secret, key)
        if _code_hash(code) == sent.code_hash:
            return Receipt(sent.reference, tokens.show_code(code), sent.submitted_at)
    # The secret of that time was retired: the sender has the code, or nobody has.
    return Receipt(sent.reference, "", sent.submitted_at)


def _fits(key: str, draft_id: uuid.UUID, secrets: Sequence[str]) -> bool:
    # A page may have been opened before the newest secret came.
    return any(tokens.same_secret(key, submission_key(each, draft_id)) for each in secrets)


def _code(secret: str, key: str) -> str:
    return tokens.derive_code(secret, "receipt", key)


def _code_hash(code: str) -> str:
    return tokens.hash_token(code)
