"""What everybody reads of responses: pages, search, numbers and quotes."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from webapp.consultations.response import SentAnswer
from webapp.measures.disclosure import disclose
from webapp.persistence import Session
from webapp.publication.published import (
    Comment,
    Found,
    PublishedNumbers,
    PublishedResponse,
    Quote,
    Wanted,
)
from webapp.publication.store import published as store
from webapp.publication.store import standings

A_PAGE = 25


def is_anything_published(session: Session, consultation_id: uuid.UUID) -> bool:
    """Say whether there is a published response to a consultation."""
    return store.count_published(session, consultation_id) > 0


def count_numbers(session: Session, consultation_id: uuid.UUID) -> PublishedNumbers:
    """Return how much is published and why the rest is not, as counts that may be shown."""
    numbers = standings.count_numbers(session, consultation_id)
    others = (numbers.not_allowed, numbers.withheld, numbers.waiting)
    not_allowed, withheld, waiting = disclose(others)
    return PublishedNumbers(
        numbers.published, not_allowed, withheld, waiting, is_complete=not any(others)
    )


def search_published(
    session: Session, consultation_id: uuid.UUID, wanted: Wanted, page: int
) -> Found:
    """Return a page of the published responses that have all that is wanted."""
    return store.search(session, consultation_id, wanted, skip=(page - 1) * A_PAGE, most=A_PAGE)


def find_published(
    session: Session, consultation_id: uuid.UUID, reference: str
) -> PublishedResponse | None:
    """Return a published response by its reference, or None."""
    return store.find(session, consultation_id, reference)


def count_by_class(session: Session, consultation_id: uuid.UUID) -> Mapping[str, int]:
    """Return how many published responses there are of each kind of respondent."""
    return store.count_by_class(session, consultation_id)


def count_by_item(session: Session, consultation_id: uuid.UUID) -> Mapping[str, int]:
    """Return how many published responses say something in words about each item."""
    return store.count_by_item(session, consultation_id)


def list_comments(
    session: Session, consultation_id: uuid.UUID, item_key: str, page: int
) -> tuple[Comment, ...]:
    """Return a page of what published responses say in words about an item."""
    found = store.list_saying(
        session, consultation_id, item_key, skip=(page - 1) * A_PAGE, most=A_PAGE
    )
    return tuple(Comment(each, _about(each.answers, item_key)) for each in found)


def published_texts(
    session: Session, consultation_id: uuid.UUID, answer_ids: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, Quote | None]:
    """Return what may be quoted of each of some answers now, None where nothing may.

    A quote has the words that everybody reads, with marks where something was taken out.
    """
    found = store.find_quotes(session, consultation_id, answer_ids)
    return {each: found.get(each) for each in answer_ids}


def _about(answers: tuple[SentAnswer, ...], item_key: str) -> tuple[SentAnswer, ...]:
    return tuple(each for each in answers if each.key.item == item_key and each.given.text)
