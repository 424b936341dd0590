"""What a room offers on the page that staff see after signing in."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.security import Permission


@dataclass(frozen=True)
class StaffTask:
    """A task on the page that staff see after signing in."""

    permission: Permission
    title: str
    description: str
    endpoint: str
    """An endpoint that takes `organisation`, the slug."""
