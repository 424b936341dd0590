"""The jobs that make packs, a slice at a time, and clear away what is needed no longer.

A slice is a few seconds of work, so that mail never waits long behind a pack. It becomes a file of
its own, and a row in the transaction that asks for the next slice: a worker that is killed loses
one slice, and of two workers with the same slice one is let in.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from exports.forms.prefill import Base, Copy, copy_of
from exports.issuing import Issuer
from exports.packs.pack_parts import append_part, end_part
from exports.packs.packing import (
    Assigned,
    PackedFile,
    PackFacts,
    ZipPacking,
    add_manifest,
    assign,
    pack_file,
)
from exports.worker import DocumentFailed, DocumentTooLarge
from frameworks.library import Published
from webapp.files import FileStore, delete_unheld
from webapp.issued.keys import Keys
from webapp.issued.services import register_document
from webapp.jobs import Handler, JobContext
from webapp.packs import services
from webapp.packs.blanks import form_of
from webapp.packs.pack import Made, Part
from webapp.packs.services import NotAsPinned, PackChanged, Work
from webapp.persistence import Session
from webapp.web.printing import Counter

SLICE_SECONDS = 3.0
SLICE_PEOPLE = 250


class _CannotMake(Exception):
    """What keeps a pack from being made, however often it is tried; said to people."""


def make_pack(context: JobContext, payload: Mapping[str, str]) -> None:
    """Make the next slice of a pack, or its ZIP when every slice is made."""
    pack_id, made = uuid.UUID(payload["pack"]), int(payload["from"])
    with context.database.reading() as session:
        work = services.find_work(session, pack_id, made)
    if work is None:
        # It was cancelled, or this slice was made before by a worker that was then killed.
        return
    try:
        maker = _Maker(context, work)
        if made < work.pack.total:
            maker.make_slice(made)
        else:
            maker.make_archive()
    except _CannotMake as reason:
        with context.database.writing() as session:
            services.fail_pack(session, pack_id, str(reason), context.now)
    except PackChanged:
        # Somebody cancelled it meanwhile, or another worker was faster.
        pass


def clear_pack(context: JobContext, payload: Mapping[str, str]) -> None:
    """Delete the slices of a pack, and its ZIP where the payload names it."""
    files = FileStore(context.settings.home / "files")
    with context.database.writing() as session:
        released = services.release_files(session, uuid.UUID(payload["pack"]), payload["archive"])
    with context.database.reading() as session:
        for sha256 in released:
            delete_unheld(session, files, sha256)


class _Maker:
    """Makes one slice, or the ZIP, of one pack."""

    def __init__(self, context: JobContext, work: Work) -> None:
        self._context = context
        self._work = work
        self._pack = work.pack
        self._files = FileStore(context.settings.home / "files")
        self._published = self._find_published()
        keys = Keys(context.settings.home)
        keys.make_if_missing(context.now.date())
        self._counter = Counter(
            press=context.press,
            issuer=Issuer(context.settings.url, keys.keyring),
            folder=context.settings.home / "printed",
            database=context.database,
        )
        self._base_of = cache(self._make_base)

    def make_slice(self, first: int) -> None:
        """Make the copies from one person on, for as long as a slice lasts."""
        began = time.monotonic()
        files: list[PackedFile] = []
        with self._begun() as unfinished:
            with unfinished.open("wb") as file:
                packing = ZipPacking(file, self._made_on)
                for assigned in self._assigned()[first : first + SLICE_PEOPLE]:
                    files.append(pack_file(packing, assigned, self._copy(assigned)))
                    if time.monotonic() - began > SLICE_SECONDS:
                        break
                length = end_part(file, packing, files, str(self._pack.id))
            sha256 = self._files.adopt(unfinished)
        part = Part(first, first + len(files), sha256, length)
        with self._kept_or_deleted(sha256) as session:
            services.add_part(session, self._pack.id, part, self._context.now)

    def make_archive(self) -> None:
        """Put the slices together, with the manifest at the end."""
        facts = PackFacts(
            form=self._pack.form,
            made_on=self._made_on,
            stage=self._pack.stage.value if self._pack.stage else "",
            pack=str(self._pack.id),
        )
        files: list[PackedFile] = []
        with self._begun() as unfinished:
            with unfinished.open("wb") as file:
                packing = ZipPacking(file, self._made_on)
                for part in self._work.parts:
                    with self._files.open(part.sha256) as made:
                        files.extend(append_part(packing, made, part.length))
                manifest = add_manifest(packing, facts, files)
                packing.stream.close()
                size = file.tell()
            archive = self._files.adopt(unfinished)
        with self._kept_or_deleted(archive) as session:
            finished = Made(archive, manifest, size)
            services.finish_pack(session, self._pack.id, finished, self._context.now)

    @property
    def _made_on(self) -> dt.date:
        return self._published.published_on or self._pack.created_at.date()

    def _find_published(self) -> Published:
        try:
            return services.get_published(self._context.library, self._pack)
        except NotAsPinned as gone:
            raise _CannotMake(f"{gone}.") from gone

    def _assigned(self) -> tuple[Assigned, ...]:
        titles = {each.key: each.title for each in self._published.framework.profiles}
        people, form = self._work.people, self._pack.form
        return assign(people, form, titles, self._work.organisation)

    def _make_base(self, profile: str) -> Base:
        document = form_of(self._pack, self._published, profile, self._work.organisation)
        try:
            issued = self._counter.issued_once(document)
        except (DocumentFailed, DocumentTooLarge) as failure:
            title = self._published.framework.profile(profile).title
            raise _CannotMake(f"The form for {title} could not be printed.") from failure
        # Of a pack the register holds the forms: the copies are named by the manifest.
        register_document(self._context.database, issued.seal, now=self._context.now)
        return Base.of(issued.content)

    def _copy(self, assigned: Assigned) -> Copy:
        base = self._base_of(assigned.person.profile)
        keyring = self._counter.issuer.keyring
        try:
            values = assigned.written(self._pack.form)
            return copy_of(base, values, keyring, self._context.press)
        except (ValueError, DocumentFailed, DocumentTooLarge) as failure:
            line = assigned.person.line
            raise _CannotMake(f"What line {line} says could not be written in.") from failure

    @contextmanager
    def _begun(self) -> Iterator[Path]:
        """Give a file to write into, which is gone afterwards unless it was adopted."""
        unfinished = self._files.begin()
        try:
            yield unfinished
        finally:
            unfinished.unlink(missing_ok=True)

    @contextmanager
    def _kept_or_deleted(self, sha256: str) -> Iterator[Session]:
        """Give the transaction that needs a file; where it comes too late the file goes."""
        try:
            with self._context.database.writing() as session:
                yield session
        except PackChanged:
            with self._context.database.reading() as session:
                delete_unheld(session, self._files, sha256)
            raise


HANDLERS: Mapping[str, Handler] = {
    services.MAKE_PACK: make_pack,
    services.CLEAR_PACK: clear_pack,
}
"""What the worker does for each kind of job of this room."""
