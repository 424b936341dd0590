from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from tests.unit.persistence.tables import Book, Shelf
from webapp.persistence import (
    Base,
    Database,
    IntegrityError,
    new_id,
    savepoint,
    single_write,
    violated,
)


def broken_rule(database: Database, *rows: Base) -> str | None:
    """Write the rows and return the name of the rule that the last of them breaks."""
    with database.writing() as session:
        session.add_all(rows[:-1])
        session.flush()
        with pytest.raises(IntegrityError) as caught, savepoint(session):
            session.add(rows[-1])
    return violated(caught.value)


def shelf(**values: Any) -> Shelf:
    return Shelf(**({"room": "a", "row": 1} | values))


class TestOneNameOnBothDatabases:
    def test_unique_columns(self, database: Database) -> None:
        found = broken_rule(database, shelf(), shelf())
        assert found == "uq_test_shelves__room_row"

    def test_a_primary_key(self, database: Database) -> None:
        first = shelf()
        with database.writing() as session:
            session.add(first)
        assert broken_rule(database, shelf(id=first.id, row=2)) == "pk_test_shelves"

    def test_a_unique_index_over_some_rows(self, database: Database) -> None:
        found = broken_rule(database, shelf(best=True), shelf(best=True, row=2))
        assert found == "uq_test_shelves__one_best"

    def test_a_unique_index_over_an_expression(self, database: Database) -> None:
        found = broken_rule(database, shelf(label="One"), shelf(label="ONE", row=2))
        assert found == "uq_test_shelves__lower_label"

    def test_a_check(self, database: Database) -> None:
        assert broken_rule(database, shelf(height=0)) == "ck_test_shelves__height"


class TestDefectsHaveNoName:
    def test_a_missing_row_that_is_pointed_at(self, database: Database) -> None:
        book = Book(shelf_id=uuid.uuid4(), read_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        assert broken_rule(database, book) is None

    def test_a_missing_value(self, database: Database) -> None:
        assert broken_rule(database, shelf(room=None)) is None


class TestSavepoint:
    def test_a_collision_leaves_the_rest_of_the_transaction(self, database: Database) -> None:
        with database.writing() as session:
            session.add(shelf())
            with pytest.raises(IntegrityError), savepoint(session):
                session.add(shelf())
            with savepoint(session):
                session.add(shelf(row=2))
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Shelf)) == 2

    def test_so_does_a_single_statement_that_collides(self, database: Database) -> None:
        rows = [{"id": new_id(), "room": "a", "row": number} for number in (1, 2, 1)]
        with database.writing() as session:
            session.execute(insert(Shelf), rows[:1])
            with pytest.raises(IntegrityError), single_write(session):
                # One row after another in one statement: the first of them goes too.
                session.execute(insert(Shelf).values(rows[1:]))
            session.execute(insert(Shelf), rows[1:2])
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Shelf)) == 2
