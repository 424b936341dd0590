"""What every table shares: ids, times and named constraints."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any

from sqlalchemy import DateTime, MetaData, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_N_name)s",
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment, stored in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Turn an aware moment into UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Turn what the database returns into an aware moment in UTC."""
        if value is None:
            return None
        moment: dt.datetime = value
        if moment.tzinfo is None:  # SQLite keeps no zone; what is stored is always UTC.
            return moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)


def new_id() -> uuid.UUID:
    """Return a random id: a sequence would tell in which order rows came."""
    return uuid.uuid4()


Id = Annotated[uuid.UUID, mapped_column(Uuid(), primary_key=True, default=new_id)]


class Base(DeclarativeBase):
    """The parent of every mapped class; constraints get names by convention."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads this class attribute as it is.
        dt.datetime: UtcDateTime(),
        uuid.UUID: Uuid(),
    }
