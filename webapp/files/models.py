"""The rows that say which files are needed; a file that none names is deleted."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base


class FileHoldRow(Base):
    """Something of another room, known by its id alone, that needs one file."""

    __tablename__ = "file_hold"

    holder_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    held_at: Mapped[dt.datetime]
