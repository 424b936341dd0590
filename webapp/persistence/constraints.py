"""Which rule of the database a write broke, by one name on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg.errors
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, UpdateBase
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from webapp.persistence.base import Base

SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (?P<columns>\w+\.\w+(?:, \w+\.\w+)*)$")
SQLITE_NAMED = re.compile(
    r"(?:CHECK constraint failed: |UNIQUE constraint failed: index ')(?P<name>\w+)'?$"
)


def violated(error: IntegrityError) -> str | None:
    """Return the name of the unique or check constraint that a write broke.

    None for a missing value or a foreign key: those are defects, not what a user did.
    """
    if isinstance(error.orig, psycopg.errors.UniqueViolation | psycopg.errors.CheckViolation):
        return error.orig.diag.constraint_name
    if isinstance(error.orig, psycopg.Error):
        return None
    message = str(error.orig)
    if named := SQLITE_NAMED.match(message):
        return named["name"]
    if unique := SQLITE_UNIQUE.match(message):
        return _unique_name(unique["columns"].split(", "))
    return None


def savepoint(session: Session) -> SessionTransaction:
    """Begin a transaction inside the transaction, for a write that may collide.

    Used as a context manager: leaving it writes what was added, and an IntegrityError from
    inside undoes that much and leaves the rest of the transaction whole.
    """
    return session.begin_nested()


def single_write(session: Session) -> AbstractContextManager[Any]:
    """Guard one statement that may collide: an IntegrityError leaves the transaction whole.

    On SQLite a statement that fails undoes itself, so that it needs no savepoint.
    """
    connection = session.connection()
    return nullcontext() if connection.dialect.name == "sqlite" else connection.begin_nested()


def guarded_update(session: Session, statement: UpdateBase) -> bool:
    """Run an update or delete of one row and say whether its condition still held.

    A statement that reaches several rows is a defect and raises LookupError.
    """
    result = session.execute(statement)
    count = result.rowcount if isinstance(result, CursorResult) else -1
    if count not in (0, 1):
        raise LookupError(f"a guarded update is for one row and reached {count}")
    return count == 1


def _unique_name(columns: list[str]) -> str | None:
    """Find the one unique constraint or index over these columns, written `table.column`."""
    table = Base.metadata.tables.get(columns[0].partition(".")[0])
    wanted = {column.partition(".")[2] for column in columns}
    return next((name for name, names in unique_rules(table) if names == wanted), None)


def unique_rules(table: Table | None) -> list[tuple[str, set[str]]]:
    """List the name and the columns of everything that is unique in a table."""
    if table is None:
        return []
    rules: list[Any] = [
        each
        for each in table.constraints
        if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)
    ]
    rules += [index for index in table.indexes if index.unique]
    return [(str(rule.name), {column.name for column in rule.columns}) for rule in rules]
