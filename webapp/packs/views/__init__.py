"""The pages on which forms for many people are asked for, followed and downloaded."""

from webapp.packs.views import following, wanting
from webapp.packs.views.room import room

__all__ = ["following", "room", "wanting"]
