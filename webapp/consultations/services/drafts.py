"""What a respondent does before sending."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from frameworks.rewording import operations_of
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import ConsultationNotOpen, NoDraft, NotTheLead
from webapp.consultations.opening import Phase
from webapp.consultations.respondents import Respondent
from webapp.consultations.response import (
    BLANK,
    Attempt,
    Clash,
    Draft,
    Written,
    attempt_to_save,
    kept,
)
from webapp.consultations.store import consultations as consultation_store
from webapp.consultations.store import drafts as store
from webapp.consultations.store import passes
from webapp.persistence import Session
from webapp.security import tokens

KEPT_AFTER_CLOSING = dt.timedelta(days=30)
"""How long a respondent can still read what was never sent."""

EMPTY_KEPT = dt.timedelta(days=7)
"""How long a response is kept in which nothing was said: there is nothing to come back to."""

AT_ONCE = 200


def start_draft(
    session: Session, *, consultation_id: uuid.UUID, now: dt.datetime, language: str = ""
) -> str:
    """Start a response and return the secret of its first pass, of which only the hash is stored.

    Raises ConsultationNotOpen.
    """
    require_open(session, consultation_id, now)
    token = tokens.new_pass()
    draft_id = store.add_draft(session, consultation_id, now, language=language)
    passes.add_pass(session, draft_id, tokens.hash_token(token), now)
    return token


def find_draft(session: Session, *, consultation_id: uuid.UUID, token: str) -> Draft | None:
    """Return the draft behind a pass, also after the consultation closed, or None."""
    if not token:
        return None
    return store.find_draft(session, consultation_id, tokens.hash_token(token))


def save_respondent(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    asking: Asking,
    respondent: Respondent,
    now: dt.datetime,
) -> Draft:
    """Overwrite who is responding; raises ConsultationNotOpen, NoDraft or NotTheLead."""
    draft = lock_draft(session, consultation_id, token, now)
    require_lead(draft)
    positions = tuple(key for key in asking.position_titles if key in respondent.positions)
    respondent = replace(respondent, positions=positions)
    store.change_respondent(session, draft, respondent, now)
    return replace(draft, respondent=respondent)


def save_choices(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    asking: Asking,
    chosen: Iterable[str],
    now: dt.datetime,
) -> Draft:
    """Make these the competencies to answer about.

    What was answered about a competency that is taken off stays in the draft and is not sent.
    Raises ConsultationNotOpen, NoDraft or NotTheLead.
    """
    draft = lock_draft(session, consultation_id, token, now)
    require_lead(draft)
    wanted = set(chosen)
    keys = tuple(key for key in asking.competency_keys if key in wanted)
    store.change_choices(session, draft.id, keys, now)
    return replace(draft, chosen=keys)


def save_answers(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    asking: Asking,
    item_key: str,
    attempts: Sequence[Attempt],
    now: dt.datetime,
) -> tuple[Clash, ...]:
    """Save what a page says about one item, and return what was changed elsewhere meanwhile.

    Answers that clash stay as they are stored; the others are written. An unchanged wording is
    no answer. Raises ConsultationNotOpen, NoDraft, or KeyError for a question that is not asked.
    """
    draft = lock_draft(session, consultation_id, token, now)
    item = asking.items[item_key]
    writes, clashes = [], []
    for attempt in attempts:
        question = item.by_key[attempt.key]
        given = kept(question, attempt.given)
        if asking.is_present_text(question, given.text):
            given = BLANK
        result = attempt_to_save(draft.by_key.get(attempt.key), replace(attempt, given=given))
        if isinstance(result, Clash):
            clashes.append(result)
        elif result is not None:
            operations = operations_of(question, result)
            language = asking.edition_of(question)
            version = asking.questionnaire.version
            writes.append(Written(attempt.key, result, item.digest, version, operations, language))
    if writes:
        store.write_answers(session, draft, writes, now)
    return tuple(clashes)


def choose_language(
    session: Session, *, consultation_id: uuid.UUID, token: str, language: str, now: dt.datetime
) -> None:
    """Make this the language of a draft wherever it is opened next; no answer is touched.

    Raises ConsultationNotOpen or NoDraft.
    """
    draft = lock_draft(session, consultation_id, token, now)
    if draft.is_led and draft.language != language:
        store.change_language(session, draft.id, language, now)


def forget_drafts(session: Session, now: dt.datetime) -> bool:
    """Delete drafts that were sent or abandoned, some at a time; True where more may be left."""
    deleted = store.delete_spent(
        session,
        closed_before=now - KEPT_AFTER_CLOSING,
        begun_before=now - EMPTY_KEPT,
        most=AT_ONCE,
    )
    return deleted == AT_ONCE


def require_open(session: Session, consultation_id: uuid.UUID, now: dt.datetime) -> Consultation:
    """Return a consultation that stays open until this transaction ends.

    Raises ConsultationNotOpen.
    """
    consultation = consultation_store.share_consultation(session, consultation_id)
    check_open(consultation, now)
    return consultation


def check_open(consultation: Consultation, now: dt.datetime) -> None:
    """Raise ConsultationNotOpen unless responses are taken."""
    if consultation.phase(now) is not Phase.OPEN:
        raise ConsultationNotOpen(f"“{consultation.title}” is not open")


def lock_draft(session: Session, consultation_id: uuid.UUID, token: str, now: dt.datetime) -> Draft:
    """Return the draft behind a pass, which nobody else can change before this transaction ends.

    Raises ConsultationNotOpen or NoDraft.
    """
    # Everybody takes the consultation first and then the draft, so that nobody deadlocks.
    require_open(session, consultation_id, now)
    draft = store.lock_draft(session, consultation_id, tokens.hash_token(token))
    if draft is None:
        raise NoDraft("This response was not started, or it was sent")
    return draft


def require_lead(draft: Draft) -> None:
    """Raise NotTheLead unless the holder of the pass decides about a draft that is locked."""
    if not draft.is_led:
        raise NotTheLead("Another of the colleagues leads this response")
