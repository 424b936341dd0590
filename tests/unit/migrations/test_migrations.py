from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, text

from webapp.migrations import newest_revision, upgrade
from webapp.migrations.models import METADATA
from webapp.migrations.upgrading import changing_tables
from webapp.persistence import Database, DatabaseUnfit, check_database
from webapp.persistence.constraints import unique_rules

LONGEST_NAME = 63  # PostgreSQL cuts longer ones, and then no name would be found again.


def is_ours(_object: Any, name: str | None, *_rest: Any) -> bool:
    return not (name or "").startswith("test_")


def our_tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if is_ours(table, table.name)]


def described(connection: Connection) -> set[tuple[str, ...]]:
    """Describe every table, constraint and index in the database's own words."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
        # A table that was rebuilt has its name in quotation marks.
        return {
            (name, *sorted(re.split(r",?\s*\n\s*", sql.replace(f'"{name}"', name))))
            for name, sql in rows
        }
    queries = (
        (
            "SELECT table_name, column_name, data_type, is_nullable,"
            " coalesce(character_maximum_length::text, ''), coalesce(column_default, '')"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ),
        (
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
        ),
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        (
            "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE NOT tgisinternal"
        ),
    )
    return {tuple(row) for query in queries for row in connection.execute(text(query))}


def without_alembic(found: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {row for row in found if not row[0].startswith("alembic_version")}


class TestAgreement:
    def test_migrations_make_the_tables_that_the_program_uses(
        self, bare_database: Database
    ) -> None:
        upgrade(bare_database)
        with bare_database.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"include_object": is_ours, "compare_server_default": True}
            )
            assert compare_metadata(context, METADATA) == []
            migrated = without_alembic(described(connection))
        with bare_database.engine.begin() as connection:
            METADATA.drop_all(connection, tables=our_tables())
            METADATA.create_all(connection, tables=our_tables())
        with bare_database.engine.connect() as connection:
            assert without_alembic(described(connection)) == migrated

    def test_every_name_fits_into_postgresql(self) -> None:
        names = [str(rule.name) for table in our_tables() for rule in table.constraints]
        names += [str(index.name) for table in our_tables() for index in table.indexes]
        assert [name for name in names if len(name) > LONGEST_NAME] == []
        assert "None" not in names

    def test_the_same_columns_are_unique_for_one_reason_only(self) -> None:
        for table in our_tables():
            columns = [sorted(names) for _name, names in unique_rules(table) if names]
            assert len(columns) == len({tuple(names) for names in columns}), table.name


class TestUpgrading:
    def test_afterwards_the_database_is_fit(self, bare_database: Database) -> None:
        upgrade(bare_database)
        check_database(bare_database, newest_revision())

    def test_doing_it_again_changes_nothing(self, bare_database: Database) -> None:
        upgrade(bare_database)
        upgrade(bare_database)
        check_database(bare_database, newest_revision())

    def test_processes_that_start_together_do_it_once(self, bare_database: Database) -> None:
        url = bare_database.engine.url.render_as_string(hide_password=False)
        errors: list[Exception] = []

        def start() -> None:
            database = Database(url)
            try:
                upgrade(database)
            except Exception as error:
                errors.append(error)
            database.close()

        threads = [threading.Thread(target=start) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        check_database(bare_database, newest_revision())

    def test_a_database_of_a_newer_program_is_left_alone(self, bare_database: Database) -> None:
        upgrade(bare_database)
        with bare_database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(DatabaseUnfit, match="newer version of Boardmark"):
            upgrade(bare_database)

    def test_a_database_that_does_not_answer_is_said_in_one_line(self) -> None:
        with pytest.raises(DatabaseUnfit, match="check BOARDMARK_DATABASE_URL") as caught:
            upgrade(Database("sqlite:////nowhere/at/all.sqlite3"))
        assert "\n" not in str(caught.value)

    def test_a_migration_that_fails_changes_nothing(self, bare_database: Database) -> None:
        def fail() -> None:
            with changing_tables(bare_database) as connection:
                connection.execute(text("CREATE TABLE left_over (id integer)"))
                raise ValueError("stop")

        with pytest.raises(ValueError, match="stop"):
            fail()
        with bare_database.engine.connect() as connection:
            assert described(connection) == set()


@pytest.mark.parametrize("bare_database", ["sqlite"], indirect=True)
class TestRebuildingOnSqlite:
    def make_family(self, database: Database) -> None:
        with database.writing() as session:
            for statement in (
                "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
                (
                    "CREATE TABLE child (id INTEGER PRIMARY KEY,"
                    " parent_id INTEGER NOT NULL REFERENCES parent ON DELETE CASCADE)"
                ),
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1)",
            ):
                session.execute(text(statement))

    def test_children_survive_when_their_parents_table_is_rebuilt(
        self, bare_database: Database
    ) -> None:
        self.make_family(bare_database)
        with changing_tables(bare_database) as connection:
            for statement in (
                "CREATE TABLE new_parent (id INTEGER PRIMARY KEY)",
                "INSERT INTO new_parent SELECT id FROM parent",
                "DROP TABLE parent",
                "ALTER TABLE new_parent RENAME TO parent",
            ):
                connection.execute(text(statement))
        with bare_database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM child")) == 1

    def test_a_migration_that_leaves_orphans_is_taken_back(self, bare_database: Database) -> None:
        self.make_family(bare_database)

        def orphan() -> None:
            with changing_tables(bare_database) as connection:
                connection.execute(text("DELETE FROM parent"))

        with pytest.raises(DatabaseUnfit, match="rows in child that point at nothing in parent"):
            orphan()
        with bare_database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM parent")) == 1

    def test_foreign_keys_hold_again_afterwards(self, bare_database: Database) -> None:
        upgrade(bare_database)
        with bare_database.reading() as session:
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
