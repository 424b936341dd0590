from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from webapp.persistence import Database, DatabaseUnfit, check_database
from webapp.persistence.fitness import check_postgresql, check_sqlite


def set_revision(database: Database, revision: str) -> None:
    with database.writing() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})


class TestCheckDatabase:
    def test_a_database_as_it_should_be_passes(self, bare_database: Database) -> None:
        set_revision(bare_database, "0007")
        check_database(bare_database, "0007")
        check_database(bare_database, None)

    def test_a_database_without_tables_is_refused(self, bare_database: Database) -> None:
        with pytest.raises(DatabaseUnfit, match=r"no tables yet .* run boardmark db upgrade"):
            check_database(bare_database, "0001")

    def test_tables_of_another_version_are_refused(self, bare_database: Database) -> None:
        set_revision(bare_database, "0001")
        with pytest.raises(DatabaseUnfit, match="is at 0001 and the program needs 0002"):
            check_database(bare_database, "0002")

    def test_a_file_that_cannot_be_opened_is_said_in_one_line(self, tmp_path: Path) -> None:
        database = Database(f"sqlite:///{tmp_path}/missing/file.sqlite3")
        with pytest.raises(DatabaseUnfit, match="does not answer") as caught:
            check_database(database, None)
        assert "\n" not in str(caught.value)

    def test_a_file_that_is_no_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "file.sqlite3"
        path.write_text("this is not a database, but it is long enough to look like one " * 20)
        with pytest.raises(DatabaseUnfit, match="not a database"):
            check_database(Database(f"sqlite:///{path}"), None)

    def test_a_server_that_is_not_there_is_said_without_its_password(self, tmp_path: Path) -> None:
        database = Database(f"postgresql://u:topsecret@/d?host={tmp_path}")
        with pytest.raises(DatabaseUnfit, match="does not answer") as caught:
            check_database(database, None)
        assert "topsecret" not in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("bare_database", ["sqlite"], indirect=True)
class TestSqlite:
    def test_a_version_that_can_lose_commits_is_refused(self, bare_database: Database) -> None:
        with bare_database.reading() as session:
            with pytest.raises(DatabaseUnfit, match=r"SQLite 3\.51\.2 can lose data"):
                check_sqlite(session.connection(), "3.51.2")
            check_sqlite(session.connection(), "3.51.3")

    @pytest.mark.parametrize(
        "statement",
        [
            "PRAGMA synchronous = NORMAL",
            "PRAGMA foreign_keys = OFF",
            "PRAGMA journal_mode = DELETE",
            "PRAGMA secure_delete = OFF",
            "PRAGMA busy_timeout = 0",
        ],
    )
    def test_a_setting_that_is_not_in_force_is_refused(
        self, bare_database: Database, statement: str
    ) -> None:
        def spoil(connection: Any, _record: Any) -> None:
            connection.execute(statement)

        event.listen(bare_database.engine, "connect", spoil)
        with pytest.raises(DatabaseUnfit, match=statement.split()[1]):
            check_database(bare_database, None)


@pytest.mark.parametrize("bare_database", ["postgresql"], indirect=True)
class TestPostgresql:
    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("server_version_num", "120010", "PostgreSQL 12 is too old"),
            ("server_encoding", "LATIN1", "is in LATIN1; create it in UTF8"),
        ],
    )
    def test_one_that_is_too_old_or_not_in_utf8_is_refused(
        self, bare_database: Database, name: str, value: str, message: str
    ) -> None:
        def pretend(
            _connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any
        ) -> tuple[str, Any]:
            told = f"SELECT '{value}'" if statement == f"SHOW {name}" else statement
            return told, parameters

        event.listen(bare_database.engine, "before_cursor_execute", pretend, retval=True)
        with (
            bare_database.reading() as session,
            pytest.raises(DatabaseUnfit, match=message),
        ):
            check_postgresql(session.connection())
