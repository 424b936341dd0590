"""The pages of moderation, and those of published responses."""

from webapp.publication.views import moderation, public
from webapp.publication.views.room import room

__all__ = ["moderation", "public", "room"]
