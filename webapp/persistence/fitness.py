"""Whether the database that was found can be trusted with rows."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.persistence.database import SQLITE_PRAGMAS, Database

OLDEST_SQLITE = (3, 51, 3)  # Older ones have the WAL-reset bug, which can lose commits.
OLDEST_POSTGRESQL = 130_000


class DatabaseUnfit(Exception):
    """The database is missing, too old, wrongly set or not migrated; one line says which."""


def check_database(database: Database, revision: str | None) -> None:
    """Raise DatabaseUnfit unless version, settings and tables are as they must be.

    `revision` is the newest migration; None leaves out the check of the tables.
    """
    try:
        with database.reading() as session:
            connection = session.connection()
            if database.is_sqlite:
                version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
                check_sqlite(connection, version)
            else:
                check_postgresql(connection)
            if revision is not None:
                check_revision(connection, revision)
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseUnfit(
            f"The database does not answer ({reason}): check BOARDMARK_DATABASE_URL"
        ) from error


def check_sqlite(connection: Connection, version: str) -> None:
    """Refuse a SQLite that can lose commits, and settings that are not really in force."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        raise DatabaseUnfit(
            f"SQLite {version} can lose data in WAL mode; 3.51.3 or newer is needed: "
            "install the pysqlite3 package again with make setup"
        )
    for name, wanted in SQLITE_PRAGMAS.items():
        found_value = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found_value != wanted:
            raise DatabaseUnfit(
                f"SQLite runs with {name}={found_value} where {wanted} is needed: "
                "put the database on a local disk that supports it"
            )


def check_postgresql(connection: Connection) -> None:
    """Refuse a PostgreSQL that is too old or stores anything but UTF-8."""
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    if version < OLDEST_POSTGRESQL:
        raise DatabaseUnfit(f"PostgreSQL {version // 10_000} is too old; 13 or newer is needed")
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise DatabaseUnfit(f"The PostgreSQL database is in {encoding}; create it in UTF8")


def check_revision(connection: Connection, revision: str) -> None:
    """Refuse tables of another version of the program."""
    found: list[str] = []
    if inspect(connection).has_table("alembic_version"):
        found = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if found != [revision]:
        state = f"is at {', '.join(found)}" if found else "has no tables yet"
        raise DatabaseUnfit(
            f"The database {state} and the program needs {revision}: run boardmark db upgrade"
        )


def answers(session: Session) -> bool:
    """Say whether the database answers at all."""
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
