"""An export is done only when it was read back; whatever happens to its worker."""

from __future__ import annotations

import datetime as dt
import errno
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.tables.writing import Limits
from exports.worker import Press
from frameworks.library import Library
from tests.factories.accounts import add_organisation, add_person
from tests.factories.answers import add_responses
from tests.factories.consultations import BEFORE, a_lead, create_and_open, shipped_details
from tests.program import Clock
from webapp.config import Settings
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Actor, Consultation
from webapp.extracts import making, services
from webapp.extracts.extract import (
    Extract,
    ExtractChanged,
    ExtractState,
    FileFormat,
    Layout,
    Options,
)
from webapp.extracts.making import HANDLERS, SCRATCH, Maker
from webapp.files import FileStore
from webapp.jobs import JobContext, Lane, Mail, WorkerStops, run_next
from webapp.persistence import Database, new_id

NOON = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)
COMMENTS = Options(Layout.COMMENTS, FileFormat.CSV)
LIBRARY = Library.shipped()


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


class Damaging(FileStore):
    """A store whose disk does something to every file that is put there."""

    def __init__(self, folder: Path, damage: Callable[[Path], None]) -> None:
        super().__init__(folder)
        self._damage = damage

    def adopt(self, unfinished: Path) -> str:
        sha256 = super().adopt(unfinished)
        self._damage(self._path(sha256))
        return sha256


class Bench:
    """A consultation with some responses, and workers who make exports of it."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        self.settings = Settings.from_environment(
            {"BOARDMARK_HOME": str(home), "BOARDMARK_SECRET_KEYS": "k" * 40}
        )
        self.clock = Clock(NOON)
        self.files = FileStore(home / "files")
        self.consultation, self.by = self._open()
        asking = consultations.get_asking(LIBRARY, self.consultation)
        add_responses(database, self.consultation, asking, 7, answers_each=30)

    def _open(self) -> tuple[Consultation, Actor]:
        with self.database.writing() as session:
            owner = add_organisation(session)
            account = add_person(session)
            opened = create_and_open(
                session,
                organisation_id=owner.id,
                details=shipped_details(),
                library=LIBRARY,
                by=a_lead(),
                now=BEFORE,
            )
        return opened, Actor(account.id, "Lea Lead")

    def context(self, still_working: Callable[[], None] = lambda: None) -> JobContext:
        return JobContext(
            self.database,
            NoPost(),
            self.settings,
            self.clock.now,
            library=LIBRARY,
            press=Press(processes=1),
            clock=self.clock,
            still_working=still_working,
        )

    def ask(self, options: Options = COMMENTS) -> Extract:
        with self.database.writing() as session:
            return services.request_extract(
                session, self.consultation.id, options, by=self.by, now=self.clock.now
            )

    def run(self) -> bool:
        return run_next(self.context(), HANDLERS, Lane.SLOW)

    def maker(
        self,
        extract: Extract,
        files: FileStore | None = None,
        still_working: Callable[[], None] = lambda: None,
    ) -> Maker:
        return Maker(self.context(still_working), extract.id, files or self.files)

    def now_of(self, extract: Extract) -> Extract:
        with self.database.reading() as session:
            return services.get_extract(session, extract.id)

    def left(self) -> list[Path]:
        """Return what is left of work that was not finished, and every kept file."""
        scratch = list((self.home / SCRATCH).glob("*"))
        return [*scratch, *(each for each in (self.home / "files").glob("*/*") if each.is_file())]


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x20
    path.write_bytes(bytes(content))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def swap(path: Path) -> None:
    path.write_bytes(b"PK\x05\x06" + bytes(18))


class TestMaking:
    def test_a_finished_export_says_what_it_is(self, bench: Bench) -> None:
        extract = bench.ask()
        assert bench.run()
        found = bench.now_of(extract)
        assert found.state is ExtractState.FINISHED
        assert found.finished is not None
        assert bench.files.get(found.finished.sha256)
        assert (found.finished.responses, found.total) == (7, 7)
        assert found.finished.rows > 7
        assert found.read_at == found.ended_at == NOON
        assert len(bench.left()) == 1

    @pytest.mark.parametrize("file_format", FileFormat)
    @pytest.mark.parametrize("damage", [flip, cut_off, swap])
    def test_a_file_that_is_not_as_it_was_written_is_never_given_out(
        self, bench: Bench, file_format: FileFormat, damage: Callable[[Path], None]
    ) -> None:
        extract = bench.ask(Options(Layout.COMMENTS, file_format))
        bench.maker(extract, Damaging(bench.home / "files", damage)).make()
        found = bench.now_of(extract)
        assert found.state is ExtractState.FAILED
        assert "could not be read back as it was" in found.reason
        assert found.finished is None
        assert bench.left() == []

    def test_more_questions_than_a_spreadsheet_has_columns_are_said(self, bench: Bench) -> None:
        extract = bench.ask(Options(Layout.RESPONSES, FileFormat.XLSX))
        narrow = Limits(columns=20)
        Maker(bench.context(), extract.id, bench.files, narrow).make()
        assert "Choose CSV instead" in bench.now_of(extract).reason
        assert bench.left() == []

    def test_a_full_disk_is_said(self, bench: Bench) -> None:
        class Full(FileStore):
            def begin(self) -> Path:
                raise OSError(errno.ENOSPC, "No space left on device")

        extract = bench.ask()
        with pytest.raises(OSError, match="No space"):
            bench.maker(extract, Full(bench.home / "files")).make()
        assert bench.now_of(extract).reason == "The disk is full."
        assert bench.left() == []


class TestWorkers:
    def test_what_a_killed_worker_began_is_made_by_the_next_within_minutes(
        self, bench: Bench
    ) -> None:
        class Killed(BaseException):
            pass

        def die() -> None:
            raise Killed

        extract = bench.ask()
        with pytest.raises(Killed):
            run_next(bench.context(), {services.MAKE_EXTRACT: _dying(bench, die)}, None)
        assert bench.now_of(extract).state is ExtractState.MAKING
        # A worker that is killed tidies nothing away.
        left = bench.home / SCRATCH / f"{extract.id}.left"
        left.mkdir(parents=True, exist_ok=True)
        bench.clock.move(minutes=4)
        assert not bench.run()
        bench.clock.move(minutes=2)
        assert bench.run()
        assert bench.now_of(extract).state is ExtractState.FINISHED
        assert len(bench.left()) == 1

    def test_of_two_workers_the_one_that_came_last_alone_ends_it(self, bench: Bench) -> None:
        extract = bench.ask()
        ended: list[str] = []

        def be_overtaken() -> None:
            if not ended:
                ended.append("the other")
                bench.maker(extract).make()
                assert bench.now_of(extract).state is ExtractState.FINISHED

        bench.maker(extract, still_working=be_overtaken).make()
        found = bench.now_of(extract)
        assert found.state is ExtractState.FINISHED
        assert len(bench.left()) == 1

    def test_whoever_is_stopped_leaves_it_to_the_next(self, bench: Bench) -> None:
        def stop() -> None:
            raise WorkerStops

        extract = bench.ask()
        with pytest.raises(WorkerStops):
            bench.maker(extract, still_working=stop).make()
        assert bench.now_of(extract).state is ExtractState.MAKING
        assert bench.left() == []
        assert bench.run()
        assert bench.now_of(extract).state is ExtractState.FINISHED

    def test_what_is_cancelled_in_the_middle_stops_and_leaves_nothing(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(making, "BETWEEN_NOTES", 0.0)
        extract = bench.ask()

        def cancel() -> None:
            with bench.database.writing() as session:
                if services.get_extract(session, extract.id).is_under_way:
                    services.cancel_extract(session, extract.id, bench.by, NOON)

        bench.maker(extract, still_working=cancel).make()
        assert bench.now_of(extract).state is ExtractState.CANCELLED
        assert bench.left() == []

    def test_steps_come_in_their_order(self, bench: Bench) -> None:
        extract, stranger = bench.ask(), new_id()
        with bench.database.writing() as session:
            with pytest.raises(ExtractChanged):
                services.begin_checking(session, extract.id, stranger)
            services.begin_making(session, extract.id, mine := new_id())
            with pytest.raises(ExtractChanged):
                services.begin_checking(session, extract.id, stranger)
            with pytest.raises(ExtractChanged):
                services.fail_extract(session, extract.id, "No", NOON, stranger)
            with pytest.raises(ExtractChanged):
                services.delete_extract(session, extract.id, NOON)
            services.begin_checking(session, extract.id, mine)
            services.fail_extract(session, extract.id, "No", NOON, mine)
            with pytest.raises(ExtractChanged):
                services.cancel_extract(session, extract.id, bench.by, NOON)

    def test_what_never_ends_is_given_up_after_a_day(self, bench: Bench) -> None:
        extract = bench.ask()
        with bench.database.writing() as session:
            services.begin_making(session, extract.id, new_id())
            services.forget_old_extracts(session, NOON + dt.timedelta(days=1, seconds=1))
        assert "longer than a day" in bench.now_of(extract).reason


def _dying(bench: Bench, die: Callable[[], None]) -> Callable[..., None]:
    def make(context: JobContext, payload: dict[str, str]) -> None:
        extract_id = uuid.UUID(payload["extract"])
        Maker(bench.context(die), extract_id, bench.files).make()

    return make
