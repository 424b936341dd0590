"""Sending a response, once, and what its sender can see of it afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from webapp.consultations.asking import Asking
from webapp.consultations.errors import AnotherDraft, EmptyResponse, NoDraft, RespondentMissing
from webapp.consultations.opening import uk_day
from webapp.consultations.respondents import steps_missing
from webapp.consultations.response import Draft, Receipt, Submission
from webapp.consultations.services.drafts import require_open
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.store import submissions as store
from webapp.persistence import Session, new_id
from webapp.security import tokens

REFERENCE_PREFIX = "BM"
REFERENCE_TRIES = 5


def submission_key(token: str) -> str:
    """Return the key with which the draft behind a token can be sent, once.

    It follows from the token, so that every tab that shows the same draft holds the same key.
    """
    return tokens.hash_token(f"send {token}")


def submit_response(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    key: str,
    asking: Asking,
    secrets: Sequence[str],
    now: dt.datetime,
) -> Receipt:
    """Send the draft behind a token and return its receipt, the same for the same key for ever.

    `secrets` are the installation's keys, newest first. Raises ConsultationNotOpen, NoDraft,
    AnotherDraft, RespondentMissing or EmptyResponse; a response that was sent before the
    consultation closed gets its receipt afterwards too.
    """
    draft = draft_store.lock_outline(session, consultation_id, tokens.hash_token(token))
    if draft is None or not tokens.same_secret(key, submission_key(token)):
        # A draft goes when it is sent: this one may just have been, perhaps by another request.
        sent = _find_receipt_again(session, key, secrets)
        if sent:
            return sent
    require_open(session, consultation_id, now)
    if draft is None:
        raise NoDraft("This response was not started, or it was sent")
    if not tokens.same_secret(key, submission_key(token)):
        raise AnotherDraft("This page belongs to another response")
    receipt = _send(session, draft, key, asking, secrets, now)
    draft_store.delete_draft(session, draft.id)
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


def _code(secret: str, key: str) -> str:
    return tokens.derive_code(secret, "receipt", key)


def _code_hash(code: str) -> str:
    return tokens.hash_token(code)
