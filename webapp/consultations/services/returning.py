"""Leaving a response and coming back to it, on any device and without an account."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from frameworks.questions import AnswerKey
from webapp.consultations.errors import TooManyMails
from webapp.consultations.response import Draft
from webapp.consultations.returning import Way
from webapp.consultations.services.drafts import lock_draft
from webapp.consultations.services.together import holder_for
from webapp.consultations.store import passes
from webapp.jobs import cancel, enqueue
from webapp.persistence import Session
from webapp.security import tokens

RETURN_MAIL = "consultations.return-mail"
MOST_MAILS = 3
"""How many mails one response may ask for, so that nobody is flooded in somebody's name."""

PLACE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class ReturnLetter:
    """What a mail with a way back needs; the secret is in it and nowhere else."""

    slug: str
    title: str
    code: str
    closes_at: dt.datetime


def find_way(session: Session, code: str) -> Way | None:
    """Return where a return code leads, also to what was sent meanwhile, or None."""
    return passes.find_way(session, tokens.hash_token(code)) if code else None


def note_place(session: Session, token: str, place: str) -> None:
    """Remember where the holder of a pass leaves: an answer's key, or an item's."""
    passes.change_place(session, tokens.hash_token(token), place[:PLACE_LENGTH])


def list_newest_answers(session: Session, draft: Draft) -> tuple[AnswerKey, ...]:
    """Return what the holder of a pass saved last, all that one page saved; perhaps nothing."""
    return passes.list_newest_answers(session, draft.id, draft.member.id if draft.member else None)


def renew_pass(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    now: dt.datetime,
    ends_others: bool = False,
) -> str:
    """Put a new secret in the place of one that a browser holds, and return it.

    The old one opens nothing any more. `ends_others` also stops every other code and link of the
    same person, and mails of theirs that still wait to be sent; colleagues keep theirs. Raises
    ConsultationNotOpen or NoDraft.
    """
    draft = lock_draft(session, consultation_id, token, now)
    secret = tokens.new_pass()
    new_hash = tokens.hash_token(secret)
    passes.change_secret(session, tokens.hash_token(token), new_hash, now)
    if ends_others:
        member_id = draft.member.id if draft.member else None
        passes.delete_other_passes(session, draft.id, member_id, new_hash)
        _cancel_mails(session, draft.id, member_id)
    return secret


def mails_left(session: Session, draft: Draft) -> int:
    """Return how many more mails a response may ask for."""
    return max(0, MOST_MAILS - passes.get_mails(session, draft.id))


def ask_for_mail(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    email: str,
    place: str,
    now: dt.datetime,
) -> None:
    """Have a way back mailed to an address, which is erased with the job once that is done.

    Raises ConsultationNotOpen, NoDraft or TooManyMails.
    """
    draft = lock_draft(session, consultation_id, token, now)
    if not passes.count_mail(session, draft.id, MOST_MAILS):
        raise TooManyMails(f"This response has asked for {MOST_MAILS} emails already")
    job = {
        "draft": str(draft.id),
        "member": str(draft.member.id) if draft.member else "",
        "email": email,
        "place": place[:PLACE_LENGTH],
    }
    enqueue(session, RETURN_MAIL, job, now)


def prepare_return_mail(
    session: Session,
    *,
    draft_id: uuid.UUID,
    member_id: uuid.UUID | None,
    place: str,
    now: dt.datetime,
) -> ReturnLetter | None:
    """Make a pass of its own for a mail, of which only the hash is stored, and return its letter.

    None where the response was sent meanwhile, or its colleague no longer takes part.
    """
    found = passes.lock_addressee(session, draft_id)
    # Who asked while writing alone may lead colleagues by now.
    is_there, member_id = holder_for(session, draft_id, member_id)
    if found is None or not is_there:
        return None
    secret = tokens.new_pass()
    passes.add_pass(
        session, draft_id, tokens.hash_token(secret), now, member_id=member_id, place=place
    )
    return ReturnLetter(found.slug, found.title, tokens.show_code(secret), found.closes_at)


def _cancel_mails(session: Session, draft_id: uuid.UUID, member_id: uuid.UUID | None) -> None:
    def is_theirs(job: Mapping[str, str]) -> bool:
        asked_by = uuid.UUID(job["member"]) if job["member"] else None
        return job["draft"] == str(draft_id) and member_id == _holder(session, draft_id, asked_by)

    cancel(session, RETURN_MAIL, is_theirs)


def _holder(session: Session, draft_id: uuid.UUID, member_id: uuid.UUID | None) -> uuid.UUID | None:
    return holder_for(session, draft_id, member_id)[1]
