"""What every test shares: a fresh database each, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from tests.databases import postgres_url, sqlite_url
from webapp.migrations import upgrade
from webapp.persistence import Base, Database, Session

# How long an example takes says how busy the machine is, and nothing about the program.
hypothesis_settings.register_profile(
    "boardmark", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("boardmark")

KINDS = ("sqlite", "postgresql")


def make_tables(url: str) -> None:
    """Make the tables as an installation gets them, and those that only tests have."""
    database = Database(url)
    upgrade(database)
    Base.metadata.create_all(database.engine)
    database.close()


def empty_tables(url: str) -> None:
    """Take every row out of a PostgreSQL database."""
    statement = sql.SQL("").join(
        # As a replica it deletes in any order, and past triggers that refuse it.
        [sql.SQL("SET session_replication_role = replica; ")]
        + [
            sql.SQL("DELETE FROM {}; ").format(sql.Identifier(table.name))
            for table in Base.metadata.sorted_tables
        ]
    )
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template() -> str:
    """The address of one database with all tables, to be emptied before each test."""
    return postgres_url(make_tables)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with all tables and no rows, in turn of each kind.

    A test for which one kind is enough says
    `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`.
    """
    if request.param == "sqlite":
        path = tmp_path / "boardmark.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        found = Database(f"sqlite:///{path}")
    else:
        url = request.getfixturevalue("postgres_template")
        empty_tables(url)
        found = Database(url)
    yield found
    found.close()


@pytest.fixture(params=KINDS)
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, for tests of the tables themselves."""
    found = Database(sqlite_url(tmp_path) if request.param == "sqlite" else postgres_url())
    yield found
    found.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that is committed when the test ends well."""
    with database.writing() as session:
        yield session


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run that skipped a test: what a test needs is part of set-up."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
