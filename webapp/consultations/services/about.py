"""Who is responding and what they answer about, when two pages may be open at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from webapp.consultations.about_parts import AboutClash, Part, merged
from webapp.consultations.asking import Asking
from webapp.consultations.respondents import Respondent
from webapp.consultations.response import Draft
from webapp.consultations.services.drafts import lock_draft, require_lead
from webapp.consultations.store import drafts as store
from webapp.persistence import Session


def save_about(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    asking: Asking,
    sent: Respondent,
    parts: Sequence[Part],
    shown: Mapping[str, str],
    now: dt.datetime,
) -> tuple[Draft, Sequence[AboutClash]]:
    """Save what a page says in some parts about who is responding.

    `shown` has the mark of each part as the page showed it. A part that was changed elsewhere
    meanwhile stays as it is stored, and is returned beside the draft. Raises ConsultationNotOpen,
    NoDraft or NotTheLead.
    """
    draft = lock_draft(session, consultation_id, token, now)
    require_lead(draft)
    known = tuple(key for key in asking.position_titles if key in sent.positions)
    respondent, clashes = merged(draft.respondent, replace(sent, positions=known), parts, shown)
    if respondent != draft.respondent:
        store.change_respondent(session, draft, respondent, now)
    return replace(draft, respondent=respondent), clashes


def change_choices(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    token: str,
    asking: Asking,
    shown: Collection[str],
    wanted: Collection[str],
    now: dt.datetime,
) -> Draft:
    """Add and take off the competencies that a page added to and took off what it showed.

    What was chosen elsewhere meanwhile stays. Raises ConsultationNotOpen, NoDraft or NotTheLead.
    """
    draft = lock_draft(session, consultation_id, token, now)
    require_lead(draft)
    added, taken_off = set(wanted) - set(shown), set(shown) - set(wanted)
    chosen = (set(draft.chosen) | added) - taken_off
    keys = tuple(key for key in asking.competency_keys if key in chosen)
    if keys != draft.chosen:
        store.change_choices(session, draft.id, keys, now)
    return replace(draft, chosen=keys)
