"""The tables of organisations, accounts, sessions and participants."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.persistence import Base, Id


class Organisation(Base):
    """An organisation that runs consultations, recruits or appraises."""

    __tablename__ = "organisation"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    added_at: Mapped[dt.datetime]


class Account(Base):
    """Somebody who can sign in; the address is stored case-folded."""

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    added_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]


class Membership(Base):
    """A role that an account holds in an organisation; taking it away deletes the row."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "role"),)

    id: Mapped[Id]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str]
    granted_at: Mapped[dt.datetime]


class SignInAttempt(Base):
    """Somebody asked for a sign-in mail.

    An address without an account gets a row too, so that both cost the same. Link and code
    are hashes, empty until the mail is sent.
    """

    __tablename__ = "sign_in_attempt"

    id: Mapped[Id]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    address_hash: Mapped[str] = mapped_column(index=True)
    next_path: Mapped[str]
    started_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    link_hash: Mapped[str | None] = mapped_column(unique=True)
    code_hash: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[dt.datetime | None]


class SignedInSession(Base):
    """A browser in which somebody is signed in, by account, by personal links, or by both."""

    __tablename__ = "signed_in_session"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    ended_at: Mapped[dt.datetime | None]


class Participant(Base):
    """Somebody who was invited into a relation to one subject of any room."""

    __tablename__ = "participant"
    __table_args__ = (
        # The same person once a relation; a withdrawn invitation may be made anew.
        Index(
            "uq_participant__subject_id_relation_email_name",
            "subject_id",
            "relation",
            "email",
            "name",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    relation: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    purpose: Mapped[str]
    destination: Mapped[str]
    invited_by: Mapped[str]
    invited_at: Mapped[dt.datetime]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    link_hash: Mapped[str | None] = mapped_column(unique=True)
    link_expires_at: Mapped[dt.datetime | None]
    mailed_at: Mapped[dt.datetime | None]
    joined_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class SessionParticipation(Base):
    """A personal link was used in a session."""

    __tablename__ = "session_participation"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)

    id: Mapped[Id]
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("signed_in_session.id", ondelete="CASCADE")
    )
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id"), index=True)
    opened_at: Mapped[dt.datetime]
