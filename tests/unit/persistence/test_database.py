from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from tests.unit.persistence.tables import Book, Shelf
from webapp.persistence import Base, Database, DatabaseBusy, guarded_update, new_id
from webapp.persistence import database as database_module

NOON = dt.datetime(2026, 3, 29, 12, 0, tzinfo=dt.UTC)


def count(database: Database) -> int | None:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Shelf))


class TestWriting:
    def test_what_was_written_is_there_afterwards(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="a", row=1))
        assert count(database) == 1

    def test_an_error_undoes_everything(self, database: Database) -> None:
        def fail() -> None:
            with database.writing() as session:
                session.add(Shelf(room="a", row=1))
                session.flush()
                raise ValueError("stop")

        with pytest.raises(ValueError, match="stop"):
            fail()
        assert count(database) == 0

    def test_an_error_does_not_say_what_was_to_be_written(self, database: Database) -> None:
        def write_too_low() -> None:
            with database.writing() as session:
                session.add(Shelf(room="Jo Bloggs", row=1, height=0))

        with pytest.raises(DBAPIError) as caught:
            write_too_low()
        assert "Jo Bloggs" not in str(caught.value).replace(str(caught.value.orig), "")

    def test_what_the_caller_rolled_back_stays_undone(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="a", row=1))
            session.flush()
            session.rollback()
        assert count(database) == 0

    def test_rows_can_be_read_after_the_commit(self, database: Database) -> None:
        with database.writing() as session:
            shelf = Shelf(room="a", row=1)
            session.add(shelf)
        assert shelf.room == "a"

    def test_writers_that_read_first_lose_nothing(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="a", row=1, height=1))
        errors: list[Exception] = []

        def climb() -> None:
            try:
                for _ in range(10):
                    with database.writing() as session:
                        shelf = session.scalars(select(Shelf).with_for_update()).one()
                        shelf.height += 1
            except Exception as error:
                errors.append(error)

        run_together(climb, 8)
        assert errors == []
        with database.reading() as session:
            assert session.scalars(select(Shelf.height)).one() == 81

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_a_writer_waits_its_turn_before_it_reads(self, database: Database) -> None:
        waited: list[float] = []

        def second() -> None:
            start = time.monotonic()
            with database.writing():
                waited.append(time.monotonic() - start)

        with database.writing():
            thread = threading.Thread(target=second)
            thread.start()
            time.sleep(0.3)
        thread.join()
        assert waited[0] >= 0.2

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_a_database_that_stays_busy_is_said_to_be(self, database: Database) -> None:
        other = Database(str(database.engine.url))
        with other.reading() as session:
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
        with database.writing(), pytest.raises(DatabaseBusy), other.writing():
            pass
        other.close()

    @pytest.mark.parametrize("database", ["postgresql"], indirect=True)
    def test_a_row_that_stays_locked_is_said_to_be(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="a", row=1))

        def lock_in_vain() -> None:
            with database.writing() as session:
                session.execute(text("SET LOCAL lock_timeout = '50ms'"))
                session.scalars(select(Shelf).with_for_update()).one()

        with database.writing() as session:
            session.scalars(select(Shelf).with_for_update()).one()
            with pytest.raises(DatabaseBusy):
                lock_in_vain()


class TestReading:
    def test_it_refuses_to_write(self, database: Database) -> None:
        with database.reading() as session:
            session.add(Shelf(room="a", row=1))
            with pytest.raises(DBAPIError, match=r"readonly|read-only"):
                session.flush()
        assert count(database) == 0

    def test_a_writer_may_have_the_connection_next(self, database: Database) -> None:
        for row in range(5):
            assert count(database) == row
            with database.writing() as session:
                session.add(Shelf(room="a", row=row))

    def test_it_refuses_to_write_on_a_connection_that_a_writer_had(
        self, database: Database
    ) -> None:
        for row in range(3):
            with database.writing() as session:
                session.add(Shelf(room="a", row=row))
            with database.reading() as session:
                session.add(Shelf(room="b", row=row))
                with pytest.raises(DBAPIError, match=r"readonly|read-only"):
                    session.flush()

    def test_it_sees_one_moment(self, database: Database) -> None:
        with database.reading() as session:
            before = session.scalar(select(func.count()).select_from(Shelf))
            with database.writing() as writer:
                writer.add(Shelf(room="a", row=1))
            after = session.scalar(select(func.count()).select_from(Shelf))
        assert (before, after) == (0, 0)
        assert count(database) == 1

    def test_readers_do_not_wait_for_a_writer(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="a", row=1))
            session.flush()
            assert count(database) == 0


class TestGuardedUpdate:
    def test_of_many_that_claim_a_row_one_wins(self, database: Database) -> None:
        with database.writing() as session:
            session.add(Shelf(room="free", row=1))
        won: list[bool] = []

        def claim() -> None:
            with database.writing() as session:
                statement = update(Shelf).where(Shelf.room == "free").values(room="taken")
                won.append(guarded_update(session, statement))

        run_together(claim, 8)
        assert sorted(won) == [False] * 7 + [True]

    def test_reaching_several_rows_is_a_defect(self, database: Database) -> None:
        def reach() -> None:
            with database.writing() as session:
                session.add_all([Shelf(room="a", row=1), Shelf(room="a", row=2)])
                session.flush()
                guarded_update(session, update(Shelf).values(height=5))

        with pytest.raises(LookupError, match="reached 2"):
            reach()
        assert count(database) == 0


class TestMoments:
    def test_a_moment_comes_back_aware_and_the_same(self, database: Database) -> None:
        london = dt.timezone(dt.timedelta(hours=1))
        with database.writing() as session:
            shelf = Shelf(room="a", row=1)
            session.add(shelf)
            session.flush()
            session.add(Book(shelf_id=shelf.id, read_at=NOON.astimezone(london)))
        with database.reading() as session:
            found = session.scalars(select(Book.read_at)).one()
        assert found == NOON
        assert found.tzinfo is dt.UTC

    def test_moments_compare_in_the_database(self, database: Database) -> None:
        with database.writing() as session:
            shelf = Shelf(room="a", row=1)
            session.add(shelf)
            session.flush()
            for hours in range(-2, 3):
                moment = NOON + dt.timedelta(hours=hours, microseconds=hours)
                session.add(Book(shelf_id=shelf.id, read_at=moment))
        east = NOON.astimezone(dt.timezone(dt.timedelta(hours=9)))
        with database.reading() as session:
            found = list(session.scalars(select(Book.read_at).where(Book.read_at < east)))
        assert len(found) == 2

    def test_a_moment_without_a_zone_is_refused(self, database: Database) -> None:
        with (
            database.reading() as session,
            pytest.raises(StatementError, match="without a time zone"),
        ):
            session.scalars(select(Book).where(Book.read_at < NOON.replace(tzinfo=None))).all()

    def test_ids_are_random(self) -> None:
        ids = {new_id() for _ in range(100)}
        assert len(ids) == 100
        assert all(each.version == 4 and each.variant == uuid.RFC_4122 for each in ids)


class TestAddresses:
    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://h/d"])
    def test_a_database_that_forgets_or_is_unknown_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match="starts with"):
            Database(url)

    def test_every_way_of_writing_postgresql_means_one_driver(self) -> None:
        for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
            found = Database(f"{scheme}://u:p@h/d")
            assert found.engine.url.drivername == "postgresql+psycopg"
            assert not found.is_sqlite


@pytest.mark.parametrize("bare_database", ["sqlite"], indirect=True)
class TestDurability:
    def test_every_connection_has_every_pragma(self, bare_database: Database) -> None:
        with bare_database.writing() as first, bare_database.reading() as second:
            for session in (first, second):
                found = {
                    name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in database_module.SQLITE_PRAGMAS
                }
                assert found == database_module.SQLITE_PRAGMAS

    def test_what_is_deleted_is_gone_from_the_file(
        self, bare_database: Database, tmp_path: Path
    ) -> None:
        Base.metadata.create_all(bare_database.engine)
        secret = "a name that somebody asked us to erase"
        with bare_database.writing() as session:
            shelf = Shelf(room=secret, row=1)
            session.add(shelf)
        with bare_database.writing() as session:
            session.delete(shelf)
        bare_database.close()  # The last connection folds the journal into the file.
        files = list(tmp_path.iterdir())
        assert len(files) == 1
        assert secret.encode() not in files[0].read_bytes()


def run_together(work: Callable[[], None], number: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_nobody_else_on_the_machine_reads_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "boardmark.sqlite3"
    database = Database(f"sqlite:///{path}")
    with database.writing() as session:
        session.execute(text("CREATE TABLE people (name TEXT)"))
        made = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    database.close()
    assert path.name in made
    assert set(made.values()) == {0o600}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_emptying_the_log_keeps_no_writer_waiting_behind_a_long_reader(
    database: Database,
) -> None:
    with database.reading() as session:
        session.execute(text("SELECT 1 FROM sqlite_master")).all()
        with database.writing() as other:
            other.execute(text("CREATE TABLE later (id INTEGER)"))
        began = time.monotonic()
        database.empty_log()
        assert time.monotonic() - began < 5
    database.empty_log()
    with database.writing() as session:
        assert session.execute(text("PRAGMA busy_timeout")).scalar_one() == 10_000
