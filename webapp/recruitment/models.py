"""The rows of recruitment."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id


class VacancyRow(Base):
    """A position that an organisation recruits to; `number` is the organisation's own."""

    __tablename__ = "vacancy"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str]
    number: Mapped[str]
    framework_slug: Mapped[str]
    framework_version: Mapped[str]
    framework_digest: Mapped[str]
    profile_key: Mapped[str]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))


class StagePlanRow(Base):
    """The questions of one stage as one list, so that their order cannot come apart."""

    __tablename__ = "stage_plan"
    __table_args__ = (UniqueConstraint("vacancy_id", "stage"),)

    id: Mapped[Id]
    vacancy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vacancy.id"))
    stage: Mapped[str]
    questions: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    saved_at: Mapped[dt.datetime]
    saved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
