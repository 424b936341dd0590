"""Sending a response, once, and lodging one after closing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from frameworks.library import Library
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import (
    AnotherDraft,
    CannotReplace,
    ConsultationNotOpen,
    EditionChanged,
    EmptyResponse,
    NoDraft,
    RespondentMissing,
    StillOpen,
)
from webapp.consultations.opening import Phase, uk_day
from webapp.consultations.respondents import RespondsAs, steps_missing
from webapp.consultations.response import Draft, Receipt, Submission
from webapp.consultations.services.drafts import KEPT_AFTER_CLOSING, check_open, require_lead
from webapp.consultations.services.erasing import submission_id_of
from webapp.consultations.services.material import get_asking
from webapp.consultations.store import consultations as consultation_store
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.store import events
from webapp.consultations.store import sending as sending_store
from webapp.consultations.store import submissions as store
from webapp.consultations.submissions import EventKind
from webapp.persistence import Session
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
    held_for: Sequence[str] = (),
    alone: bool = False,
    edition: int | None = None,
) -> Receipt:
    """Send the draft behind a token and return its receipt, the same for the same key for ever.

    `slug` is the consultation's address: every statement counts here, so it is looked up once.
    `secrets` are the installation's keys, newest first. `held_for` says what a person should look
    at before it counts; `alone` sends a response on its own that was to replace another. `edition`
    is what the sender's page showed, None where there was no page. Raises ConsultationNotOpen,
    NoDraft, AnotherDraft, EditionChanged, NotTheLead, RespondentMissing, EmptyResponse, or
    CannotReplace; a response that was sent before the consultation closed gets its receipt
    afterwards too.
    """
    found = _draft_or_receipt(session, slug, token, key, secrets)
    if isinstance(found, Receipt):
        return found
    consultation, draft, fits = found
    check_open(consultation, now)
    draft = _sendable(draft, fits)
    if edition is not None and edition != consultation.edition:
        raise EditionChanged(edition, consultation.edition)
    replaced = None if alone else _to_replace(session, draft)
    sending = _Sending(key, secrets, get_asking(library, consultation), now, consultation.edition)
    receipt = _send(
        session,
        draft,
        sending,
        replaces_id=replaced.id if replaced else None,
        held_for=tuple(held_for),
    )
    if replaced and receipt.is_new:
        events.add_event(session, replaced.id, EventKind.REPLACED, now)
    return receipt


def lodge_response(
    session: Session,
    *,
    slug: str,
    token: str,
    key: str,
    reason: str,
    library: Library,
    secrets: Sequence[str],
    now: dt.datetime,
) -> Receipt:
    """Lodge a draft that was begun in time and not sent, for a lead to decide whether it counts.

    `reason` says why it comes late. What it was to replace goes on counting until this is
    admitted. Raises StillOpen, and ConsultationNotOpen once it is too late for this too;
    otherwise as `submit_response`, with the same key and the same receipt.
    """
    found = _draft_or_receipt(session, slug, token, key, secrets)
    if isinstance(found, Receipt):
        return found
    consultation, draft, fits = found
    if consultation.phase(now) is Phase.OPEN:
        raise StillOpen("This consultation is open: the response can be sent")
    if not may_be_lodged(consultation, now):
        raise ConsultationNotOpen(f"“{consultation.title}” closed too long ago")
    draft = _sendable(draft, fits)
    sending = _Sending(key, secrets, get_asking(library, consultation), now, consultation.edition)
    return _send(
        session, draft, sending, replaces_id=draft.replaces_id, lodged_late=True, late_reason=reason
    )


def may_be_lodged(consultation: Consultation, now: dt.datetime) -> bool:
    """Say whether a draft of a consultation can be lodged late: for a while after closing."""
    closed = consultation.phase(now) is Phase.CLOSED
    return closed and now < consultation.ends_at + KEPT_AFTER_CLOSING


@dataclass(frozen=True, slots=True)
class _Sending:
    """What is the same for everything that one request sends."""

    key: str
    secrets: Sequence[str]
    asking: Asking
    now: dt.datetime
    edition: int


def _draft_or_receipt(
    session: Session, slug: str, token: str, key: str, secrets: Sequence[str]
) -> Receipt | tuple[Consultation, Draft | None, bool]:
    """Lock the draft behind a token and say whether the key is its own; or find what was sent."""
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
    return consultation, draft, fits


def _sendable(draft: Draft | None, fits: bool) -> Draft:
    if draft is None:
        raise NoDraft("This response was not started, or it was sent")
    require_lead(draft)
    if not fits:
        raise AnotherDraft("This page belongs to another response")
    missing = steps_missing(draft.respondent)
    if missing:
        raise RespondentMissing(missing)
    return draft


def _to_replace(session: Session, draft: Draft) -> Submission | None:
    if draft.replaces_id is None:
        return None
    earlier = store.lock_by_id(session, draft.replaces_id)
    if earlier.standing.is_over:
        raise CannotReplace(earlier)
    return earlier


def _send(
    session: Session,
    draft: Draft,
    sending: _Sending,
    *,
    replaces_id: uuid.UUID | None,
    held_for: tuple[str, ...] = (),
    lodged_late: bool = False,
    late_reason: str = "",
) -> Receipt:
    code = _code(sending.secrets[0], sending.key)
    items = sending.asking.items_for(draft.chosen, draft.respondent.positions)
    for _ in range(REFERENCE_TRIES):
        submission = Submission(
            id=submission_id_of(draft.id),
            consultation_id=draft.consultation_id,
            reference=f"{REFERENCE_PREFIX}-{tokens.show_code(tokens.new_code())}",
            submitted_at=sending.now,
            respondent=draft.respondent,
            answers=(),
            replaces_id=replaces_id,
            lodged_late=lodged_late,
            late_reason=late_reason,
            held_for=held_for,
            language=draft.language,
            edition=sending.edition,
        )
        try:
            sending_store.send_draft(
                session,
                draft,
                submission,
                about=[item.key for item in items],
                key_hash=tokens.hash_token(sending.key),
                code_hash=hash_code(code),
                submitted_on=uk_day(sending.now),
            )
        except sending_store.NothingToSend as error:
            raise EmptyResponse("Nothing was answered") from error
        except sending_store.ReferenceTaken:
            continue
        except sending_store.KeyTaken:
            sent = _find_receipt_again(session, sending.key, sending.secrets)
            if sent:
                return sent
            raise
        draft_store.mark_sent(session, draft.id, sending.now)
        responds_as = draft.respondent.responds_as or RespondsAs.INDIVIDUAL
        return Receipt(
            submission.reference, tokens.show_code(code), sending.now, responds_as, is_new=True
        )
    raise RuntimeError(f"no free reference in {REFERENCE_TRIES} tries")


def _find_receipt_again(session: Session, key: str, secrets: Sequence[str]) -> Receipt | None:
    sent = sending_store.find_sent(session, tokens.hash_token(key))
    if sent is None:
        return None
    for secret in secrets:
        code = _code(secret, key)
        if hash_code(code) == sent.code_hash:
            shown = tokens.show_code(code)
            return Receipt(sent.reference, shown, sent.submitted_at, sent.responds_as)
    # The secret of that time was retired: the sender has the code, or nobody has.
    return Receipt(sent.reference, "", sent.submitted_at, sent.responds_as)


def _fits(key: str, draft_id: uuid.UUID, secrets: Sequence[str]) -> bool:
    # A page may have been opened before the newest secret came.
    return any(tokens.same_secret(key, submission_key(each, draft_id)) for each in secrets)


def _code(secret: str, key: str) -> str:
    return tokens.derive_code(secret, "receipt", key)


def hash_code(code: str) -> str:
    """Return what is stored of a private code."""
    return tokens.hash_token(code)
