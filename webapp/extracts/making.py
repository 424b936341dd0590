"""The jobs that make exports, in the slow lane, and delete their files.

Everything is read in one transaction, so that an export is of one moment, and written row by row
to files beside; the ZIP made of them is read back by other code before anybody is told that it is
done. A worker that is killed leaves a lease that runs out: the next one begins anew, and the
attempt in the export's row lets one of them alone end it.
"""

from __future__ import annotations

import errno
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from exports.tables.packages import WRITERS, Part, check_package, pack_tables
from exports.tables.reading import NotAsWritten
from exports.tables.writing import LIMITS, Column, Limits, TableWriter, TooManyColumns
from webapp.consultations.errors import ConsultationError
from webapp.extracts import packaging, services
from webapp.extracts.comments import CommentsLayout
from webapp.extracts.extract import Extract, ExtractChanged, FileFormat, Finished, Layout
from webapp.extracts.layouts import RowLayout
from webapp.extracts.responses import ResponsesLayout
from webapp.extracts.said import SaidResponse
from webapp.extracts.services import Work
from webapp.files import FileStore, delete_unheld
from webapp.jobs import Handler, JobContext, LeaseLost, Slow, WorkerStops
from webapp.persistence import DatabaseBusy, new_id

SCRATCH = "unfinished-exports"
STALE_SECONDS = 86_400
BETWEEN_NOTES = 2.0
"""Seconds between two notes of how far an export is."""

_LAYOUTS: Mapping[Layout, type[CommentsLayout | ResponsesLayout]] = {
    Layout.COMMENTS: CommentsLayout,
    Layout.RESPONSES: ResponsesLayout,
}
_TITLES = {Layout.COMMENTS: "Comments", Layout.RESPONSES: "Responses"}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_UNFORESEEN = "Something went wrong, and it was written down for whoever runs this service."


class CannotMake(Exception):
    """What keeps an export from being made, said to people."""


def make_extract(context: JobContext, payload: Mapping[str, str]) -> None:
    """Make an export from the beginning to its end."""
    files = FileStore(context.settings.home / "files")
    Maker(context, uuid.UUID(payload["extract"]), files).make()


def clear_extract(context: JobContext, payload: Mapping[str, str]) -> None:
    """Delete the file of an export at once, unless another is the same."""
    files = FileStore(context.settings.home / "files")
    with context.database.reading() as session:
        delete_unheld(session, files, payload["file"])


class Maker:
    """One attempt at one export."""

    def __init__(
        self,
        context: JobContext,
        extract_id: uuid.UUID,
        files: FileStore,
        limits: Limits = LIMITS,
    ) -> None:
        """Take where the finished ZIP goes, and how much a sheet holds."""
        self._context = context
        self._id = extract_id
        self._files = files
        self._limits = limits
        self._attempt = new_id()
        self._noted_at = 0.0
        self._total = self._read = self._rows = 0

    def make(self) -> None:
        """Make it; what keeps it from being made becomes the reason that its page shows."""
        try:
            with self._context.database.writing() as session:
                extract = services.begin_making(session, self._id, self._attempt)
        except ExtractChanged:
            # It was cancelled, or a worker that was then killed had finished it.
            return
        try:
            with _scratch(self._context.settings.home / SCRATCH, self._id) as folder:
                self._make_in(folder, extract)
        except ExtractChanged:
            # Somebody cancelled it meanwhile, or another worker took it up.
            return
        except (LeaseLost, WorkerStops, DatabaseBusy):
            raise
        except CannotMake as reason:
            self._fail(str(reason))
        except Exception as error:
            no_room = isinstance(error, OSError) and error.errno in _NO_ROOM
            self._fail("The disk is full." if no_room else _UNFORESEEN)
            # Logged with its place; tried again it finds that there is nothing to do.
            raise

    def _make_in(self, folder: Path, extract: Extract) -> None:
        database, library = self._context.database, self._context.library
        with ExitStack() as unfinished:
            with database.reading() as session:
                try:
                    work = services.begin_reading(session, library, extract)
                except ConsultationError as gone:
                    raise CannotMake(f"{gone}.") from gone
                read_at = self._context.present()
                self._total = work.total
                tables = _Tables(folder, work, self._limits)
                unfinished.callback(tables.leave)
                with closing(services.read_responses(session, work)) as responses:
                    for response in responses:
                        self._read += 1
                        self._rows += tables.add(response)
                        self._go_on()
            # Ending a large workbook takes minutes, and nobody should keep the rows for that long.
            parts = tables.close()
        missing = packaging.left_out(work, tables.wordless, tables.in_campaigns)
        in_it = self._read - tables.in_campaigns
        facts = packaging.manifest(
            work, read_at=read_at, responses=in_it, rows=self._rows, missing=missing
        )
        readme = packaging.readme(work, parts, read_at=read_at, missing=missing)
        sha256, size = self._pack(parts, facts, readme)
        try:
            self._check(parts, sha256)
            finished = Finished(sha256, size, self._rows, in_it)
            with database.writing() as session:
                services.finish_extract(
                    session,
                    self._id,
                    self._attempt,
                    finished,
                    read_at=read_at,
                    words_mark=work.words_mark,
                    now=self._context.present(),
                )
        except BaseException:
            with database.reading() as session:
                delete_unheld(session, self._files, sha256)
            raise

    def _pack(
        self, parts: tuple[Part, ...], facts: Mapping[str, object], readme: str
    ) -> tuple[str, int]:
        self._go_on(at_once=True)
        unfinished = self._files.begin()
        try:
            with unfinished.open("wb") as file:
                pack_tables(file, parts, facts, readme, self._context.still_working)
                size = file.tell()
            return self._files.adopt(unfinished), size
        finally:
            unfinished.unlink(missing_ok=True)

    def _check(self, parts: tuple[Part, ...], sha256: str) -> None:
        with self._context.database.writing() as session:
            services.begin_checking(session, self._id, self._attempt)
        try:
            with self._files.open(sha256) as file:
                check_package(file, parts, self._go_on)
        except NotAsWritten as differs:
            raise CannotMake(
                f"What was written could not be read back as it was: {differs}."
                " Ask again; if that happens twice, the disk may be failing."
            ) from differs

    def _go_on(self, *, at_once: bool = False) -> None:
        """Say that work goes on, and now and then how far it is."""
        self._context.still_working()
        if not at_once and time.monotonic() - self._noted_at < BETWEEN_NOTES:
            return
        self._noted_at = time.monotonic()
        try:
            with self._context.database.writing() as session:
                services.note_progress(
                    session,
                    self._id,
                    self._attempt,
                    total=self._total,
                    read=self._read,
                    rows=self._rows,
                )
        except DatabaseBusy:
            # Somebody who submits comes first; the next note says the same.
            return

    def _fail(self, reason: str) -> None:
        try:
            with self._context.database.writing() as session:
                services.fail_extract(
                    session, self._id, reason, self._context.present(), self._attempt
                )
        except ExtractChanged:
            return


class _Tables:
    """The tables of one export: for each version what was asked for, and JSON Lines beside."""

    def __init__(self, folder: Path, work: Work, limits: Limits) -> None:
        self.wordless = 0
        """Answers without words, which a table of comments has no row for."""
        self.in_campaigns = 0
        """Responses that were left out as part of a campaign."""
        self._folder = folder
        self._limits = limits
        self._work = work
        self._options = work.options
        self._layout: RowLayout = _LAYOUTS[work.options.layout](work.asking, work.options)
        self._writers: dict[str, tuple[TableWriter, ...]] = {}
        self._columns: dict[str, tuple[Column, ...]] = {}
        try:
            for each in work.asking.every_version:
                self._open(each.questionnaire.version)
        except TooManyColumns as wide:
            self.leave()
            raise CannotMake(
                f"There are too many questions for a spreadsheet: {wide}. Choose CSV instead."
            ) from wide

    def add(self, response: SaidResponse) -> int:
        """Write the rows of a response and return how many there were."""
        if response.is_of_campaign and not self._options.with_campaigns:
            self.in_campaigns += 1
            return 0
        self.wordless += sum(not each.text.strip() for each in response.answers)
        rows = 0
        for version, cells in self._layout.rows(response):
            texts = [cells.get(column.key, "") for column in self._columns[version]]
            for writer in self._writers[version]:
                writer.row(texts)
            rows += 1
        return rows

    def close(self) -> tuple[Part, ...]:
        """End every table."""
        return tuple(
            Part(writer.path.name, writer.path, writer.columns, writer.close())
            for writers in self._writers.values()
            for writer in writers
        )

    def leave(self) -> None:
        """Close what is still open, wherever work broke off."""
        for writers in self._writers.values():
            for writer in writers:
                writer.leave()

    def _open(self, version: str) -> None:
        columns = self._columns[version] = self._layout.columns(version)
        suffixes = dict.fromkeys([self._options.file_format.suffix, FileFormat.JSON_LINES.suffix])
        whole = packaging.file_name(self._work, version, FileFormat.JSON_LINES.suffix)
        for suffix in suffixes:
            path = self._folder / packaging.file_name(self._work, version, suffix)
            title = _TITLES[self._options.layout]
            writer = WRITERS[suffix](
                path, title=title, whole=whole, scratch=self._folder, limits=self._limits
            )
            writer.open(columns)
            self._writers[version] = (*self._writers.get(version, ()), writer)


@contextmanager
def _scratch(above: Path, extract_id: uuid.UUID) -> Iterator[Path]:
    """Give an empty folder for what is needed meanwhile; what a killed worker left is deleted."""
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in above.iterdir():
        is_stale = time.time() - left.stat().st_mtime > STALE_SECONDS
        if is_stale or left.name.startswith(f"{extract_id}."):
            shutil.rmtree(left, ignore_errors=True)
    folder = above / f"{extract_id}.{new_id()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


HANDLERS: Mapping[str, Handler] = {
    services.MAKE_EXTRACT: Slow(make_extract),
    services.CLEAR_EXTRACT: clear_extract,
}
"""What the worker does for each kind of job of this room."""
