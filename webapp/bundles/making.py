"""Making bundles: for a command at once, and for the web by a job in the slow lane."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from typing import BinaryIO

from exports.bundles.packing import Packed, pack_record
from frameworks.library import Library
from webapp.bundles import services
from webapp.bundles.bundle import BundleChanged, Made, State
from webapp.bundles.gathering import gather_record
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import get_consultation
from webapp.files import FileDamaged, FileStore, UnknownFile, delete_unheld
from webapp.jobs import Handler, JobContext, Slow
from webapp.persistence import Session

logger = logging.getLogger(__name__)


def write_bundle(
    session: Session,
    consultation: Consultation,
    into: BinaryIO,
    *,
    library: Library,
    files: FileStore,
    url: str,
    still_working: Callable[[], None] = lambda: None,
) -> Packed:
    """Write the record as it is in this session; raises FileDamaged.

    A file that was erased since is named as no longer kept.
    """
    gathered = gather_record(session, library, consultation, url)

    def fetch(sha256: str) -> bytes | None:
        if sha256 in gathered.made:
            return gathered.made[sha256]
        try:
            return files.get(sha256)
        except UnknownFile:
            return None

    return pack_record(gathered.record, fetch, into, still_working=still_working)


def make_bundle(context: JobContext, payload: Mapping[str, str]) -> None:
    """Make a bundle that somebody waits for, at one moment of the rows; again is no harm."""
    bundle_id = uuid.UUID(payload["bundle"])
    files = FileStore(context.settings.home / "files")
    unfinished = files.begin()
    try:
        with context.database.reading() as session, unfinished.open("wb") as file:
            bundle = services.find_bundle(session, bundle_id)
            if bundle is None or bundle.state is not State.WAITING:
                # A worker that was then killed made it before, or it was given up.
                return
            packed = write_bundle(
                session,
                get_consultation(session, bundle.consultation_id),
                file,
                library=context.library,
                files=files,
                url=context.settings.url,
                still_working=context.still_working,
            )
        size = unfinished.stat().st_size
        sha256 = files.adopt(unfinished)
    except FileDamaged as damaged:
        logger.error("bundle %s: the stored file %s is damaged", bundle_id, damaged)
        with context.database.writing() as session:
            services.fail_bundle(session, bundle_id, "A file that was attached is damaged.")
        return
    finally:
        unfinished.unlink(missing_ok=True)
    made = Made(sha256, size, packed.entries, packed.files)
    try:
        with context.database.writing() as session:
            services.finish_bundle(session, bundle_id, made, context.present())
    except BundleChanged:
        with context.database.reading() as session:
            delete_unheld(session, files, sha256)


HANDLERS: Mapping[str, Handler] = {services.MAKE_BUNDLE: Slow(make_bundle)}
"""What the worker does for each kind of job of this room."""
