"""The words of a response as they were written, and those that everybody else reads."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from webapp.consultations.redacting import Cut, Passage, Span, redacted
from webapp.consultations.response import Submission
from webapp.consultations.services.deciding import read_reference
from webapp.consultations.store import redactions
from webapp.consultations.store import submissions as store
from webapp.persistence import Session


def find_as_written(
    session: Session, consultation_id: uuid.UUID, reference: str
) -> Submission | None:
    """Return a response with the words that its sender wrote; only moderators may read it."""
    return store.find_by_reference(
        session, consultation_id, read_reference(reference), as_written=True
    )


def lock_response(session: Session, consultation_id: uuid.UUID, reference: str) -> Submission:
    """Return a response to which nothing more happens before the end; LookupError if none."""
    found = store.lock_by_reference(session, consultation_id, read_reference(reference))
    if found is None:
        raise LookupError(f"no response {reference}")
    return found


def has_redactions(session: Session, consultation_id: uuid.UUID, reference: str) -> bool:
    """Say whether words were taken out of a response, so that others read it with marks."""
    found = store.find_by_reference(session, consultation_id, read_reference(reference))
    return found is not None and redactions.has_redactions(session, found.id)


def list_passages(session: Session, submission_id: uuid.UUID) -> tuple[Passage, ...]:
    """Return every text of a response as it was written, those about its sender first."""
    return redactions.list_passages(session, [submission_id]).get(submission_id, ())


def list_passages_of(
    session: Session, submission_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Passage, ...]]:
    """Return the texts of several responses as they were written, by the id of each."""
    return redactions.list_passages(session, submission_ids)


def set_redactions(session: Session, submission_id: uuid.UUID, cuts: Iterable[Cut]) -> None:
    """Make these cuts, and no others, what everybody but its sender reads of a locked response.

    A cut that was made for other words, such as a name that was changed since, takes out nothing.
    """
    of_passage: dict[str, list[Cut]] = defaultdict(list)
    for cut in cuts:
        of_passage[cut.passage].append(cut)
    texts = {}
    for passage in list_passages(session, submission_id):
        spans: list[Span] = [cut.span for cut in of_passage[passage.key] if cut.fits(passage)]
        if spans:
            texts[passage.key] = redacted(passage.text, spans)
    redactions.replace_redactions(session, submission_id, texts)
