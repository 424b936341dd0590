"""What every page shares: visits, replies, rooms, fields, layout, headers and errors."""

from webapp.web.replies import FileReply, Page, Reply, SeeOther
from webapp.web.room import Room
from webapp.web.tasks import ConsultationTask, PublicLink, StaffTask, TaskGroup
from webapp.web.visit import Visit

__all__ = [
    "ConsultationTask",
    "FileReply",
    "Page",
    "PublicLink",
    "Reply",
    "Room",
    "SeeOther",
    "StaffTask",
    "TaskGroup",
    "Visit",
]
