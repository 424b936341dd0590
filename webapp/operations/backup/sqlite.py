"""A SQLite database within a backup: copied while it is written to, checked, put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite  # type: ignore[import-untyped]  # It ships no types.

PAGES_AT_ONCE = 1000
DAMAGE: tuple[type[Exception], ...] = (sqlite.DatabaseError,)


def copy_database(
    source: Path, target: Path, on_step: Callable[[int, int], None] | None = None
) -> None:
    """Copy a database as it is at one moment; whoever writes meanwhile does not wait.

    Python's own module must not be used for this: two SQLite libraries in one process end each
    other's locks.
    """
    target.touch(mode=0o600, exist_ok=False)
    reading = _open(source)
    writing = _open(target)
    try:
        # Without a transaction of its own, the copy would begin again with every write.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(
            writing,
            pages=PAGES_AT_ONCE,
            progress=lambda _status, left, total: on_step(left, total) if on_step else None,
            sleep=0,
        )
        reading.execute("ROLLBACK")
        # One file, without a log beside it.
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        writing.close()
        reading.close()


def look_into(path: Path) -> tuple[str, dict[str, int], tuple[str, ...]]:
    """Return the revision, the rows of each table and the files that are held."""
    connection = _open(path)
    try:
        return (
            _revision(connection),
            count_rows(connection),
            tuple(_column(connection, "SELECT DISTINCT sha256 FROM file_hold ORDER BY sha256")),
        )
    finally:
        connection.close()


def find_problems(path: Path) -> list[str]:
    """Return what SQLite finds wrong in a database, one line each."""
    connection = _open(path)
    try:
        found = [
            f"the database: {line.splitlines()[0]}"
            for line in _column(connection, "PRAGMA integrity_check")
            if line != "ok"
        ]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
        if dangling:
            found.append(
                f"the database: {len(dangling)} rows point at nothing, the first in "
                f"{dangling[0][0]}"
            )
        return found
    finally:
        connection.close()


def count_rows(connection: Any) -> dict[str, int]:
    """Count the rows of every table."""
    tables = _column(
        connection,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name",
    )
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608  # A name that the database itself gave.
        for table in tables
    }


def is_empty(path: Path) -> bool:
    """Say whether a database has no rows, or is none yet; what cannot be read is not empty."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    connection = _open(path)
    try:
        rows = count_rows(connection)
    except DAMAGE:
        return False
    finally:
        connection.close()
    return not any(count for table, count in rows.items() if table != "alembic_version")


def _open(path: Path) -> Any:
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA busy_timeout = 10000")
    return connection


def _revision(connection: Any) -> str:
    return ", ".join(_column(connection, "SELECT version_num FROM alembic_version"))


def _column(connection: Any, statement: str) -> list[str]:
    return [row[0] for row in connection.execute(statement)]
