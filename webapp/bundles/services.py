"""Asking for a bundle, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import uuid

from webapp.bundles import store
from webapp.bundles.bundle import KEPT, LONGEST_MAKING, Bundle, BundleChanged, Made
from webapp.consultations.consultation import Actor
from webapp.consultations.evidence import EvidenceEntry
from webapp.files import hold_file, release_file
from webapp.jobs import enqueue
from webapp.persistence import Session, new_id

MAKE_BUNDLE = "bundles.make"


def ask_for_bundle(
    session: Session, *, consultation_id: uuid.UUID, by: Actor, now: dt.datetime
) -> None:
    """Let a bundle be made; where one is waiting already, that is the one."""
    bundle_id = new_id()
    if store.add_bundle(session, bundle_id, consultation_id, by, now):
        enqueue(session, MAKE_BUNDLE, {"bundle": str(bundle_id)}, now)


def find_bundle(session: Session, bundle_id: uuid.UUID) -> Bundle | None:
    """Return a bundle, or None."""
    return store.find_bundle(session, bundle_id)


def list_bundles(session: Session, consultation_id: uuid.UUID) -> tuple[Bundle, ...]:
    """Return the bundles of a consultation, the newest first."""
    return store.list_bundles(session, consultation_id)


def finish_bundle(session: Session, bundle_id: uuid.UUID, made: Made, now: dt.datetime) -> None:
    """Keep the file of a bundle that waited for it; raises BundleChanged."""
    if not store.finish(session, bundle_id, made, now):
        raise BundleChanged
    hold_file(session, made.sha256, bundle_id, now)


def fail_bundle(session: Session, bundle_id: uuid.UUID, reason: str) -> None:
    """Give a bundle up and say why, unless it was finished."""
    store.fail(session, bundle_id, reason)


def forget_old_bundles(session: Session, now: dt.datetime) -> None:
    """Need files of bundles no longer after a week, and give up what was never made."""
    for bundle_id in store.list_finished_before(session, now - KEPT):
        if store.mark_deleted(session, bundle_id):
            release_file(session, bundle_id)
    for bundle_id in store.list_waiting_since(session, now - LONGEST_MAKING):
        store.fail(session, bundle_id, "It took too long. Make it again.")


def evidence(session: Session, consultation_id: uuid.UUID) -> tuple[EvidenceEntry, ...]:
    """Return the bundles that were made before, each with its digest."""
    made = [
        (each.finished_at, each.made.sha256, each.by)
        for each in store.list_bundles(session, consultation_id)
        if each.made is not None and each.finished_at is not None
    ]
    return tuple(
        EvidenceEntry(
            at, "bundles.made", f"A bundle of this record was made. Its SHA-256 is {sha256}.", by
        )
        for at, sha256, by in sorted(made)
    )
