"""The public pages: frameworks with their versions, and whether a document is genuine."""

from webapp.catalogue.views import frameworks, verification
from webapp.catalogue.views.room import room

__all__ = ["frameworks", "room", "verification"]
