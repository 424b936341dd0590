"""Filled forms that come back to a review, as the examiner would have read them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frameworks.questions import AnswerKey, Given
from tests.factories.reviews import NOW, a_form, seen
from webapp.appraisals.brought import KIND, Brought
from webapp.appraisals.reviews import Review
from webapp.appraisals.services import (
    Choices,
    get_upload,
    keep_upload,
    list_drafts,
    merge_upload,
    record_copy,
    take_upload,
)
from webapp.files import FileStore
from webapp.persistence import Session
from webapp.security import Identity

COPY = "7K3M-9QWX-2B4D-H8NT"
SCAN = b"%PDF-1.7 a scan"


def a_brought(
    review: Review, answers: Mapping[AnswerKey, Given], content: bytes = b"a form", **changes: Any
) -> Brought:
    """Make what the form of a review says."""
    values: dict[str, Any] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "identifier": COPY,
        "prefilled": True,
        "kind": KIND,
        "citation": str(review.reference),
        "digest": review.digest,
        "profile": review.profile_key,
        "person": review.appraisee.name,
        "answers": answers,
        "continued": (),
    }
    return Brought(**(values | changes))


def issue(session: Session, review: Review, identity: Identity, identifier: str = COPY) -> None:
    """Hand out a copy of a review's form with what is drafted now."""
    record_copy(
        session,
        review.id,
        identifier=identifier,
        base="0000-0000-0000-0000",
        carried={key: draft.revision for key, draft in list_drafts(session, review.id).items()},
        identity=identity,
        now=NOW,
    )


def bring(
    session: Session,
    folder: Path,
    review: Review,
    identity: Identity,
    answers: Mapping[AnswerKey, Given],
    content: bytes = b"a form",
    **changes: Any,
) -> uuid.UUID:
    """Bring a filled form back and return its id."""
    return keep_upload(
        session,
        FileStore(folder),
        review.id,
        a_form(),
        a_brought(review, answers, content, **changes),
        name="form.pdf",
        content=content,
        identity=identity,
        now=NOW,
    )


def take(
    session: Session, review: Review, identity: Identity, upload_id: uuid.UUID, **chosen: Any
) -> None:
    """Take a filled form as it is shown now."""
    review = seen(session, review)
    upload = get_upload(session, review, upload_id, identity)
    merged = merge_upload(session, review, a_form(), upload, identity)
    choices = Choices(**({"seen": merged.seen} | chosen))
    take_upload(session, review.id, upload_id, a_form(), choices, identity=identity, now=NOW)
