"""What every page shares: visits, replies, rooms, fields, layout, headers and errors."""

from webapp.web.replies import FileReply, Page, Reply, SeeOther
from webapp.web.room import Room
from webapp.web.tasks import StaffTask
from webapp.web.visit import Visit

__all__ = ["FileReply", "Page", "Reply", "Room", "SeeOther", "StaffTask", "Visit"]
