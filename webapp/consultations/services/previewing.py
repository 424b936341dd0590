"""Links with which somebody without an account sees a consultation that is not open."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.errors import TooManyLinks, WrongState
from webapp.consultations.opening import State
from webapp.consultations.previewing import LASTS, MOST_LINKS, PreviewLink
from webapp.consultations.store import consultations
from webapp.consultations.store import previews as store
from webapp.persistence import Session
from webapp.security import tokens


def make_preview_link(
    session: Session, *, consultation_id: uuid.UUID, by: Actor, now: dt.datetime
) -> str:
    """Make a link and return its secret, which is kept nowhere.

    Raises WrongState once everybody sees the consultation, and TooManyLinks.
    """
    if consultations.lock_consultation(session, consultation_id).state is not State.DRAFT:
        raise WrongState("This consultation was opened: everybody can read it")
    works = [each for each in store.list_links(session, consultation_id) if each.works(now)]
    if len(works) >= MOST_LINKS:
        raise TooManyLinks(f"{MOST_LINKS} links work already: end one first")
    secret = tokens.new_token()
    store.add_link(session, consultation_id, tokens.hash_token(secret), by, now, now + LASTS)
    return secret


def list_preview_links(session: Session, consultation_id: uuid.UUID) -> tuple[PreviewLink, ...]:
    """Return the links of a consultation, the newest in front."""
    return store.list_links(session, consultation_id)


def end_preview_link(
    session: Session, *, consultation_id: uuid.UUID, link_id: uuid.UUID, now: dt.datetime
) -> bool:
    """End a link before its time; False where it had ended."""
    return store.end_link(session, consultation_id, link_id, now)


def find_previewed(session: Session, secret: str, now: dt.datetime) -> Consultation | None:
    """Return the consultation that a link shows, also once it is open, or None.

    The link works as long as it lasts, so that nobody who was sent one finds nothing.
    """
    found = store.find_by_hash(session, tokens.hash_token(secret), now)
    return consultations.get_consultation(session, found) if found else None
