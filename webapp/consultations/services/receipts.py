"""What the sender of a response sees and does afterwards, by the private code alone."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from frameworks.library import Library
from webapp.consultations.asking import Asking
from webapp.consultations.errors import IsOver
from webapp.consultations.respondents import Publish, RespondsAs
from webapp.consultations.response import Draft, Submission
from webapp.consultations.services.drafts import require_open
from webapp.consultations.services.erasing import keep_name, withdraw
from webapp.consultations.services.material import get_asking
from webapp.consultations.services.submissions import hash_code
from webapp.consultations.services.together import holder_for, lead_of
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.store import events, passes
from webapp.consultations.store import submissions as store
from webapp.consultations.submissions import EventKind, Standing
from webapp.persistence import Session
from webapp.security import tokens


def find_receipt(session: Session, code: str) -> Submission | None:
    """Return what was sent, whole, by the private code as somebody typed it, or None."""
    return store.find_submission(session, _hash(code))


def references_around(session: Session, submission: Submission) -> tuple[str, str]:
    """Return the references of what a response was sent in place of, and of what replaced it.

    An empty text stands for none; one that was lodged late replaces nothing until it is admitted.
    """
    before = ""
    if submission.replaces_id is not None:
        before = store.find_reference(session, submission.replaces_id) or ""
    is_replaced = any(each.kind is EventKind.REPLACED for each in submission.events)
    after = store.find_successor(session, submission.id) if is_replaced else None
    return before, after or ""


def replaced_reference(session: Session, draft: Draft) -> str:
    """Return the reference of the response whose place a draft is to take; empty for none."""
    if draft.replaces_id is None:
        return ""
    return store.find_reference(session, draft.replaces_id) or ""


def change_permission(
    session: Session, *, code: str, publish: Publish, name: str = "", now: dt.datetime
) -> Submission:
    """Change what may be published of a response, from now on; the same again changes nothing.

    `name` is an individual’s who may be named: it is kept for that alone, and erased otherwise.
    Raises LookupError for a code that opens nothing, and IsOver.
    """
    submission = _standing(session, code)
    named = publish is Publish.NAMED and submission.respondent.responds_as is RespondsAs.INDIVIDUAL
    wanted = name if named else ""
    is_renamed = keep_name(session, submission, publish, wanted, now)
    # Another name is a new permission too: nobody has looked at it before it is published.
    if is_renamed or submission.permission is not publish:
        events.add_event(session, submission.id, EventKind.PERMISSION, now, publish=publish)
    return _locked(session, code)


def withdraw_response(session: Session, *, code: str, now: dt.datetime) -> Submission:
    """Withdraw a response while its consultation is open; a second time does nothing.

    What was written and who wrote it are erased at once, in this response and in those that it
    replaced; that one with this reference was withdrawn stays. Under a hold it counts no more
    and nobody sees it, but its words stay until the hold is lifted. Raises LookupError,
    ConsultationNotOpen or IsOver.
    """
    consultation_id = _found(session, code).consultation_id
    require_open(session, consultation_id, now)
    submission = _locked(session, code)
    if submission.standing is Standing.WITHDRAWN:
        return submission
    _refuse_if_over(submission)
    withdraw(session, submission, now)
    return _locked(session, code)


def start_replacement(session: Session, *, code: str, library: Library, now: dt.datetime) -> str:
    """Begin to write what is to replace a response, and return the secret of a pass to it.

    Everything that was sent is copied; the response stands until the new one is sent. There is
    one such draft for each response: whoever begins again gets a further pass to it, so that no
    two are written beside each other. Raises LookupError, ConsultationNotOpen or IsOver.
    """
    consultation = require_open(session, _found(session, code).consultation_id, now)
    submission = _standing(session, code)
    token = tokens.new_pass()
    token_hash = tokens.hash_token(token)
    begun = draft_store.find_replacement(session, submission.id)
    if begun is not None:
        member_id = _who_replaces(session, begun)
        passes.add_pass(session, begun, token_hash, now, member_id=member_id)
        return token
    draft_id = draft_store.add_draft(
        session,
        submission.consultation_id,
        now,
        replaces_id=submission.id,
        language=submission.language,
    )
    passes.add_pass(session, draft_id, token_hash, now)
    draft = draft_store.lock_draft(session, submission.consultation_id, token_hash)
    if draft is None:
        raise LookupError("a draft that was just begun is not there")
    _copy(session, submission, draft, get_asking(library, consultation), now)
    return token


def _who_replaces(session: Session, draft_id: uuid.UUID) -> uuid.UUID | None:
    """Return the colleague who began a replacement, who may have handed over the lead since.

    Where they have left it is the lead; None where somebody writes it alone.
    """
    is_there, began = holder_for(session, draft_id, None)
    if is_there:
        return began
    lead = lead_of(session, draft_id)
    return lead.id if lead else None


def _copy(
    session: Session, submission: Submission, draft: Draft, asking: Asking, now: dt.datetime
) -> None:
    respondent = replace(submission.respondent, publish=submission.permission)
    draft_store.change_respondent(session, draft, respondent, now)
    draft_store.change_choices(session, draft.id, _chosen(asking, submission), now)
    written = store.list_written(session, submission.id)
    if written:
        draft_store.write_answers(session, draft, written, now)


def _chosen(asking: Asking, submission: Submission) -> tuple[str, ...]:
    """Return the competencies that bring back everything that was answered about."""
    about = {answer.key.item for answer in submission.answers}
    chosen = about & set(asking.competency_keys)
    for domain in asking.framework.domains:
        of_domain = [each.key for each in domain.all_competencies()]
        # A domain is on the list only with something that was chosen from it.
        if domain.key in about and of_domain and chosen.isdisjoint(of_domain):
            chosen.add(of_domain[0])
    return tuple(key for key in asking.competency_keys if key in chosen)


def _standing(session: Session, code: str) -> Submission:
    submission = _locked(session, code)
    _refuse_if_over(submission)
    return submission


def _refuse_if_over(submission: Submission) -> None:
    if submission.standing.is_over:
        raise IsOver(f"{submission.reference} is {submission.standing}")


def _locked(session: Session, code: str) -> Submission:
    return _required(store.lock_submission(session, _hash(code)))


def _found(session: Session, code: str) -> Submission:
    return _required(find_receipt(session, code))


def _required(submission: Submission | None) -> Submission:
    if submission is None:
        raise LookupError("no response has this code")
    return submission


def _hash(typed: str) -> str:
    return hash_code(tokens.read_code(typed))
