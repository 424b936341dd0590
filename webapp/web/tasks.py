"""What a room offers on pages below it: to staff on the page of their organisation and on that of
a consultation, and to everybody on the public page of a consultation.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from webapp.persistence import Session
from webapp.security import Permission


@dataclass(frozen=True)
class StaffTask:
    """A task on the page that staff see after signing in."""

    permission: Permission
    title: str
    description: str
    endpoint: str
    """An endpoint that takes `organisation`, the slug."""


class TaskGroup(StrEnum):
    """Under which heading a task of a consultation stands, in the order of the page."""

    RUN = "Run the consultation"
    RESPONSES = "Look after responses"
    RECORD = "Results and record"


@dataclass(frozen=True)
class ConsultationTask:
    """A task on the page of one consultation, where the policy permits it."""

    permission: Permission
    group: TaskGroup
    title: str
    endpoint: str
    """An endpoint that takes `organisation` and `slug`."""
    phases: tuple[str, ...] = ("coming", "open", "closed")
    """In which phases of a consultation it is offered."""
    waiting: Callable[[Session, uuid.UUID], int] | None = None
    """Counts what waits for somebody, by the id of the consultation."""


@dataclass(frozen=True)
class PublicLink:
    """A link on the public page of a consultation, which knows none of the rooms above it."""

    title: str
    endpoint: str
    """An endpoint that takes `slug` and is open to everybody."""
    phases: tuple[str, ...] = ("closed",)
    """In which phases of a consultation it is offered."""
    is_shown: Callable[[Session, uuid.UUID], bool] | None = None
    """Says whether there is anything behind it, by the id of the consultation."""


Task = StaffTask | ConsultationTask | PublicLink
