"""The register of documents: everything that leaves is entered, and anybody may ask."""

from __future__ import annotations

import datetime as dt

from exports.seals.sealing import Seal
from webapp.issued import store
from webapp.issued.models import IssuedDocumentRow
from webapp.issued.register import Entry, Series
from webapp.persistence import Database, Session, new_id


def register_document(
    database: Database, seal: Seal, *, now: dt.datetime, series: Series | None = None
) -> None:
    """Enter a document in a transaction of its own, once, however often it leaves."""
    with database.reading() as session:
        if store.has_entry(session, seal.identifier):
            return
    with database.writing() as session:
        enter_document(session, seal, now=now, series=series)


def enter_document(
    session: Session, seal: Seal, *, now: dt.datetime, series: Series | None = None
) -> bool:
    """Enter a document in the caller's transaction; False where it is entered already."""
    slug, _, version = seal.citation.partition("@")
    return store.add_entry(
        session,
        IssuedDocumentRow(
            id=new_id(),
            identifier=seal.identifier,
            kind=seal.kind,
            framework_slug=slug,
            framework_version=version,
            framework_digest=seal.digest,
            base=seal.base,
            content_digest=seal.content,
            seal_sha256=seal.sha256,
            series=series.digest if series else "",
            number=series.number if series else 0,
            issued_at=now,
        ),
    )


def find_document(session: Session, identifier: str) -> Entry | None:
    """Return what the register says of a document, or None where it is not in it."""
    return store.find_entry(session, identifier)
