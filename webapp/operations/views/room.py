"""The room that the views of operations register with."""

from __future__ import annotations

from webapp.security import Permission
from webapp.web import Room, StaffTask

room = Room(
    "operations",
    "webapp.operations.views",
    tasks=(
        StaffTask(
            Permission.RETENTION_MANAGE,
            "Keeping and erasing",
            "See what is kept for how long and what will be erased, and place or lift holds.",
            "operations.retention",
        ),
    ),
)
