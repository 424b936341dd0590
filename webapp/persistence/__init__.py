"""Rows: the engine, the unit of work, and what the database says when it refuses."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.persistence.base import Base, Id, UtcDateTime, new_id
from webapp.persistence.constraints import guarded_update, savepoint, single_write, violated
from webapp.persistence.database import Database, DatabaseBusy
from webapp.persistence.fitness import DatabaseUnfit, answers, check_database

__all__ = [
    "Base",
    "Database",
    "DatabaseBusy",
    "DatabaseUnfit",
    "Id",
    "IntegrityError",
    "Session",
    "UtcDateTime",
    "answers",
    "check_database",
    "guarded_update",
    "new_id",
    "savepoint",
    "single_write",
    "violated",
]
