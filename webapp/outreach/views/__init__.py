"""The pages of the log of who was told."""

from webapp.outreach.views import answers, log, pasting, writing
from webapp.outreach.views.room import room

__all__ = ["answers", "log", "pasting", "room", "writing"]
